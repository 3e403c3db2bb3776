/*
 * Who is on the line: the verification of a client's certificate, in the
 * handshake and again when the credentials have changed.  Enrolment is not
 * decided here: that is a look-up per request in the http room.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <gnutls/gnutls.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/listener/tls_credentials.h"

enum { TLS_PEER_DIGEST_SIZE = 32 };

/* What a verified connection knows of its peer.  `is_verified` is false until
 * the chain, dates, usage and revocation have all been found good. */
struct tls_peer {
	struct tls_credentials *credentials; /* one reference */
	bool is_verified;
	int64_t valid_until; /* the certificate's end or the list's */
	uint8_t key[TLS_PEER_DIGEST_SIZE];
	uint8_t certificate[TLS_PEER_DIGEST_SIZE];
	const char *refusal; /* why it was refused, or NULL */
};

/* The GnuTLS priority string of every listener. */
const char *tls_peer_priorities(bool tls12);

/* Before the handshake: bind the session to these credentials, demand a
 * certificate and set the verification.  `peer` must outlive the session. */
NODISCARD enum rc
tls_peer_attach(struct tls_peer *peer, gnutls_session_t session,
    struct tls_credentials *credentials, struct err *err);

/* Before each request: the peer is still good, and is verified anew where
 * `current` are other credentials than those it was verified with. */
NODISCARD enum rc tls_peer_check(struct tls_peer *peer,
    gnutls_session_t session, struct tls_credentials *current, struct err *err);

/* Drop the reference. */
void tls_peer_clear(struct tls_peer *peer);
