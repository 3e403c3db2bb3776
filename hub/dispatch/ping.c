/*
 * Pings: an endpoint that was not used for long gets a small signed message,
 * so that the next freeze finds its connection open and saves the handshake.
 * A ping is no delivery: nothing is recorded and it suspends nobody.
 */
#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/dispatch/inside.h"

enum {
	AT_ONCE = 8, /* in flight, all endpoints */
	/* A receiver that closes its connections meanwhile gains nothing by
	 * pings; it may be set up otherwise later. */
	TRY_AGAIN_SECONDS = 3600,
};

static int64_t
every(const struct dispatcher *dispatcher)
{
	return dispatcher->settings.ping_seconds * CLOCK_SECOND;
}

/* Those that are opened together do not all come at once. */
static void
plan(struct lane *lane, int64_t now, int64_t wait)
{
	lane->ping_at = now + wait + arc4random() % (wait + 1);
}

static bool
needs_ping(
    const struct dispatcher *dispatcher, const struct lane *lane, int64_t now)
{
	return now >= lane->ping_at &&
	    lane->breaker.state != BREAKER_SUSPENDED && lane->in_flight == 0 &&
	    now - lane->used_at >= every(dispatcher);
}

static void
ping(struct dispatcher *dispatcher, struct lane *lane, int64_t now)
{
	struct letter *letter = letter_new_ping();
	struct err err;

	letter->row.endpoint = lane->number;
	lane->ping_at = now + every(dispatcher);
	if (letter_send(letter, dispatcher->courier, lane->endpoint,
		dispatcher->keys, &lane->signer, &err) == RC_OK) {
		dispatcher->pings_in_flight++;
		return;
	}
	log_warn("a ping could not be sent", "code", err.code, "why", err.text,
	    NULL);
	letter_free(letter);
}

void
ping_step(struct dispatcher *dispatcher)
{
	int64_t now = clock_monotonic();

	if (dispatcher->settings.ping_seconds == 0 ||
	    atomic_load(&dispatcher->is_stopping))
		return;
	for (size_t i = 0; i < dispatcher->lanes.count; i++) {
		struct lane *lane = dispatcher->lanes.items[i];

		if (dispatcher->pings_in_flight >= AT_ONCE)
			return;
		if (!lane->is_open)
			continue;
		if (lane->ping_at == 0)
			plan(lane, now, every(dispatcher));
		else if (needs_ping(dispatcher, lane, now))
			ping(dispatcher, lane, now);
	}
}

void
ping_on_done(struct dispatcher *dispatcher, struct letter *letter,
    const struct outcome *outcome)
{
	struct lane *lane = lanes_find(
	    &dispatcher->lanes, letter->row.endpoint);
	int64_t now = clock_monotonic();
	bool has_failed;

	letter_note(letter, outcome);
	has_failed = !letter->attempt.is_delivered;
	/* It was used lately, and yet no connection was left. */
	if (has_failed ||
	    (outcome->is_new_connection && lane->used_at != 0 &&
		now - lane->used_at < 2 * every(dispatcher)))
		plan(lane, now, TRY_AGAIN_SECONDS * CLOCK_SECOND);
	lane->used_at = has_failed ? 0 : now;
	pthread_mutex_lock(&dispatcher->tally.lock);
	dispatcher->tally.counters.pings++;
	dispatcher->tally.counters.failed_pings += has_failed;
	pthread_mutex_unlock(&dispatcher->tally.lock);
	dispatcher->pings_in_flight--;
	letter_free(letter);
}
