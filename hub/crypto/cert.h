/*
 * What the hub wants to know of a certificate: the hash of its key, by which
 * a person is known, and what an operator reads.  Nothing is verified here:
 * that is the listener's, in the handshake.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum {
	CERT_DIGEST_SIZE = 32,
	CERT_SERIAL_SIZE = 68, /* hex of at most 33 octets, NUL */
	CERT_NAME_SIZE = 128,
};

struct cert {
	uint8_t key[CERT_DIGEST_SIZE];         /* SHA-256 of the SPKI */
	uint8_t fingerprint[CERT_DIGEST_SIZE]; /* SHA-256 of the DER */
	char serial[CERT_SERIAL_SIZE];         /* lower-case hex */
	/* The common names, for display only: never decide by them.  Control
	 * characters are '?', long ones are cut. */
	char subject[CERT_NAME_SIZE], issuer[CERT_NAME_SIZE];
	int64_t not_before, not_after; /* microseconds since 1970 */
	bool is_authority;
	/* Said in so many words; no extension counts as neither. */
	bool is_client, is_server;
};

/* The first certificate of a PEM text.  RC_INVALID, "bad_certificate". */
NODISCARD enum rc
cert_read(const char *pem, size_t length, struct cert *cert, struct err *err);

/* The same from a file; "unreadable_file" where it cannot be read. */
NODISCARD enum rc
cert_read_file(const char *path, struct cert *cert, struct err *err);
