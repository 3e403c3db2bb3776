/*
 * The name that somebody probably meant, for "did you mean".
 */
#pragma once

#include <stddef.h>

/* Keeps the best of the candidates offered so far. */
struct nearest {
	const char *wanted, *best; /* best: borrowed, NULL while none is near */
	size_t distance;
};

void nearest_init(struct nearest *nearest, const char *wanted);

/* At most two edits (a letter more, less, other, or two swapped) count as
 * near, one for names under four letters; or the wanted name is the
 * beginning of the candidate. */
void nearest_offer(struct nearest *nearest, const char *candidate);
