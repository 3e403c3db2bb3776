/*
 * The courier: see courier.h.  libcurl says which sockets and which timer it
 * waits for; one epoll descriptor holds the sockets, a wake-up and the
 * caller's own descriptors.
 */
#include "hub/client/courier.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"
#include "hub/client/parcel.h"

enum {
	DEFAULT_CONNECTIONS = 1024,
	DEFAULT_CONNECT_MS = 3000,
	DEFAULT_TOTAL_MS = 10000,
	DEFAULT_RESPONSE = 65536,
	EVENT_BATCH = 128,
};

/* Whose descriptor became ready; in the upper half of epoll's data. */
enum source { SOURCE_CURL, SOURCE_WAKE, SOURCE_WATCH };

struct watch {
	int fd;
	courier_ready *ready;
	void *context;
};

struct courier {
	struct transport transport;
	char *certificate_file, *key_file, *authority_file;
	size_t response_limit;
	courier_done *done;
	void *context;

	CURLM *multi;
	int epoll, wake;
	int64_t due_at; /* libcurl's timer, monotonic; 0: none */

	struct parcel **parcels; /* all that were ever made */
	size_t parcel_count, parcel_capacity;
	struct parcel *idle;
	size_t in_flight;

	struct watch *watches; /* a handful */
	size_t watch_count;
};

const char *
courier_error_name(enum courier_error error)
{
	static const char *const names[COURIER_ERROR_COUNT] = {
		[COURIER_NONE] = "none",
		[COURIER_DNS] = "dns",
		[COURIER_CONNECT] = "connect",
		[COURIER_TLS] = "tls",
		[COURIER_TIMEOUT] = "timeout",
		[COURIER_TOO_LARGE] = "too_large",
		[COURIER_REFUSED] = "refused",
		[COURIER_PROTOCOL] = "protocol",
	};

	return names[error];
}

/* ---- epoll */

static int
poll_set(const struct courier *courier, int operation, enum source source,
    int fd, uint32_t events)
{
	struct epoll_event event = { .events = events,
		.data.u64 = (uint64_t)source << 32 | (uint32_t)fd };

	return epoll_ctl(courier->epoll, operation, fd, &event);
}

/* libcurl waits for this.  Its own note on the socket (`known`) tells whether
 * epoll has it. */
static int
watch_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *known)
{
	struct courier *courier = context;
	uint32_t events = 0;
	int operation = known != NULL ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		(void)poll_set(courier, EPOLL_CTL_DEL, SOURCE_CURL, fd, 0);
		return 0;
	}
	if (what != CURL_POLL_OUT)
		events |= EPOLLIN;
	if (what != CURL_POLL_IN)
		events |= EPOLLOUT;
	if (poll_set(courier, operation, SOURCE_CURL, fd, events) != 0)
		log_error(
		    "cannot watch a socket", "why", strerror(errno), NULL);
	(void)curl_multi_assign(courier->multi, fd, courier);
	return 0;
}

/* The wait itself is the timer: libcurl moves its own several times in each
 * transfer, and a system call for each was a tenth of the thread's time. */
static int
set_timer(CURLM *multi, long milliseconds, void *context)
{
	struct courier *courier = context;

	(void)multi;
	courier->due_at = milliseconds < 0
	    ? 0
	    : clock_monotonic() + milliseconds * INT64_C(1000);
	return 0;
}

/* ---- its life */

static char *
copy(const char *text)
{
	char *made = text != NULL ? strdup(text) : NULL;

	if (text != NULL && made == NULL)
		abort();
	return made;
}

static long
or_default(long value, long otherwise)
{
	return value > 0 ? value : otherwise;
}

static void
set_settings(struct courier *courier, const struct courier_settings *settings)
{
	courier->certificate_file = copy(settings->certificate_file);
	courier->key_file = copy(settings->key_file);
	courier->authority_file = copy(settings->authority_file);
	courier->response_limit = settings->response_limit > 0
	    ? settings->response_limit
	    : DEFAULT_RESPONSE;
	courier->transport = (struct transport){
		.certificate_file = courier->certificate_file,
		.key_file = courier->key_file,
		.authority_file = courier->authority_file,
		.forbid_private = settings->forbid_private,
		.connect_milliseconds = or_default(
		    settings->connect_milliseconds, DEFAULT_CONNECT_MS),
		.total_milliseconds = or_default(
		    settings->total_milliseconds, DEFAULT_TOTAL_MS),
	};
}

static enum rc
open_descriptors(struct courier *courier, struct err *err)
{
	courier->epoll = epoll_create1(EPOLL_CLOEXEC);
	courier->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (courier->epoll < 0 || courier->wake < 0 ||
	    poll_set(courier, EPOLL_CTL_ADD, SOURCE_WAKE, courier->wake,
		EPOLLIN) != 0)
		return err_set(err, RC_FAILED, "no_descriptors",
		    "cannot start the courier: %s", strerror(errno));
	return RC_OK;
}

static void
start_multi(struct courier *courier, long connections)
{
	courier->multi = curl_multi_init();
	if (courier->multi == NULL)
		abort();
	(void)curl_multi_setopt(
	    courier->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	(void)curl_multi_setopt(courier->multi, CURLMOPT_SOCKETDATA, courier);
	(void)curl_multi_setopt(
	    courier->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	(void)curl_multi_setopt(courier->multi, CURLMOPT_TIMERDATA, courier);
	/* Its default, four for each transfer under way, closes connections
	 * that the next delivery wants. */
	(void)curl_multi_setopt(
	    courier->multi, CURLMOPT_MAXCONNECTS, connections);
}

enum rc
courier_new(const struct courier_settings *settings, courier_done *done,
    void *context, struct courier **courier, struct err *err)
{
	SCOPED(courier_cleanup) struct courier *made = NULL;

	made = calloc(1, sizeof(*made));
	if (made == NULL)
		abort();
	made->epoll = made->wake = -1;
	made->done = done;
	made->context = context;
	set_settings(made, settings);
	TRY(transport_check(&made->transport, err));
	TRY(open_descriptors(made, err));
	transport_start();
	start_multi(
	    made, or_default(settings->connections, DEFAULT_CONNECTIONS));
	*courier = made;
	made = NULL;
	return RC_OK;
}

static void
close_descriptor(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}

void
courier_free(struct courier *courier)
{
	if (courier == NULL)
		return;
	for (size_t i = 0; i < courier->parcel_count; i++) {
		(void)curl_multi_remove_handle(
		    courier->multi, courier->parcels[i]->easy);
		parcel_free(courier->parcels[i]);
	}
	if (courier->multi != NULL)
		(void)curl_multi_cleanup(courier->multi);
	close_descriptor(courier->epoll);
	close_descriptor(courier->wake);
	free(courier->parcels);
	free(courier->watches);
	free(courier->certificate_file);
	free(courier->key_file);
	free(courier->authority_file);
	free(courier);
}

void
courier_cleanup(struct courier **courier)
{
	courier_free(*courier);
}

/* ---- deliveries */

static void
remember(struct courier *courier, struct parcel *parcel)
{
	if (courier->parcel_count == courier->parcel_capacity) {
		size_t capacity = 2 * courier->parcel_capacity + 16;
		struct parcel **grown = realloc(
		    courier->parcels, capacity * sizeof(struct parcel *));

		if (grown == NULL)
			abort();
		courier->parcels = grown;
		courier->parcel_capacity = capacity;
	}
	courier->parcels[courier->parcel_count++] = parcel;
}

static void
put_idle(struct courier *courier, struct parcel *parcel)
{
	parcel->next = courier->idle;
	courier->idle = parcel;
}

static struct parcel *
take_idle(struct courier *courier)
{
	struct parcel *parcel = courier->idle;

	if (parcel == NULL) {
		parcel = parcel_new(
		    &courier->transport, courier->response_limit);
		remember(courier, parcel);
		return parcel;
	}
	courier->idle = parcel->next;
	return parcel;
}

enum rc
courier_send(
    struct courier *courier, const struct delivery *delivery, struct err *err)
{
	struct parcel *parcel = take_idle(courier);
	enum rc rc = parcel_load(parcel, delivery, err);

	/* The first action of the transfer is a timer of nought. */
	if (rc == RC_OK &&
	    curl_multi_add_handle(courier->multi, parcel->easy) != CURLM_OK)
		rc = err_set(err, RC_FAILED, "courier_failed",
		    "the transfer could not be started");
	if (rc == RC_OK)
		courier->in_flight++;
	else
		put_idle(courier, parcel);
	return rc;
}

size_t
courier_in_flight(const struct courier *courier)
{
	return courier->in_flight;
}

/* The callback may send, so the parcel is idle only behind it. */
static void
finish(struct courier *courier, CURL *easy, CURLcode code)
{
	struct outcome outcome;
	struct parcel *parcel = NULL;

	(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &parcel);
	parcel_outcome(parcel, code, &outcome);
	(void)curl_multi_remove_handle(courier->multi, easy);
	courier->in_flight--;
	courier->done(courier->context, &outcome);
	put_idle(courier, parcel);
}

static void
finish_all(struct courier *courier)
{
	int left;
	const CURLMsg *message;

	while ((message = curl_multi_info_read(courier->multi, &left)) != NULL)
		if (message->msg == CURLMSG_DONE)
			finish(courier, message->easy_handle,
			    message->data.result);
}

/* ---- watched descriptors */

static struct watch *
find_watch(const struct courier *courier, int fd)
{
	for (size_t i = 0; i < courier->watch_count; i++)
		if (courier->watches[i].fd == fd)
			return &courier->watches[i];
	return NULL;
}

/* A descriptor that is closed has left epoll by itself. */
static void
forget(struct courier *courier, struct watch *watch)
{
	if (watch == NULL)
		return;
	(void)poll_set(courier, EPOLL_CTL_DEL, SOURCE_WATCH, watch->fd, 0);
	*watch = courier->watches[--courier->watch_count];
}

enum rc
courier_watch(struct courier *courier, int fd, uint32_t events,
    courier_ready *ready, void *context, struct err *err)
{
	struct watch *watch = find_watch(courier, fd);
	int operation = watch != NULL ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

	if (events == 0) {
		forget(courier, watch);
		return RC_OK;
	}
	if (poll_set(courier, operation, SOURCE_WATCH, fd, events) != 0)
		return err_set(err, RC_FAILED, "watch_failed",
		    "cannot watch a descriptor: %s", strerror(errno));
	if (watch == NULL) {
		struct watch *grown = realloc(courier->watches,
		    (courier->watch_count + 1) * sizeof(*grown));

		if (grown == NULL)
			abort();
		courier->watches = grown;
		watch = &grown[courier->watch_count++];
	}
	*watch = (struct watch){ fd, ready, context };
	return RC_OK;
}

/* ---- the loop */

static void
act(struct courier *courier, int fd, int bits)
{
	int running;

	(void)curl_multi_socket_action(courier->multi, fd, bits, &running);
}

static int
bits_of(uint32_t events)
{
	return ((events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
	    ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
	    ((events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
}

/* An event of a descriptor that an earlier one of the batch has closed and
 * another has taken over is harmless: libcurl finds nothing to read, and
 * whoever watches finds the same. */
static void
obey(struct courier *courier, const struct epoll_event *event)
{
	enum source source = (enum source)(event->data.u64 >> 32);
	int fd = (int)(uint32_t)event->data.u64;
	struct watch watch;
	uint64_t count;

	switch (source) {
	case SOURCE_CURL:
		act(courier, fd, bits_of(event->events));
		break;
	case SOURCE_WAKE:
		(void)!read(fd, &count, sizeof(count));
		break;
	case SOURCE_WATCH:
		if (find_watch(courier, fd) == NULL)
			break;
		watch = *find_watch(courier, fd); /* it may change its own */
		watch.ready(watch.context, fd, event->events);
		break;
	}
}

/* Not longer than libcurl's timer allows. */
static int
wait_of(const struct courier *courier, int milliseconds)
{
	int64_t left = courier->due_at - clock_monotonic();

	if (courier->due_at == 0)
		return milliseconds;
	left = left > 0 ? (left + 999) / 1000 : 0;
	return milliseconds < 0 || left < milliseconds ? (int)left
						       : milliseconds;
}

static void
run_timer(struct courier *courier)
{
	if (courier->due_at == 0 || clock_monotonic() < courier->due_at)
		return;
	courier->due_at = 0;
	act(courier, CURL_SOCKET_TIMEOUT, 0);
}

enum rc
courier_poll(struct courier *courier, int milliseconds, struct err *err)
{
	struct epoll_event events[EVENT_BATCH];
	int count = epoll_wait(courier->epoll, events, EVENT_BATCH,
	    wait_of(courier, milliseconds));

	if (count < 0 && errno != EINTR)
		return err_set(err, RC_FAILED, "poll_failed",
		    "cannot wait for the network: %s", strerror(errno));
	run_timer(courier);
	for (int i = 0; i < count; i++)
		obey(courier, &events[i]);
	finish_all(courier);
	return RC_OK;
}

void
courier_wake(struct courier *courier)
{
	const uint64_t one = 1;
	int kept = errno; /* we may be in a signal handler */

	(void)!write(courier->wake, &one, sizeof(one));
	errno = kept;
}
