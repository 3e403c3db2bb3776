/*
 * Rosters from the terminal: see cli_roster.h.
 */
#include "hub/cli/cli_roster.h"

#include <inttypes.h>
#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/cli/text_table.h"

enum { BODY_LIMIT = 1024 * 1024, CELL_LIMIT = 1024 };

/* "Asha Nair, Binu Das", "monday friday". */
static void
cell_list(struct text_table *table, const struct json_view *list,
    const char *member, const char *none)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };

	strbuf_init(&text, CELL_LIMIT);
	strbuf_append(&text, "");
	for (size_t i = 0; i < json_view_count(list); i++)
		strbuf_printf(&text, "%s%s", i == 0 ? "" : ", ",
		    json_view_text(json_view_item(list, i), member, "?"));
	text_table_cell(table,
	    json_view_count(list) == 0 || text.failed ? none : text.bytes);
}

static void
print_now(const struct hub_call *call)
{
	static const char *const titles[] = { "INSTITUTION", "ON DUTY",
		"STANDS IN", NULL };
	const struct json_view *items = json_view_at(call->view, "items");
	SCOPED(text_table_clear) struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(items); i++) {
		const struct json_view *item = json_view_item(items, i);

		text_table_cell(
		    &table, json_view_text(item, "institution/slug", "?"));
		cell_list(
		    &table, json_view_at(item, "on_duty"), "name", "nobody");
		text_table_cell(
		    &table, json_view_text(item, "hands_over_to/slug", ""));
	}
	text_table_print(&table, stdout);
}

int
cli_roster_now(const struct args *args)
{
	struct hub_call call;
	enum exit_code code = hub_call_open(args, &call);

	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, "/v1/rosters/now", NULL);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print_now(&call);
	hub_call_clear(&call);
	return code;
}

/* The roster itself is JSON, in the form in which `roster set` takes it. */
int
cli_roster_show(const struct args *args)
{
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(
		path, "/v1/institutions/", args_operand(args, 0), "/roster"))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path, NULL);
	if (code == EXIT_CODE_OK)
		hub_call_print_json(&call);
	hub_call_clear(&call);
	return code;
}

int
cli_roster_set(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;
	struct err err;

	if (!hub_call_path(
		path, "/v1/institutions/", args_operand(args, 0), "/roster"))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	if (input_file_read(args_operand(args, 1), &body, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body.bytes,
		    body.length);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		(void)printf("%s  %" PRId64 " shifts, %" PRId64 " exceptions\n",
		    json_view_text(call.view, "institution_id", "?"),
		    json_view_int(call.view, "weekly", 0),
		    json_view_int(call.view, "exceptions", 0));
	hub_call_clear(&call);
	return code;
}
