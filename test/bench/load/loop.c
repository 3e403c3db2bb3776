/*
 * The loop: see loop.h.  At full speed a connection sends its next request
 * when it has its answer.  At a fixed rate each request is due at a time of
 * its own and its latency counts from then, however late it could be sent:
 * a server that stalls is charged for all that should have come meanwhile.
 */
#include "test/bench/load/loop.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "hub/base/clock.h"

enum {
	EVENTS = 256,
	OPENING_LIMIT = 64, /* handshakes at a time: servers have deadlines */
	RETRY_US = 10000,
	TICK_US = 20000,
	OPEN_TIMEOUT_US = 60000000,
	DRAIN_US = 10000000,
	REQUEST_LIMIT = 1 << 20,
};

static const struct options *
options(const struct loop *loop)
{
	return &loop->run->options;
}

/* ---- connections */

static void
drop(struct loop *loop, struct connection *c)
{
	connection_close(c);
	loop->closed[loop->closed_count++] = c;
}

static void
open_some(struct loop *loop, int64_t now)
{
	unsigned limit = options(loop)->is_connect ? loop->count
						   : OPENING_LIMIT;

	while (loop->closed_count > 0 && loop->opening < limit &&
	    now >= loop->retry_at) {
		struct connection *c = loop->closed[--loop->closed_count];
		uint16_t port = options(loop)->ports[loop->turn++ %
		    options(loop)->port_count];

		c->started = clock_monotonic();
		if (connection_open(c, loop->run->tls, options(loop)->name,
			port, loop->epoll)) {
			loop->opening++;
			continue;
		}
		loop->closed[loop->closed_count++] = c;
		loop->retry_at = now + RETRY_US;
	}
}

/* ---- requests */

/* The number of one more request; false where there are no more. */
static bool
take_number(struct loop *loop, uint64_t *n)
{
	uint64_t limit = options(loop)->limit;

	if (limit > 0 && atomic_load(&loop->run->next) >= limit)
		return false;
	*n = atomic_fetch_add(&loop->run->next, 1);
	if (options(loop)->line_count > 0 && *n >= options(loop)->line_count) {
		atomic_store(&loop->run->is_exhausted, true);
		return false;
	}
	return limit == 0 || *n < limit;
}

static void
render(struct loop *loop, struct connection *c, uint64_t n)
{
	const struct options *o = options(loop);
	struct template_values values = { .n = o->first + n,
		.line = o->line_count > 0 ? o->lines[n] : "" };
	struct strbuf *out = &c->request, *body = &loop->body;

	strbuf_reset(out);
	template_render(&o->head, &values, out);
	if (o->has_body) {
		strbuf_reset(body);
		template_render(&o->body, &values, body);
		strbuf_printf(out, "Content-Length: %zu\r\n", body->length);
	}
	strbuf_append(out, "\r\n");
	if (o->has_body)
		strbuf_append_bytes(out, body->bytes, body->length);
}

/* Whether a request that is due at `when` belongs to the result. */
static bool
is_measured(const struct loop *loop, int64_t when)
{
	return options(loop)->limit > 0 ||
	    (when >= loop->run->measure && when < loop->run->end);
}

static void
forget_idle(struct loop *loop, const struct connection *c)
{
	for (unsigned i = 0; i < loop->idle_count; i++)
		if (loop->idle[i] == c) {
			loop->idle[i] = loop->idle[--loop->idle_count];
			return;
		}
}

static void
fail(struct loop *loop, struct connection *c)
{
	int64_t now = clock_monotonic();

	if (c->state == CONNECTION_OPENING)
		loop->opening--;
	else if (c->state == CONNECTION_IDLE)
		forget_idle(loop, c);
	else
		loop->busy--;
	/* A server may close an idle connection at any time. */
	if (c->state != CONNECTION_IDLE && loop->is_going &&
	    is_measured(loop, now))
		loop->failures++;
	drop(loop, c);
	loop->retry_at = now + RETRY_US;
}

/* False where nothing is left to be sent. */
static bool
send_next(struct loop *loop, struct connection *c, int64_t due)
{
	uint64_t n;

	if (!take_number(loop, &n))
		return false;
	render(loop, c, n);
	c->started = due;
	loop->busy++;
	if (connection_begin(c) == CONNECTION_FAILED)
		fail(loop, c);
	return true;
}

/* Whether a new request may be sent at `now`, at full speed. */
static bool
goes_on(const struct loop *loop, int64_t now)
{
	return loop->is_going && options(loop)->rate == 0 &&
	    (options(loop)->limit > 0 || now < loop->run->end);
}

/* A connection that is open and has nothing to do. */
static void
rest(struct loop *loop, struct connection *c)
{
	if (!options(loop)->is_connect && goes_on(loop, clock_monotonic()) &&
	    send_next(loop, c, clock_monotonic()))
		return;
	loop->idle[loop->idle_count++] = c;
}

static void
record(struct loop *loop, struct connection *c)
{
	int64_t now = clock_monotonic();
	bool is_open_loop = options(loop)->rate > 0;

	loop->busy--;
	/* At full speed what ends in the window counts; at a rate, what was
	 * due in it. */
	if (!is_measured(loop, is_open_loop ? c->started : now))
		return;
	loop->statuses[c->status > 0 && c->status < LOOP_STATUSES ? c->status
								  : 0]++;
	histogram_add(&loop->latency, now - c->started);
	loop->last = now;
}

/* Connected.  In connect mode the request's time began with the SYN. */
static void
ready(struct loop *loop, struct connection *c)
{
	loop->opening--;
	if (!options(loop)->is_connect)
		rest(loop, c);
	else if (!send_next(loop, c, c->started))
		drop(loop, c);
}

static void
answered(struct loop *loop, struct connection *c)
{
	record(loop, c);
	if (options(loop)->is_connect || c->closes)
		drop(loop, c);
	else
		rest(loop, c);
}

static void
advance(struct loop *loop, struct connection *c)
{
	switch (connection_advance(c)) {
	case CONNECTION_PENDING:
		return;
	case CONNECTION_READY:
		ready(loop, c);
		return;
	case CONNECTION_ANSWERED:
		answered(loop, c);
		return;
	case CONNECTION_FAILED:
		fail(loop, c);
		return;
	}
}

/* ---- time */

static void
wait_for_events(struct loop *loop, int64_t within)
{
	struct epoll_event events[EVENTS];
	struct timespec timeout = { .tv_sec = within / CLOCK_SECOND,
		.tv_nsec = within % CLOCK_SECOND * 1000 };
	int count = epoll_pwait2(loop->epoll, events, EVENTS, &timeout, NULL);

	for (int i = 0; i < count; i++)
		advance(loop, events[i].data.ptr);
}

/* When this thread's n-th request is due. */
static int64_t
due_at(const struct loop *loop, uint64_t n)
{
	const struct options *o = options(loop);
	double place = (double)n * o->threads + loop->index;

	return loop->run->start +
	    (int64_t)(place / o->rate * (double)CLOCK_SECOND);
}

/* Send what is due and can be sent.  Returns when to look again. */
static int64_t
send_due(struct loop *loop, int64_t now)
{
	int64_t due = due_at(loop, loop->due);
	bool ends = options(loop)->limit == 0;

	while (due <= now && loop->idle_count > 0) {
		if (ends && due >= loop->run->end)
			break;
		if (!send_next(loop, loop->idle[--loop->idle_count], due)) {
			loop->idle_count++;
			break;
		}
		due = due_at(loop, ++loop->due);
	}
	return due > now ? due : now + TICK_US;
}

static bool
is_finished(const struct loop *loop, int64_t now)
{
	const struct options *o = options(loop);
	bool none_left = o->limit > 0 &&
	    atomic_load(&loop->run->next) >= o->limit;

	if (o->limit > 0)
		return none_left && loop->busy == 0;
	if (now < loop->run->end)
		return false;
	return o->rate == 0 || now >= loop->run->end + DRAIN_US ||
	    (loop->busy == 0 && due_at(loop, loop->due) >= loop->run->end);
}

static void
connect_all(struct loop *loop)
{
	int64_t until = clock_monotonic() + OPEN_TIMEOUT_US, now;

	while (loop->idle_count < loop->count) {
		now = clock_monotonic();
		if (now > until) {
			atomic_store(&loop->run->has_failed, true);
			return;
		}
		open_some(loop, now);
		wait_for_events(loop, TICK_US);
	}
}

/* All idle connections begin at once. */
static void
set_off(struct loop *loop)
{
	unsigned count = loop->idle_count;
	int64_t now = clock_monotonic();

	loop->is_going = true;
	if (options(loop)->rate > 0)
		return;
	for (unsigned i = 0; i < count; i++) {
		struct connection *c = loop->idle[--loop->idle_count];

		if (!send_next(loop, c, now)) {
			loop->idle_count++;
			return;
		}
	}
}

static void
go(struct loop *loop)
{
	int64_t now, again;

	set_off(loop);
	for (;;) {
		now = clock_monotonic();
		if (is_finished(loop, now))
			break;
		if (!options(loop)->is_connect || goes_on(loop, now))
			open_some(loop, now);
		again = now + TICK_US;
		if (options(loop)->rate > 0)
			again = send_due(loop, now);
		if (again > now + TICK_US)
			again = now + TICK_US;
		wait_for_events(loop, again - now);
	}
	/* At full speed some are always under way at the end. */
	if (options(loop)->rate > 0)
		loop->unfinished = loop->busy;
}

static void *
claim(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (memory == NULL)
		abort();
	return memory;
}

void *
loop_run(void *context)
{
	struct loop *loop = context;

	loop->epoll = epoll_create1(0);
	strbuf_init(&loop->body, REQUEST_LIMIT);
	loop->connections = claim(loop->count, sizeof(*loop->connections));
	loop->closed = claim(loop->count, sizeof(*loop->closed));
	loop->idle = claim(loop->count, sizeof(*loop->idle));
	for (unsigned i = 0; i < loop->count; i++) {
		strbuf_init(&loop->connections[i].request, REQUEST_LIMIT);
		loop->closed[loop->closed_count++] = &loop->connections[i];
	}
	if (!options(loop)->is_connect)
		connect_all(loop);
	pthread_barrier_wait(&loop->run->open);
	pthread_barrier_wait(&loop->run->go);
	if (!atomic_load(&loop->run->has_failed))
		go(loop);
	for (unsigned i = 0; i < loop->count; i++) {
		connection_close(&loop->connections[i]);
		strbuf_clear(&loop->connections[i].request);
	}
	strbuf_clear(&loop->body);
	free(loop->connections);
	free(loop->closed);
	free(loop->idle);
	(void)close(loop->epoll);
	return NULL;
}
