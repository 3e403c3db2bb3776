/*
 * The dispatcher: one thread that brings messages to the institutions'
 * webhooks, signed, over mutual TLS, again and again until they are taken,
 * and records each attempt.  Started by serve, woken by the desk's ring and
 * the bell; several hubs share the work by leases.  Opens no case and decides
 * nothing about one: what it learns it reports to the desk.
 */
#pragma once

#include "hub/client/courier.h"
#include "hub/desk/desk.h"
#include "hub/dispatch/tally.h"
#include "hub/domain/registry.h"

struct dispatcher;
struct hub_keys;
struct keyring;

struct dispatcher_settings {
	const char *conninfo;
	struct id owner; /* of this process: made anew at each start */
	const struct keyring *keyring;
	const struct hub_keys *hub_keys;
	struct courier_settings courier; /* the hub's client certificate */
	int64_t ping_seconds;   /* of an unused connection; 0: no pings */
	size_t in_flight_limit; /* all endpoints; 0 is 512 */
	int64_t stop_seconds;   /* for what is in flight at the end; 0 is 5 */
	/* The present view, with a reference. */
	struct registry *(*registry)(void *context);
	/* desk_submit, or a test's. */
	void (*submit)(void *context, struct command *command, desk_done *done,
	    void *done_context);
	void *context; /* of both */
};

/* Connect and start the thread.  RC_UNAVAILABLE, RC_FAILED as db_open and
 * courier_new.  Text of the settings is copied. */
NODISCARD enum rc dispatcher_start(const struct dispatcher_settings *settings,
    struct dispatcher **dispatcher, struct err *err);

/* Start nothing more, let what is in flight end, record it, have the desk
 * take the reports, give the leases back, free.  The desk stops later. */
void dispatcher_stop(struct dispatcher *dispatcher);

/* There may be new messages, or another registry.  Any thread. */
void dispatcher_wake(struct dispatcher *dispatcher);

/* Any thread. */
void dispatcher_counters(
    struct dispatcher *dispatcher, struct dispatcher_counters *counters);
