/*
 * What a case asks for already: a sum split over calls does not get under a
 * threshold.
 */
#pragma once

#include <stdint.h>

#include "hub/domain/command.h"
#include "hub/domain/snapshot.h"

/* In one currency, of the case that `submit` adds to: each payment once, with
 * what the call asks about it if that is more.  0 for a new case, INT64_MAX
 * where it does not fit. */
int64_t standing_sum(const struct submit_case *submit,
    const struct snapshot *snapshot, const char *currency);
