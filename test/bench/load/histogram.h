/*
 * Latencies in microseconds, counted in buckets of less than 1 % width.
 */
#pragma once

#include <stdint.h>

enum {
	HISTOGRAM_SUB_BITS = 7,
	HISTOGRAM_BUCKETS = (64 - HISTOGRAM_SUB_BITS + 1) << HISTOGRAM_SUB_BITS,
};

struct histogram {
	uint64_t total, largest;
	uint64_t counts[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *histogram, int64_t value);
void
histogram_merge(struct histogram *histogram, const struct histogram *other);

/* The value that a share of all (0.5, 0.99) does not exceed; 0 of none. */
double histogram_quantile(const struct histogram *histogram, double share);
