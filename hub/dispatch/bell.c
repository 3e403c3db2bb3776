/*
 * The bell: see bell.h.
 */
#include "hub/dispatch/bell.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/store/notify.h"

enum { IDLE_MS = 1000, UUID_SIZE = 37 };

/* Between two notifications: each is a commit of its own, which a desk's has
 * to wait for. */
#define QUIET INT64_C(20000)

struct bell {
	char node[UUID_SIZE];
	void (*heard)(void *context, unsigned flags);
	void *context;
	pthread_t thread;
	int wake;
	atomic_bool is_stopping;
	atomic_uint rung;

	/* The thread's own. */
	struct db *db;
	int64_t rang_at; /* monotonic */
};

void
bell_ring(struct bell *bell, unsigned flags)
{
	const uint64_t one = 1;

	if ((atomic_fetch_or(&bell->rung, flags) & flags) != flags)
		(void)!write(bell->wake, &one, sizeof(one));
}

static enum rc
tell(struct bell *bell, struct err *err)
{
	unsigned flags = atomic_exchange(&bell->rung, 0);
	char payload[UUID_SIZE + 16];

	if (flags == 0)
		return RC_OK;
	(void)snprintf(payload, sizeof(payload), "%s %u", bell->node, flags);
	bell->rang_at = clock_monotonic();
	return notify_send(bell->db, payload, err);
}

/* The flags of others' rings: "<node> <flags>". */
static unsigned
flags_of(const struct bell *bell, const struct db_notification *notification)
{
	size_t length = strlen(bell->node);
	const char *payload = notification->payload;

	if (strcmp(notification->channel, NOTIFY_CHANNEL) != 0 ||
	    strlen(payload) <= length || payload[length] != ' ' ||
	    strncmp(payload, bell->node, length) == 0)
		return 0;
	return (unsigned)strtoul(payload + length, NULL, 10) & BELL_ALL;
}

static enum rc
listen_on(struct bell *bell, struct err *err)
{
	struct db_notification notification;
	unsigned flags = 0;
	bool found = true;

	while (found) {
		TRY(db_notified(bell->db, &notification, &found, err));
		if (found)
			flags |= flags_of(bell, &notification);
	}
	if (flags != 0)
		bell->heard(bell->context, flags);
	return RC_OK;
}

/* Until there is something to hear, or to tell and it is quiet long enough. */
static void
wait(struct bell *bell)
{
	int64_t left = bell->rang_at + QUIET - clock_monotonic();
	bool has_rung = atomic_load(&bell->rung) != 0;
	struct pollfd fds[2] = { { db_socket(bell->db), POLLIN, 0 },
		{ bell->wake, POLLIN, 0 } };
	uint64_t count;

	if (has_rung && left <= 0)
		return;
	/* While it waits for quiet more rings change nothing. */
	if (poll(fds, has_rung ? 1 : 2,
		has_rung ? (int)((left + 999) / 1000) : IDLE_MS) > 0 &&
	    !has_rung)
		(void)!read(bell->wake, &count, sizeof(count));
}

static enum rc
go_round(struct bell *bell, struct err *err)
{
	wait(bell);
	if (clock_monotonic() - bell->rang_at >= QUIET)
		TRY(tell(bell, err));
	return listen_on(bell, err);
}

static enum rc
mend(struct bell *bell, struct err *err)
{
	TRY(db_reopen(bell->db, err));
	TRY(db_listen(bell->db, NOTIFY_CHANNEL, err));
	bell->heard(bell->context, BELL_ALL);
	bell_ring(bell, BELL_ALL);
	return RC_OK;
}

static void *
bell_run(void *context)
{
	struct bell *bell = context;
	struct pollfd pause = { bell->wake, POLLIN, 0 };
	struct err err;

	while (!atomic_load(&bell->is_stopping)) {
		if (go_round(bell, &err) == RC_OK)
			continue;
		log_warn("the bell has no database", "why", err.text, NULL);
		while (!atomic_load(&bell->is_stopping) &&
		    mend(bell, &err) != RC_OK)
			(void)poll(&pause, 0, IDLE_MS);
	}
	return NULL;
}

static void
bell_free(struct bell *bell)
{
	db_close(bell->db);
	if (bell->wake >= 0)
		(void)close(bell->wake);
	free(bell);
}

static enum rc
bell_open(struct bell *bell, const char *conninfo, struct err *err)
{
	struct db_settings settings = { conninfo, "freezeline bell",
		SESSION_CLERK };

	bell->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (bell->wake < 0)
		return err_set(err, RC_FAILED, "no_descriptors",
		    "cannot start the bell: %s", strerror(errno));
	TRY(db_open(&settings, &bell->db, err));
	TRY(db_listen(bell->db, NOTIFY_CHANNEL, err));
	if (pthread_create(&bell->thread, NULL, bell_run, bell) != 0)
		return err_set(err, RC_FAILED, "no_thread",
		    "the bell's thread cannot be started");
	return RC_OK;
}

enum rc
bell_start(
    const struct bell_settings *settings, struct bell **bell, struct err *err)
{
	struct bell *made = calloc(1, sizeof(*made));
	enum rc rc;

	if (made == NULL)
		abort();
	(void)id_uuid(&settings->node, made->node);
	made->heard = settings->heard;
	made->context = settings->context;
	made->wake = -1;
	rc = bell_open(made, settings->conninfo, err);
	if (rc != RC_OK) {
		bell_free(made);
		return rc;
	}
	*bell = made;
	return RC_OK;
}

void
bell_stop(struct bell *bell)
{
	const uint64_t one = 1;

	if (bell == NULL)
		return;
	atomic_store(&bell->is_stopping, true);
	(void)!write(bell->wake, &one, sizeof(one));
	pthread_join(bell->thread, NULL);
	bell_free(bell);
}
