/*
 * The wire words of the vocabulary: see vocabulary.h.  The order is that of
 * the constants; check_vocabulary holds them against SQL's constraints.
 */
#include "hub/domain/vocabulary.h"

#define LIST(name, text, ...)                                      \
	static const char *const name##_items[] = { __VA_ARGS__ }; \
	const struct words name##_words = { text, name##_items,    \
		COUNT(name##_items) }

/* Of lists with constants: a word for each, no more and no fewer. */
#define FIXED(name, text, count, ...)  \
	LIST(name, text, __VA_ARGS__); \
	_Static_assert(COUNT(name##_items) == (count), "words of " text)

/* clang-format off */
FIXED(institution_kind, "kind of institution", INSTITUTION_KIND_COUNT,
	[INSTITUTION_POLICE_UNIT] = "police_unit",
	[INSTITUTION_BANK] = "bank",
	[INSTITUTION_WALLET] = "wallet",
	[INSTITUTION_TELCO] = "telco",
	[INSTITUTION_PAYMENT_GATEWAY] = "payment_gateway",
	[INSTITUTION_ECOMMERCE] = "ecommerce",
	[INSTITUTION_VASP] = "vasp",
	[INSTITUTION_FIU] = "fiu",
	[INSTITUTION_REGULATOR] = "regulator",
	[INSTITUTION_AUDITOR] = "auditor",
	[INSTITUTION_HUB] = "hub");

FIXED(endpoint_kind, "kind of endpoint", ENDPOINT_KIND_COUNT,
	[ENDPOINT_WEBHOOK] = "webhook",
	[ENDPOINT_INBOX] = "inbox",
	[ENDPOINT_SMTP] = "smtp",
	[ENDPOINT_HTTP_TEMPLATE] = "http_template");

FIXED(adapter_kind, "adapter", ADAPTER_KIND_COUNT,
	[ADAPTER_JSON] = "json",
	[ADAPTER_CLOUDEVENTS] = "cloudevents");

FIXED(registry_status, "registry status", REGISTRY_STATUS_COUNT,
	[REGISTRY_PROPOSED] = "proposed",
	[REGISTRY_ACTIVE] = "active",
	[REGISTRY_SUSPENDED] = "suspended");

FIXED(route_scheme, "routing scheme", ROUTE_SCHEME_COUNT,
	[ROUTE_IFSC_BANK] = "ifsc_bank",
	[ROUTE_UPI_HANDLE] = "upi_handle",
	[ROUTE_BIC] = "bic",
	[ROUTE_IIN] = "iin",
	[ROUTE_LEI] = "lei",
	[ROUTE_MCC_MNC] = "mcc_mnc",
	[ROUTE_DOMAIN] = "domain",
	[ROUTE_WALLET_PROVIDER] = "wallet_provider",
	[ROUTE_IBAN_BANK] = "iban_bank",
	[ROUTE_ABA] = "aba",
	[ROUTE_SORT_CODE] = "sort_code");

FIXED(role, "role", ROLE_COUNT,
	[ROLE_OFFICER] = "officer",
	[ROLE_SUPERVISOR] = "supervisor",
	[ROLE_NODAL] = "nodal",
	[ROLE_AUDITOR] = "auditor",
	[ROLE_ADMIN] = "admin",
	[ROLE_SERVICE] = "service",
	[ROLE_HUB] = "hub");

FIXED(priority, "priority", PRIORITY_COUNT,
	[PRIORITY_P1] = "p1",
	[PRIORITY_P2] = "p2",
	[PRIORITY_P3] = "p3");

FIXED(authorised, "authorised", AUTHORISED_COUNT,
	[AUTHORISED_YES] = "yes",
	[AUTHORISED_NO] = "no",
	[AUTHORISED_UNKNOWN] = "unknown");

FIXED(scope, "scope", SCOPE_COUNT,
	[SCOPE_AMOUNT] = "amount",
	[SCOPE_ACCOUNT] = "account",
	[SCOPE_RECORDS] = "records");

FIXED(successor, "successor", SUCCESSOR_COUNT,
	[SUCCESSOR_RELEASE] = "release",
	[SUCCESSOR_ASK_TO_EXTEND] = "ask_to_extend",
	[SUCCESSOR_CONVERT] = "convert");

FIXED(action, "action", ACTION_COUNT,
	[ACTION_HOLD_AMOUNT] = "HOLD_AMOUNT",
	[ACTION_HOLD_TXN_SETTLEMENT] = "HOLD_TXN_SETTLEMENT",
	[ACTION_DEBIT_FREEZE] = "DEBIT_FREEZE",
	[ACTION_RECEIVE_ONLY] = "RECEIVE_ONLY",
	[ACTION_BLOCK_CARD] = "BLOCK_CARD",
	[ACTION_BLOCK_WALLET] = "BLOCK_WALLET",
	[ACTION_SUSPEND_MERCHANT_SETTLEMENT] = "SUSPEND_MERCHANT_SETTLEMENT",
	[ACTION_CANCEL_ORDER] = "CANCEL_ORDER",
	[ACTION_INTERCEPT_DELIVERY] = "INTERCEPT_DELIVERY",
	[ACTION_BAR_MSISDN] = "BAR_MSISDN",
	[ACTION_BAR_IMEI] = "BAR_IMEI",
	[ACTION_SUSPEND_LISTING] = "SUSPEND_LISTING",
	[ACTION_PRESERVE_RECORDS] = "PRESERVE_RECORDS",
	[ACTION_PROVIDE_INFO] = "PROVIDE_INFO",
	[ACTION_RELEASE] = "RELEASE",
	[ACTION_REDUCE] = "REDUCE",
	[ACTION_EXTEND] = "EXTEND",
	[ACTION_CONFIRM_STATUS] = "CONFIRM_STATUS");

FIXED(follow_mode, "way of following leads", FOLLOW_MODE_COUNT,
	[FOLLOW_NEVER] = "never",
	[FOLLOW_ASKED] = "asked",
	[FOLLOW_ALWAYS] = "always");

FIXED(follow_leads, "way of following leads", FOLLOW_LEADS_COUNT,
	[LEADS_PROPOSED] = "proposed",
	[LEADS_AUTOMATIC] = "automatic");

FIXED(case_outcome, "outcome of a case", CASE_OUTCOME_COUNT,
	[OUTCOME_CONTAINED_FULL] = "contained_full",
	[OUTCOME_CONTAINED_PARTIAL] = "contained_partial",
	[OUTCOME_DISSIPATED] = "dissipated",
	[OUTCOME_NOT_FRAUD] = "not_fraud",
	[OUTCOME_COMMERCIAL_DISPUTE] = "commercial_dispute",
	[OUTCOME_DUPLICATE] = "duplicate",
	[OUTCOME_TRANSFERRED] = "transferred");

FIXED(not_followed, "reason not to follow a lead", NOT_FOLLOWED_COUNT,
	[NOT_FOLLOWED_SWITCHED_OFF] = "switched_off",
	[NOT_FOLLOWED_NOT_ASKED] = "not_asked",
	[NOT_FOLLOWED_NOT_IN_FORCE] = "not_in_force",
	[NOT_FOLLOWED_APPROVAL_NEEDED] = "approval_needed",
	[NOT_FOLLOWED_OTHER_ACTION] = "other_action",
	[NOT_FOLLOWED_TOO_DEEP] = "too_deep",
	[NOT_FOLLOWED_BELOW_THRESHOLD] = "below_threshold",
	[NOT_FOLLOWED_FIELDS_MISSING] = "fields_missing");

FIXED(residual_reason, "reason of a residual", RESIDUAL_REASON_COUNT,
	[RESIDUAL_UNKNOWN] = "unknown",
	[RESIDUAL_BELOW_THRESHOLD] = "below_threshold",
	[RESIDUAL_SPENT] = "spent");

FIXED(account_type, "type of account", ACCOUNT_TYPE_COUNT,
	[ACCOUNT_BASIC_SAVINGS] = "basic_savings",
	[ACCOUNT_SAVINGS] = "savings",
	[ACCOUNT_PREPAID] = "prepaid",
	[ACCOUNT_CURRENT_SMALL] = "current_small",
	[ACCOUNT_CURRENT] = "current",
	[ACCOUNT_CREDIT_CARD] = "credit_card",
	[ACCOUNT_CREDIT_CARD_LARGE] = "credit_card_large",
	[ACCOUNT_OTHER] = "other");

FIXED(mismatch, "mismatch", MISMATCH_COUNT,
	[MISMATCH_NAME] = "name",
	[MISMATCH_ACCOUNT] = "account",
	[MISMATCH_AMOUNT] = "amount",
	[MISMATCH_TIME] = "time",
	[MISMATCH_REFERENCE] = "reference");

FIXED(payment_step, "step of a payment", PAYMENT_STEP_COUNT,
	[PAYMENT_BEGUN] = "paying",
	[PAYMENT_PAID] = "paid",
	[PAYMENT_FAILED] = "failed");

FIXED(message_type, "type of message", MESSAGE_TYPE_COUNT,
	[MESSAGE_FREEZE_REQUESTED] = "freeze.requested",
	[MESSAGE_FREEZE_AMENDED] = "freeze.amended",
	[MESSAGE_FREEZE_WITHDRAWN] = "freeze.withdrawn",
	[MESSAGE_HOLD_EXTEND] = "hold.extend",
	[MESSAGE_HOLD_REDUCE] = "hold.reduce",
	[MESSAGE_RELEASE_ORDERED] = "release.ordered",
	[MESSAGE_INFO_REQUESTED] = "info.requested",
	[MESSAGE_DOCUMENT_AVAILABLE] = "document.available",
	[MESSAGE_CORRECTION_SUPPLIED] = "correction.supplied",
	[MESSAGE_FORMALITY_UPDATED] = "formality.updated",
	[MESSAGE_DEADLINE_WARNING] = "deadline.warning",
	[MESSAGE_DEADLINE_BREACHED] = "deadline.breached",
	[MESSAGE_RESTITUTION_ORDERED] = "restitution.ordered",
	[MESSAGE_HOLD_ATTACHED] = "hold.attached",
	[MESSAGE_KEY_ROTATED] = "key.rotated",
	[MESSAGE_SIGNAL_RECEIVED] = "signal.received",
	[MESSAGE_TEST_PING] = "test.ping",
	[MESSAGE_RECEIPT_RECORDED] = "receipt.recorded",
	[MESSAGE_RESPONSE_RECORDED] = "response.recorded",
	[MESSAGE_LEAD_CREATED] = "lead.created",
	[MESSAGE_TARGET_UNDELIVERABLE] = "target.undeliverable",
	[MESSAGE_TARGET_SUPERSEDED] = "target.superseded",
	[MESSAGE_FORMALITY_DUE] = "formality.due",
	[MESSAGE_GRIEVANCE_FILED] = "grievance.filed",
	[MESSAGE_EVIDENCE_ATTACHED] = "evidence.attached",
	[MESSAGE_CASE_MERGED] = "case.merged",
	[MESSAGE_ALERT_VELOCITY] = "alert.velocity",
	[MESSAGE_RESTITUTION_UPDATED] = "restitution.updated");

LIST(typology, "typology",
	"card_present", "card_not_present", "pos", "atm_skim", "sim_swap",
	"internet_banking", "upi_push", "aeps", "ewallet", "demat",
	"bec_payment_diversion", "bec_ceo", "vishing", "smishing", "phishing",
	"account_takeover", "malware_apk", "remote_access", "investment",
	"job_task", "loan_app", "identity_loan", "romance", "sextortion",
	"authority_impersonation", "bank_impersonation",
	"marketplace_non_delivery", "fake_seller", "fake_buyer", "crypto_p2p",
	"gambling_laundering", "mule_recruitment", "insider", "coercion",
	"malicious_freeze", "operational_flaw", "other");

LIST(channel, "channel",
	"card_present", "pos", "cnp", "atm", "upi", "imps", "neft", "rtgs",
	"aeps", "cheque", "wire", "ach", "sepa", "faster_payments", "pix",
	"sbp", "wallet", "sms_billing", "crypto", "internal_transfer",
	"other");

LIST(evidence_kind, "kind of counter-evidence",
	"goods_or_services", "salary_or_pension", "rent", "loan",
	"own_money", "identity", "returned_already", "other");

LIST(withdrawal_reason, "reason of a withdrawal",
	"complainant_withdrew", "false_report", "filed_in_error",
	"commercial_dispute", "money_returned", "other_authority", "other");

LIST(report_channel, "report channel",
	"helpline", "portal", "police_station", "bank", "app", "email",
	"referral", "other");
/* clang-format on */
