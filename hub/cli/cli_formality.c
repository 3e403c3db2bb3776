/*
 * `freezeline formality …`: see cli_formality.h.
 */
#include "hub/cli/cli_formality.h"

#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/text_table.h"

static const char *const titles[] = { "DUE", "STATUS", "DOCUMENT", "BASIS",
	"CASE", "OWED BY", "REQUEST", NULL };

static void
print_page(const struct hub_call *call)
{
	const struct json_view *items = json_view_at(call->view, "items");
	const char *cursor = json_view_text(call->view, "next_cursor", NULL);
	struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(items); i++) {
		const struct json_view *item = json_view_item(items, i);
		static const char *const cells[] = { "due_at", "status", "type",
			"basis", "case_ref", "owed_by/slug", "request_id" };

		for (size_t n = 0; n < COUNT(cells); n++)
			text_table_cell(
			    &table, json_view_text(item, cells[n], ""));
	}
	text_table_print(&table, stdout);
	text_table_clear(&table);
	if (cursor != NULL)
		(void)printf("more: --cursor %s\n", cursor);
}

static void
append_query(struct strbuf *path, const struct args *args, const char *name)
{
	const char *value = args_value(args, name);

	if (value == NULL)
		return;
	strbuf_printf(path, "&%s=", name);
	hub_call_escape(path, value);
}

int
cli_formality_list(const struct args *args)
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf path = { .bytes = NULL };
	enum exit_code code = hub_call_open(args, &call);
	long limit = 50;
	struct err err;

	if (args_int(args, "limit", 1, 200, 50, &limit, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	strbuf_init(&path, 2 * HUB_CALL_PATH_SIZE);
	strbuf_printf(&path, "/v1/formalities?limit=%ld", limit);
	append_query(&path, args, "status");
	append_query(&path, args, "case");
	append_query(&path, args, "cursor");
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
