/*
 * Inside this room: the parts that an authority's own certificate and those
 * that it issues have in common.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/x509.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

/* One extension as OpenSSL's configuration files spell it. */
struct x509_extension {
	int nid;
	const char *value; /* NULL: leave it out */
};

/* What a certificate says of itself; times in microseconds since 1970. */
struct x509_frame {
	const char *common_name;
	int64_t not_before, not_after;
	EVP_PKEY *key;
	X509 *issuer; /* NULL: itself */
	const struct x509_extension *extensions;
	size_t extension_count;
};

/* RC_INVALID, "bad_wish", for a name or times that cannot be. */
NODISCARD enum rc
x509_build_check(const struct x509_frame *frame, struct err *err);

/* A certificate signed by the issuer's key, or NULL; the caller frees. */
X509 *x509_build(const struct x509_frame *frame, EVP_PKEY *issuer_key);
