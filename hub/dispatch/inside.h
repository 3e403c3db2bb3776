/*
 * What the files of the dispatcher's loop share.  Nobody outside the room
 * includes it.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "hub/dispatch/dispatcher.h"
#include "hub/dispatch/lanes.h"
#include "hub/dispatch/recorder.h"
#include "hub/dispatch/reports.h"
#include "hub/dispatch/shards.h"

enum { DISPATCHER_WANTS = 512 };

struct dispatcher {
	struct dispatcher_settings settings; /* its text is not kept */
	pthread_t thread;
	struct courier *courier;
	atomic_bool is_stopping;
	_Atomic int64_t woken_at; /* monotonic; 0: not since the last look */
	struct tally tally;
	struct reports reports;

	/* The thread's own. */
	struct registry *registry; /* the view that the lanes point into */
	struct keys *keys;
	struct lanes lanes;
	struct shards shards;
	struct recorder recorder;
	struct channel fetcher; /* also leases and upkeep; holds the locks */
	struct outbox_want wants[DISPATCHER_WANTS]; /* of the open fetch */
	size_t want_count;
	struct arena *arena;   /* of one answer */
	int64_t send_woken_at; /* a wake-up that no send followed yet */
	int64_t next_look, next_tick, next_late, next_ages, next_floors;
	size_t pings_in_flight;
};

/* fetch.c: ask for rows where lanes have room; take the answer. */
void fetch_step(struct dispatcher *dispatcher);
void fetch_on_ready(void *context, int fd, uint32_t events);

/* The fetcher's session is lost, and with it a fetch under way. */
void fetch_break(struct dispatcher *dispatcher);

/* sending.c: start what may start; note what ended; report what was
 * recorded. */
void sending_step(struct dispatcher *dispatcher);
void sending_on_done(void *context, const struct outcome *outcome);
void sending_on_recorded(void *context, int fd, uint32_t events);

/* ping.c: a signed ping to each endpoint that was not used for long, so that a
 * freeze finds an open connection. */
void ping_step(struct dispatcher *dispatcher);
void ping_on_done(struct dispatcher *dispatcher, struct letter *letter,
    const struct outcome *outcome);

/* upkeep.c: sessions, leases, registry, what is late, metrics. */
void upkeep_step(struct dispatcher *dispatcher);

/* Give the leases back. */
void upkeep_end(struct dispatcher *dispatcher);

/* Milliseconds until upkeep_step has something to do. */
int upkeep_wait(const struct dispatcher *dispatcher);
