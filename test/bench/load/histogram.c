/*
 * Histograms: see histogram.h.  Values below 2^SUB_BITS have a bucket each;
 * above, every power of two is cut into 2^SUB_BITS of them.
 */
#include "test/bench/load/histogram.h"

#include <math.h>
#include <stddef.h>

static size_t
bucket_of(uint64_t value)
{
	int shift;

	if (value < UINT64_C(1) << HISTOGRAM_SUB_BITS)
		return (size_t)value;
	shift = 63 - __builtin_clzll(value) - HISTOGRAM_SUB_BITS;
	return ((size_t)shift << HISTOGRAM_SUB_BITS) + (size_t)(value >> shift);
}

/* The middle of a bucket. */
static double
value_of(size_t bucket)
{
	size_t shift;
	double low;

	if (bucket < (size_t)2 << HISTOGRAM_SUB_BITS)
		return (double)bucket;
	shift = (bucket >> HISTOGRAM_SUB_BITS) - 1;
	low = (double)(bucket - (shift << HISTOGRAM_SUB_BITS));
	return ldexp(low + 0.5, (int)shift);
}

void
histogram_add(struct histogram *histogram, int64_t value)
{
	uint64_t count = value > 0 ? (uint64_t)value : 0;

	histogram->total++;
	histogram->counts[bucket_of(count)]++;
	if (count > histogram->largest)
		histogram->largest = count;
}

void
histogram_merge(struct histogram *histogram, const struct histogram *other)
{
	histogram->total += other->total;
	if (other->largest > histogram->largest)
		histogram->largest = other->largest;
	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++)
		histogram->counts[i] += other->counts[i];
}

double
histogram_quantile(const struct histogram *histogram, double share)
{
	uint64_t rank = (uint64_t)ceil(share * (double)histogram->total);
	uint64_t seen = 0;

	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
		seen += histogram->counts[i];
		if (seen >= rank && seen > 0)
			return fmin(value_of(i), (double)histogram->largest);
	}
	return 0;
}
