/*
 * The handlers, by what they read or answer: see http_route.h.  None sees
 * SQL, a status code or the log.
 */
#pragma once

#include "hub/http/http_route.h"

/* handle_command.c */
http_read handle_case_read, handle_approval_read, handle_withdrawal_read,
    handle_issue_read, handle_dismissal_read, handle_correction_read,
    handle_reminder_read, handle_release_read, handle_reduction_read,
    handle_extension_read, handle_response_read, handle_checkpoint_read;

/* handle_case.c */
http_read handle_case_patch_read, handle_amendment_read, handle_requests_read,
    handle_case_withdrawal_read, handle_merge_read, handle_closing_read;

/* handle_grievance.c */
http_read handle_evidence_read, handle_grievance_read,
    handle_grievance_decision_read;

/* handle_document.c */
http_read handle_document_read, handle_document_decision_read,
    handle_waiver_read;
http_look handle_document_look, handle_content_look;

/* handle_registry.c */
http_read handle_institution_read, handle_principal_read, handle_endpoint_read,
    handle_place_read, handle_roster_read, handle_confirmation_read,
    handle_revocation_read, handle_endpoint_test_read;

/* handle_risk.c */
http_read handle_agreement_read, handle_agreement_withdrawal_read,
    handle_signal_read, handle_watch_read, handle_watch_withdrawal_read,
    handle_dispute_read, handle_watch_decision_read, handle_look_up_read,
    handle_payment_hold_read, handle_payment_answer_read;
http_look handle_watches_look, handle_watch_look, handle_payment_holds_look,
    handle_payment_hold_look;

/* handle_look.c */
http_look handle_case_list_look, handle_case_look, handle_timeline_look,
    handle_target_look, handle_inbox_look, handle_notice_look,
    handle_status_look, handle_trail_look, handle_signals_look,
    handle_attempts_look, handle_alerts_look;

/* handle_debts.c */
http_look handle_debts_look, handle_deadlines_look, handle_legal_debt_look;

/* handle_report.c */
http_look handle_response_times_look, handle_outcomes_look;

/* handle_answer.c */
http_answer handle_institutions_answer, handle_roster_answer,
    handle_duties_answer, handle_endpoints_answer, handle_me_answer,
    handle_meta_answer, handle_openapi_answer, handle_agreements_answer;

/* handle_restitution.c */
http_read handle_attachment_read, handle_restitution_read,
    handle_restitution_order_read, handle_restitution_refusal_read,
    handle_payment_read;
http_look handle_restitution_look;
http_answer handle_restitution_plan_answer;

/* handle_parse.c */
http_answer handle_parse_answer;
