/*
 * Reports: what attempts mean for cases, brought to the desk as commands.
 * Made by the dispatcher's thread; the desk's thread answers.  A command that
 * finds no database is brought again until it is decided.
 */
#pragma once

#include <pthread.h>

#include "hub/desk/desk.h"
#include "hub/store/outbox.h"

/* More undecided ones than this: deliver nothing new. */
enum { REPORTS_LIMIT = 256 };

struct report;

struct reports {
	/* desk_submit, or a test's. */
	void (*submit)(void *context, struct command *command, desk_done *done,
	    void *done_context);
	void *context;
	/* Called from the desk's thread when one was answered. */
	void (*answered)(void *context);
	void *answered_context;
	pthread_mutex_t lock;
	struct report *returned; /* to be brought again */
	int64_t again_at;        /* monotonic */
	size_t undecided, returned_count;
	uint64_t sent;
};

void reports_init(struct reports *reports);

/* None may be undecided but those returned. */
void reports_clear(struct reports *reports);

/* Bring these; the facts are copied. */
void reports_send(
    struct reports *reports, const struct outbox_fact *facts, size_t count);

/* Bring those again that were returned half a second ago. */
void reports_repeat(struct reports *reports, int64_t now);

/* Those not decided, and of them those that the desk has now. */
size_t reports_undecided(struct reports *reports);
size_t reports_at_desk(struct reports *reports);
