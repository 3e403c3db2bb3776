/*
 * What is owed: see cli_formality.h.
 */
#include "hub/cli/cli_formality.h"

#include <inttypes.h>
#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/text_table.h"

enum { CELL_LIMIT = 8, NUMBER_SIZE = 24 };

/* A list of the API: its question and its table. */
struct list {
	const char *path;
	bool has_csv; /* also as rows */
	/* Options that become parameters, as the two name them. */
	struct {
		const char *option, *parameter;
	} options[CELL_LIMIT];
	const char *titles[CELL_LIMIT + 1];
	const char *cells[CELL_LIMIT]; /* members of an item */
};

#define SCOPE                                           \
	{ "unit", "unit" }, { "district", "district" }, \
	    { "institution", "institution" },           \
	{                                               \
		"cursor", "cursor"                      \
	}

static const struct list formalities = {
	.path = "/v1/formalities",
	.options = { { "status", "status" }, { "case", "case" },
	    { "owes-within", "owes_within" }, SCOPE },
	.titles = { "DUE", "STATUS", "DOCUMENT", "BASIS", "CASE", "OWED BY",
	    "REQUEST", NULL },
	.cells = { "due_at", "status", "type", "basis", "case_ref",
	    "owed_by/slug", "request_id" },
};

static const struct list deadlines = {
	.path = "/v1/deadlines",
	.options = { { "kind", "kind" }, { "status", "status" },
	    { "case", "case" }, SCOPE },
	.titles = { "DUE", "KIND", "STATUS", "OWED BY", "CASE", "SUBJECT",
	    NULL },
	.cells = { "due_at", "kind", "status", "owed_by/slug", "case_ref",
	    "subject" },
};

static const struct list debts = {
	.path = "/v1/reports/legal-debt",
	.has_csv = true,
	.options = { { "by", "by" }, SCOPE },
};

/* ---- the call */

static enum rc
write_path(const struct args *args, const struct list *list,
    struct strbuf *path, struct err *err)
{
	long limit = 50;

	TRY(args_int(args, "limit", 1, 200, 50, &limit, err));
	strbuf_printf(path, "%s?limit=%ld", list->path, limit);
	for (size_t i = 0; i < CELL_LIMIT && list->options[i].option != NULL;
	     i++) {
		const char *value = args_value(args, list->options[i].option);

		if (value == NULL)
			continue;
		strbuf_printf(path, "&%s=", list->options[i].parameter);
		hub_call_escape(path, value);
	}
	return RC_OK;
}

static void
print_cursor(const struct hub_call *call)
{
	const char *cursor = json_view_text(call->view, "next_cursor", NULL);

	if (cursor != NULL)
		(void)printf("more: --cursor %s\n", cursor);
}

static void
print_table(const struct hub_call *call, const struct list *list)
{
	const struct json_view *items = json_view_at(call->view, "items");
	struct text_table table;

	text_table_init(&table, list->titles);
	for (size_t i = 0; i < json_view_count(items); i++)
		for (size_t n = 0; n < CELL_LIMIT && list->cells[n] != NULL;
		     n++)
			text_table_cell(&table,
			    json_view_text(
				json_view_item(items, i), list->cells[n], ""));
	text_table_print(&table, stdout);
	text_table_clear(&table);
	print_cursor(call);
}

/* ---- the legal debt: a line for each document of each group */

static void
cell_int(
    struct text_table *table, const struct json_view *item, const char *name)
{
	char text[NUMBER_SIZE];

	(void)snprintf(
	    text, sizeof(text), "%" PRId64, json_view_int(item, name, 0));
	text_table_cell(table, text);
}

static void
print_group(struct text_table *table, const struct json_view *item)
{
	const struct json_view *documents = json_view_at(item, "documents");
	const char *name = json_view_text(item, "case_ref",
	    json_view_text(item, "institution/slug",
		json_view_text(item, "unit/slug", "?")));

	for (size_t i = 0; i < json_view_count(documents); i++) {
		const struct json_view *one = json_view_item(documents, i);

		text_table_cell(table, i == 0 ? name : "");
		text_table_cell(table, json_view_text(one, "profile", ""));
		text_table_cell(table, json_view_text(one, "type", ""));
		cell_int(table, one, "owed");
		cell_int(table, one, "overdue");
		text_table_cell(table, json_view_text(one, "since", ""));
		text_table_cell(table, json_view_text(one, "due_at", ""));
	}
}

static void
print_debts(const struct hub_call *call, const struct list *list)
{
	static const char *const titles[] = { "GROUP", "LAW", "DOCUMENT",
		">OWED", ">OVERDUE", "SINCE", "FIRST DUE", NULL };
	const struct json_view *items = json_view_at(call->view, "items");
	struct text_table table;

	(void)list;
	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(items); i++)
		print_group(&table, json_view_item(items, i));
	text_table_print(&table, stdout);
	text_table_clear(&table);
	print_cursor(call);
}

static int
run(const struct args *args, const struct list *list,
    void (*print)(const struct hub_call *call, const struct list *list))
{
	static const char *const as_csv[] = { "Accept: text/csv", NULL };
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf path = { .bytes = NULL };
	bool wants_csv = list->has_csv && args_has(args, "csv");
	enum exit_code code;
	struct err err;

	strbuf_init(&path, 2 * HUB_CALL_PATH_SIZE);
	if (write_path(args, list, &path, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(
		    &call, path.bytes, wants_csv ? as_csv : NULL);
	if (code != EXIT_CODE_OK)
		return code;
	if (wants_csv)
		(void)fputs(call.response.body.bytes, stdout);
	else if (call.as_json)
		hub_call_print_json(&call);
	else
		print(&call, list);
	return code;
}

int
cli_formality_list(const struct args *args)
{
	return run(args, &formalities, print_table);
}

int
cli_formality_deadlines(const struct args *args)
{
	return run(args, &deadlines, print_table);
}

int
cli_formality_report(const struct args *args)
{
	return run(args, &debts, print_debts);
}
