/*
 * One thread's event loop over its share of the connections.
 */
#pragma once

#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "test/bench/load/connection.h"
#include "test/bench/load/histogram.h"
#include "test/bench/load/options.h"

enum { LOOP_STATUSES = 600 };

/* What all threads share. */
struct run {
	struct options options;
	SSL_CTX *tls;
	pthread_barrier_t open, go;  /* all connected; the times are set */
	int64_t start, measure, end; /* monotonic microseconds */
	_Atomic uint64_t next;       /* requests begun */
	atomic_bool is_exhausted;    /* more requests than --lines */
	atomic_bool has_failed;      /* could not even connect */
};

struct loop {
	struct run *run;
	pthread_t thread;
	unsigned index, count; /* of its connections */
	struct connection *connections;
	struct connection **closed, **idle; /* stacks */
	struct strbuf body;                 /* of the request being made */
	unsigned closed_count, idle_count, opening, busy, turn;
	int epoll;
	int64_t retry_at; /* no new connection before this */
	uint64_t due;     /* fixed rate: requests sent so far */
	int64_t last;     /* when the last answer came */
	bool is_going;    /* the measurement, not the connecting */

	uint64_t statuses[LOOP_STATUSES], failures, unfinished;
	struct histogram latency;
};

/* The thread's function; `loop` has run, index and count. */
void *loop_run(void *loop);
