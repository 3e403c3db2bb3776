/*
 * How many rows a command may name: see inside.h.
 */
#include "hub/desk/inside.h"

static size_t
sum_of_targets(const struct submit_case *submit)
{
	size_t sum = 0;

	for (size_t i = 0; i < submit->request_count; i++)
		sum += submit->requests[i].target_count;
	return sum;
}

static size_t
sum_of_reported(const struct record_delivery *delivery)
{
	size_t sum = 0;

	for (size_t i = 0; i < delivery->report_count; i++)
		sum += delivery->reports[i].target_count;
	return sum;
}

/* Of the commands that name as many, whatever is in them.  The others name
 * one, or what they have lists of. */
static const size_t weights[COMMAND_KIND_COUNT] = {
	[COMMAND_APPROVE_REQUEST] = COMMAND_TARGET_LIMIT,
	[COMMAND_WITHDRAW_REQUEST] = COMMAND_TARGET_LIMIT,
	[COMMAND_FILE_DOCUMENT] = COMMAND_TARGET_LIMIT,
	[COMMAND_DECIDE_DOCUMENT] = COMMAND_TARGET_LIMIT,
	[COMMAND_WAIVE_FORMALITY] = COMMAND_TARGET_LIMIT,
	[COMMAND_PROPOSE_RESTITUTION] = COMMAND_TARGET_LIMIT,
	[COMMAND_AMEND_REQUEST] = 2 * COMMAND_TARGET_LIMIT,
	[COMMAND_PATCH_CASE] = COMMAND_TARGET_LIMIT,
	[COMMAND_WITHDRAW_CASE] = 2 * COMMAND_TARGET_LIMIT,
	[COMMAND_MERGE_CASE] = 2 * COMMAND_TARGET_LIMIT,
	[COMMAND_CLOSE_CASE] = 2 * COMMAND_TARGET_LIMIT,
};

size_t
keys_weight(const struct command *command)
{
	enum command_kind kind = command->kind;

	if (kind == COMMAND_SUBMIT_CASE)
		return 1 + sum_of_targets(&command->submit);
	if (kind == COMMAND_ADD_REQUESTS)
		return COMMAND_TARGET_LIMIT + sum_of_targets(&command->submit);
	if (kind == COMMAND_PASS_DEADLINE &&
	    keys_request_of(&command->deadline) != NULL)
		return COMMAND_TARGET_LIMIT;
	if (kind == COMMAND_RESPOND)
		return 1 + command->respond.lead_count;
	if (kind == COMMAND_CHECKPOINT_INBOX)
		return 1 + command->checkpoint.message_count;
	if (kind == COMMAND_RECORD_DELIVERY)
		return 1 + sum_of_reported(&command->delivery);
	if (kind == COMMAND_REGISTER_INSTITUTION)
		return 2 + command->institution.principal_count;
	return weights[kind] != 0 ? weights[kind] : 1;
}
