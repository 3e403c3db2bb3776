/*
 * The commands that wait for a seat of the desk, first come, first served.
 * Any thread adds; the seats take, each as much as fits one transaction.
 */
#pragma once

#include "hub/desk/inside.h"

struct job_queue;

/* Room for `limit` jobs. */
struct job_queue *job_queue_new(size_t limit);
void job_queue_free(struct job_queue *queue);

/* The queue owns the job from now on.  RC_UNAVAILABLE, and it stays the
 * caller's: `overloaded` when the queue is full, `stopping`. */
NODISCARD enum rc
job_queue_add(struct job_queue *queue, struct job *job, struct err *err);

/* Wait for jobs and take some, at most BATCH_LIMIT, for the caller to own.
 * 0: the queue was stopped and nothing waits. */
size_t job_queue_take(struct job_queue *queue, struct job **jobs);

/* Take no more; what waits can still be taken. */
void job_queue_stop(struct job_queue *queue);

size_t job_queue_count(struct job_queue *queue);
