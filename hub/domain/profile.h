/*
 * Legal profiles: the rules of one jurisdiction as data, with the date from
 * which they hold (the files of hub/domain/data/profiles).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/money.h"
#include "hub/domain/vocabulary.h"

/* A legal basis: what it allows, and who may use it. */
struct profile_basis {
	const char *code, *label, *source; /* source: the law */
	uint32_t actions;                  /* bit per enum action */
	enum scope largest_scope;
	bool needs_order; /* nothing without a verified order */
};

/* Money limits of one currency, in minor units; 0: none. */
struct profile_limit {
	char currency[4];
	int64_t approval_above, residual_below;
};

struct profile {
	const char *name, *label; /* "IN" */
	const char *version;      /* "2026-01-02": valid from that day */
	const char *time_zone, *language;
	const char *default_basis; /* code */
	int64_t hold_seconds;      /* expiry of a hold when none is asked */
	int64_t hold_limit_seconds;
	int64_t correction_seconds;
	int64_t release_seconds;
	int64_t ack_seconds[PRIORITY_COUNT], decision_seconds[PRIORITY_COUNT];
	int deepest_layer;
	const struct profile_basis *bases;
	size_t basis_count;
	const struct profile_limit *limits;
	size_t limit_count;
};

/* "IN", "US", "KZ", "generic"; NULL: none of this name. */
const struct profile *profile_find(const char *name);

/* All of them, for GET /v1/meta. */
const struct profile *profile_list(size_t *count);

/* NULL when the profile has no such basis. */
const struct profile_basis *
profile_basis(const struct profile *profile, const char *code);

/* Must another supervisor approve this sum?  A currency without a limit always
 * needs it, or a foreign one would be the way around. */
bool
profile_needs_approval(const struct profile *profile, const struct money *sum);

/* Below the sum under which a residual is not pursued. */
bool
profile_is_residual(const struct profile *profile, const struct money *money);

/* p1 where the newest transaction is less than 24 h old, p2 below 72 h. */
enum priority profile_priority(int64_t newest_txn_at, int64_t at);

/* "IN@2026-01-02"; `text` has PROFILE_TEXT_SIZE bytes.  Returns it. */
enum { PROFILE_TEXT_SIZE = 32 };
char *profile_reference(const struct profile *profile, char *text);
