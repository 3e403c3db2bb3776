/*
 * Clocks follow moves: whatever moved a request, a target, a document owed or
 * a grievance, the clocks of the state that it left end and those of the state
 * that it came to begin.
 * Called once for each decision, so that no use case can forget one.
 */
#pragma once

#include <stddef.h>

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* For the events of the effects from number `first` on. */
void timing_follow(
    const struct command *command, struct effects *effects, size_t first);
