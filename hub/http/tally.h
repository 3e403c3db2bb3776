/*
 * Counts of requests by route and class of status, and how long they took;
 * for GET /metrics.
 */
#pragma once

#include <stdint.h>

#include "hub/base/strbuf.h"
#include "hub/http/http_route.h"

struct tally;

/* Never NULL. */
struct tally *tally_new(void);
void tally_free(struct tally *tally);

/* `route` NULL: a path that leads nowhere.  Any thread. */
void tally_add(struct tally *tally, const struct http_route *route, int status,
    int64_t microseconds);

void tally_write(const struct tally *tally, struct strbuf *out);
