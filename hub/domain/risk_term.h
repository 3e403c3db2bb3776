/*
 * How long what is said about a risk may last, by profile: data of
 * hub/domain/data/risk_term.tsv.  Nothing of it is without an end.
 */
#pragma once

#include <stdint.h>

#include "hub/domain/words.h"

enum risk_term {
	RISK_SIGNAL,
	RISK_WATCH_THIRD_PARTY,
	RISK_WATCH_OWN_LIST,
	RISK_WATCH_CRIMINAL_CASE,
	RISK_PAYMENT_HOLD,
	RISK_TERM_COUNT
};

extern const struct words risk_term_words;

/* The most that a profile allows, of a payment hold its very term, in
 * microseconds; a profile without a row of its own has generic's. */
int64_t risk_term_span(const char *profile, enum risk_term term);
