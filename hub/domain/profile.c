/*
 * Legal profiles: see profile.h.  The tables are made of the files in
 * hub/domain/data/profiles by profile.awk.
 */
#include "hub/domain/profile.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"

#define ACTION(name) (1u << ACTION_##name)

#include "gen/domain_profiles.inc"

static const char *const liability_rules[] = {
	[LIABILITY_NONE] = "none",
	[LIABILITY_CAPPED] = "capped",
	[LIABILITY_POLICY] = "policy",
	[LIABILITY_UNLIMITED] = "unlimited",
};
const struct words liability_rule_words = { "liability", liability_rules,
	LIABILITY_RULE_COUNT };

const struct profile *
profile_find(const char *name)
{
	for (size_t i = 0; name != NULL && i < COUNT(profiles); i++)
		if (strcmp(profiles[i].name, name) == 0)
			return &profiles[i];
	return NULL;
}

const struct profile *
profile_list(size_t *count)
{
	*count = COUNT(profiles);
	return profiles;
}

const struct profile_basis *
profile_basis(const struct profile *profile, const char *code)
{
	for (size_t i = 0; i < profile->basis_count; i++)
		if (strcmp(profile->bases[i].code, code) == 0)
			return &profile->bases[i];
	return NULL;
}

const struct profile_document *
profile_document(const struct profile *profile, const char *code)
{
	for (size_t i = 0; i < profile->document_count; i++)
		if (strcmp(profile->documents[i].code, code) == 0)
			return &profile->documents[i];
	return NULL;
}

bool
profile_is_in_force(const struct profile_basis *basis, int64_t at)
{
	return at >= basis->valid.from &&
	    (basis->valid.to == 0 || at < basis->valid.to);
}

/* 0: not a rank of the profile. */
static int
level_of(const struct profile *profile, const char *rank)
{
	for (const struct profile_rank *r = profile->ranks; r->name != NULL;
	     r++)
		if (strcmp(r->name, rank) == 0)
			return r->level;
	return 0;
}

bool
profile_rank_reaches(const struct profile *profile,
    const struct profile_basis *basis, const char *rank)
{
	return basis->minimum_rank[0] == '\0' ||
	    level_of(profile, rank) >= level_of(profile, basis->minimum_rank);
}

int64_t
profile_hold_end(const struct profile *profile,
    const struct profile_basis *basis, int64_t at)
{
	if (basis->hold_seconds != 0)
		return at + basis->hold_seconds * CLOCK_SECOND;
	return calendar_after(&profile->calendar, at, &profile->hold);
}

int64_t
profile_hold_limit(const struct profile *profile,
    const struct profile_basis *basis, int64_t at)
{
	if (basis->hold_seconds != 0)
		return at + basis->hold_seconds * CLOCK_SECOND;
	return calendar_after(&profile->calendar, at, &profile->hold_limit);
}

static const struct profile_limit *
find_limit(const struct profile *profile, const char *currency)
{
	for (size_t i = 0; i < profile->limit_count; i++)
		if (strcmp(profile->limits[i].currency, currency) == 0)
			return &profile->limits[i];
	return NULL;
}

bool
profile_needs_approval(const struct profile *profile, const struct money *sum)
{
	const struct profile_limit *limit = find_limit(profile, sum->currency);

	if (limit == NULL)
		return true;
	return limit->approval_above > 0 && sum->minor > limit->approval_above;
}

bool
profile_is_residual(const struct profile *profile, const struct money *money)
{
	const struct profile_limit *limit = find_limit(
	    profile, money->currency);

	return limit != NULL && money->minor < limit->residual_below;
}

int64_t
profile_layer_end(const struct profile *profile, int layer, int64_t at,
    int64_t issued_at, int64_t request_end)
{
	int at_most = layer < PROFILE_LAYER_LIMIT ? layer : PROFILE_LAYER_LIMIT;
	int percent = profile->layer_percent[at_most < 1 ? 0 : at_most - 1];
	int64_t end = at + (request_end - issued_at) / 100 * percent;

	return percent < 100 && end < request_end ? end : request_end;
}

enum priority
profile_priority(int64_t newest_txn_at, int64_t at)
{
	const int64_t hour = 3600 * CLOCK_SECOND;

	if (at - newest_txn_at < 24 * hour)
		return PRIORITY_P1;
	return at - newest_txn_at < 72 * hour ? PRIORITY_P2 : PRIORITY_P3;
}

char *
profile_reference(const struct profile *profile, char *text)
{
	(void)snprintf(
	    text, PROFILE_TEXT_SIZE, "%s@%s", profile->name, profile->version);
	return text;
}
