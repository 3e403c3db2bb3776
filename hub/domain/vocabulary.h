/*
 * The product's words (docs/domain.md): every enumeration that stands in
 * tables, JSON and code.  The wire words are in the `…_words` lists.
 */
#pragma once

#include "hub/domain/words.h"

enum institution_kind {
	INSTITUTION_POLICE_UNIT,
	INSTITUTION_BANK,
	INSTITUTION_WALLET,
	INSTITUTION_TELCO,
	INSTITUTION_PAYMENT_GATEWAY,
	INSTITUTION_ECOMMERCE,
	INSTITUTION_VASP,
	INSTITUTION_FIU,
	INSTITUTION_REGULATOR,
	INSTITUTION_AUDITOR,
	INSTITUTION_HUB,
	INSTITUTION_KIND_COUNT
};

enum endpoint_kind {
	ENDPOINT_WEBHOOK,
	ENDPOINT_INBOX,
	ENDPOINT_SMTP,
	ENDPOINT_HTTP_TEMPLATE,
	ENDPOINT_KIND_COUNT
};

/* How an endpoint wants its messages written (adapters). */
enum adapter_kind { ADAPTER_JSON, ADAPTER_CLOUDEVENTS, ADAPTER_KIND_COUNT };

/* Of institutions, principals and endpoints. */
enum registry_status {
	REGISTRY_PROPOSED,
	REGISTRY_ACTIVE,
	REGISTRY_SUSPENDED,
	REGISTRY_STATUS_COUNT
};

/* Which part of an identifier leads to an institution. */
enum route_scheme {
	ROUTE_IFSC_BANK,
	ROUTE_UPI_HANDLE,
	ROUTE_BIC,
	ROUTE_IIN,
	ROUTE_LEI,
	ROUTE_MCC_MNC,
	ROUTE_DOMAIN,
	ROUTE_WALLET_PROVIDER,
	ROUTE_IBAN_BANK,
	ROUTE_ABA,
	ROUTE_SORT_CODE,
	ROUTE_SCHEME_COUNT
};

enum role {
	ROLE_OFFICER,
	ROLE_SUPERVISOR,
	ROLE_NODAL,
	ROLE_AUDITOR,
	ROLE_ADMIN,
	ROLE_SERVICE,
	ROLE_HUB, /* the hub's own clerk and dispatcher; never a certificate */
	ROLE_COUNT
};

enum priority { PRIORITY_P1, PRIORITY_P2, PRIORITY_P3, PRIORITY_COUNT };

enum authorised {
	AUTHORISED_YES,
	AUTHORISED_NO,
	AUTHORISED_UNKNOWN,
	AUTHORISED_COUNT
};

/* What a law on a customer's liability tells apart (RBI circular
 * DBR.No.Leg.BC.78/09.07.005/2017-18, table 1). */
enum account_type {
	ACCOUNT_BASIC_SAVINGS,
	ACCOUNT_SAVINGS,
	ACCOUNT_PREPAID,       /* wallets and gift cards */
	ACCOUNT_CURRENT_SMALL, /* of small firms, or up to INR 2,500,000 */
	ACCOUNT_CURRENT,
	ACCOUNT_CREDIT_CARD, /* with a limit up to INR 500,000 */
	ACCOUNT_CREDIT_CARD_LARGE,
	ACCOUNT_OTHER,
	ACCOUNT_TYPE_COUNT
};

/* How much of the account an action touches. */
enum scope {
	SCOPE_AMOUNT,  /* the disputed amount, not the person */
	SCOPE_ACCOUNT, /* the whole account: needs two people */
	SCOPE_RECORDS, /* nothing is held */
	SCOPE_COUNT
};

/* What happens when a hold expires. */
enum successor {
	SUCCESSOR_RELEASE,
	SUCCESSOR_ASK_TO_EXTEND,
	SUCCESSOR_CONVERT,
	SUCCESSOR_COUNT
};

enum action {
	ACTION_HOLD_AMOUNT,
	ACTION_HOLD_TXN_SETTLEMENT,
	ACTION_DEBIT_FREEZE,
	ACTION_RECEIVE_ONLY,
	ACTION_BLOCK_CARD,
	ACTION_BLOCK_WALLET,
	ACTION_SUSPEND_MERCHANT_SETTLEMENT,
	ACTION_CANCEL_ORDER,
	ACTION_INTERCEPT_DELIVERY,
	ACTION_BAR_MSISDN,
	ACTION_BAR_IMEI,
	ACTION_SUSPEND_LISTING,
	ACTION_PRESERVE_RECORDS,
	ACTION_PROVIDE_INFO,
	ACTION_RELEASE,
	ACTION_REDUCE,
	ACTION_EXTEND,
	ACTION_CONFIRM_STATUS,
	ACTION_COUNT
};

/* Why a residual has no lead. */
/* Whether a profile has the next layer asked without a person. */
enum follow_mode {
	FOLLOW_NEVER,
	FOLLOW_ASKED,  /* where a request asks for it */
	FOLLOW_ALWAYS, /* but where a request does not want it */
	FOLLOW_MODE_COUNT
};
/* The same, of one request. */
enum follow_leads { LEADS_PROPOSED, LEADS_AUTOMATIC, FOLLOW_LEADS_COUNT };

/* Of a closed case. */
enum case_outcome {
	OUTCOME_CONTAINED_FULL,
	OUTCOME_CONTAINED_PARTIAL,
	OUTCOME_DISSIPATED,
	OUTCOME_NOT_FRAUD,
	OUTCOME_COMMERCIAL_DISPUTE,
	OUTCOME_DUPLICATE, /* of a merged one */
	OUTCOME_TRANSFERRED,
	CASE_OUTCOME_COUNT
};

/* Why a lead waits for a person. */
enum not_followed {
	NOT_FOLLOWED_SWITCHED_OFF, /* by the profile */
	NOT_FOLLOWED_NOT_ASKED,    /* by the request */
	NOT_FOLLOWED_NOT_IN_FORCE, /* the request, or its law */
	NOT_FOLLOWED_APPROVAL_NEEDED,
	NOT_FOLLOWED_OTHER_ACTION, /* one that stops no money, or not there */
	NOT_FOLLOWED_TOO_DEEP,
	NOT_FOLLOWED_BELOW_THRESHOLD,
	NOT_FOLLOWED_FIELDS_MISSING, /* two of the payment must match */
	NOT_FOLLOWED_COUNT
};

enum residual_reason {
	RESIDUAL_UNKNOWN,
	RESIDUAL_BELOW_THRESHOLD,
	RESIDUAL_SPENT,
	RESIDUAL_REASON_COUNT
};

/* Fields that a responder may say disagree. */
enum mismatch {
	MISMATCH_NAME,
	MISMATCH_ACCOUNT,
	MISMATCH_AMOUNT,
	MISMATCH_TIME,
	MISMATCH_REFERENCE,
	MISMATCH_COUNT
};

/* Types of envelopes (docs/domain.md, section 11). */
enum message_type {
	MESSAGE_FREEZE_REQUESTED,
	MESSAGE_FREEZE_AMENDED,
	MESSAGE_FREEZE_WITHDRAWN,
	MESSAGE_HOLD_EXTEND,
	MESSAGE_HOLD_REDUCE,
	MESSAGE_RELEASE_ORDERED,
	MESSAGE_INFO_REQUESTED,
	MESSAGE_DOCUMENT_AVAILABLE,
	MESSAGE_CORRECTION_SUPPLIED,
	MESSAGE_FORMALITY_UPDATED,
	MESSAGE_DEADLINE_WARNING,
	MESSAGE_DEADLINE_BREACHED,
	MESSAGE_RESTITUTION_ORDERED,
	MESSAGE_HOLD_ATTACHED,
	MESSAGE_KEY_ROTATED,
	MESSAGE_SIGNAL_RECEIVED,
	MESSAGE_TEST_PING,
	MESSAGE_RECEIPT_RECORDED,
	MESSAGE_RESPONSE_RECORDED,
	MESSAGE_LEAD_CREATED,
	MESSAGE_TARGET_UNDELIVERABLE,
	MESSAGE_TARGET_SUPERSEDED, /* both units of a duplicate */
	MESSAGE_FORMALITY_DUE,
	MESSAGE_GRIEVANCE_FILED,
	MESSAGE_EVIDENCE_ATTACHED,
	MESSAGE_CASE_MERGED,
	MESSAGE_ALERT_VELOCITY,
	MESSAGE_RESTITUTION_UPDATED,
	MESSAGE_TYPE_COUNT
};

/* What an institution says of a payment that it was ordered to make. */
enum payment_step {
	PAYMENT_BEGUN,
	PAYMENT_PAID,
	PAYMENT_FAILED,
	PAYMENT_STEP_COUNT
};
extern const struct words payment_step_words;

/* Clocks (hub/domain/clocks.h). */
enum deadline_kind {
	DEADLINE_ACKNOWLEDGEMENT,
	DEADLINE_DECISION,
	DEADLINE_CORRECTION,      /* of a rejected target */
	DEADLINE_HOLD,            /* nothing is held without an end */
	DEADLINE_RELEASE,         /* to execute it */
	DEADLINE_CONFIRMATION,    /* of an emergency, by another supervisor */
	DEADLINE_REQUEST,         /* how long it is in force */
	DEADLINE_FORMALITY,       /* a document owed */
	DEADLINE_GRIEVANCE_REPLY, /* the institution's time to support it */
	DEADLINE_GRIEVANCE_DECISION, /* the police's to decide */
	DEADLINE_WATCH,              /* no entry is without an end */
	DEADLINE_PAYMENT_HOLD,       /* the term of a bank's own pause */
	DEADLINE_RESTITUTION,        /* to pay what was ordered */
	DEADLINE_KIND_COUNT
};

enum deadline_stage {
	DEADLINE_AT_HALF,
	DEADLINE_AT_FOUR_FIFTHS,
	DEADLINE_AT_END,
	DEADLINE_A_DAY_LATER,
	DEADLINE_STAGE_COUNT
};

enum deadline_status {
	DEADLINE_RUNNING,
	DEADLINE_ENDED,  /* what it waited for was done, or is not owed now */
	DEADLINE_PASSED, /* with its last stage */
	DEADLINE_STATUS_COUNT
};

extern const struct words deadline_kind_words, deadline_status_words;

extern const struct words institution_kind_words, endpoint_kind_words,
    adapter_kind_words, registry_status_words, route_scheme_words, role_words,
    priority_words, authorised_words, scope_words, successor_words,
    action_words, follow_mode_words, follow_leads_words, not_followed_words,
    case_outcome_words, residual_reason_words, mismatch_words,
    account_type_words, message_type_words;

/* Words that no rule branches on: kept as indices into their lists. */
extern const struct words typology_words, channel_words, report_channel_words,
    evidence_kind_words, withdrawal_reason_words;
