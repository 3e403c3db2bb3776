/*
 * No more is held along a disputed path than was disputed: a hold that makes
 * more of it orders the surplus away, at the earlier hop first
 * (docs/domain.md, invariants; docs/decisions/0015-money-trail.md).
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* After a hold at `answered`, whose trail is in the snapshot: order REDUCE,
 * or the release of a hold that is all surplus.  What cannot be let go is
 * told by an event. */
void surplus_order(struct command *command, struct effects *effects,
    const struct target *answered);
