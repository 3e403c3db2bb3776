/*
 * Orders on what is held: shared by the use cases that end or change a hold.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/reply.h"

/* May a release of this target be ordered?  RC_CONFLICT
 * `release_ordered_already` or `move_not_allowed`. */
NODISCARD enum rc
holding_check_release(const struct target *target, struct err *err);

/* Order it, and tell the institution; checked before.  One that cannot be
 * told at present is ordered all the same. */
void holding_release(struct command *command, struct effects *effects,
    struct target *target, const char *reason);

/* Order that `amount` stays, less than what is held, and tell the institution;
 * checked before. */
void holding_reduce(struct command *command, struct effects *effects,
    struct target *target, const struct money *amount, const char *reason);

/* The reply of an act on a target. */
void holding_reply(struct reply *reply, const struct target *target);
