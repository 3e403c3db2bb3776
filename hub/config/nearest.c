/*
 * Optimal string alignment distance over short names: see nearest.h.
 */
#include "hub/config/nearest.h"

#include <string.h>

enum { NAME_LIMIT = 48 };

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][NAME_LIMIT + 1];
	size_t length_a = strlen(a), length_b = strlen(b);
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	if (length_a > NAME_LIMIT || length_b > NAME_LIMIT)
		return NAME_LIMIT;
	memset(before, 0, sizeof(rows[0]));
	for (size_t j = 0; j <= length_b; j++)
		above[j] = j;
	for (size_t i = 1; i <= length_a; i++) {
		size_t *oldest = before;

		row[0] = i;
		for (size_t j = 1; j <= length_b; j++) {
			size_t change = a[i - 1] == b[j - 1] ? 0 : 1;

			row[j] = least(above[j] + 1, row[j - 1] + 1,
			    above[j - 1] + change);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = above;
		above = row;
		row = oldest;
	}
	return above[length_b];
}

void
nearest_init(struct nearest *nearest, const char *wanted)
{
	nearest->wanted = wanted;
	nearest->best = NULL;
	nearest->distance = (strlen(wanted) < 4 ? 1 : 2) + 1;
}

void
nearest_offer(struct nearest *nearest, const char *candidate)
{
	size_t length = strlen(nearest->wanted);
	size_t far = distance(nearest->wanted, candidate);

	if (length >= 3 && strncmp(nearest->wanted, candidate, length) == 0)
		far = far < 2 ? far : 2;
	if (far >= nearest->distance)
		return;
	nearest->best = candidate;
	nearest->distance = far;
}
