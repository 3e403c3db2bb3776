/*
 * Commands: see command.h.
 */
#include "hub/domain/command.h"

#include <assert.h>

static const char *const kind_names[] = {
	[COMMAND_SUBMIT_CASE] = "submit_case",
	[COMMAND_APPROVE_REQUEST] = "approve_request",
	[COMMAND_WITHDRAW_REQUEST] = "withdraw_request",
	[COMMAND_AMEND_REQUEST] = "amend_request",
	[COMMAND_ADD_REQUESTS] = "add_requests",
	[COMMAND_PATCH_CASE] = "patch_case",
	[COMMAND_WITHDRAW_CASE] = "withdraw_case",
	[COMMAND_MERGE_CASE] = "merge_case",
	[COMMAND_CLOSE_CASE] = "close_case",
	[COMMAND_ISSUE_TARGET] = "issue_target",
	[COMMAND_CORRECT_TARGET] = "correct_target",
	[COMMAND_REMIND_TARGET] = "remind_target",
	[COMMAND_RELEASE_TARGET] = "release_target",
	[COMMAND_REDUCE_TARGET] = "reduce_target",
	[COMMAND_EXTEND_TARGET] = "extend_target",
	[COMMAND_ATTACH_EVIDENCE] = "attach_evidence",
	[COMMAND_FILE_GRIEVANCE] = "file_grievance",
	[COMMAND_DECIDE_GRIEVANCE] = "decide_grievance",
	[COMMAND_FILE_DOCUMENT] = "file_document",
	[COMMAND_DECIDE_DOCUMENT] = "decide_document",
	[COMMAND_WAIVE_FORMALITY] = "waive_formality",
	[COMMAND_ATTACH_TARGET] = "attach_target",
	[COMMAND_PROPOSE_RESTITUTION] = "propose_restitution",
	[COMMAND_ORDER_RESTITUTION] = "order_restitution",
	[COMMAND_PAY_RESTITUTION] = "pay_restitution",
	[COMMAND_RESPOND] = "respond",
	[COMMAND_CHECKPOINT_INBOX] = "checkpoint_inbox",
	[COMMAND_RECORD_DELIVERY] = "record_delivery",
	[COMMAND_RECORD_ACCESS] = "record_access",
	[COMMAND_PASS_DEADLINE] = "pass_deadline",
	[COMMAND_REGISTER_INSTITUTION] = "register_institution",
	[COMMAND_REGISTER_PRINCIPAL] = "register_principal",
	[COMMAND_REGISTER_ENDPOINT] = "register_endpoint",
	[COMMAND_PLACE_INSTITUTION] = "place_institution",
	[COMMAND_SET_ROSTER] = "set_roster",
	[COMMAND_CONFIRM_REGISTRATION] = "confirm_registration",
	[COMMAND_REVOKE_CERTIFICATE] = "revoke_certificate",
	[COMMAND_REGISTER_AGREEMENT] = "register_agreement",
	[COMMAND_WITHDRAW_AGREEMENT] = "withdraw_agreement",
	[COMMAND_SEND_SIGNAL] = "send_signal",
	[COMMAND_ADD_WATCH] = "add_watch",
	[COMMAND_WITHDRAW_WATCH] = "withdraw_watch",
	[COMMAND_DISPUTE_WATCH] = "dispute_watch",
	[COMMAND_DECIDE_WATCH] = "decide_watch",
	[COMMAND_LOOK_UP] = "look_up",
	[COMMAND_PLACE_PAYMENT_HOLD] = "place_payment_hold",
	[COMMAND_ANSWER_PAYMENT_HOLD] = "answer_payment_hold",
	[COMMAND_TEST_ENDPOINT] = "test_endpoint",
};

const struct words command_kind_words = { "kind of command", kind_names,
	COMMAND_KIND_COUNT };
_Static_assert(COUNT(kind_names) == COMMAND_KIND_COUNT, "words of commands");

struct id
command_next_id(struct command *command)
{
	/* The room of id_nth; the limits of command.h stay far below it. */
	assert(command->ids_used < 65536);
	return id_nth(&command->base, command->ids_used++);
}
