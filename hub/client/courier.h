/*
 * The courier carries many HTTPS POSTs at once for the dispatcher: one
 * thread, curl's multi interface driven by our own epoll and timer.  It
 * keeps connections alive, verifies the receiver, follows nothing, uses no
 * proxy and reads at most a bounded response.  It knows no queue, no retry
 * and no signature; how many are in flight per endpoint is its caller's
 * business.  Not thread-safe, except courier_wake.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum {
	COURIER_HEAD_SIZE = 256,   /* bytes of a response that are kept */
	COURIER_ADDRESS_SIZE = 64, /* the receiver's numeric address */
	COURIER_EXPLANATION_SIZE = 160,
};

struct courier;

/* Text is copied.  Zero means the default in brackets. */
struct courier_settings {
	const char *certificate_file; /* PEM chain; NULL: present none */
	const char *key_file;         /* PEM */
	const char *authority_file;   /* PEM bundle; NULL: the system's */
	long connections;             /* kept alive, all receivers [1024] */
	long connect_milliseconds;    /* [3000] */
	long total_milliseconds;      /* [10000] */
	size_t response_limit;        /* header and body bytes [65536] */
	bool forbid_private; /* guard every delivery, whatever it says */
};

enum courier_error {
	COURIER_NONE,      /* a whole response; look at its status */
	COURIER_DNS,       /* the name has no address */
	COURIER_CONNECT,   /* no TCP connection, or it broke */
	COURIER_TLS,       /* handshake, certificate, name or pin */
	COURIER_TIMEOUT,   /* connect or total time is over */
	COURIER_TOO_LARGE, /* more response than the limit */
	COURIER_REFUSED,   /* by the egress guard */
	COURIER_PROTOCOL,  /* no HTTP, or a URL that is not https */
	COURIER_ERROR_COUNT
};

/* One POST.  The courier copies the headers and the URL; `body` must live
 * until the delivery ends. */
struct delivery {
	const char *url;            /* https only */
	const char *const *headers; /* "name: value", ends with NULL */
	const void *body;
	size_t length;
	int64_t endpoint;       /* handed back */
	const char *pinned_key; /* "sha256//…" instead of chain and name */
	bool allow_private;     /* skip the egress guard */
	void *tag;              /* handed back */
};

/* How it ended.  All pointers are good only during the callback. */
struct outcome {
	void *tag;
	int64_t endpoint;
	enum courier_error error;
	int status; /* 0: no response */
	int64_t milliseconds;
	bool is_new_connection;      /* none was kept that it could use */
	int64_t retry_after_seconds; /* -1: not said */
	const uint8_t *head;         /* the first bytes of the body */
	size_t head_length;
	size_t length; /* of the body as far as it was read */
	char remote[COURIER_ADDRESS_SIZE];          /* "" before a connect */
	char explanation[COURIER_EXPLANATION_SIZE]; /* "" without an error */
};

/* Called from courier_poll only.  May call courier_send. */
typedef void courier_done(void *context, const struct outcome *outcome);

/* A watched descriptor is ready (EPOLLIN … as in epoll_wait). */
typedef void courier_ready(void *context, int fd, uint32_t events);

/* RC_FAILED when a file cannot be read or the system refuses. */
NODISCARD enum rc
courier_new(const struct courier_settings *settings, courier_done *done,
    void *context, struct courier **courier, struct err *err);

/* Drops what is in flight without a callback. */
void courier_free(struct courier *courier);
void courier_cleanup(struct courier **courier);

/* Start one delivery.  Each start ends in exactly one outcome, from a later
 * courier_poll.  RC_INVALID for a URL that is not https. */
NODISCARD enum rc courier_send(
    struct courier *courier, const struct delivery *delivery, struct err *err);

/* Deliveries started and not ended. */
size_t courier_in_flight(const struct courier *courier);

/* Wait at most `milliseconds` (-1: without end) for one round of work and
 * do it: transfers, callbacks of ended deliveries, watched descriptors. */
NODISCARD enum rc
courier_poll(struct courier *courier, int milliseconds, struct err *err);

/* Make a courier_poll that waits return.  Any thread, any signal handler. */
void courier_wake(struct courier *courier);

/* Watch one more descriptor (`events` of epoll); a second call for the same
 * one changes it, events 0 forgets it.  The caller keeps owning `fd`. */
NODISCARD enum rc courier_watch(struct courier *courier, int fd,
    uint32_t events, courier_ready *ready, void *context, struct err *err);

/* "too_large": the attempt log's word for an error. */
const char *courier_error_name(enum courier_error error);
