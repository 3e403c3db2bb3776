/*
 * A seat of the desk: a thread with its connection, which takes commands from
 * the desk's queue and runs them as batches.  Several seats meet only in the
 * database, as desks of several hubs do: its locks let one wait for another
 * where both decide on one case.
 */
#pragma once

#include <stdatomic.h>

#include "hub/desk/inside.h"
#include "hub/desk/job_queue.h"

/* What the seats of a desk count together. */
struct seat_tally {
	atomic_bool is_ready; /* the database answered whoever asked last */
	atomic_uint_fast64_t commands, batches, refusals, replays, retries,
	    bisections, largest_batch;
};

struct seat;

/* Connect, prepare and start the thread; all arguments outlive it. */
NODISCARD enum rc
seat_start(const struct desk_settings *settings, struct job_queue *queue,
    struct seat_tally *tally, struct seat **seat, struct err *err);

/* Wait until it has nothing more to do in the stopped queue, and free it. */
void seat_finish(struct seat *seat);

/* ---- for batch.c */

/* The one batch of this seat; its arena and connection are reused. */
struct batch *seat_batch(struct seat *seat);

/* The view to decide with; the caller drops the reference. */
struct registry *seat_registry(struct seat *seat);

/* Tell of what was committed. */
void seat_ring(struct seat *seat, const struct batch *batch);

/* Hand the settled job's reply to whoever waits, and free the job. */
void seat_done(struct seat *seat, struct job *job);

/* Does the database answer? */
void seat_ready(struct seat *seat, bool is_ready);
void seat_lost(struct seat *seat);

void seat_count_retry(struct seat *seat);
void seat_count_bisection(struct seat *seat);
