/*
 * One request on its way through this room; lives in the exchange's arena.
 * Inside the room only.
 */
#pragma once

#include <stdatomic.h>

#include "hub/desk/spool.h"
#include "hub/http/access_log.h"
#include "hub/http/http.h"
#include "hub/http/http_route.h"
#include "hub/http/rate.h"
#include "hub/http/tally.h"

struct http {
	struct http_settings settings;
	struct rate *rate, *lookup_rate;
	struct access_log *access;
	struct tally *tally;
	atomic_int uploads, downloads; /* of documents, at this moment */
};

enum { RESPONSE_HEADER_LIMIT = 16 };

struct response {
	int status;
	const char *content_type; /* NULL: none */
	const void *body;
	size_t length;
	bool is_given; /* from malloc; passed on */
	struct exchange_field headers[RESPONSE_HEADER_LIMIT];
	size_t header_count;
};

struct call {
	struct http *http;
	struct exchange *exchange;
	const struct http_route *route; /* NULL: nowhere */
	struct actor actor;
	int64_t at;                  /* wall clock */
	int64_t began;               /* monotonic */
	struct id id;                /* of the path */
	char ref[SNAPSHOT_REF_SIZE]; /* or the case's spoken reference */
	struct spool *spool;         /* the body of an upload, or NULL */
	bool is_dry_run;
	const struct registry *registry; /* only until it is deferred */
	bool has_rate;
	struct rate_verdict rate;
	struct command *command; /* of a command, or of the record */
	/* A look: what was asked, and its answer until it is on record. */
	struct view_request look;
	int wait_seconds;
	struct access_key access_key;
	struct access_waiter access_waiter;
	struct response response;
};

/* The arena of the request. */
struct arena *call_arena(const struct call *call);

/* May the call's actor still come in?  For what was long under way. */
NODISCARD enum rc call_identify(const struct call *call, struct err *err);

/* A fresh command of the call's actor; RC_TOO_LARGE where none fits. */
NODISCARD enum rc
call_command(struct call *call, struct command **command, struct err *err);

/* ---- upload.c */

/* Has the body of an upload come?  RC_UNAVAILABLE where there was no room for
 * it; RC_INVALID where it is empty or not what its digest says. */
NODISCARD enum rc upload_end(struct call *call, struct err *err);

/* One of few that may be under way; RC_LIMITED.  It ends with the exchange. */
NODISCARD enum rc upload_begin_download(struct call *call, struct err *err);

/* ---- reply.c: the only place where a status is chosen and a failure is
 * logged.  The exchange is gone afterwards. */

void reply_send(struct call *call, struct response *response);
void reply_failure(struct call *call, const struct err *err);

/* Free what a response that does not leave was given. */
void reply_drop(struct response *response);

/* 404 or 405. */
void reply_nowhere(struct call *call, const struct http_way *way);
/* 415. */
void reply_wrong_type(struct call *call);

/* Nothing happens where there is no room: headers are few. */
void
reply_header(struct response *response, const char *name, const char *value);

/* ---- use_command.c, use_look.c */

/* Read the body, queue the command; the answer follows. */
NODISCARD enum rc use_command(struct call *call, struct err *err);
NODISCARD enum rc use_look(struct call *call, struct err *err);
