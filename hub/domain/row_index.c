/*
 * Hash indexes: see row_index.h.
 */
#include "hub/domain/row_index.h"

enum { FIRST_CAPACITY = 32 };

uint32_t
row_index_hash(uint32_t seed, const void *bytes, size_t length)
{
	const uint8_t *byte = bytes;
	uint32_t hash = seed == 0 ? UINT32_C(2166136261) : seed;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ byte[i]) * UINT32_C(16777619);
	return hash;
}

static void
place(struct row_index *index, struct row_slot slot)
{
	size_t mask = index->capacity - 1, at = slot.hash & mask;

	while (index->slots[at].row != 0)
		at = (at + 1) & mask;
	index->slots[at] = slot;
	index->count++;
}

/* Twice the size.  From one free slot on, so that a run that goes around the
 * end keeps its order: equal hashes are found as they were added. */
static bool
grow(struct row_index *index, struct arena *arena)
{
	struct row_index next = { NULL,
		index->capacity > 0 ? index->capacity * 2 : FIRST_CAPACITY, 0 };
	size_t start = 0;

	next.slots = arena_alloc(arena, next.capacity * sizeof(*next.slots));
	if (next.slots == NULL)
		return false;
	while (start < index->capacity && index->slots[start].row != 0)
		start++;
	for (size_t i = 0; i < index->capacity; i++) {
		size_t at = (start + i) & (index->capacity - 1);

		if (index->slots[at].row != 0)
			place(&next, index->slots[at]);
	}
	*index = next;
	return true;
}

bool
row_index_add(
    struct row_index *index, struct arena *arena, uint32_t hash, size_t row)
{
	/* At most half full: short runs. */
	if (index->count >= index->capacity / 2 && !grow(index, arena))
		return false;
	place(index, (struct row_slot){ hash, (uint32_t)row + 1 });
	return true;
}

struct row_walk
row_index_walk(const struct row_index *index, uint32_t hash)
{
	return (struct row_walk){ hash,
		index->capacity > 0 ? hash & (index->capacity - 1) : 0 };
}

bool
row_index_next(
    const struct row_index *index, struct row_walk *walk, size_t *row)
{
	if (index->capacity == 0)
		return false;
	for (;;) {
		const struct row_slot *slot = &index->slots[walk->slot];

		if (slot->row == 0)
			return false;
		walk->slot = (walk->slot + 1) & (index->capacity - 1);
		if (slot->hash == walk->hash) {
			*row = slot->row - 1;
			return true;
		}
	}
}
