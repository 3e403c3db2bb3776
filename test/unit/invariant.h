/*
 * What is true of every state and every step (docs/domain.md, section 2),
 * whoever decides: the tests of use cases and the simulation ask it after
 * each command.
 */
#pragma once

#include "hub/domain/effects.h"

/* Called with a sentence where something is not so; the default fails the
 * Check test that runs. */
extern void (*invariant_fail)(const char *sentence);

/* The rows as they stood before a command; copies live in `arena`, which is
 * reset each time. */
struct invariant {
	struct arena *arena;
	struct effects_mark mark;
	size_t risk_count; /* watch entries and payment holds */
	size_t case_count, txn_count, request_count, target_count,
	    grievance_count, restitution_count;
	struct case_file *cases;
	struct freeze_request *requests;
	struct target *targets;
	struct grievance *grievances;
	struct restitution *restitutions;
};

void
invariant_remember(struct invariant *before, const struct effects *effects);

/* A refused command has changed no byte of a row and appended nothing. */
void invariant_check_refused(
    const struct invariant *before, const struct effects *effects);

/* Every row that changed its status has an event of that move, allowed by its
 * machine and from where it stood; whatever changed is saved; and the state
 * is one that may be. */
void invariant_check_done(
    const struct invariant *before, const struct effects *effects);

/* Of one state alone. */
void invariant_check_state(const struct snapshot *snapshot);
