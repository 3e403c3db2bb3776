/*
 * The small acts on requests and targets: one row each of where the call
 * goes; see cli_case.h.
 */
#include "hub/cli/cli_case.h"

#include <stdio.h>
#include <string.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/wire/json_writer.h"

enum { BODY_LIMIT = 64 * 1024 };

static void
print_outcome(const struct hub_call *call)
{
	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	(void)printf("%s  %s%s\n", json_view_text(call->view, "id", "done"),
	    json_view_text(call->view, "status", ""),
	    call->response.idempotent_replayed[0] != '\0'
		? "  (done before under this key)"
		: "");
}

/* POST prefix + operand + suffix. */
static int
act(const struct args *args, const char *prefix, const char *suffix,
    const struct strbuf *body)
{
	struct hub_call call;
	char path[HUB_CALL_PATH_SIZE];
	enum exit_code code;

	if (!hub_call_path(path, prefix, args_operand(args, 0), suffix))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body->bytes,
		    body->length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	hub_call_clear(&call);
	return code;
}

/* {} or {"name":"value"} of an option. */
static void
write_text_member(struct strbuf *body, const struct args *args,
    const char *option, const char *name)
{
	strbuf_init(body, BODY_LIMIT);
	json_write_object(body, NULL);
	if (args_has(args, option))
		json_write_text(body, name, args_value(args, option));
	json_write_object_end(body);
}

static void
write_amount(struct strbuf *body, char *const *amount)
{
	json_write_object(body, "amount");
	json_write_text(body, "amount", amount[0]);
	json_write_text(body, "currency", amount[1]);
	json_write_object_end(body);
}

static int
needs(const struct args *args, const char *option)
{
	(void)fprintf(
	    stderr, "freezeline: %s needs --%s\n", args->row->name, option);
	return EXIT_CODE_USAGE;
}

/* {"NAME":"…","note":"…"} of the options of these names. */
static int
act_with(const struct args *args, struct strbuf *body, const char *prefix,
    const char *suffix, const char *name)
{
	strbuf_init(body, BODY_LIMIT);
	json_write_object(body, NULL);
	json_write_text(body, name, args_value(args, name));
	if (args_has(args, "note"))
		json_write_text(body, "note", args_value(args, "note"));
	json_write_object_end(body);
	return act(args, prefix, suffix, body);
}

int
cli_case_approve(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	bool is_refusal = args_has(args, "refuse");

	if (is_refusal && !args_has(args, "reason"))
		return needs(args, "reason");
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	json_write_text(&body, "decision", is_refusal ? "refuse" : "approve");
	if (args_has(args, "reason"))
		json_write_text(&body, "reason", args_value(args, "reason"));
	json_write_object_end(&body);
	return act(args, "/v1/requests/", "/approval", &body);
}

int
cli_case_withdraw(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	if (!args_has(args, "reason"))
		return needs(args, "reason");
	if (strncmp(args_operand(args, 0), "case_", 5) == 0)
		return act_with(
		    args, &body, "/v1/cases/", "/withdrawal", "reason");
	write_text_member(&body, args, "reason", "reason");
	return act(args, "/v1/requests/", "/withdrawal", &body);
}

int
cli_case_patch(const struct args *args)
{
	static const char *const names[] = { "priority", "typology",
		"authorised" };
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];
	struct hub_call call;
	enum exit_code code;

	if (!hub_call_path(path, "/v1/cases/", args_operand(args, 0), ""))
		return EXIT_CODE_USAGE;
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	for (size_t i = 0; i < COUNT(names); i++)
		if (args_has(args, names[i]))
			json_write_text(
			    &body, names[i], args_value(args, names[i]));
	json_write_object_end(&body);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_patch(&call, path, body.bytes, body.length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	hub_call_clear(&call);
	return code;
}

int
cli_case_merge(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	if (!args_has(args, "into"))
		return needs(args, "into");
	return act_with(args, &body, "/v1/cases/", "/merge", "into");
}

int
cli_case_close(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	if (args_has(args, "outcome") && !args_has(args, "reason"))
		return needs(args, "reason");
	strbuf_init(&body, BODY_LIMIT);
	json_write_object(&body, NULL);
	if (args_has(args, "outcome"))
		json_write_text(&body, "outcome", args_value(args, "outcome"));
	if (args_has(args, "reason"))
		json_write_text(&body, "reason", args_value(args, "reason"));
	json_write_object_end(&body);
	return act(args, "/v1/cases/", "/closing", &body);
}

int
cli_case_issue(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	strbuf_init(&body, BODY_LIMIT);
	strbuf_append(&body, "{}");
	return act(args, "/v1/targets/", "/issue", &body);
}

int
cli_case_dismiss(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	if (!args_has(args, "reason"))
		return needs(args, "reason");
	write_text_member(&body, args, "reason", "reason");
	return act(args, "/v1/targets/", "/dismissal", &body);
}

int
cli_case_remind(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	write_text_member(&body, args, "note", "note");
	return act(args, "/v1/targets/", "/reminders", &body);
}

/* ---- orders on a hold */

static void
begin_order(struct strbuf *body)
{
	strbuf_init(body, BODY_LIMIT);
	json_write_object(body, NULL);
}

static int
send_order(const struct args *args, const char *suffix, struct strbuf *body)
{
	json_write_text(body, "reason", args_value(args, "reason"));
	json_write_object_end(body);
	return act(args, "/v1/targets/", suffix, body);
}

int
cli_case_release(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	if (!args_has(args, "reason"))
		return needs(args, "reason");
	begin_order(&body);
	return send_order(args, "/releases", &body);
}

int
cli_case_reduce(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	if (!args_has(args, "amount"))
		return needs(args, "amount");
	if (!args_has(args, "reason"))
		return needs(args, "reason");
	begin_order(&body);
	write_amount(&body, args_words(args, "amount"));
	return send_order(args, "/reductions", &body);
}

int
cli_case_extend(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };

	if (!args_has(args, "expires-at"))
		return needs(args, "expires-at");
	if (!args_has(args, "reason"))
		return needs(args, "reason");
	begin_order(&body);
	json_write_text(&body, "expires_at", args_value(args, "expires-at"));
	if (args_has(args, "basis"))
		json_write_text(&body, "basis", args_value(args, "basis"));
	return send_order(args, "/extensions", &body);
}

/* ---- correct */

static enum rc
write_correction(struct strbuf *body, const struct args *args, struct err *err)
{
	const char *identifier = args_value(args, "identifier");
	char *const *amount = args_words(args, "amount");
	SCOPED(json_view_cleanup) struct json_view *view = NULL;

	if (args_has(args, "file"))
		return input_file_read(args_value(args, "file"), body, err);
	json_write_object(body, NULL);
	if (identifier != NULL) {
		TRY(json_view_parse(
		    identifier, strlen(identifier), &view, err));
		json_write_raw(body, "identifier", identifier);
	}
	if (args_has(args, "holder"))
		json_write_text(body, "holder", args_value(args, "holder"));
	if (amount != NULL)
		write_amount(body, amount);
	if (args_has(args, "note"))
		json_write_text(body, "note", args_value(args, "note"));
	json_write_object_end(body);
	return RC_OK;
}

int
cli_case_correct(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct err err;

	strbuf_init(&body, BODY_LIMIT);
	if (write_correction(&body, args, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	return act(args, "/v1/targets/", "/corrections", &body);
}

/* ---- amend */

static enum rc
write_amendment(struct strbuf *body, const struct args *args, struct err *err)
{
	static const struct {
		const char *option, *name;
	} members[] = {
		{ "reason", "reason" },
		{ "basis", "basis" },
		{ "scope", "scope" },
		{ "successor", "successor" },
		{ "expires-at", "expires_at" },
	};

	if (args_has(args, "file"))
		return input_file_read(args_value(args, "file"), body, err);
	json_write_object(body, NULL);
	for (size_t i = 0; i < COUNT(members); i++)
		if (args_has(args, members[i].option))
			json_write_text(body, members[i].name,
			    args_value(args, members[i].option));
	json_write_object_end(body);
	return RC_OK;
}

int
cli_case_amend(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct err err;

	if (!args_has(args, "file") && !args_has(args, "reason"))
		return needs(args, "reason");
	strbuf_init(&body, BODY_LIMIT);
	if (write_amendment(&body, args, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	return act(args, "/v1/requests/", "/amendment", &body);
}
