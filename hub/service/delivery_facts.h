/*
 * What a delivery means for the targets of a message: shared by push (the
 * dispatcher's report) and pull (the checkpoint of an inbox).
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* Move or note each target.  An order about what the institution has already (to
 * release, reduce, extend, forget it) is noted, and the unit told of one that
 * cannot be delivered.  Targets of messages that ask for nothing (to a police
 * unit, status) stay as they are. */
void delivery_facts_apply(struct command *command, struct effects *effects,
    const struct delivery_report *report);
