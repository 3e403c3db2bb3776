/*
 * The recorder: see recorder.h.
 */
#include "hub/dispatch/recorder.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"

#define LINGER INT64_C(3000)
#define AGAIN_AFTER (CLOCK_SECOND / 4)

void
recorder_init(struct recorder *recorder, const struct id *owner)
{
	memset(recorder, 0, sizeof(*recorder));
	recorder->channel.fd = -1;
	recorder->owner = *owner;
	recorder->last = &recorder->first;
}

void
recorder_add(struct recorder *recorder, struct letter *letter)
{
	if (recorder->count == 0)
		recorder->noted_at = clock_monotonic();
	letter->next = NULL;
	*recorder->last = letter;
	recorder->last = &letter->next;
	recorder->count++;
}

bool
recorder_is_empty(const struct recorder *recorder)
{
	return recorder->count == 0 && recorder->batch_count == 0;
}

int64_t
recorder_wait(const struct recorder *recorder)
{
	int64_t due = recorder->noted_at + LINGER;
	int64_t now = clock_monotonic();

	if (recorder_is_empty(recorder) || !channel_is_idle(&recorder->channel))
		return -1;
	if (recorder->batch_count > 0)
		due = recorder->retry_at;
	else if (recorder->count >= RECORDER_BATCH)
		due = now;
	return due > now ? due - now : 0;
}

static void
fill(struct recorder *recorder)
{
	while (recorder->count > 0 && recorder->batch_count < RECORDER_BATCH) {
		struct letter *letter = recorder->first;

		recorder->first = letter->next;
		recorder->count--;
		recorder->batch[recorder->batch_count++] = letter;
	}
	if (recorder->first == NULL)
		recorder->last = &recorder->first;
	recorder->noted_at = clock_monotonic();
	recorder->may_be_recorded = false;
}

/* The batch stays and is sent again. */
static void
fail(struct recorder *recorder, const struct err *err)
{
	log_warn("attempts could not be recorded yet", "code", err->code, "why",
	    err->text, NULL);
	recorder->retry_at = clock_monotonic();
	if (err->rc != RC_RETRY)
		recorder->retry_at += AGAIN_AFTER;
	if (err->rc != RC_UNAVAILABLE)
		return;
	recorder->may_be_recorded = true;
	channel_break(&recorder->channel);
}

static void
send_batch(struct recorder *recorder)
{
	const struct outbox_attempt *attempts[RECORDER_BATCH];
	struct err err;

	for (size_t i = 0; i < recorder->batch_count; i++)
		attempts[i] = &recorder->batch[i]->attempt;
	if (outbox_complete(&recorder->channel.ask, &recorder->owner, attempts,
		recorder->batch_count, recorder->may_be_recorded,
		&err) != RC_OK)
		fail(recorder, &err);
}

void
recorder_flush(struct recorder *recorder, bool is_idle)
{
	int64_t wait = recorder_wait(recorder);

	if (wait < 0)
		return;
	if (recorder->batch_count == 0) {
		if (wait > 0 && !is_idle)
			return;
		fill(recorder);
	} else if (wait > 0) {
		return;
	}
	send_batch(recorder);
}

static bool
is_among(const struct rows *rows, int64_t seq)
{
	for (size_t i = 0; i < rows_count(rows); i++)
		if (outbox_recorded(rows, i) == seq)
			return true;
	return false;
}

size_t
recorder_take(
    struct recorder *recorder, struct letter **letters, bool *is_recorded)
{
	struct ask *ask = &recorder->channel.ask;
	size_t count = recorder->batch_count;
	bool is_over;
	struct err err;

	if (recorder->channel.fd < 0)
		return 0;
	if (ask_read(ask, &is_over, &err) != RC_OK) {
		fail(recorder, &err);
		return 0;
	}
	if (!is_over)
		return 0;
	for (size_t i = 0; i < count; i++) {
		letters[i] = recorder->batch[i];
		is_recorded[i] = is_among(
		    ask->rows, recorder->batch[i]->row.seq);
	}
	recorder->batch_count = 0;
	recorder->batches++;
	return count;
}
