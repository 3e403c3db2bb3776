/*
 * The desk: a queue and the seats that take from it; see desk.h.
 */
#include "hub/desk/desk.h"

#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/desk/job_queue.h"
#include "hub/desk/seat.h"

enum { QUEUE_DEFAULT = 4096, DEADLINE_DEFAULT = 15 };

struct desk {
	struct desk_settings settings;
	struct job_queue *queue;
	struct seat_tally tally;
	struct seat *seats[DESK_SEATS_LIMIT];
	size_t seat_count;
};

void
desk_submit(
    struct desk *desk, struct command *command, desk_done *done, void *context)
{
	struct job *job = calloc(1, sizeof *job);
	struct reply reply = { 0 };

	if (job == NULL)
		log_panic("out of memory", NULL);
	job->command = command;
	job->done = done;
	job->context = context;
	job->deadline = clock_monotonic() +
	    desk->settings.deadline_seconds * CLOCK_SECOND;
	reply.rc = job_queue_add(desk->queue, job, &reply.err);
	if (reply.rc == RC_OK)
		return;
	free(job);
	done(context, command, &reply);
}

static enum rc
seat_all(struct desk *desk, struct err *err)
{
	desk->tally.is_ready = true;
	while (desk->seat_count < desk->settings.seats) {
		TRY(seat_start(&desk->settings, desk->queue, &desk->tally,
		    &desk->seats[desk->seat_count], err));
		desk->seat_count++;
	}
	return RC_OK;
}

enum rc
desk_start(
    const struct desk_settings *settings, struct desk **desk, struct err *err)
{
	struct desk *new = calloc(1, sizeof *new);
	enum rc rc;

	if (new == NULL)
		log_panic("out of memory", NULL);
	new->settings = *settings;
	if (new->settings.queue_limit == 0)
		new->settings.queue_limit = QUEUE_DEFAULT;
	if (new->settings.deadline_seconds == 0)
		new->settings.deadline_seconds = DEADLINE_DEFAULT;
	if (new->settings.seats == 0)
		new->settings.seats = 1;
	if (new->settings.seats > DESK_SEATS_LIMIT)
		new->settings.seats = DESK_SEATS_LIMIT;
	new->queue = job_queue_new(new->settings.queue_limit);
	rc = seat_all(new, err);
	if (rc != RC_OK) {
		desk_stop(new);
		return rc;
	}
	*desk = new;
	return RC_OK;
}

void
desk_stop(struct desk *desk)
{
	if (desk == NULL)
		return;
	job_queue_stop(desk->queue);
	for (size_t i = 0; i < desk->seat_count; i++)
		seat_finish(desk->seats[i]);
	job_queue_free(desk->queue);
	free(desk);
}

bool
desk_is_ready(const struct desk *desk)
{
	return desk->tally.is_ready;
}

void
desk_counters(const struct desk *desk, struct desk_counters *counters)
{
	const struct seat_tally *tally = &desk->tally;

	counters->waiting = job_queue_count(desk->queue);
	counters->commands = tally->commands;
	counters->batches = tally->batches;
	counters->refusals = tally->refusals;
	counters->replays = tally->replays;
	counters->retries = tally->retries;
	counters->bisections = tally->bisections;
	counters->largest_batch = tally->largest_batch;
}
