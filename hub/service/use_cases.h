/*
 * The decisions, one a use case; see service.h for what they may do.  Each
 * prepare resolves what the load needs, each decide validates all before its
 * first effect.
 */
#pragma once

#include "hub/service/service.h"

typedef enum rc service_preparer(
    struct command *command, const struct registry *registry, struct err *err);
typedef enum rc service_decider(struct command *command,
    struct effects *effects, struct reply *reply, struct err *err);

service_preparer submit_case_prepare, correct_target_prepare, respond_prepare,
    register_institution_prepare, register_principal_prepare,
    register_endpoint_prepare, place_institution_prepare;

service_decider submit_case_decide, approve_request_decide,
    withdraw_request_decide, issue_target_decide, correct_target_decide,
    remind_target_decide, release_target_decide, reduce_target_decide,
    extend_target_decide, attach_evidence_decide, file_grievance_decide,
    decide_grievance_decide, file_document_decide, decide_document_decide,
    waive_formality_decide, respond_decide, checkpoint_inbox_decide,
    record_delivery_decide, record_access_decide, pass_deadline_decide,
    register_institution_decide, register_principal_decide,
    register_endpoint_decide, place_institution_decide, set_roster_decide,
    confirm_registration_decide, revoke_certificate_decide;

/* Of no case: agreements, signals, watch entries, look-ups, payment holds. */
service_preparer register_agreement_prepare, send_signal_prepare,
    add_watch_prepare;

service_decider patch_case_decide, test_endpoint_decide;
service_decider register_agreement_decide, withdraw_agreement_decide,
    send_signal_decide, add_watch_decide, withdraw_watch_decide,
    dispute_watch_decide, decide_watch_decide, look_up_decide,
    place_payment_hold_decide, answer_payment_hold_decide;

/* Acts on whole cases. */
service_decider amend_request_decide, add_requests_decide, withdraw_case_decide,
    merge_case_decide, close_case_decide;

/* Orders of courts, and money on its way back. */
service_decider attach_target_decide, propose_restitution_decide,
    order_restitution_decide, pay_restitution_decide;
