/*
 * Terms of risks: see risk_term.h.
 */
#include "hub/domain/risk_term.h"

#include <string.h>

#include "hub/base/clock.h"

#define DAY (24 * 3600 * CLOCK_SECOND)

static const char *const names[] = {
	[RISK_SIGNAL] = "signal",
	[RISK_WATCH_THIRD_PARTY] = "watch_third_party",
	[RISK_WATCH_OWN_LIST] = "watch_own_list",
	[RISK_WATCH_CRIMINAL_CASE] = "watch_criminal_case",
	[RISK_PAYMENT_HOLD] = "payment_hold",
};

const struct words risk_term_words = { "term", names, RISK_TERM_COUNT };

static const struct {
	const char *profile, *term;
	int days;
} terms[] = {
#include "gen/domain_risk_term.inc"
};

int64_t
risk_term_span(const char *profile, enum risk_term term)
{
	int days = 0;

	for (size_t i = 0; i < COUNT(terms); i++) {
		if (strcmp(terms[i].term, names[term]) != 0)
			continue;
		if (strcmp(terms[i].profile, profile) == 0)
			return terms[i].days * DAY;
		if (strcmp(terms[i].profile, "generic") == 0)
			days = terms[i].days;
	}
	return days * DAY;
}
