/*
 * Words and rules of risks: see risk_rule.h.
 */
#include "hub/domain/risk_rule.h"

static const char *const sources[] = {
	[WATCH_THIRD_PARTY] = "third_party",
	[WATCH_OWN_LIST] = "own_list",
	[WATCH_CRIMINAL_CASE] = "criminal_case",
};
static const char *const decisions[] = {
	[WATCH_KEEP] = "keep",
	[WATCH_DELIST] = "delist",
};
static const char *const purposes[] = {
	[LOOKUP_PAYMENT_SCREENING] = "payment_screening",
	[LOOKUP_ONBOARDING] = "onboarding",
	[LOOKUP_ACCOUNT_REVIEW] = "account_review",
	[LOOKUP_INVESTIGATION] = "investigation",
};
static const char *const grounds[] = {
	[PAYMENT_PAYEE_LISTED] = "payee_listed",
	[PAYMENT_SIGNAL] = "signal",
};
static const char *const answers[] = {
	[PAYMENT_CONFIRMED] = "confirmed",
	[PAYMENT_REFUSED] = "refused",
};

/* clang-format off */
#define REASONS(ROW) \
	ROW("mule_account",      "receives what was taken by fraud") \
	ROW("scam_payee",        "victims were talked into paying it") \
	ROW("account_takeover",  "steered by somebody who is not its holder") \
	ROW("stolen_identity",   "opened in another person's name") \
	ROW("fake_merchant",     "sells what is never delivered") \
	ROW("sim_box",           "makes calls of fraud, many at once") \
	ROW("stolen_device",     "reported as stolen") \
	ROW("money_laundering",  "passes on what was taken by crime") \
	ROW("other",             "as the entry's note says")
#define NAME_ROW(name, label) name,
#define LABEL_ROW(name, label) label,
/* clang-format on */

static const char *const reasons[] = { REASONS(NAME_ROW) };
static const char *const reason_labels[] = { REASONS(LABEL_ROW) };

const struct words watch_source_words = { "source", sources,
	WATCH_SOURCE_COUNT };
const struct words watch_reason_words = { "reason", reasons, COUNT(reasons) };
const struct words watch_decision_words = { "decision", decisions,
	WATCH_DECISION_COUNT };
const struct words lookup_purpose_words = { "purpose", purposes,
	LOOKUP_PURPOSE_COUNT };
const struct words payment_ground_words = { "ground", grounds,
	PAYMENT_GROUND_COUNT };
const struct words payment_answer_words = { "answer", answers,
	PAYMENT_ANSWER_COUNT };

/* clang-format off */
static const struct watch_source_rule source_rules[WATCH_SOURCE_COUNT] = {
	/*                        label                       police institutions reference term */
	[WATCH_THIRD_PARTY]   = { "told by a third party",    true,  true,  true,  RISK_WATCH_THIRD_PARTY },
	[WATCH_OWN_LIST]      = { "an institution's own list", false, true,  false, RISK_WATCH_OWN_LIST },
	[WATCH_CRIMINAL_CASE] = { "a criminal case",          true,  false, true,  RISK_WATCH_CRIMINAL_CASE },
};

static const struct lookup_purpose_rule purpose_rules[LOOKUP_PURPOSE_COUNT] = {
	/*                             label                                police institutions */
	[LOOKUP_PAYMENT_SCREENING] = { "before a payment goes out",         false, true  },
	[LOOKUP_ONBOARDING]        = { "before an account is opened",       false, true  },
	[LOOKUP_ACCOUNT_REVIEW]    = { "review of an account in doubt",     false, true  },
	[LOOKUP_INVESTIGATION]     = { "an investigation of the police",    true,  false },
};
/* clang-format on */

const struct watch_source_rule *
risk_rule_source(enum watch_source source)
{
	return &source_rules[source];
}

const struct lookup_purpose_rule *
risk_rule_purpose(enum lookup_purpose purpose)
{
	return &purpose_rules[purpose];
}

const char *
risk_rule_reason_label(int reason)
{
	return reason_labels[reason];
}

bool
risk_rule_holds_payments(enum institution_kind kind)
{
	return kind == INSTITUTION_BANK || kind == INSTITUTION_WALLET ||
	    kind == INSTITUTION_PAYMENT_GATEWAY;
}
