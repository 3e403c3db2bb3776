/*
 * One request and its one reply.  All that it shows stays valid until
 * exchange_reply has been called: nothing points into the connection, so a
 * client that goes away, or a server that stops, is not the handler's
 * concern.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/common.h"

enum {
	EXCHANGE_DIGEST_SIZE = 32,
	EXCHANGE_TRACE_ID_SIZE = 33, /* 32 hex digits, NUL */
	EXCHANGE_SPAN_ID_SIZE = 17,  /* 16 hex digits, NUL */
};

struct exchange;

/* A name and a value, both borrowed. */
struct exchange_field {
	const char *name, *value;
};

/* Where the body of one request goes instead of into memory, piece by piece
 * as it comes, on a server thread. */
struct exchange_sink {
	void *state;  /* NULL: none */
	size_t limit; /* bytes */
	/* False: it cannot take more; the request gets 503. */
	bool (*take)(void *state, const void *bytes, size_t length);
	void (*drop)(void *state); /* when the exchange is freed */
};

/* What goes back.  `headers` beside Content-Type and Content-Length, which
 * the listener writes. */
struct exchange_answer {
	int status;
	const char *content_type; /* NULL: none */
	const struct exchange_field *headers;
	size_t header_count;
	const void *body; /* copied, unless `body_is_given` */
	size_t length;
	bool body_is_given; /* from malloc; the listener frees it */
	bool close;         /* the connection, behind this reply */
};

/* ---- the request */

const char *exchange_method(const struct exchange *exchange);

/* The path, percent-decoded, without the query. */
const char *exchange_path(const struct exchange *exchange);

/* The first value of a query parameter, decoded; "" for one without a value;
 * NULL when there is none. */
const char *exchange_query(const struct exchange *exchange, const char *name);

/* The first value of a header, compared without case; NULL: none. */
const char *exchange_header(const struct exchange *exchange, const char *name);

/* All of them in the order of arrival. */
const struct exchange_field *
exchange_headers(const struct exchange *exchange, size_t *count);
const struct exchange_field *
exchange_queries(const struct exchange *exchange, size_t *count);

/* The whole body with a NUL behind it; "" when there is none. */
const char *exchange_body(const struct exchange *exchange, size_t *length);

/* The state of the sink that took the body; NULL: it is in memory. */
void *exchange_sink_state(const struct exchange *exchange);

/* SHA-256 of the peer's SubjectPublicKeyInfo and of its whole certificate
 * (DER), EXCHANGE_DIGEST_SIZE bytes each; NULL on a plain listener. */
const uint8_t *exchange_peer_key(const struct exchange *exchange);
const uint8_t *exchange_peer_certificate(const struct exchange *exchange);

/* The peer's numeric address, without the port. */
const char *exchange_remote(const struct exchange *exchange);

/* W3C trace context: the caller's trace id or a fresh one; and this
 * request's own span id. */
const char *exchange_trace_id(const struct exchange *exchange);
const char *exchange_span_id(const struct exchange *exchange);

/* Memory until the reply has been given, limited by the settings. */
struct arena *exchange_arena(struct exchange *exchange);

/* ---- its owner's data */

/* `cleanup(user)` runs exactly once: when the exchange is freed, on whichever
 * thread that is. */
void exchange_set_user(
    struct exchange *exchange, void *user, void (*cleanup)(void *user));
void *exchange_user(const struct exchange *exchange);

/* ---- the reply */

/* Keep the request beyond the handler's return: call it inside the handler,
 * before another thread can know the exchange.  Its owner must then call
 * exchange_reply exactly once, from any thread, at any time. */
void exchange_defer(struct exchange *exchange);

/* Answer.  The exchange must not be touched afterwards by its owner.  Safe
 * when the client is gone or the server has stopped. */
void
exchange_reply(struct exchange *exchange, const struct exchange_answer *answer);

/* Answer with a problem (RFC 9457): `code` is stable, `detail` a sentence. */
void exchange_refuse(struct exchange *exchange, int status, const char *code,
    const char *detail);

/* True once the server has begun to stop: do not start a long wait. */
bool exchange_is_last(const struct exchange *exchange);
