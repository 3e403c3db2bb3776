/*
 * The queue before the seats: see job_queue.h.
 */
#include "hub/desk/job_queue.h"

#include <pthread.h>
#include <stdlib.h>

#include "hub/base/log.h"

struct job_queue {
	pthread_mutex_t lock;
	pthread_cond_t ready;
	struct job *first, **last;
	size_t count, limit;
	bool is_stopping;
};

struct job_queue *
job_queue_new(size_t limit)
{
	struct job_queue *queue = calloc(1, sizeof *queue);

	if (queue == NULL)
		log_panic("out of memory", NULL);
	queue->last = &queue->first;
	queue->limit = limit;
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->ready, NULL);
	return queue;
}

void
job_queue_free(struct job_queue *queue)
{
	pthread_cond_destroy(&queue->ready);
	pthread_mutex_destroy(&queue->lock);
	free(queue);
}

static void
append(struct job_queue *queue, struct job *job)
{
	*queue->last = job;
	queue->last = &job->next;
	if (queue->count++ == 0)
		pthread_cond_signal(&queue->ready);
}

enum rc
job_queue_add(struct job_queue *queue, struct job *job, struct err *err)
{
	bool is_stopping, is_full;

	pthread_mutex_lock(&queue->lock);
	is_stopping = queue->is_stopping;
	is_full = queue->count >= queue->limit;
	if (!is_stopping && !is_full)
		append(queue, job);
	pthread_mutex_unlock(&queue->lock);
	if (is_stopping)
		return err_set(err, RC_UNAVAILABLE, "stopping",
		    "the hub is stopping; try again");
	if (is_full)
		return err_set(err, RC_UNAVAILABLE, "overloaded",
		    "too much is waiting; try again in a moment");
	return RC_OK;
}

/* As much as fits one transaction; a dry run is alone in its own, because
 * it is rolled back. */
static size_t
take(struct job_queue *queue, struct job **jobs)
{
	size_t count = 0, weight = 0;

	while (count < BATCH_LIMIT && queue->first != NULL) {
		struct job *job = queue->first;
		size_t more = keys_weight(job->command);

		if (count > 0 &&
		    (job->command->is_dry_run ||
			weight + more > BATCH_WEIGHT_LIMIT))
			break;
		weight += more;
		jobs[count++] = job;
		queue->first = job->next;
		if (queue->first == NULL)
			queue->last = &queue->first;
		queue->count--;
		if (job->command->is_dry_run)
			break;
	}
	return count;
}

size_t
job_queue_take(struct job_queue *queue, struct job **jobs)
{
	size_t count;

	pthread_mutex_lock(&queue->lock);
	while (queue->first == NULL && !queue->is_stopping)
		pthread_cond_wait(&queue->ready, &queue->lock);
	count = take(queue, jobs);
	/* What did not fit is for another seat. */
	if (queue->first != NULL)
		pthread_cond_signal(&queue->ready);
	pthread_mutex_unlock(&queue->lock);
	return count;
}

void
job_queue_stop(struct job_queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->is_stopping = true;
	pthread_cond_broadcast(&queue->ready);
	pthread_mutex_unlock(&queue->lock);
}

size_t
job_queue_count(struct job_queue *queue)
{
	size_t count;

	pthread_mutex_lock(&queue->lock);
	count = queue->count;
	pthread_mutex_unlock(&queue->lock);
	return count;
}
