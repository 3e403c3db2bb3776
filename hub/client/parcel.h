/*
 * One delivery under way: a handle of libcurl that is used again and again,
 * what its callbacks have seen, and how it ended.  The courier's own; no
 * other file includes this.
 */
#pragma once

#include "hub/client/courier.h"
#include "hub/client/egress_guard.h"
#include "hub/client/transport.h"

struct parcel {
	struct parcel *next; /* in the courier's list of idle ones */
	CURL *easy;
	struct curl_slist *headers;
	size_t response_limit;
	bool forbid_private; /* whatever a delivery says */

	/* Of this delivery. */
	void *tag;
	int64_t endpoint;
	bool allow_private;
	bool has_socket; /* the guard let one address pass */
	bool is_too_large;
	bool says_retry_after;
	size_t seen;   /* bytes of headers and body */
	size_t length; /* bytes of the body */
	size_t head_length;
	uint8_t head[COURIER_HEAD_SIZE];
	const struct egress_range *refusal;   /* the last one, or NULL */
	char refused[EGRESS_GUARD_TEXT_SIZE]; /* with the address */
	char message[CURL_ERROR_SIZE];        /* libcurl's */
};

/* Ready for any delivery. */
struct parcel *
parcel_new(const struct transport *transport, size_t response_limit);
void parcel_free(struct parcel *parcel);

/* Make it this delivery.  RC_INVALID: see courier_send. */
NODISCARD enum rc parcel_load(
    struct parcel *parcel, const struct delivery *delivery, struct err *err);

/* How it ended, `code` being libcurl's word.  The outcome points into the
 * parcel. */
void parcel_outcome(
    const struct parcel *parcel, CURLcode code, struct outcome *outcome);
