/*
 * The line that peers call: an HTTPS server that demands a client
 * certificate in the handshake (or a plain loopback one for health and
 * metrics), hands each complete, bounded request to one handler as a
 * `struct exchange`, and stops without losing a reply.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

struct server;
struct exchange;
struct exchange_sink;

struct server_settings {
	const char *address; /* numeric, or "localhost"; NULL is 127.0.0.1 */
	uint16_t port;       /* 0: any free one, see server_port */
	unsigned threads;    /* 0 is 2 */
	unsigned connection_limit;  /* over all threads; 0 is 1024 */
	unsigned per_address_limit; /* connections of one address; 0 is none */
	int header_deadline_ms;     /* handshake and headers; 0 is 4 s */
	int body_deadline_ms;       /* 0 is 10 s */
	int idle_deadline_ms;       /* between two requests; 0 is 60 s */
	int reply_deadline_ms;      /* until the reply is read; 0 is 30 s */
	size_t body_limit;          /* bytes; 0 is 1 MiB */
	size_t arena_limit;         /* bytes per request; 0 is 4 MiB */
	const char *certificate_file; /* PEM, the leaf first */
	const char *key_file;         /* PEM */
	const char *client_ca_file;   /* PEM, at least one */
	const char *crl_file;         /* PEM, one list for each CA; or NULL */
	bool tls12;                   /* allow TLS 1.2 beside 1.3 */
	bool plain; /* no TLS and no certificates: loopback only */

	/* Called on a server thread, which it must not keep waiting: reply
	 * at once, or exchange_defer() and reply later.  Required. */
	void (*handler)(struct exchange *exchange, void *context);

	/* The body limit of one request, asked when its headers are there;
	 * NULL: body_limit for all. */
	size_t (*body_limit_for)(
	    const struct exchange *exchange, void *context);

	/* A sink for the body of one request, asked at the same time; false
	 * leaves it in memory.  NULL: no request has one. */
	bool (*open_sink)(const struct exchange *exchange, void *context,
	    struct exchange_sink *sink);
	void *context;
};

/* Since the start; a snapshot that is nearly consistent. */
struct server_counters {
	uint64_t connections;        /* accepted */
	uint64_t handshakes_refused; /* closed before a good certificate */
	uint64_t requests;           /* complete headers */
	uint64_t refusals;           /* answered here, not by the handler */
	uint64_t deadline_reaps;     /* connections shut by a deadline */
	uint64_t abandoned;          /* deferred requests cut by a stop */
	uint64_t open_connections;
	uint64_t open_requests;
};

/* Bind, load the credentials and start the threads.  RC_INVALID where a
 * setting or file is wrong, RC_FAILED where the system refuses.  The texts in
 * `settings` must outlive the server. */
NODISCARD enum rc server_start(const struct server_settings *settings,
    struct server **server, struct err *err);

/* The port that was bound. */
uint16_t server_port(const struct server *server);

/* Take no new connections; requests on open ones get 503 and a close. */
void server_quiesce(struct server *server);

/* Quiesce, give running requests `drain_ms`, answer what is still deferred
 * with 503, stop and free.  Owners of deferred exchanges may still call
 * exchange_reply afterwards: nothing happens.  NULL does nothing. */
void server_stop(struct server *server, int drain_ms);

/* Read certificate, key, CAs and revocation list again.  New connections use
 * them; open ones are verified anew at their next request.  On failure the
 * old ones stay in use. */
NODISCARD enum rc server_reload(struct server *server, struct err *err);

void
server_counters(const struct server *server, struct server_counters *counters);
