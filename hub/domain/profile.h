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
#include "hub/domain/calendar.h"
#include "hub/domain/money.h"
#include "hub/domain/vocabulary.h"

/* A kind of legal document that a basis may owe. */
struct profile_document {
	const char *code, *label, *source; /* source: the law */
};

/* A document owed, from the issue of the request. */
struct profile_owed {
	const char *document; /* code */
	struct span due;
};

enum { PROFILE_OWED_LIMIT = 4, PROFILE_LAYER_LIMIT = 6 };

/* A legal basis: what it allows, who may use it, and what it owes. */
struct profile_basis {
	const char *code, *label, *source; /* source: the law */
	uint32_t actions;                  /* bit per enum action */
	enum scope largest_scope;
	bool needs_order;         /* nothing without a verified order */
	const char *minimum_rank; /* "" : any */
	struct {
		int64_t from, to; /* µs, `to` not in it; 0: open */
	} valid;
	int64_t hold_seconds; /* 0: the profile's */
	struct {
		int64_t seconds; /* 0: it cannot be extended */
		int times;
		const char *document; /* code of what extends it */
	} extension;
	const char *converts_to; /* code of the successor measure, or "" */
	struct profile_owed owed[PROFILE_OWED_LIMIT + 1];
	size_t owed_count;
};

/* A name of a rank; several names may have one level, higher is more. */
struct profile_rank {
	const char *name;
	int level;
};

/* Money limits of one currency, in minor units; 0: none. */
struct profile_limit {
	char currency[4];
	int64_t approval_above, residual_below;
	int64_t officer_day; /* asked by one officer in 24 hours: an alert */
};

/* What a customer bears of an unauthorised payment, by how soon it was
 * reported: the first band whose span is not over. */
enum liability_rule {
	LIABILITY_NONE,
	LIABILITY_CAPPED,
	LIABILITY_POLICY,    /* as the bank's own policy has it */
	LIABILITY_UNLIMITED, /* the whole loss */
	LIABILITY_RULE_COUNT
};
extern const struct words liability_rule_words;

enum liability_per { LIABILITY_PER_TRANSACTION, LIABILITY_PER_LOSS };

struct liability_band {
	struct span within; /* all zero: however late */
	enum liability_rule rule;
	int64_t cap_minor; /* 0: by the type of the account */
};

enum { LIABILITY_BAND_LIMIT = 4 };

struct liability {
	const char *code, *source; /* source: the law */
	char currency[4];
	struct span credit; /* from the report */
	enum liability_per per;
	struct liability_band bands[LIABILITY_BAND_LIMIT];
	int64_t caps_minor[ACCOUNT_TYPE_COUNT]; /* 0: none is known */
};

struct profile {
	const char *name, *label; /* "IN" */
	const char *version;      /* "2026-01-02": valid from that day */
	const char *time_zone, *language;
	const char *default_basis; /* code */
	const char *ends_by;       /* how a measure ends, in words */
	struct calendar calendar;
	struct span hold; /* expiry of a hold when none is asked */
	struct span hold_limit;
	struct span grievance_reply;    /* the institution's, to support it */
	struct span grievance_decision; /* the police's */
	struct span restitution;        /* to pay what was ordered */
	int64_t confirm_seconds; /* an emergency, by another supervisor */
	int64_t correction_seconds;
	int64_t release_seconds;
	int64_t ack_seconds[PRIORITY_COUNT], decision_seconds[PRIORITY_COUNT];
	int deepest_layer;       /* that is asked without a person */
	enum follow_mode follow; /* and whether any is */
	/* Of the span of a hold, by layer; the last one stands for deeper
	 * layers too. */
	int layer_percent[PROFILE_LAYER_LIMIT];
	/* Above these an alert: requests in an hour, cases in 30 days; above
	 * the multiple of them an approval. */
	int officer_requests, unit_requests, complainant_cases;
	int hard_multiple;
	const struct profile_rank *ranks; /* ends with a NULL name */
	const struct profile_document *documents;
	size_t document_count;
	const struct profile_basis *bases;
	size_t basis_count;
	const struct profile_limit *limits;
	size_t limit_count;
	const struct liability *liability; /* NULL: the law has none */
};

/* "IN", "US", "KZ", "generic"; NULL: none of this name. */
const struct profile *profile_find(const char *name);

/* All of them, for GET /v1/meta. */
const struct profile *profile_list(size_t *count);

/* NULL when the profile has no such basis. */
const struct profile_basis *
profile_basis(const struct profile *profile, const char *code);

/* NULL when the profile knows no such document. */
const struct profile_document *
profile_document(const struct profile *profile, const char *code);

/* Is the basis law at this time? */
bool profile_is_in_force(const struct profile_basis *basis, int64_t at);

/* Is the rank high enough for the basis?  A rank that the profile does not
 * know reaches only what any rank does. */
bool profile_rank_reaches(const struct profile *profile,
    const struct profile_basis *basis, const char *rank);

/* When a hold on this basis that begins at `at` ends if no end is asked. */
int64_t profile_hold_end(const struct profile *profile,
    const struct profile_basis *basis, int64_t at);

/* Until when one may be asked for at most: a basis with its own span has no
 * longer one, others the profile's. */
int64_t profile_hold_limit(const struct profile *profile,
    const struct profile_basis *basis, int64_t at);

/* Must another supervisor approve this sum?  A currency without a limit always
 * needs it, or a foreign one would be the way around. */
bool
profile_needs_approval(const struct profile *profile, const struct money *sum);

/* Below the sum under which a residual is not pursued. */
bool
profile_is_residual(const struct profile *profile, const struct money *money);

/* When a hold at `layer` ends at the latest: a share of the span between the
 * issue of its request and `request_end`, from `at` on (docs/domain.md, R2). */
int64_t profile_layer_end(const struct profile *profile, int layer, int64_t at,
    int64_t issued_at, int64_t request_end);

/* p1 where the newest transaction is less than 24 h old, p2 below 72 h. */
enum priority profile_priority(int64_t newest_txn_at, int64_t at);

/* "IN@2026-01-02"; `text` has PROFILE_TEXT_SIZE bytes.  Returns it. */
enum { PROFILE_TEXT_SIZE = 32 };
char *profile_reference(const struct profile *profile, char *text);
