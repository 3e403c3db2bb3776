/*
 * The desk: a thread that takes all waiting commands, loads what they need,
 * lets each decide, saves everything in one transaction and answers after
 * COMMIT.  Nothing else in the hub changes a case.  It may have several such
 * threads, each with its connection: its seats.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/registry.h"
#include "hub/domain/reply.h"

enum { DESK_SEATS_LIMIT = 8 };

struct desk;
struct hub_keys;
struct keyring;

/* Called on a thread of the desk, once for each command, after COMMIT or
 * refusal.  The reply's memory is good during the call only; the desk does
 * not touch the command afterwards. */
typedef void
desk_done(void *context, struct command *command, const struct reply *reply);

/* What a committed batch touched; called on a thread of the desk. */
struct desk_ring {
	const struct id *cases; /* whose rows changed */
	size_t case_count;
	const struct id *institutions; /* that got messages */
	size_t institution_count;
	bool has_events, has_messages, has_registry_change;
};
typedef void desk_rang(void *context, const struct desk_ring *ring);

struct desk_settings {
	const char *conninfo;
	const struct keyring *keyring;
	const struct hub_keys *hub_keys;
	int64_t registry_delay_seconds;
	int velocity_percent;     /* of the profiles' limits; 0: none */
	size_t seats;             /* threads that decide and commit; 0 is 1 */
	size_t queue_limit;       /* commands waiting; 0 is 4096 */
	int64_t deadline_seconds; /* of a command in the queue; 0 is 15 */
	/* The view to decide with; the desk drops the reference. */
	struct registry *(*registry)(void *context);
	desk_rang *rang; /* or NULL */
	void *context;   /* of both */
};

struct desk_counters {
	uint64_t commands, batches, refusals, replays, retries, bisections;
	uint64_t waiting, largest_batch;
};

/* Connect, prepare and start the threads. */
NODISCARD enum rc desk_start(
    const struct desk_settings *settings, struct desk **desk, struct err *err);

/* Take no more commands, finish those that wait, end the threads, free. */
void desk_stop(struct desk *desk);

/* Queue a command; `done` is called exactly once, also when the queue is
 * full or the desk stops (RC_UNAVAILABLE).  Any thread. */
void desk_submit(
    struct desk *desk, struct command *command, desk_done *done, void *context);

/* True while the database answers. */
bool desk_is_ready(const struct desk *desk);

void desk_counters(const struct desk *desk, struct desk_counters *counters);
