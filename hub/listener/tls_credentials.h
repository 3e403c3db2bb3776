/*
 * What the server shows and whom it trusts: certificate, key, client CAs and
 * their revocation lists, read from files, checked, and then never changed.
 * Counted: each connection keeps those that it began with.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <gnutls/gnutls.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

struct tls_credentials;

struct tls_files {
	const char *certificate, *key, *client_ca, *crl; /* crl may be NULL */
};

/* Read and check the files.  Each CA must have a current revocation list if
 * `crl` is given.  One reference.  RC_INVALID names the file. */
NODISCARD enum rc tls_credentials_load(const struct tls_files *files,
    struct tls_credentials **credentials, struct err *err);
struct tls_credentials *
tls_credentials_ref(struct tls_credentials *credentials);
void tls_credentials_unref(struct tls_credentials *credentials);

/* GnuTLS's own, for gnutls_credentials_set. */
gnutls_certificate_credentials_t
tls_credentials_handle(const struct tls_credentials *credentials);

/* When the revocation list of this issuer (raw DN) ends; never, where no
 * lists are set.  False: there are lists, and none is this issuer's. */
NODISCARD bool tls_credentials_list(const struct tls_credentials *credentials,
    gnutls_datum_t issuer, int64_t *ends_at);
