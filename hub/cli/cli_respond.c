/*
 * `freezeline respond`: options become the members of an answer, or a file
 * is one; see cli_respond.h.
 */
#include "hub/cli/cli_respond.h"

#include <stdio.h>
#include <string.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/wire/json_writer.h"

enum { BODY_LIMIT = 256 * 1024, MISMATCH_SIZE = 40 };

enum member_kind { MEMBER_IS_TEXT, MEMBER_IS_MONEY, MEMBER_IS_INT };

/* Which option becomes which member. */
static const struct {
	const char *option, *member;
	enum member_kind kind;
} members[] = {
	{ "generation", "generation", MEMBER_IS_INT },
	{ "amount-held", "amount_held", MEMBER_IS_MONEY },
	{ "balance", "balance", MEMBER_IS_MONEY },
	{ "hold-ref", "hold_ref", MEMBER_IS_TEXT },
	{ "held-at", "held_at", MEMBER_IS_TEXT },
	{ "expires-at", "expires_at", MEMBER_IS_TEXT },
	{ "prior-authority", "prior_authority", MEMBER_IS_TEXT },
	{ "queue-rank", "queue_rank", MEMBER_IS_INT },
	{ "eta", "eta", MEMBER_IS_TEXT },
	{ "suggested-institution", "suggested_institution", MEMBER_IS_TEXT },
	{ "note", "note", MEMBER_IS_TEXT },
};

static void
write_money(struct strbuf *body, const char *key, char *const *words)
{
	json_write_object(body, key);
	json_write_text(body, "amount", words[0]);
	json_write_text(body, "currency", words[1]);
	json_write_object_end(body);
}

static enum rc
write_member(
    struct strbuf *body, const struct args *args, size_t n, struct err *err)
{
	char *const *words = args_words(args, members[n].option);
	long number = 0;

	if (words == NULL)
		return RC_OK;
	switch (members[n].kind) {
	case MEMBER_IS_TEXT:
		json_write_text(body, members[n].member, words[0]);
		return RC_OK;
	case MEMBER_IS_MONEY:
		write_money(body, members[n].member, words);
		return RC_OK;
	case MEMBER_IS_INT:
		TRY(args_int(
		    args, members[n].option, 1, 1000000, 1, &number, err));
		json_write_int(body, members[n].member, number);
		return RC_OK;
	}
	return RC_OK;
}

/* "name,amount" as an array. */
static void
write_mismatch(struct strbuf *body, const char *list)
{
	json_write_array(body, "mismatch");
	while (*list != '\0') {
		size_t length = strcspn(list, ",");

		json_write_text_bytes(body, NULL, list, length);
		list += length + (list[length] == ',' ? 1 : 0);
	}
	json_write_array_end(body);
}

/* What no lead and no exit accounts for, with its reason. */
static void
write_residual(struct strbuf *body, char *const *words)
{
	json_write_object(body, "residual");
	write_money(body, "money", words);
	json_write_text(body, "reason", words[2]);
	json_write_object_end(body);
}

static enum rc
write_answer(struct strbuf *body, const struct args *args, struct err *err)
{
	json_write_object(body, NULL);
	json_write_text(body, "code", args_operand(args, 1));
	for (size_t i = 0; i < COUNT(members); i++)
		TRY(write_member(body, args, i, err));
	if (args_has(args, "residual"))
		write_residual(body, args_words(args, "residual"));
	if (args_has(args, "mismatch"))
		write_mismatch(body, args_value(args, "mismatch"));
	json_write_object_end(body);
	return RC_OK;
}

static enum rc
make_body(struct strbuf *body, const struct args *args, struct err *err)
{
	bool has_code = args_operand(args, 1) != NULL;

	if (has_code == args_has(args, "file"))
		return err_set(err, RC_INVALID, "wrong_usage",
		    "respond needs a code or --file");
	if (!has_code)
		return input_file_read(args_value(args, "file"), body, err);
	return write_answer(body, args, err);
}

static void
print_outcome(const struct hub_call *call)
{
	if (call->as_json) {
		hub_call_print_json(call);
		return;
	}
	(void)printf("%s  %s  target is now %s, held %s %s\n",
	    json_view_text(call->view, "id", "answered"),
	    json_view_text(call->view, "code", ""),
	    json_view_text(call->view, "target/status", "?"),
	    json_view_text(call->view, "target/amount_held/amount", "0"),
	    json_view_text(call->view, "target/amount_held/currency", ""));
}

int
cli_respond(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	char path[HUB_CALL_PATH_SIZE];
	struct hub_call call;
	enum exit_code code;
	struct err err;

	strbuf_init(&body, BODY_LIMIT);
	if (!hub_call_path(
		path, "/v1/targets/", args_operand(args, 0), "/responses"))
		return EXIT_CODE_USAGE;
	if (make_body(&body, args, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_post(&call, path,
		    args_value(args, "idempotency-key"), body.bytes,
		    body.length);
	if (code == EXIT_CODE_OK)
		print_outcome(&call);
	hub_call_clear(&call);
	return code;
}
