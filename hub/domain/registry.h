/*
 * The registry as one immutable view: who takes part, through what they are
 * reached and which identifiers are theirs.  The store fills it; everybody
 * reads it.  A view is at most a second old (docs/trust.md).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"
#include "hub/domain/actor.h"
#include "hub/domain/identifier.h"
#include "hub/domain/roster.h"
#include "hub/domain/signal_kind.h"
#include "hub/domain/vocabulary.h"

struct institution {
	struct id id, parent; /* parent zero: none */
	const char *slug, *name, *country, *region, *profile, *phone;
	enum institution_kind kind;
	enum registry_status status;
	int64_t active_from;
	struct id proposed_by;
	int64_t row_version;
	const char *district; /* "" : that of the unit above */
	/* A place that waits for a second person; moved_by zero: none does. */
	struct id new_parent, moved_by;
	const char *new_district;
};

struct principal {
	struct id id, institution;
	enum role role;
	const char *name, *rank;
	enum registry_status status;
	int64_t valid_from, valid_until, active_from;
	struct id proposed_by;
	int64_t row_version;
};

struct certificate {
	uint8_t key[ACTOR_KEY_SIZE]; /* SPKI SHA-256 */
	struct id principal;
	bool is_revoked;
};

struct endpoint {
	struct id id, institution;
	int32_t number; /* endpoint_no */
	enum endpoint_kind kind;
	const char *url, *adapter, *pinned_key;
	int shard, max_batch, concurrency;
	int rate_limit; /* deliveries a second at most; 0: none */
	bool allow_private;
	enum registry_status status;
	int64_t active_from;
	struct id proposed_by;
	int64_t row_version;
};

struct route {
	enum route_scheme scheme;
	const char *value;
	struct id institution;
};

/* What a telco may signal to a bank or wallet, and why. */
struct agreement {
	struct id id, source, destination;
	const char *purpose;
	const char *kinds; /* of signals, a space between two */
	int64_t valid_from, valid_until;
	enum agreement_status status;
	int64_t active_from;
	struct id proposed_by;
	int64_t row_version;
};

/* What a view is made of.  Text is copied. */
struct registry_rows {
	int64_t version;
	const struct institution *institutions;
	size_t institution_count;
	const struct principal *principals;
	size_t principal_count;
	const struct certificate *certificates;
	size_t certificate_count;
	const struct endpoint *endpoints;
	size_t endpoint_count;
	const struct route *routes;
	size_t route_count;
	const struct agreement *agreements;
	size_t agreement_count;
	const struct shift *shifts; /* in the order of institution, position */
	size_t shift_count;
};

struct registry;

/* A view of these rows with one reference.  Never NULL. */
struct registry *registry_new(const struct registry_rows *rows);
/* References may be taken and dropped on any thread. */
struct registry *registry_ref(struct registry *registry);
void registry_unref(struct registry *registry);
void registry_cleanup(struct registry **registry);

int64_t registry_version(const struct registry *registry);

/* All of these: NULL when there is none; borrowed from the view. */
const struct institution *
registry_institution(const struct registry *registry, const struct id *id);
/* By "ins_…" or slug. */
const struct institution *
registry_institution_named(const struct registry *registry, const char *text);
const struct principal *
registry_principal(const struct registry *registry, const struct id *id);
const struct certificate *registry_certificate(
    const struct registry *registry, const uint8_t key[ACTOR_KEY_SIZE]);
/* One of a person's that is not revoked. */
const struct certificate *registry_certificate_of(
    const struct registry *registry, const struct id *principal);
const struct endpoint *
registry_endpoint(const struct registry *registry, const struct id *id);
const struct endpoint *
registry_endpoint_numbered(const struct registry *registry, int32_t number);

const struct agreement *
registry_agreement(const struct registry *registry, const struct id *id);

/* All of them, the oldest first. */
const struct agreement *
registry_agreements(const struct registry *registry, size_t *count);

/* Confirmed by two people, not withdrawn, and within its time. */
bool
registry_agreement_is_current(const struct agreement *agreement, int64_t at);

/* Is this one of its kinds? */
bool registry_agreement_covers(
    const struct agreement *agreement, enum signal_kind kind);

/* The endpoint that messages of an institution go to at `at`: its active
 * webhook, else its active inbox. */
const struct endpoint *registry_endpoint_of(
    const struct registry *registry, const struct id *institution, int64_t at);

/* The institution that an identifier belongs to, by its routing part (bank
 * code, handle, provider, domain …); NULL when no route or none is active. */
const struct institution *registry_route(const struct registry *registry,
    const struct identifier *identifier, int64_t at);

/* Is this four-letter bank code a real one or a registered institution's? */
bool
registry_knows_bank_code(const struct registry *registry, const char *code);

/* Confirmed, not suspended, and its delay is over. */
bool registry_is_active(
    enum registry_status status, int64_t active_from, int64_t at);

/* Is `institution` `unit` itself or below it in the tree of units? */
bool registry_is_within(const struct registry *registry,
    const struct id *institution, const struct id *unit);

/* The district of a unit, or of the nearest above it that has one; "" where
 * none has. */
const char *registry_district(
    const struct registry *registry, const struct id *institution);

/* ---- registry_duty.c */

const struct shift *
registry_shifts(const struct registry *registry, size_t *count);

/* Who is on duty at an institution at `at`; borrowed from the view. */
void registry_duty(const struct registry *registry,
    const struct id *institution, int64_t at, struct duty *duty);

/* The nearest unit above that stands in where a roster has nobody on duty;
 * NULL where somebody is, or nobody can. */
const struct institution *registry_hands_over(
    const struct registry *registry, const struct id *institution, int64_t at);

/* Rows in the order of their slugs, resp. numbers, for lists. */
const struct institution *const *
registry_institutions(const struct registry *registry, size_t *count);
const struct endpoint *const *
registry_endpoints(const struct registry *registry, size_t *count);

/* Who is behind a key at `at`.  RC_FORBIDDEN `certificate_not_enrolled`,
 * `certificate_revoked`, `principal_not_active`, `institution_not_active`. */
NODISCARD enum rc registry_identify(const struct registry *registry,
    const uint8_t key[ACTOR_KEY_SIZE], int64_t at, struct actor *actor,
    struct err *err);
