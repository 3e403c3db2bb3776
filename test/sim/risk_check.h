/*
 * Invariants of what belongs to no case: watch entries and payment holds.
 */
#pragma once

#include "hub/domain/snapshot.h"

/* NULL, or a sentence about what is wrong. */
const char *risk_check(const struct snapshot *snapshot);
