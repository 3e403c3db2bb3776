/*
 * Grievances from the terminal: see cli_grievance.h.
 */
#include "hub/cli/cli_grievance.h"

#include <stdio.h>

#include "hub/cli/hub_call.h"
#include "hub/wire/json_writer.h"

enum { BODY_LIMIT = 64 * 1024 };

static void
print_outcome(const struct hub_call *call)
{
	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	(void)printf("%s  %s%s  due %s\n", json_view_text(call->view, "id", ""),
	    json_view_text(call->view, "status", "attached"),
	    json_view_bool(call->view, "waits_for_second", false)
		? "  (waits for the second person)"
		: "",
	    json_view_text(call->view, "due_at", "-"));
}

static int
post(const struct args *args, const char *path, const struct strbuf *body)
{
	struct hub_call call;
	enum exit_code code = hub_call_open(args, &call);

	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body->bytes,
		    body->length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	hub_call_clear(&call);
	return code;
}

/* The holder's words, and `kind` where it is not NULL. */
static int
post_words(const struct args *args, const char *suffix, const char *kind)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];

	if (!args_has(args, "text")) {
		(void)fprintf(
		    stderr, "freezeline: %s needs --text\n", args->row->name);
		return EXIT_CODE_USAGE;
	}
	if (!hub_call_path(path, "/v1/targets/", args_operand(args, 0), suffix))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	if (kind != NULL)
		json_write_text(&body, "kind", kind);
	json_write_text(&body, "text", args_value(args, "text"));
	json_write_object_end(&body);
	return post(args, path, &body);
}

int
cli_grievance_file(const struct args *args)
{
	return post_words(args, "/grievances", NULL);
}

int
cli_grievance_evidence(const struct args *args)
{
	return post_words(args, "/counter-evidence", args_operand(args, 1));
}

int
cli_grievance_decide(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];

	if (!hub_call_path(
		path, "/v1/grievances/", args_operand(args, 0), "/decisions"))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	json_write_text(&body, "decision", args_operand(args, 1));
	if (args_has(args, "reason"))
		json_write_text(&body, "reason", args_value(args, "reason"));
	json_write_object_end(&body);
	return post(args, path, &body);
}
