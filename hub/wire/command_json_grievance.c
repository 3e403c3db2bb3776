/*
 * Bodies of grievances and of what speaks for account holders.  See command_json.h.
 */
#include "hub/wire/command_json.h"

#include "hub/wire/command_json_text.h"
#include "hub/wire/json_reader.h"

enum { TEXT_BYTES = 4000, REASON_BYTES = 2000 };

static enum rc
read_filing(const struct json_node *node, void *out, struct err *err)
{
	struct file_grievance *filing = out;
	const struct json_member members[] = {
		MEMBER_TEXT("text", JSON_REQUIRED, TEXT_BYTES, &filing->text),
	};
	const struct free_text texts[] = { { "text", &filing->text } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_grievance(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_filing,
	    &command->file_grievance, err);
}

/* Only what moves it on without judging it may go without a reason. */
static bool
needs_reason(enum grievance_decision decision)
{
	return decision == DECISION_RELEASE || decision == DECISION_CONTINUE ||
	    decision == DECISION_ESCALATE || decision == DECISION_CLOSE;
}

static enum rc
read_decision(const struct json_node *node, void *out, struct err *err)
{
	struct decide_grievance *decide = out;
	unsigned decision = 0;
	const struct json_member members[] = {
		MEMBER_WORD("decision", JSON_REQUIRED,
		    &grievance_decision_words, &decision),
		MEMBER_TEXT(
		    "reason", JSON_OPTIONAL, REASON_BYTES, &decide->reason),
	};
	const struct free_text texts[] = { { "reason", &decide->reason } };

	TRY(json_read_members(node, members, COUNT(members), err));
	decide->decision = (enum grievance_decision)decision;
	if (needs_reason(decide->decision) && decide->reason[0] == '\0')
		return err_at(err, RC_INVALID, "/reason", "missing_member",
		    "this decision needs a reason");
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_grievance_decision(
    const char *body, size_t length, struct command *command, struct err *err)
{
	command->decide_grievance.reason = "";
	return json_read(body, length, command->arena, read_decision,
	    &command->decide_grievance, err);
}

static enum rc
read_evidence(const struct json_node *node, void *out, struct err *err)
{
	struct attach_evidence *evidence = out;
	const struct json_member members[] = {
		MEMBER_WORD("kind", JSON_REQUIRED, &evidence_kind_words,
		    &evidence->kind),
		MEMBER_TEXT("text", JSON_REQUIRED, TEXT_BYTES, &evidence->text),
	};
	const struct free_text texts[] = { { "text", &evidence->text } };

	TRY(json_read_members(node, members, COUNT(members), err));
	return command_json_text_check(texts, COUNT(texts), err);
}

enum rc
command_json_evidence(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return json_read(body, length, command->arena, read_evidence,
	    &command->evidence, err);
}
