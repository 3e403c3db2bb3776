/*
 * Right commands of attachment and restitution about one held target of the
 * world, 1,000.00 INR at BANK; tests bend them.
 */
#pragma once

#include "test/unit/world.h"

extern struct target *way_back_target;

/* What the last proposal names. */
extern struct held_draft way_back_held[3];
extern struct claim_draft way_back_claims[3];

/* A checked fixture. */
void way_back_set_up(void);

struct command *way_back_attach(enum person person);

/* All that is free for a claim of the target's own case. */
struct command *way_back_propose(enum person person, int64_t claim);
struct command *
way_back_order(enum person person, const struct restitution *restitution);
struct command *way_back_pay(enum payment_step step, enum person person,
    const struct restitution *restitution);
void way_back_pass(const struct id *subject, enum deadline_kind kind);

/* Proposed by OFFICER, ordered by SUPERVISOR, and saved. */
struct restitution *way_back_proposed(int64_t claim);
struct restitution *way_back_ordered(int64_t claim);

/* The restitution that was made last. */
struct restitution *way_back_last(void);
