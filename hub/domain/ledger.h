/*
 * The ledger of a money trail: no more may be held at a hop and behind it
 * than came in over it (docs/domain.md, invariants).  Pure; for the views
 * and for whoever orders reductions.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/domain/money.h"

#define LEDGER_NONE SIZE_MAX

/* A disputed payment or a target of its trail.  A hop whose parent counts in
 * another currency is checked for itself: exchange rates prove nothing. */
struct ledger_hop {
	size_t parent;         /* its index, or LEDGER_NONE; in any order */
	struct money disputed; /* what came in over this hop */
	int64_t held_minor;    /* what is held of it at this very hop */
	int layer;             /* of two as near, the lower lets go first */
	bool is_fixed;         /* its hold is not the hub's to reduce */
	/* Filled by ledger_check. */
	int64_t below_minor;   /* held here and at all hops behind it */
	int64_t surplus_minor; /* by how much that is more than came in */
	int64_t reduce_minor;  /* what this hop should let go of its hold */
};

/* Fill the sums, and share each surplus out: the earlier hop lets go first,
 * because the money has left it.  Less by every reduce_minor, no hop has a
 * surplus but one that fixed hops make; where none has, nothing is reduced. */
void ledger_check(struct ledger_hop *hops, size_t count);
