/*
 * POST /v1/targets/{id}/responses: the answer of a nodal officer or of their
 * machine.  Which code needs what, and whether the sums agree, is decided by
 * the service, which knows the target.  See command_json.h.
 */
#include <string.h>

#include "hub/wire/command_json.h"
#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

enum {
	TEXT_BYTES = 200,
	NOTE_BYTES = 2000,
	WORD_BYTES = 64,
	QUEUE_MAX = 10000,
	GENERATION_MAX = 1000000,
};

/* ---- leads */

static enum rc
read_destination(const struct json_node *node, void *out, struct err *err)
{
	struct lead_draft *lead = out;
	const struct json_member members[] = {
		MEMBER_TEXT("institution", JSON_OPTIONAL, WORD_BYTES,
		    &lead->institution_text),
		MEMBER_OBJECT("identifier", JSON_FLAGGED(&lead->has_identifier),
		    json_read_identifier, &lead->to),
		MEMBER_TEXT("holder", JSON_OPTIONAL, TEXT_BYTES, &lead->holder),
	};
	const struct free_text texts[] = {
		{ "institution", &lead->institution_text },
		{ "holder", &lead->holder },
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_onward_txn(const struct json_node *node, void *out, struct err *err)
{
	struct lead_draft *lead = out;
	const struct json_member extra[] = {
		MEMBER_WORD(
		    "channel", JSON_OPTIONAL, &channel_words, &lead->channel),
		MEMBER_TIME("at", JSON_OPTIONAL, &lead->at),
	};

	TRY(json_read_identifier_with(
	    node, extra, COUNT(extra), &lead->reference, err));
	if (!identifier_is_reference(lead->reference.type))
		return err_at(err, RC_INVALID, "/type", "not_allowed_here",
		    "a reference names a payment, not an account");
	return RC_OK;
}

static enum rc
check_lead(const struct lead_draft *lead, struct err *err)
{
	switch ((int)lead->code) {
	case RESPONSE_OUT_XFER:
	case RESPONSE_OUT_VASP:
	case RESPONSE_OUT_FOREIGN:
		return RC_OK;
	}
	return err_at(err, RC_INVALID, "/code", "not_allowed_here",
	    "a lead is OUT_XFER, OUT_VASP or OUT_FOREIGN");
}

static enum rc
read_lead(const struct json_node *node, void *out, struct err *err)
{
	struct lead_draft *lead = out;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "code", JSON_REQUIRED, &response_code_words, &lead->code),
		MEMBER_OBJECT("to", JSON_OPTIONAL, read_destination, lead),
		MEMBER_OBJECT("txn", JSON_FLAGGED(&lead->has_reference),
		    read_onward_txn, lead),
		MEMBER_OBJECT("money", JSON_REQUIRED, json_read_money_positive,
		    &lead->money),
		MEMBER_OBJECT("amount_as_sent",
		    JSON_FLAGGED(&lead->has_amount_as_sent),
		    json_read_money_positive, &lead->amount_as_sent),
	};

	lead->holder = "";
	/* Not told is "other": the list ends with it. */
	lead->channel = (int)channel_words.count - 1;
	TRY(json_read_members(node, members, COUNT(members), err));
	return check_lead(lead, err);
}

/* ---- exits */

static enum rc
check_terminal(const char *terminal_id, struct err *err)
{
	const char *texts[IDENTIFIER_MEMBERS_MAX] = { terminal_id };
	struct identifier identifier;
	enum rc rc;

	if (terminal_id[0] == '\0')
		return RC_OK;
	rc = identifier_compose(
	    IDENTIFIER_TERMINAL_ID, texts, &identifier, err);
	if (rc != RC_OK)
		(void)err_at(err, rc, "/terminal_id", "bad_form",
		    "must be a terminal id of 1 to 8 characters");
	return rc;
}

static enum rc
check_exit(const struct exit_draft *exit, struct err *err)
{
	if ((response_code_rule(exit->code)->flags & MAY_BE_EXIT) == 0)
		return err_at(err, RC_INVALID, "/code", "not_allowed_here",
		    "this code is no exit channel");
	if (exit->place[0] == '\0' && exit->terminal_id[0] == '\0')
		return err_at(err, RC_INVALID, "/place", "missing_member",
		    "an exit needs place or terminal_id");
	return check_terminal(exit->terminal_id, err);
}

static enum rc
read_exit(const struct json_node *node, void *out, struct err *err)
{
	struct exit_draft *exit = out;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "code", JSON_REQUIRED, &response_code_words, &exit->code),
		MEMBER_TEXT("place", JSON_OPTIONAL, TEXT_BYTES, &exit->place),
		MEMBER_TEXT("terminal_id", JSON_OPTIONAL, WORD_BYTES,
		    &exit->terminal_id),
		MEMBER_OBJECT("money", JSON_REQUIRED, json_read_money_positive,
		    &exit->money),
		MEMBER_TIME("at", JSON_OPTIONAL, &exit->at),
	};
	const struct free_text texts[] = {
		{ "place", &exit->place },
		{ "terminal_id", &exit->terminal_id },
	};

	exit->place = exit->terminal_id = "";
	TRY(json_read_members(node, members, COUNT(members), err));
	TRY(command_json_text_check(texts, COUNT(texts), err));
	return check_exit(exit, err);
}

/* ---- the answer */

static enum rc
read_residual(const struct json_node *node, void *out, struct err *err)
{
	struct respond *respond = out;
	const struct json_member members[] = {
		MEMBER_OBJECT("money", JSON_REQUIRED, json_read_money_positive,
		    &respond->residual),
		MEMBER_WORD("reason", JSON_REQUIRED, &residual_reason_words,
		    &respond->residual_reason),
	};

	return json_read_members(node, members, COUNT(members), err);
}

static enum rc
check_texts(const struct respond *respond, struct err *err)
{
	const struct free_text texts[] = {
		{ "hold_ref", &respond->hold_ref },
		{ "prior_authority", &respond->prior_authority },
		{ "suggested_institution", &respond->suggested_institution },
		{ "note", &respond->note },
	};

	return command_json_text_check(texts, COUNT(texts), err);
}

static enum rc
read_respond(const struct json_node *node, void *out, struct err *err)
{
	struct respond *r = out;
	const struct json_member members[] = {
		MEMBER_WORD(
		    "code", JSON_REQUIRED, &response_code_words, &r->code),
		MEMBER_INT("generation", JSON_OPTIONAL, 1, GENERATION_MAX,
		    &r->generation),
		MEMBER_OBJECT("amount_held", JSON_FLAGGED(&r->has_amount_held),
		    json_read_money_positive, &r->amount_held),
		MEMBER_OBJECT("balance", JSON_FLAGGED(&r->has_balance),
		    json_read_money, &r->balance),
		MEMBER_TEXT(
		    "hold_ref", JSON_OPTIONAL, WORD_BYTES, &r->hold_ref),
		MEMBER_TIME("held_at", JSON_OPTIONAL, &r->held_at),
		MEMBER_TIME("expires_at", JSON_OPTIONAL, &r->expires_at),
		MEMBER_TEXT("prior_authority", JSON_OPTIONAL, TEXT_BYTES,
		    &r->prior_authority),
		MEMBER_INT(
		    "queue_rank", JSON_OPTIONAL, 1, QUEUE_MAX, &r->queue_rank),
		MEMBER_OBJECT("residual", JSON_FLAGGED(&r->has_residual),
		    read_residual, r),
		MEMBER_TIME("eta", JSON_OPTIONAL, &r->eta),
		MEMBER_WORD_SET(
		    "mismatch", JSON_OPTIONAL, &mismatch_words, &r->mismatches),
		MEMBER_TEXT("suggested_institution", JSON_OPTIONAL, WORD_BYTES,
		    &r->suggested_institution),
		MEMBER_TEXT("note", JSON_OPTIONAL, NOTE_BYTES, &r->note),
		MEMBER_LIST("leads", JSON_OPTIONAL, COMMAND_LEAD_LIMIT,
		    read_lead, &r->leads, &r->lead_count),
		MEMBER_LIST("exits", JSON_OPTIONAL, COMMAND_LEAD_LIMIT,
		    read_exit, &r->exits, &r->exit_count),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	return check_texts(r, err);
}

enum rc
command_json_respond(
    const char *body, size_t length, struct command *command, struct err *err)
{
	struct respond *respond = &command->respond;

	*respond = (struct respond){
		.target = respond->target,
		.hold_ref = "",
		.prior_authority = "",
		.note = "",
		.body_length = length,
		.body = arena_strndup(command->arena, body, length),
	};
	if (respond->body == NULL)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the request needs more memory than one may have");
	return json_read(
	    body, length, command->arena, read_respond, respond, err);
}
