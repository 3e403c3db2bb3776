/*
 * Arenas: see arena.h.
 */
#include "hub/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* the newest first */
	size_t limit, total;
};

struct arena *
arena_new(size_t limit)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL)
		abort();
	arena->limit = limit;
	return arena;
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

void
arena_cleanup(struct arena **arena)
{
	arena_free(*arena);
}

void
arena_reset(struct arena *arena)
{
	struct block *kept = arena->blocks;

	if (kept == NULL)
		return;
	for (struct block *block = kept->next, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	kept->next = NULL;
	arena->total = 0;
	if (kept->size > BLOCK_SIZE) {
		free(kept);
		arena->blocks = NULL;
		return;
	}
	kept->used = 0;
}

static struct block *
block_add(struct arena *arena, size_t size)
{
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct block *block = malloc(sizeof(*block) + room);

	if (block == NULL)
		abort();
	block->size = room;
	block->used = 0;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

/* Bytes as they are: zeroing whole blocks cost 5 % of a small request. */
static void *
take(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct block *block = arena->blocks;
	void *bytes;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + align - 1) / align * align;
	if (size > arena->limit || arena->total > arena->limit - size)
		return NULL;
	if (block == NULL || block->size - block->used < size)
		block = block_add(arena, size);
	bytes = block->bytes + block->used;
	block->used += size;
	arena->total += size;
	return bytes;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	void *bytes = take(arena, size);

	return bytes != NULL ? memset(bytes, 0, size) : NULL;
}

void *
arena_memdup(struct arena *arena, const void *bytes, size_t length)
{
	void *copy = take(arena, length > 0 ? length : 1);

	if (copy != NULL && length > 0)
		memcpy(copy, bytes, length);
	return copy;
}

char *
arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = take(arena, length + 1);

	if (copy == NULL)
		return NULL;
	if (length > 0)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *
arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

void *
arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
    size_t size)
{
	size_t wanted = *capacity > 0 ? *capacity * 2 : 8;
	void *grown;

	if (count < *capacity)
		return items;
	grown = arena_alloc(arena, wanted * size);
	if (grown == NULL)
		return NULL;
	if (count > 0)
		memcpy(grown, items, count * size);
	*capacity = wanted;
	return grown;
}
