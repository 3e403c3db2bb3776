/*
 * Simple calls to a hub, one after another over one connection: for the
 * command line and for the institution's program.  Blocks until the answer
 * is there.  Not thread-safe.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

enum { REQUEST_HEADER_SIZE = 512 };

struct request_client;

/* Text is copied.  Zero means the default in brackets. */
struct request_settings {
	const char *base_url;         /* "https://localhost:8443" */
	const char *certificate_file; /* PEM chain; NULL: present none */
	const char *key_file;         /* PEM */
	const char *authority_file;   /* PEM bundle; NULL: the system's */
	long connect_milliseconds;    /* [3000] */
	long total_milliseconds;      /* [90000]: longer than any wait= */
	size_t response_limit;        /* [32 MB] */
};

/* Headers the callers look at; "" where the answer had none. */
struct request_response {
	int status;
	char content_type[REQUEST_HEADER_SIZE];
	char etag[REQUEST_HEADER_SIZE];
	char link[REQUEST_HEADER_SIZE];
	char location[REQUEST_HEADER_SIZE];
	char idempotent_replayed[REQUEST_HEADER_SIZE];
	char preference_applied[REQUEST_HEADER_SIZE];
	int64_t retry_after_seconds; /* -1: not said */
	struct strbuf body;
};

/* RC_INVALID for a base URL that is not https://host[:port]. */
NODISCARD enum rc request_new(const struct request_settings *settings,
    struct request_client **client, struct err *err);
void request_free(struct request_client *client);
void request_cleanup(struct request_client **client);

/* Call `method` on base URL + `path` ("/v1/cases?limit=5").  `headers` are
 * "name: value", end with NULL, and may be NULL; a body (NULL: none) is sent
 * as application/json unless a header says otherwise.  RC_OK for every whole
 * answer, whatever its status; the response must be initialised and its body
 * is replaced.  Without an answer: RC_UNAVAILABLE (worth a retry) or
 * RC_FAILED, with a sentence for the person at the terminal. */
NODISCARD enum rc
request_perform(struct request_client *client, const char *method,
    const char *path, const char *const *headers, const void *body,
    size_t length, struct request_response *response, struct err *err);

void request_response_init(struct request_response *response);
void request_response_clear(struct request_response *response);
