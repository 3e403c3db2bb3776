/*
 * The words of watch entries, look-ups and payment holds, and who may use
 * which.  Pure tables; GET /v1/meta lists them.
 */
#pragma once

#include <stdbool.h>

#include "hub/domain/risk_term.h"
#include "hub/domain/vocabulary.h"
#include "hub/domain/words.h"

/* Where the flag comes from. */
enum watch_source {
	WATCH_THIRD_PARTY,
	WATCH_OWN_LIST,
	WATCH_CRIMINAL_CASE,
	WATCH_SOURCE_COUNT
};

enum watch_decision { WATCH_KEEP, WATCH_DELIST, WATCH_DECISION_COUNT };

enum lookup_purpose {
	LOOKUP_PAYMENT_SCREENING,
	LOOKUP_ONBOARDING,
	LOOKUP_ACCOUNT_REVIEW,
	LOOKUP_INVESTIGATION,
	LOOKUP_PURPOSE_COUNT
};

/* Why a payment waits. */
enum payment_ground {
	PAYMENT_PAYEE_LISTED,
	PAYMENT_SIGNAL,
	PAYMENT_GROUND_COUNT
};

enum payment_answer {
	PAYMENT_CONFIRMED,
	PAYMENT_REFUSED,
	PAYMENT_ANSWER_COUNT
};

extern const struct words watch_source_words, watch_reason_words,
    watch_decision_words, lookup_purpose_words, payment_ground_words,
    payment_answer_words;

struct watch_source_rule {
	const char *label;
	bool by_police, by_institutions; /* who may list by it */
	bool needs_reference;            /* of the case, document, informant */
	enum risk_term term;             /* its longest time */
};
const struct watch_source_rule *risk_rule_source(enum watch_source source);

struct lookup_purpose_rule {
	const char *label;
	bool by_police, by_institutions;
};
const struct lookup_purpose_rule *
risk_rule_purpose(enum lookup_purpose purpose);

/* Of a word of watch_reason_words. */
const char *risk_rule_reason_label(int reason);

/* May a bank of this kind hold a customer's payment by itself? */
bool risk_rule_holds_payments(enum institution_kind kind);
