/*
 * The customer's liability: see liability.h.
 */
#include "hub/domain/liability.h"

#include <string.h>

#include "hub/base/clock.h"

static const char *const bands[] = {
	[LIABILITY_BAND_NONE] = "none",
	[LIABILITY_BAND_CAPPED] = "capped",
	[LIABILITY_BAND_POLICY] = "policy",
	[LIABILITY_BAND_UNLIMITED] = "unlimited",
	[LIABILITY_BAND_UNKNOWN] = "unknown",
	[LIABILITY_BAND_NOT_APPLICABLE] = "not_applicable",
};
const struct words liability_band_words = { "band of liability", bands,
	LIABILITY_ANSWER_COUNT };

static const enum liability_answer answers[LIABILITY_RULE_COUNT] = {
	[LIABILITY_NONE] = LIABILITY_BAND_NONE,
	[LIABILITY_CAPPED] = LIABILITY_BAND_CAPPED,
	[LIABILITY_POLICY] = LIABILITY_BAND_POLICY,
	[LIABILITY_UNLIMITED] = LIABILITY_BAND_UNLIMITED,
};

/* The last one has no span. */
static const struct liability_band *
band_of(const struct profile *profile, const struct case_file *file)
{
	const struct liability *law = profile->liability;

	for (size_t i = 0; i < LIABILITY_BAND_LIMIT; i++) {
		const struct liability_band *band = &law->bands[i];

		if ((band->within.seconds == 0 &&
			band->within.working_days == 0) ||
		    file->reported_at < calendar_after(&profile->calendar,
					    file->bank_notice_at,
					    &band->within))
			return band;
	}
	return &law->bands[LIABILITY_BAND_LIMIT - 1];
}

/* The disputed payments of the victim's own account: the first hop. */
static void
limit_of(const struct liability *law, int64_t cap, const struct txn *txns,
    size_t txn_count, struct liability_verdict *verdict)
{
	int64_t sum = 0;

	for (size_t i = 0; i < txn_count; i++) {
		int64_t minor = txns[i].money.minor;

		if (txns[i].layer != 1 ||
		    strcmp(txns[i].money.currency, law->currency) != 0)
			continue;
		if (law->per == LIABILITY_PER_TRANSACTION && minor > cap)
			minor = cap;
		/* No sum overflows: caps are small, and the whole is capped. */
		sum = sum > INT64_MAX - minor ? INT64_MAX : sum + minor;
	}
	if (law->per == LIABILITY_PER_LOSS && sum > cap)
		sum = cap;
	if (sum == 0)
		return; /* in another currency */
	verdict->has_limit = true;
	verdict->limit.minor = sum;
	memcpy(verdict->limit.currency, law->currency,
	    sizeof(verdict->limit.currency));
}

static void
judge_capped(const struct liability_band *band, const struct case_file *file,
    const struct txn *txns, size_t txn_count, struct liability_verdict *verdict)
{
	int64_t cap = band->cap_minor;

	if (cap == 0 && file->account_type >= 0)
		cap = verdict->law->caps_minor[file->account_type];
	verdict->needs_account_type = cap == 0;
	if (cap != 0)
		limit_of(verdict->law, cap, txns, txn_count, verdict);
}

bool
liability_judge(const struct case_file *file, const struct txn *txns,
    size_t txn_count, struct liability_verdict *verdict)
{
	const struct profile *profile = profile_find(file->profile);
	const struct liability_band *band;

	memset(verdict, 0, sizeof(*verdict));
	if (profile == NULL || profile->liability == NULL)
		return false;
	verdict->law = profile->liability;
	if (file->authorised == AUTHORISED_YES) {
		verdict->band = LIABILITY_BAND_NOT_APPLICABLE;
		return true;
	}
	verdict->needs_authorised = file->authorised == AUTHORISED_UNKNOWN;
	verdict->credit_by = calendar_after(
	    &profile->calendar, file->reported_at, &verdict->law->credit);
	if (file->bank_notice_at == 0) {
		verdict->band = LIABILITY_BAND_UNKNOWN;
		verdict->needs_notice = true;
		return true;
	}
	verdict->working_days = calendar_working_days(
	    &profile->calendar, file->bank_notice_at, file->reported_at);
	band = band_of(profile, file);
	verdict->band = answers[band->rule];
	if (band->rule == LIABILITY_CAPPED)
		judge_capped(band, file, txns, txn_count, verdict);
	return true;
}
