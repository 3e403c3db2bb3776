/*
 * `freezeline inbox`: see cli_inbox.h.  A checkpoint is set only for what
 * was printed.
 */
#include "hub/cli/cli_inbox.h"

#include <stdio.h>
#include <string.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/text_table.h"
#include "hub/wire/json_writer.h"

enum { BODY_LIMIT = 256 * 1024, CELL_SIZE = 128 };

static const char *const titles[] = { "MESSAGE", "TYPE", "CASE", "TARGET",
	"IDENTIFIER", ">ASKED", NULL };

/* One row a target; a message without any has one row too. */
static void
add_target(struct text_table *table, const struct json_view *message,
    const struct json_view *target)
{
	char cell[CELL_SIZE];

	text_table_cell(table, json_view_text(message, "id", "?"));
	text_table_cell(table, json_view_text(message, "type", "?"));
	text_table_cell(table, json_view_text(message, "case/ref", ""));
	text_table_cell(table, json_view_text(target, "id", ""));
	(void)snprintf(cell, sizeof(cell), "%s %s",
	    json_view_text(target, "identifier/type", ""),
	    json_view_text(target, "identifier/value", ""));
	text_table_cell(table, cell);
	(void)snprintf(cell, sizeof(cell), "%s %s",
	    json_view_text(target, "amount_requested/amount", ""),
	    json_view_text(target, "amount_requested/currency", ""));
	text_table_cell(table, cell);
}

static void
add_entry(struct text_table *table, const struct json_view *entry)
{
	SCOPED(json_view_cleanup) struct json_view *message = NULL;
	const char *body = json_view_text(entry, "body", "");
	const struct json_view *targets;

	/* The body is the exact text that was signed. */
	if (json_view_parse(body, strlen(body), &message, NULL) != RC_OK)
		return;
	targets = json_view_at(message, "targets");
	if (json_view_count(targets) == 0)
		add_target(table, message, NULL);
	for (size_t i = 0; i < json_view_count(targets); i++)
		add_target(table, message, json_view_item(targets, i));
}

static void
print_page(const struct hub_call *call)
{
	const struct json_view *entries = json_view_at(call->view, "items");
	struct text_table table;

	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	if (json_view_count(entries) == 0) {
		(void)puts("nothing waits");
		return;
	}
	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(entries); i++)
		add_entry(&table, json_view_item(entries, i));
	text_table_print(&table, stdout);
	text_table_clear(&table);
}

static enum exit_code
set_checkpoint(struct hub_call *call)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	const struct json_view *entries = json_view_at(call->view, "items");
	size_t count = json_view_count(entries);
	enum exit_code code;

	if (count == 0)
		return EXIT_CODE_OK;
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	json_write_array(&body, "ids");
	for (size_t i = 0; i < count; i++)
		json_write_text(&body, NULL,
		    json_view_text(
			json_view_item(entries, i), "headers/webhook-id", ""));
	json_write_array_end(&body);
	json_write_object_end(&body);
	code = hub_call_post_keyless(
	    call, "/v1/inbox/checkpoint", body.bytes, body.length);
	if (code == EXIT_CODE_OK)
		(void)fprintf(
		    stderr, "checkpoint set behind %zu messages\n", count);
	return code;
}

int
cli_inbox(const struct args *args)
{
	char wait[64], path[HUB_CALL_PATH_SIZE];
	const char *headers[] = { wait, NULL };
	long seconds = 0, limit = 50;
	struct hub_call call;
	enum exit_code code;
	struct err err;

	if (args_int(args, "wait", 1, 60, 0, &seconds, &err) != RC_OK ||
	    args_int(args, "limit", 1, 200, 50, &limit, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	(void)snprintf(wait, sizeof(wait), "Prefer: wait=%ld", seconds);
	(void)snprintf(path, sizeof(path), "/v1/inbox?limit=%ld", limit);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path, seconds > 0 ? headers : NULL);
	if (code == EXIT_CODE_OK) {
		print_page(&call);
		if (args_has(args, "checkpoint"))
			code = set_checkpoint(&call);
	}
	hub_call_clear(&call);
	return code;
}
