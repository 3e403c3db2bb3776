/*
 * A hash index over rows that stand elsewhere, by their positions: open
 * addressing, several rows may have one hash.  Used by snapshot and registry;
 * the caller compares the keys.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/common.h"

struct row_slot {
	uint32_t hash, row; /* row + 1, 0: free */
};

/* All zero: empty. */
struct row_index {
	struct row_slot *slots; /* of the arena */
	size_t capacity, count;
};

/* A walk over the rows of one hash, in the order they were added. */
struct row_walk {
	uint32_t hash;
	size_t slot;
};

/* FNV-1a; `seed` 0, or the hash of what stands before. */
uint32_t row_index_hash(uint32_t seed, const void *bytes, size_t length);

/* False when the arena is full; the index is then as before. */
NODISCARD bool row_index_add(
    struct row_index *index, struct arena *arena, uint32_t hash, size_t row);

struct row_walk row_index_walk(const struct row_index *index, uint32_t hash);

/* The next candidate, false at the end. */
NODISCARD bool row_index_next(
    const struct row_index *index, struct row_walk *walk, size_t *row);
