/*
 * What is true of the clocks of every state that the simulation reaches.
 */
#pragma once

#include "hub/domain/snapshot.h"

/* A sentence where something is not so, or NULL: no clock runs that its
 * subject has not, and none is missing of what is owed or undecided. */
const char *clock_check(const struct snapshot *snapshot);
