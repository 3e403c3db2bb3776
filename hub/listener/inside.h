/*
 * What the listener's own files share: the server, its connections and the
 * inside of an exchange.  No other room includes this.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include <microhttpd.h>

#include "hub/base/strbuf.h"
#include "hub/listener/deadline.h"
#include "hub/listener/exchange.h"
#include "hub/listener/server.h"
#include "hub/listener/tls_peer.h"
#include "hub/listener/tls_push.h"

enum { REMOTE_SIZE = 64 };

struct server {
	struct server_settings settings; /* zeros replaced by the defaults */
	struct MHD_Daemon *daemon;
	int socket; /* the listening one */
	uint16_t port;
	struct reaper *reaper;

	atomic_uint references; /* its owner's and its exchanges' */
	pthread_mutex_t lock;   /* credentials, first */
	struct tls_credentials *credentials;
	struct exchange *first; /* all that the library still knows */

	atomic_bool is_closing;
	atomic_uint suspended; /* deferred and not yet resumed */
	atomic_uint replying;  /* inside MHD_resume_connection */
	_Atomic uint64_t connections, refused, requests, refusals, abandoned;
	_Atomic uint64_t open_connections, open_requests;
};

/* The last reference frees the memory; everything else ends in server_stop. */
void server_unref(struct server *server);

struct connection {
	struct server *server;
	struct deadline deadline;
	struct tls_peer peer;
	struct tls_push push;
	char remote[REMOTE_SIZE];
	bool has_nul; /* "%00" in the target of the request at hand */
};

struct exchange {
	struct exchange *next, *previous; /* under the server's lock */
	struct server *server;            /* one reference */
	struct connection *connection;    /* library threads only */
	struct MHD_Connection *handle;

	atomic_int references; /* the library's and a deferring owner's */
	atomic_bool deferred;
	atomic_bool answered; /* whoever sets it gives the reply */
	bool is_handled;      /* the handler has run */
	bool is_suspended;    /* counted in server->suspended */
	bool is_too_large;
	bool is_sink_full;             /* it refused a piece */
	struct MHD_Response *response; /* with `status`, once answered */
	int status;
	bool has_body; /* the response; not empty */
	size_t body_length;

	struct arena *arena;
	struct strbuf body;
	struct exchange_sink sink; /* else */
	size_t body_limit, body_seen;
	const char *method, *path, *version;
	struct exchange_field *headers, *queries;
	size_t header_count, query_count;
	bool has_nul, has_peer;
	uint8_t key[EXCHANGE_DIGEST_SIZE], certificate[EXCHANGE_DIGEST_SIZE];
	char remote[REMOTE_SIZE];
	char trace_id[EXCHANGE_TRACE_ID_SIZE], span_id[EXCHANGE_SPAN_ID_SIZE];

	void *user;
	void (*cleanup)(void *user);
};

/* A request whose headers are there; NULL when it does not fit the arena.
 * One reference, on the server's list. */
struct exchange *
exchange_new(struct connection *connection, struct MHD_Connection *handle,
    const char *method, const char *path, const char *version);

/* The library is done with it: off the list, one reference less. */
void exchange_end(struct exchange *exchange);

/* 503 for a deferred exchange whose owner has not answered. */
void exchange_abandon(struct exchange *exchange);

/* Fill `response` and `status` with a problem, connection to be closed. */
void exchange_set_problem(struct exchange *exchange, int status,
    const char *code, const char *detail);

/* The library's callbacks (request.c); the context is the server. */
enum MHD_Result request_run(void *context, struct MHD_Connection *handle,
    const char *url, const char *method, const char *version, const char *data,
    size_t *length, void **state);
void request_completed(void *context, struct MHD_Connection *handle,
    void **state, enum MHD_RequestTerminationCode code);
void *request_target(
    void *context, const char *target, struct MHD_Connection *handle);

/* And those of connections (connection.c). */
void connection_notify(void *context, struct MHD_Connection *handle,
    void **state, enum MHD_ConnectionNotificationCode code);
struct connection *connection_of(struct MHD_Connection *handle);

/* RC_OK while the peer may still speak. */
NODISCARD enum rc connection_check(struct connection *connection,
    struct MHD_Connection *handle, struct err *err);
