/*
 * A certificate authority in memory: makes certificates and revocation lists
 * that the listener accepts (P-256 and SHA-256, the usage said in so many
 * words).  It keeps no books and no clock: that is authority.h, on files.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/crypto/cert.h"
#include "hub/crypto/cert_pair.h"

struct cert_authority;

/* What a certificate shall say; times in microseconds since 1970. */
struct cert_wish {
	const char *common_name;   /* 1 to 64 characters, for display */
	bool is_client, is_server; /* one or both */
	const char *const *dns;    /* a server needs a name or an address */
	size_t dns_count;
	const char *const *addresses;
	size_t address_count;
	const char *request; /* PKCS#10 in PEM, or NULL: make a key */
	int64_t not_before, not_after;
};

struct cert_revocation {
	char serial[CERT_SERIAL_SIZE];
	int64_t at;
};

struct cert_list {
	const struct cert_revocation *items;
	size_t count;
	int64_t number; /* grows with each list (RFC 5280, 5.2.3) */
	int64_t at, next_at;
};

/* A self-signed authority for end certificates only (pathlen 0). */
NODISCARD enum rc cert_authority_new(const char *name, int64_t not_before,
    int64_t not_after, struct cert_authority **authority, struct err *err);

/* From PEM.  RC_INVALID, "bad_authority": unreadable, no authority, or key
 * and certificate do not belong together. */
NODISCARD enum rc cert_authority_read(const char *certificate, const char *key,
    struct cert_authority **authority, struct err *err);

void cert_authority_free(struct cert_authority *authority);
void cert_authority_cleanup(struct cert_authority **authority);

/* Append its own certificate, its key, as PEM. */
NODISCARD enum rc cert_authority_write(const struct cert_authority *authority,
    struct strbuf *pem, struct err *err);
NODISCARD enum rc
cert_authority_write_key(const struct cert_authority *authority,
    struct strbuf *pem, struct err *err);

/* Of a request only the key is taken, after it has signed for itself.
 * RC_INVALID: "bad_wish" or "bad_request"; free with cert_pair_clear. */
NODISCARD enum rc cert_authority_issue(const struct cert_authority *authority,
    const struct cert_wish *wish, struct cert_pair *pair, struct err *err);

/* RC_INVALID, "not_ours", unless this authority has signed the certificate. */
NODISCARD enum rc cert_authority_check(const struct cert_authority *authority,
    const char *certificate, struct err *err);

/* Append a signed revocation list as PEM. */
NODISCARD enum rc cert_authority_list(const struct cert_authority *authority,
    const struct cert_list *list, struct strbuf *pem, struct err *err);

/* Key, certificate and authority for a browser or a phone: PKCS#12 under a
 * password (AES-256, SHA-256).  Appends bytes. */
NODISCARD enum rc cert_authority_bundle(const struct cert_authority *authority,
    const struct cert_pair *pair, const char *name, const char *password,
    struct strbuf *bytes, struct err *err);
