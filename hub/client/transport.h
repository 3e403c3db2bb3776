/*
 * What every connection of the hub to somebody else has in common, as
 * options of libcurl: https only, TLS 1.2 or later, a verified peer, our own
 * certificate, no redirect, no proxy, no signal.  For the courier and the
 * request; no other room includes this.
 */
#pragma once

#include <stdbool.h>
#include <stdlib.h>

#include <curl/curl.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

/* The texts are borrowed; the files may be NULL. */
struct transport {
	const char *certificate_file, *key_file, *authority_file;
	long connect_milliseconds, total_milliseconds;
	bool forbid_private;
};

/* libcurl takes these options in every version that the build accepts, so a
 * refusal means that there is no memory. */
#define TRANSPORT_SET(easy, option, value)                                   \
	do {                                                                 \
		if (curl_easy_setopt((easy), (option), (value)) != CURLE_OK) \
			abort();                                             \
	} while (0)

/* Once for the process, any thread: libcurl's own start, and SIGPIPE ignored
 * unless somebody handles it. */
void transport_start(void);

/* RC_FAILED where one of the files cannot be read. */
NODISCARD enum rc
transport_check(const struct transport *transport, struct err *err);

/* Set the common options on a new or reset handle. */
void transport_apply(CURL *easy, const struct transport *transport);

/* Trust this key ("sha256//…") instead of chain and name; NULL: trust chain
 * and name. */
void transport_trust(CURL *easy, const char *pinned_key);

/* RC_INVALID unless each header is "name: value" without control characters,
 * so that none can smuggle in another.  NULL is an empty list. */
NODISCARD enum rc
transport_headers(const char *const *headers, struct err *err);

/* The list for libcurl behind `list`; curl_slist_free_all. */
struct curl_slist *
transport_list(struct curl_slist *list, const char *const *headers);

/* The peer ended the connection with a TLS alert: with TLS 1.3 a refused
 * client certificate shows only when the first answer is read. */
bool transport_is_alert(CURLcode code, const char *message);

/* The peer dropped a new connection behind a good handshake and before an
 * answer: so a refused client certificate looks when the alert is lost. */
bool transport_is_dropped(CURL *easy, CURLcode code);
