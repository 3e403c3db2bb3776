/*
 * `freezeline case`: submit, look and list; see cli_case.h.  The small acts
 * are in cli_case_acts.c.
 */
#include "hub/cli/cli_case.h"

#include <stdio.h>
#include <string.h>

#include "hub/cli/case_view.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"

enum {
	BODY_LIMIT = 1024 * 1024,
	TIMELINE_LIMIT = 256 * 1024 * 1024,
};

static void
clear_call(struct hub_call *call)
{
	hub_call_clear(call);
}

/* ---- submit */

static void
print_receipt(const struct hub_call *call)
{
	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	if (json_view_bool(call->view, "dry_run", false))
		(void)puts("dry run: nothing was submitted");
	else if (call->response.idempotent_replayed[0] != '\0')
		(void)puts("submitted before under this key:");
	case_view_print_head(call->view, stdout);
	case_view_print_targets(call->view, stdout);
}

/* POST a file; a dry run creates nothing. */
static int
post_file(const struct args *args, const char *path, const char *file)
{
	SCOPED(clear_call) struct hub_call call = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	enum exit_code code = hub_call_open(args, &call);
	char dry_path[HUB_CALL_PATH_SIZE + 16];
	struct err err;

	if (code != EXIT_CODE_OK)
		return code;
	strbuf_init(&body, BODY_LIMIT);
	if (input_file_read(file, &body, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	(void)snprintf(dry_path, sizeof(dry_path), "%s?dry_run=true", path);
	if (args_has(args, "dry-run"))
		code = hub_call_post_keyless(
		    &call, dry_path, body.bytes, body.length);
	else
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body.bytes,
		    body.length);
	if (code == EXIT_CODE_OK)
		print_receipt(&call);
	return code;
}

int
cli_case_submit(const struct args *args)
{
	return post_file(args, "/v1/cases", args_operand(args, 0));
}

int
cli_case_add_request(const struct args *args)
{
	char path[HUB_CALL_PATH_SIZE];

	if (!hub_call_path(
		path, "/v1/cases/", args_operand(args, 0), "/requests"))
		return EXIT_CODE_USAGE;
	return post_file(args, path, args_operand(args, 1));
}

/* ---- show */

/* Append the events of the page at hand to `all`. */
static void
append_events(const struct hub_call *call, struct strbuf *all)
{
	const struct json_view *events = json_view_at(call->view, "items");

	for (size_t i = 0; i < json_view_count(events); i++) {
		if (all->bytes[all->length - 1] != '[')
			strbuf_append_char(all, ',');
		json_view_write(all, json_view_item(events, i));
	}
}

/* All pages of a timeline as one: {"items":[…]}. */
static enum exit_code
read_timeline(struct hub_call *call, const char *path, struct strbuf *all)
{
	SCOPED(strbuf_clear) struct strbuf next = { .bytes = NULL };
	const char *cursor = NULL;
	enum exit_code code;

	strbuf_init(&next, HUB_CALL_PATH_SIZE);
	strbuf_append(all, "{\"items\":[");
	do {
		strbuf_reset(&next);
		strbuf_printf(&next, "%s?limit=200", path);
		if (cursor != NULL) {
			strbuf_append(&next, "&cursor=");
			hub_call_escape(&next, cursor);
		}
		code = hub_call_get(call, next.bytes, NULL);
		if (code != EXIT_CODE_OK)
			return code;
		append_events(call, all);
		cursor = json_view_text(call->view, "next_cursor", NULL);
	} while (cursor != NULL && !all->failed);
	strbuf_append(all, "]}");
	return EXIT_CODE_OK;
}

static enum exit_code
show_timeline(struct hub_call *call, const char *id)
{
	SCOPED(strbuf_clear) struct strbuf all = { .bytes = NULL };
	SCOPED(json_view_cleanup) struct json_view *view = NULL;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;
	struct err err;

	strbuf_init(&all, TIMELINE_LIMIT);
	if (!hub_call_path(path, "/v1/cases/", id, "/timeline"))
		return EXIT_CODE_USAGE;
	code = read_timeline(call, path, &all);
	if (code != EXIT_CODE_OK)
		return code;
	if (call->as_json) {
		(void)puts(all.bytes);
		return EXIT_CODE_OK;
	}
	if (json_view_parse(all.bytes, all.length, &view, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	(void)putchar('\n');
	case_view_print_events(view, stdout);
	return EXIT_CODE_OK;
}

static enum exit_code
show_case(struct hub_call *call, const char *id)
{
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(path, "/v1/cases/", id, ""))
		return EXIT_CODE_USAGE;
	code = hub_call_get(call, path, NULL);
	if (code != EXIT_CODE_OK)
		return code;
	if (call->as_json) {
		hub_call_print_json(call);
		return EXIT_CODE_OK;
	}
	case_view_print_head(call->view, stdout);
	case_view_print_targets(call->view, stdout);
	return EXIT_CODE_OK;
}

int
cli_case_show(const struct args *args)
{
	SCOPED(clear_call) struct hub_call call = { .client = NULL };
	const char *id = args_operand(args, 0);
	bool has_timeline = args_has(args, "timeline");
	enum exit_code code = hub_call_open(args, &call);

	/* As JSON the timeline stands alone: `verify` reads it. */
	if (code == EXIT_CODE_OK && !(has_timeline && call.as_json))
		code = show_case(&call, id);
	if (code == EXIT_CODE_OK && has_timeline)
		code = show_timeline(&call, id);
	return code;
}

/* ---- list */

static void
add_scope(struct strbuf *path, const struct args *args)
{
	static const char *const names[] = { "unit", "district" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (args_value(args, names[i]) != NULL) {
			strbuf_printf(path, "&%s=", names[i]);
			hub_call_escape(path, args_value(args, names[i]));
		}
}

int
cli_case_list(const struct args *args)
{
	SCOPED(clear_call) struct hub_call call = { .client = NULL };
	SCOPED(strbuf_clear) struct strbuf path = { .bytes = NULL };
	enum exit_code code = hub_call_open(args, &call);
	const char *cursor = args_value(args, "cursor");
	long limit = 50;
	struct err err;

	if (args_int(args, "limit", 1, 200, 50, &limit, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	strbuf_init(&path, HUB_CALL_PATH_SIZE);
	strbuf_printf(&path, "/v1/cases?limit=%ld", limit);
	if (cursor != NULL) {
		strbuf_append(&path, "&cursor=");
		hub_call_escape(&path, cursor);
	}
	add_scope(&path, args);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path.bytes, NULL);
	if (code != EXIT_CODE_OK)
		return code;
	if (call.as_json) {
		hub_call_print_json(&call);
		return code;
	}
	case_view_print_list(call.view, stdout);
	cursor = json_view_text(call.view, "next_cursor", NULL);
	if (cursor != NULL)
		(void)printf("more: --cursor %s\n", cursor);
	return code;
}

/* ---- watch */

struct watch {
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	char etag[REQUEST_HEADER_SIZE + 32];
	struct text_table table;
	struct json_view *before;
	bool until_settled;
};

/* Wait for the next state and show it; `*is_over` when the case is. */
static enum exit_code
look_again(struct watch *watch, bool *is_over)
{
	const char *headers[] = { "Prefer: wait=30", watch->etag, NULL };
	struct hub_call *call = &watch->call;
	enum exit_code code = hub_call_get(
	    call, watch->path, watch->etag[0] != '\0' ? headers : NULL);
	const char *status;

	if (code != EXIT_CODE_OK || call->response.status == 304)
		return code;
	if (call->as_json) {
		hub_call_print_json(call);
		(void)fflush(stdout);
	} else {
		case_view_watch_rows(
		    &watch->table, watch->before, call->view, stdout);
	}
	(void)snprintf(watch->etag, sizeof(watch->etag), "If-None-Match: %s",
	    call->response.etag);
	json_view_free(watch->before);
	watch->before = call->view;
	call->view = NULL;
	status = json_view_text(watch->before, "status", "");
	*is_over = strcmp(status, "closed") == 0 ||
	    strcmp(status, "withdrawn") == 0 || strcmp(status, "merged") == 0 ||
	    (watch->until_settled && case_view_is_settled(watch->before));
	return EXIT_CODE_OK;
}

int
cli_case_watch(const struct args *args)
{
	struct watch watch = { .until_settled = args_has(
				   args, "until-settled") };
	enum exit_code code = EXIT_CODE_USAGE;
	bool is_over = false;

	if (!hub_call_path(watch.path, "/v1/cases/", args_operand(args, 0), ""))
		return code;
	case_view_watch_begin(&watch.table, stdout);
	code = hub_call_open(args, &watch.call);
	while (code == EXIT_CODE_OK && !is_over)
		code = look_again(&watch, &is_over);
	json_view_free(watch.before);
	text_table_clear(&watch.table);
	hub_call_clear(&watch.call);
	return code;
}
