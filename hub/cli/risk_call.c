/*
 * Calls about risks: see risk_call.h.
 */
#include "hub/cli/risk_call.h"

#include <stdio.h>
#include <string.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/cli/text_table.h"
#include "hub/wire/json_writer.h"

enum { BODY_LIMIT = 1024 * 1024 };

static void
print_outcome(const struct hub_call *call)
{
	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	(void)printf("%s  %s\n", json_view_text(call->view, "id", "done"),
	    json_view_text(
		call->view, "status", json_view_text(call->view, "kind", "")));
}

static int
post(const struct args *args, const char *path, const struct strbuf *body)
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	enum exit_code code = hub_call_open(args, &call);

	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body->bytes,
		    body->length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	return code;
}

int
risk_call_post_file(const struct args *args, const char *path)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct err err;

	strbuf_init(&body, BODY_LIMIT);
	if (input_file_read(args_operand(args, 0), &body, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return post(args, path, &body);
}

/* The members that a command line gives; NULL names are left out. */
struct member {
	const char *name, *value;
};

static int
post_members(const struct args *args, const char *prefix, const char *suffix,
    const struct member *members, size_t count)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];

	if (!hub_call_path(path, prefix, args_operand(args, 0), suffix))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	for (size_t i = 0; i < count; i++)
		if (members[i].name != NULL)
			json_write_text(
			    &body, members[i].name, members[i].value);
	json_write_object_end(&body);
	return post(args, path, &body);
}

int
risk_call_post_choice(const struct args *args, const char *prefix,
    const char *suffix, const char *choice, const char *word)
{
	struct member members[2] = {
		{ choice, choice == NULL ? NULL : args_operand(args, 1) },
		{ word, NULL },
	};

	if (word != NULL && !args_has(args, word)) {
		(void)fprintf(stderr, "freezeline: %s needs --%s\n",
		    args->row->name, word);
		return EXIT_CODE_USAGE;
	}
	if (word != NULL)
		members[1].value = args_value(args, word);
	return post_members(args, prefix, suffix, members, COUNT(members));
}

int
risk_call_post_words(const struct args *args, const char *prefix,
    const char *suffix, const char *word)
{
	return risk_call_post_choice(args, prefix, suffix, NULL, word);
}

int
risk_call_ask(const struct args *args, const char *path, const char *list,
    void (*print)(const struct json_view *item))
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	const struct json_view *items;
	enum exit_code code;
	struct err err;

	strbuf_init(&body, BODY_LIMIT);
	if (input_file_read(args_operand(args, 0), &body, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post_keyless(
		    &call, path, body.bytes, body.length);
	if (code != EXIT_CODE_OK)
		return code;
	if (call.as_json) {
		hub_call_print_json(&call);
		return EXIT_CODE_OK;
	}
	items = json_view_at(call.view, list);
	for (size_t i = 0; i < json_view_count(items); i++)
		print(json_view_item(items, i));
	return EXIT_CODE_OK;
}

int
risk_call_delete(const struct args *args, const char *prefix)
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(path, prefix, args_operand(args, 0), ""))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_delete(&call, path);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	return code;
}

static void
print_page(const struct json_view *view, const char *const *titles,
    const char *const *cells)
{
	const struct json_view *items = json_view_at(view, "items");
	const char *cursor = json_view_text(view, "next_cursor", NULL);
	struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(items); i++)
		for (size_t n = 0; cells[n] != NULL; n++)
			text_table_cell(&table,
			    json_view_text(
				json_view_item(items, i), cells[n], ""));
	text_table_print(&table, stdout);
	text_table_clear(&table);
	if (cursor != NULL)
		(void)printf("more: --cursor %s\n", cursor);
}

/* Of a command whose row has the option. */
static void
append_option(struct strbuf *query, const struct args *args, const char *name)
{
	bool is_known = false;

	for (size_t i = 0; i < args->row->option_count; i++)
		is_known |= strcmp(args->row->options[i].name, name) == 0;
	if (!is_known || !args_has(args, name))
		return;
	strbuf_printf(query, "&%s=", name);
	hub_call_escape(query, args_value(args, name));
}

int
risk_call_list(const struct args *args, const char *path,
    const char *const *titles, const char *const *cells)
{
	SCOPED(hub_call_clear) struct hub_call call = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf query = { .bytes = NULL };
	enum exit_code code = hub_call_open(args, &call);
	long limit = 50;
	struct err err;

	if (args_int(args, "limit", 1, 200, 50, &limit, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	strbuf_init(&query, 2 * HUB_CALL_PATH_SIZE);
	strbuf_printf(&query, "%s?limit=%ld", path, limit);
	append_option(&query, args, "cursor");
	append_option(&query, args, "status");
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, query.bytes, NULL);
	if (code == EXIT_CODE_OK && call.as_json)
		hub_call_print_json(&call);
	else if (code == EXIT_CODE_OK)
		print_page(call.view, titles, cells);
	return code;
}
