/*
 * The clocks of requests, targets, documents owed and grievances (docs/domain.md, section 7): which run
 * in which state, who owes what they wait for, and when they remind.  The
 * spans are the profile's.  Pure tables and arithmetic; a row of `deadline`
 * keeps what was made of them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/domain/profile.h"
#include "hub/domain/request_state.h"
#include "hub/domain/snapshot.h"

/* Of each kind: what it waits for, who owes it, and whether it reminds. */
struct clock_rule {
	const char *prefix; /* ID_TARGET …: what its subject is */
	bool owed_by_unit;  /* else by the target's institution */
	bool reminds; /* at 50 and 80 %; the breach once more a day later */
};

const struct clock_rule *clocks_rule(enum deadline_kind kind);

/* Bit per enum deadline_kind: the clocks that run in a state. */
uint32_t clocks_of_target(enum target_state state);
uint32_t clocks_of_request(
    const struct freeze_request *request, enum request_state state);
uint32_t clocks_of_formality(enum formality_state state);
uint32_t clocks_of_grievance(enum grievance_state state);
uint32_t clocks_of_restitution(enum restitution_state state);

/* The row of a clock that begins with a move at `at`; false where this
 * subject has none of the kind (a block without an end). */
bool clocks_begin_target(enum deadline_kind kind, const struct target *target,
    const struct freeze_request *request, const struct profile *profile,
    int64_t at, struct deadline *deadline);
bool clocks_begin_request(enum deadline_kind kind,
    const struct freeze_request *request, const struct id *unit,
    struct deadline *deadline);
/* A document's clock runs from the day on which it was first owed. */
void clocks_begin_formality(const struct formality *formality,
    const struct id *unit, struct deadline *deadline);
bool clocks_begin_grievance(enum deadline_kind kind,
    const struct grievance *grievance, const struct id *unit, int64_t at,
    struct deadline *deadline);

/* The clock of what belongs to no case, for its owner. */
void clocks_begin_apart(enum deadline_kind kind, const struct id *owner,
    int64_t at, int64_t due_at, struct deadline *deadline);
/* Of one that has just been ordered. */
void clocks_begin_restitution(
    const struct restitution *restitution, struct deadline *deadline);

/* When a stage of the deadline comes. */
int64_t
clocks_stage_at(const struct deadline *deadline, enum deadline_stage stage);

/* The stage behind the present one, with its time; DEADLINE_PASSED at the
 * last. */
void clocks_advance(struct deadline *deadline);

/* 50, 80 or 100: how much of the time is over. */
int clocks_percent(enum deadline_stage stage);

/* When a hold of the target ends at the latest: with its request, deeper
 * layers earlier (docs/domain.md, R2).  `profile` may be NULL. */
int64_t clocks_hold_end(const struct target *target,
    const struct freeze_request *request, const struct profile *profile);

/* The overlays of a target at a time (docs/domain.md, section 2). */
enum clock_overlay {
	OVERLAY_OVERDUE_ACK,
	OVERLAY_OVERDUE_DECISION,
	OVERLAY_COUNT
};
extern const struct words clock_overlay_words;

/* When the target's own clocks for this overlay are over; 0: none runs.
 * `profile` may be NULL: then none does. */
int64_t
clocks_overlay_at(enum clock_overlay overlay, const struct target *target,
    const struct freeze_request *request, const struct profile *profile);
