/*
 * Alerts from the terminal: see cli_alert.h.
 */
#include "hub/cli/cli_alert.h"

#include <inttypes.h>
#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/text_table.h"

enum { CELL_SIZE = 96 };

/* "25 of 20", "60000000.00 of 50000000.00 INR". */
static void
cell_volume(struct text_table *table, const struct json_view *item)
{
	const struct json_view *sum = json_view_at(item, "sum");
	char text[CELL_SIZE];

	if (sum == NULL)
		(void)snprintf(text, sizeof(text), "%" PRId64 " of %" PRId64,
		    json_view_int(item, "count", 0),
		    json_view_int(item, "most", 0));
	else
		(void)snprintf(text, sizeof(text), "%s of %s %s",
		    json_view_text(sum, "amount", "?"),
		    json_view_text(
			json_view_at(item, "most_sum"), "amount", "?"),
		    json_view_text(sum, "currency", ""));
	text_table_cell(table, text);
}

static void
print_page(const struct hub_call *call)
{
	static const char *const titles[] = { "RAISED AT", "KIND", "GRADE",
		"ASKED", "UNIT", "OFFICER", "CASE", NULL };
	static const char *const before[] = { "raised_at", "kind", "grade" };
	static const char *const behind[] = { "unit/slug", "officer_id",
		"case_ref" };
	const struct json_view *items = json_view_at(call->view, "items");
	const char *cursor = json_view_text(call->view, "next_cursor", NULL);
	SCOPED(text_table_clear) struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(items); i++) {
		const struct json_view *item = json_view_item(items, i);

		for (size_t n = 0; n < COUNT(before); n++)
			text_table_cell(
			    &table, json_view_text(item, before[n], ""));
		cell_volume(&table, item);
		for (size_t n = 0; n < COUNT(behind); n++)
			text_table_cell(
			    &table, json_view_text(item, behind[n], ""));
	}
	text_table_print(&table, stdout);
	if (cursor != NULL)
		(void)printf("more: --cursor %s\n", cursor);
}

int
cli_alert_list(const struct args *args)
{
	static const char *const names[] = { "unit", "district", "cursor" };
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf path = { .bytes = NULL };
	enum exit_code code = hub_call_open(args, &call);
	long limit = 50;
	struct err err;

	if (args_int(args, "limit", 1, 200, 50, &limit, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	strbuf_init(&path, 2 * HUB_CALL_PATH_SIZE);
	strbuf_printf(&path, "/v1/alerts?limit=%ld", limit);
	for (size_t i = 0; i < COUNT(names); i++)
		if (args_value(args, names[i]) != NULL) {
			strbuf_printf(&path, "&%s=", names[i]);
			hub_call_escape(&path, args_value(args, names[i]));
		}
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path.bytes, NULL);
	if (code != EXIT_CODE_OK)
		return code;
	if (call.as_json)
		hub_call_print_json(&call);
	else
		print_page(&call);
	return code;
}
