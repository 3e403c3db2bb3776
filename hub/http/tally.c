/*
 * Counts of requests: see tally.h.
 */
#include "hub/http/tally.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/http/metrics.h"

enum { CLASSES = 6, NOWHERE = HTTP_ROUTE_LIMIT, LABEL_SIZE = 128 };

/* Upper bounds in microseconds; the last bucket has none. */
static const int64_t bounds[] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000,
	250000, 1000000, 5000000 };

struct tally {
	atomic_uint_fast64_t requests[HTTP_ROUTE_LIMIT + 1][CLASSES];
	atomic_uint_fast64_t buckets[COUNT(bounds) + 1];
	atomic_uint_fast64_t microseconds;
};

struct tally *
tally_new(void)
{
	struct tally *tally = calloc(1, sizeof(*tally));

	if (tally == NULL)
		log_panic("out of memory", NULL);
	return tally;
}

void
tally_free(struct tally *tally)
{
	free(tally);
}

void
tally_add(struct tally *tally, const struct http_route *route, int status,
    int64_t microseconds)
{
	size_t count, row = NOWHERE, bucket = 0;
	int status_class = status / 100 % CLASSES;

	if (route != NULL)
		row = (size_t)(route - http_route_list(&count));
	atomic_fetch_add(&tally->requests[row][status_class], 1);
	while (bucket < COUNT(bounds) && microseconds > bounds[bucket])
		bucket++;
	atomic_fetch_add(&tally->buckets[bucket], 1);
	atomic_fetch_add(&tally->microseconds, (uint64_t)microseconds);
}

static void
write_requests(const struct tally *tally, struct strbuf *out)
{
	static const char name[] = "freezeline_http_requests_total";
	const struct http_route *routes;
	size_t count;

	routes = http_route_list(&count);
	metrics_head(
	    out, name, "counter", "Requests by route and class of status.");
	for (size_t row = 0; row <= NOWHERE; row++)
		for (int i = 0; i < CLASSES; i++) {
			uint64_t value = atomic_load(&tally->requests[row][i]);
			char labels[LABEL_SIZE];

			if (value == 0)
				continue;
			(void)snprintf(labels, sizeof(labels),
			    "route=\"%s %s\",status=\"%dxx\"",
			    row < count ? routes[row].method : "-",
			    row < count ? routes[row].path : "-", i);
			metrics_line(out, name, labels, value);
		}
}

void
tally_write(const struct tally *tally, struct strbuf *out)
{
	static const char name[] = "freezeline_http_request_seconds";
	uint64_t sum = 0;

	write_requests(tally, out);
	metrics_head(out, name, "histogram",
	    "From the whole request to its answer; long polls included.");
	for (size_t i = 0; i <= COUNT(bounds); i++) {
		sum += atomic_load(&tally->buckets[i]);
		if (i < COUNT(bounds))
			strbuf_printf(out, "%s_bucket{le=\"%g\"} %" PRIu64 "\n",
			    name, (double)bounds[i] / CLOCK_SECOND, sum);
	}
	strbuf_printf(out, "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, sum);
	strbuf_printf(out, "%s_sum %.6f\n", name,
	    (double)atomic_load(&tally->microseconds) / CLOCK_SECOND);
	strbuf_printf(out, "%s_count %" PRIu64 "\n", name, sum);
}
