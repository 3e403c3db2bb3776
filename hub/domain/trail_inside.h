/*
 * Between trail.c and trail_sums.c: how single rows of a trail count.
 */
#pragma once

#include "hub/domain/trail.h"

/* SIZE_MAX where there is none. */
size_t trail_target_index(const struct trail_rows *rows, const struct id *id);

/* Was the payment told by a responder, not by the complainant? */
bool trail_is_of_lead(const struct trail_rows *rows, const struct txn *txn);

/* Cancelled or superseded: nothing is asked of it. */
bool trail_is_dropped(const struct target *target);

/* What is asked of a target and neither held nor led on; and what that is. */
int64_t trail_rest(const struct trail_rows *rows, const struct target *target);
enum trail_part trail_rest_part(const struct target *target);

/* Fill layers and totals. */
void trail_sum_up(struct trail *trail);
