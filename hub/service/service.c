/*
 * The table of use cases.
 */
#include "hub/service/service.h"

#include "hub/service/timing.h"
#include "hub/service/use_cases.h"

struct use_case {
	service_preparer *prepare; /* NULL: nothing to resolve */
	service_decider *decide;
};

/* clang-format off */
static const struct use_case use_cases[COMMAND_KIND_COUNT] = {
	[COMMAND_SUBMIT_CASE]          = { submit_case_prepare,          submit_case_decide },
	[COMMAND_APPROVE_REQUEST]      = { NULL,                         approve_request_decide },
	[COMMAND_WITHDRAW_REQUEST]     = { NULL,                         withdraw_request_decide },
	[COMMAND_AMEND_REQUEST]        = { NULL,                         amend_request_decide },
	[COMMAND_ADD_REQUESTS]         = { submit_case_prepare,          add_requests_decide },
	[COMMAND_PATCH_CASE]           = { NULL,                         patch_case_decide },
	[COMMAND_WITHDRAW_CASE]        = { NULL,                         withdraw_case_decide },
	[COMMAND_MERGE_CASE]           = { NULL,                         merge_case_decide },
	[COMMAND_CLOSE_CASE]           = { NULL,                         close_case_decide },
	[COMMAND_ISSUE_TARGET]         = { NULL,                         issue_target_decide },
	[COMMAND_CORRECT_TARGET]       = { correct_target_prepare,       correct_target_decide },
	[COMMAND_REMIND_TARGET]        = { NULL,                         remind_target_decide },
	[COMMAND_RELEASE_TARGET]       = { NULL,                         release_target_decide },
	[COMMAND_REDUCE_TARGET]        = { NULL,                         reduce_target_decide },
	[COMMAND_EXTEND_TARGET]        = { NULL,                         extend_target_decide },
	[COMMAND_ATTACH_EVIDENCE]      = { NULL,                         attach_evidence_decide },
	[COMMAND_FILE_GRIEVANCE]       = { NULL,                         file_grievance_decide },
	[COMMAND_DECIDE_GRIEVANCE]     = { NULL,                         decide_grievance_decide },
	[COMMAND_FILE_DOCUMENT]        = { NULL,                         file_document_decide },
	[COMMAND_DECIDE_DOCUMENT]      = { NULL,                         decide_document_decide },
	[COMMAND_WAIVE_FORMALITY]      = { NULL,                         waive_formality_decide },
	[COMMAND_ATTACH_TARGET]        = { NULL,                         attach_target_decide },
	[COMMAND_PROPOSE_RESTITUTION]  = { NULL,                         propose_restitution_decide },
	[COMMAND_ORDER_RESTITUTION]    = { NULL,                         order_restitution_decide },
	[COMMAND_PAY_RESTITUTION]      = { NULL,                         pay_restitution_decide },
	[COMMAND_RESPOND]              = { respond_prepare,              respond_decide },
	[COMMAND_CHECKPOINT_INBOX]     = { NULL,                         checkpoint_inbox_decide },
	[COMMAND_RECORD_DELIVERY]      = { NULL,                         record_delivery_decide },
	[COMMAND_RECORD_ACCESS]        = { NULL,                         record_access_decide },
	[COMMAND_PASS_DEADLINE]        = { NULL,                         pass_deadline_decide },
	[COMMAND_REGISTER_INSTITUTION] = { register_institution_prepare, register_institution_decide },
	[COMMAND_REGISTER_PRINCIPAL]   = { register_principal_prepare,   register_principal_decide },
	[COMMAND_REGISTER_ENDPOINT]    = { register_endpoint_prepare,    register_endpoint_decide },
	[COMMAND_PLACE_INSTITUTION]    = { place_institution_prepare,    place_institution_decide },
	[COMMAND_SET_ROSTER]           = { NULL,                         set_roster_decide },
	[COMMAND_CONFIRM_REGISTRATION] = { NULL,                         confirm_registration_decide },
	[COMMAND_REVOKE_CERTIFICATE]   = { NULL,                         revoke_certificate_decide },
	[COMMAND_REGISTER_AGREEMENT]   = { register_agreement_prepare,   register_agreement_decide },
	[COMMAND_WITHDRAW_AGREEMENT]   = { NULL,                         withdraw_agreement_decide },
	[COMMAND_SEND_SIGNAL]          = { send_signal_prepare,          send_signal_decide },
	[COMMAND_ADD_WATCH]            = { add_watch_prepare,           add_watch_decide },
	[COMMAND_WITHDRAW_WATCH]       = { NULL,                        withdraw_watch_decide },
	[COMMAND_DISPUTE_WATCH]        = { NULL,                        dispute_watch_decide },
	[COMMAND_DECIDE_WATCH]         = { NULL,                        decide_watch_decide },
	[COMMAND_LOOK_UP]              = { NULL,                        look_up_decide },
	[COMMAND_PLACE_PAYMENT_HOLD]   = { NULL,                        place_payment_hold_decide },
	[COMMAND_ANSWER_PAYMENT_HOLD]  = { NULL,                        answer_payment_hold_decide },
	[COMMAND_TEST_ENDPOINT]        = { NULL,                         test_endpoint_decide },
};
/* clang-format on */

enum rc
service_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	service_preparer *prepare = use_cases[command->kind].prepare;

	return prepare == NULL ? RC_OK : prepare(command, registry, err);
}

enum rc
service_admit(const struct command *command, const struct snapshot *snapshot,
    struct err *err)
{
	const struct actor *actor = &command->actor;
	const struct actor_row *row;

	if (actor->role == ROLE_HUB)
		return RC_OK;
	row = snapshot_actor(snapshot, actor->key);
	if (row == NULL || !id_equal(&row->principal, &actor->principal) ||
	    !id_equal(&row->institution, &actor->institution) ||
	    row->role != actor->role)
		return err_set(err, RC_FORBIDDEN, "certificate_not_enrolled",
		    "the certificate is not enrolled for this person");
	if (row->is_revoked)
		return err_set(err, RC_FORBIDDEN, "certificate_revoked",
		    "the certificate has been revoked");
	if (!registry_is_active(row->status, row->active_from, command->at) ||
	    row->valid_from > command->at || row->valid_until <= command->at)
		return err_set(err, RC_FORBIDDEN, "principal_not_active",
		    "this person may not act at present");
	if (!registry_is_active(row->institution_status,
		row->institution_active_from, command->at))
		return err_set(err, RC_FORBIDDEN, "institution_not_active",
		    "the institution may not act at present");
	return RC_OK;
}

enum rc
service_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	size_t events = effects->event_count;

	command->ids_used = 0;
	TRY(service_admit(command, effects->snapshot, err));
	TRY(use_cases[command->kind].decide(command, effects, reply, err));
	timing_follow(command, effects, events);
	return RC_OK;
}
