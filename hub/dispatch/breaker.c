/*
 * Breaker: see breaker.h.
 */
#include "hub/dispatch/breaker.h"

#include "hub/base/common.h"
#include "hub/dispatch/backoff.h"

enum { WINDOW_BITS = (1 << BREAKER_WINDOW) - 1 };

/* Between probes; the last stays, so that an institution that is back is
 * noticed within a minute. */
static const int probes_seconds[] = { 2, 5, 10, 20, 40, 60 };

static void
wait_for_probe(
    struct breaker *breaker, int64_t now, int64_t at_least, uint32_t random)
{
	int last = (int)COUNT(probes_seconds) - 1;
	int row = breaker->probes < last ? breaker->probes : last;
	int64_t wait = backoff_jittered(probes_seconds[row], random);

	breaker->is_probing = false;
	breaker->probe_at = now + (wait > at_least ? wait : at_least);
}

static void
note_failure(struct breaker *breaker, bool has_failed)
{
	breaker->in_a_row = has_failed ? breaker->in_a_row + 1 : 0;
	breaker->window = (breaker->window << 1 | has_failed) & WINDOW_BITS;
	if (breaker->window_count < BREAKER_WINDOW)
		breaker->window_count++;
}

static bool
is_too_bad(const struct breaker *breaker)
{
	return breaker->in_a_row >= BREAKER_IN_A_ROW ||
	    (breaker->window_count == BREAKER_WINDOW &&
		2 * __builtin_popcount(breaker->window) >= BREAKER_WINDOW);
}

static enum breaker_turn
note_closed(struct breaker *breaker, bool is_delivered, int64_t now,
    int64_t at_least, uint32_t random)
{
	note_failure(breaker, !is_delivered);
	if (!is_too_bad(breaker))
		return BREAKER_SAME;
	*breaker = (struct breaker){ .state = BREAKER_SUSPENDED };
	wait_for_probe(breaker, now, at_least, random);
	return BREAKER_TRIPPED;
}

/* What was in flight when it was suspended may still fail: that is no probe
 * and makes the next one no later. */
static enum breaker_turn
note_suspended(struct breaker *breaker, bool is_delivered, int64_t now,
    int64_t at_least, uint32_t random)
{
	if (is_delivered) {
		*breaker = (struct breaker){ .state = BREAKER_RECOVERING,
			.open = 1 };
		return BREAKER_RELEASED;
	}
	if (!breaker->is_probing)
		return BREAKER_SAME;
	breaker->probes++;
	wait_for_probe(breaker, now, at_least, random);
	return BREAKER_SAME;
}

/* Each 2xx lets one more go, so that it doubles with every round trip. */
static enum breaker_turn
note_recovering(struct breaker *breaker, bool is_delivered, size_t concurrency,
    int64_t now, int64_t at_least, uint32_t random)
{
	if (!is_delivered) {
		*breaker = (struct breaker){ .state = BREAKER_SUSPENDED };
		wait_for_probe(breaker, now, at_least, random);
		return BREAKER_TRIPPED;
	}
	breaker->open++;
	if ((size_t)breaker->open >= concurrency)
		*breaker = (struct breaker){ .state = BREAKER_CLOSED };
	return BREAKER_SAME;
}

size_t
breaker_limit(const struct breaker *breaker, size_t concurrency, int64_t now)
{
	size_t limit = concurrency;

	switch (breaker->state) {
	case BREAKER_CLOSED:
		break;
	case BREAKER_SUSPENDED:
		limit = now >= breaker->probe_at ? 1 : 0;
		break;
	case BREAKER_RECOVERING:
		limit = (size_t)breaker->open;
		break;
	}
	return limit < concurrency ? limit : concurrency;
}

void
breaker_start(struct breaker *breaker)
{
	breaker->is_probing = breaker->state == BREAKER_SUSPENDED;
}

enum breaker_turn
breaker_note(struct breaker *breaker, bool is_delivered, size_t concurrency,
    int64_t now, int64_t at_least, uint32_t random)
{
	switch (breaker->state) {
	case BREAKER_CLOSED:
		return note_closed(
		    breaker, is_delivered, now, at_least, random);
	case BREAKER_SUSPENDED:
		return note_suspended(
		    breaker, is_delivered, now, at_least, random);
	case BREAKER_RECOVERING:
		break;
	}
	return note_recovering(
	    breaker, is_delivered, concurrency, now, at_least, random);
}
