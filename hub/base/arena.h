/*
 * A bump allocator with a limit: a request's text lives in the request's
 * arena, a batch's in the batch's.  Freed as a whole.  Not thread-safe.
 */
#pragma once

#include <stddef.h>

struct arena;

/* A new arena that hands out at most `limit` bytes.  Never NULL: running
 * out of memory aborts the process (what is committed is safe). */
struct arena *arena_new(size_t limit);
void arena_free(struct arena *arena);
void arena_cleanup(struct arena **arena);

/* Forget everything handed out and keep one block for the next use. */
void arena_reset(struct arena *arena);

/* Zeroed bytes aligned for any type, or NULL when the limit is reached. */
void *arena_alloc(struct arena *arena, size_t size);

/* Copies that the arena owns; NULL when the limit is reached. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
void *arena_memdup(struct arena *arena, const void *bytes, size_t length);

/* Make room for one more element of `size` bytes behind `count` in an array
 * of this arena: `items = arena_grow(...)`; NULL when the limit is reached. */
void *arena_grow(struct arena *arena, void *items, size_t count,
    size_t *capacity, size_t size);
