/*
 * The ends of what belongs to no case, passed by the clerk.  Called by
 * pass_deadline only.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* Is it the clock of a watch entry or a payment hold? */
bool lapsing_is_of(enum deadline_kind kind);

/* The deadline has come: its subject ends, unless it has moved before. */
void lapsing_pass(struct command *command, struct effects *effects,
    struct deadline *deadline);
