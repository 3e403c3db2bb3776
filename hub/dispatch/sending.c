/*
 * The dispatcher's sending: letters out, outcomes back, facts to the desk.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/dispatch/backoff.h"
#include "hub/dispatch/inside.h"

/* ---- how an attempt ended */

/* When it is tried again, and whether people hear of it.  How long the
 * receiver asked us to wait. */
static int64_t
plan_retry(struct letter *letter, bool is_tls, int64_t retry_after_seconds)
{
	struct outbox_attempt *attempt = &letter->attempt;
	struct backoff_failure failure = { .n = attempt->n,
		.status = attempt->status,
		.is_tls = is_tls,
		.priority = letter->row.priority,
		.retry_after_seconds = retry_after_seconds };
	int64_t now = clock_now();

	failure.age_seconds = (now - letter->row.created_at) / CLOCK_SECOND;

	attempt->next_at = now + backoff_delay(&failure, arc4random());
	if (letter->row.level == 0 &&
	    (backoff_needs_people(&failure) || now >= letter->row.escalate_at))
		attempt->level = 1;
	return backoff_at_least(&failure);
}

static void
tell_turn(const struct lane *lane, enum breaker_turn turn)
{
	const char *what = turn == BREAKER_TRIPPED
	    ? "an endpoint is suspended: it is only probed"
	    : "an endpoint takes messages again";
	char number[LETTER_TEXT_SIZE];

	(void)snprintf(number, sizeof(number), "%d", lane->number);
	log_warn(what, "endpoint", number, NULL);
}

/* `at_least`: microseconds that the receiver asked us to wait. */
static void
land(struct dispatcher *dispatcher, struct letter *letter, int64_t at_least)
{
	struct lane *lane = lanes_find(
	    &dispatcher->lanes, letter->row.endpoint);
	const struct landing landing = { letter->attempt.is_delivered,
		clock_monotonic(), at_least, arc4random() };
	enum breaker_turn turn = lanes_landed(
	    &dispatcher->lanes, letter, &landing);

	recorder_add(&dispatcher->recorder, letter);
	if (turn == BREAKER_SAME)
		return;
	tell_turn(lane, turn);
	lane->is_released = turn == BREAKER_RELEASED;
}

void
sending_on_done(void *context, const struct outcome *outcome)
{
	struct dispatcher *dispatcher = context;
	struct letter *letter = outcome->tag;
	struct tally *tally = &dispatcher->tally;
	int64_t at_least = 0;

	if (letter->is_ping) {
		ping_on_done(dispatcher, letter, outcome);
		return;
	}
	letter_note(letter, outcome);
	tally_attempt(tally, outcome->status, outcome->error);
	if (!letter->attempt.is_delivered) {
		at_least = plan_retry(letter, outcome->error == COURIER_TLS,
		    outcome->retry_after_seconds);
	} else {
		pthread_mutex_lock(&tally->lock);
		tally_observe(&tally->counters.delivered,
		    clock_now() - letter->row.created_at);
		pthread_mutex_unlock(&tally->lock);
	}
	land(dispatcher, letter, at_least);
}

/* ---- out */

static void
note_start(struct dispatcher *dispatcher)
{
	struct tally *tally = &dispatcher->tally;

	pthread_mutex_lock(&tally->lock);
	tally->counters.started++;
	if (dispatcher->send_woken_at != 0)
		tally_observe(&tally->counters.woken,
		    clock_monotonic() - dispatcher->send_woken_at);
	pthread_mutex_unlock(&tally->lock);
	dispatcher->send_woken_at = 0;
}

static void
send_letter(
    struct dispatcher *dispatcher, struct lane *lane, struct letter *letter)
{
	struct err err;
	char id[ID_TEXT_SIZE];

	note_start(dispatcher);
	if (letter_send(letter, dispatcher->courier, lane->endpoint,
		dispatcher->keys, &lane->signer, &err) == RC_OK)
		return;
	log_error("a message could not be sent", "message",
	    id_uuid(&letter->row.message, id), "code", err.code, "why",
	    err.text, NULL);
	letter_note_failure(letter, "unsendable");
	(void)plan_retry(letter, false, -1);
	land(dispatcher, letter, 0);
}

static bool
may_start(struct dispatcher *dispatcher)
{
	size_t limit = dispatcher->settings.in_flight_limit;

	return !atomic_load(&dispatcher->is_stopping) &&
	    dispatcher->lanes.ready > 0 &&
	    dispatcher->lanes.in_flight < limit &&
	    reports_undecided(&dispatcher->reports) < REPORTS_LIMIT &&
	    shards_may_start(&dispatcher->shards, clock_monotonic());
}

void
sending_step(struct dispatcher *dispatcher)
{
	struct letter *letter;
	struct lane *lane;

	while (may_start(dispatcher)) {
		letter = lanes_take(
		    &dispatcher->lanes, clock_monotonic(), &lane);
		if (letter == NULL)
			break;
		send_letter(dispatcher, lane, letter);
	}
}

/* ---- recorded */

static struct outbox_fact
fact_of(const struct letter *letter, enum delivery_fact fact)
{
	return (struct outbox_fact){ .fact = fact,
		.message = letter->row.message,
		.endpoint = letter->row.endpoint,
		.type = letter->row.type,
		.generation = letter->row.generation,
		.at = letter->attempt.at,
		.status = letter->attempt.status,
		.error = letter->attempt.error,
		.targets = letter->row.targets,
		.target_count = letter->row.target_count };
}

/* At most two: the first failure may need people at once. */
static size_t
add_facts(const struct letter *letter, struct outbox_fact *facts)
{
	const struct outbox_attempt *attempt = &letter->attempt;
	size_t count = 0;

	if (letter->row.target_count == 0)
		return 0;
	if (attempt->is_delivered) {
		facts[count] = fact_of(letter, DELIVERY_DELIVERED);
		facts[count].attempted_at = attempt->at;
		facts[count++].at += attempt->milliseconds * INT64_C(1000);
		return count;
	}
	if (attempt->n == 1)
		facts[count++] = fact_of(letter, DELIVERY_ATTEMPTED);
	if (attempt->level > letter->row.level)
		facts[count++] = fact_of(letter, DELIVERY_ESCALATED);
	return count;
}

void
sending_on_recorded(void *context, int fd, uint32_t events)
{
	struct dispatcher *dispatcher = context;
	struct letter *letters[RECORDER_BATCH];
	bool is_recorded[RECORDER_BATCH];
	struct outbox_fact facts[2 * RECORDER_BATCH];
	size_t fact_count = 0, refused = 0, count;

	(void)fd;
	(void)events;
	count = recorder_take(&dispatcher->recorder, letters, is_recorded);
	for (size_t i = 0; i < count; i++)
		if (is_recorded[i])
			fact_count += add_facts(letters[i], facts + fact_count);
		else
			refused++;
	reports_send(&dispatcher->reports, facts, fact_count);
	for (size_t i = 0; i < count; i++)
		lanes_forget(&dispatcher->lanes, letters[i]);
	if (refused > 0) {
		log_warn("attempts belong to another dispatcher now", NULL);
		lanes_drop_floors(&dispatcher->lanes);
	}
	pthread_mutex_lock(&dispatcher->tally.lock);
	dispatcher->tally.counters.recorded += count - refused;
	dispatcher->tally.counters.refused += refused;
	pthread_mutex_unlock(&dispatcher->tally.lock);
}
