/*
 * Restitution plans from the terminal: see cli_restitution.h.
 */
#include "hub/cli/cli_restitution.h"

#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/cli/text_table.h"

enum { BODY_LIMIT = 1024 * 1024 };

static void
print_plan(const struct json_view *view)
{
	static const char *const titles[] = { "FROM", "TO", ">AMOUNT",
		"CURRENCY", NULL };
	const struct json_view *payments = json_view_at(view, "payments");
	struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(payments); i++) {
		const struct json_view *one = json_view_item(payments, i);

		text_table_cell(&table, json_view_text(one, "from", ""));
		text_table_cell(&table, json_view_text(one, "to", ""));
		text_table_cell(
		    &table, json_view_text(one, "amount/amount", ""));
		text_table_cell(
		    &table, json_view_text(one, "amount/currency", ""));
	}
	text_table_print(&table, stdout);
	text_table_clear(&table);
}

int
cli_restitution_plan(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct hub_call call;
	enum exit_code code;
	struct err err;

	strbuf_init(&body, BODY_LIMIT);
	if (input_file_read(args_operand(args, 0), &body, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post_keyless(
		    &call, "/v1/restitution-plans", body.bytes, body.length);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print_plan(call.view);
	hub_call_clear(&call);
	return code;
}
