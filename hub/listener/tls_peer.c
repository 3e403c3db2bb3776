/*
 * Credentials and peers: see tls_peer.h.
 */
#include "hub/listener/tls_peer.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <gnutls/x509.h>

#include "hub/base/clock.h"

enum { LIST_LIMIT = 64, OID_SIZE = 128 };

/* A revocation list's end: GnuTLS does not look at it. */
struct list_end {
	gnutls_datum_t issuer; /* raw DN, gnutls_free */
	int64_t at;
};

struct tls_credentials {
	atomic_int references;
	gnutls_certificate_credentials_t handle;
	bool has_lists;
	struct list_end ends[LIST_LIMIT];
	size_t end_count;
};

static bool
datum_equal(const gnutls_datum_t *a, const gnutls_datum_t *b)
{
	return a->size == b->size && memcmp(a->data, b->data, a->size) == 0;
}

static const struct list_end *
find_end(const struct tls_credentials *credentials, gnutls_datum_t issuer)
{
	for (size_t i = 0; i < credentials->end_count; i++)
		if (datum_equal(&credentials->ends[i].issuer, &issuer))
			return &credentials->ends[i];
	return NULL;
}

struct tls_credentials *
tls_credentials_ref(struct tls_credentials *credentials)
{
	atomic_fetch_add(&credentials->references, 1);
	return credentials;
}

void
tls_credentials_unref(struct tls_credentials *credentials)
{
	if (credentials == NULL ||
	    atomic_fetch_sub(&credentials->references, 1) > 1)
		return;
	for (size_t i = 0; i < credentials->end_count; i++)
		gnutls_free(credentials->ends[i].issuer.data);
	gnutls_certificate_free_credentials(credentials->handle);
	free(credentials);
}

/* ---- verification */

/* Our rules for the leaf, beyond the chain: no CA, clientAuth said in so many
 * words (GnuTLS takes a certificate without the extension), able to sign. */
static const char *
leaf_refusal(gnutls_x509_crt_t leaf)
{
	unsigned ca = 0, usage = 0;
	char oid[OID_SIZE];
	bool is_client = false;

	if (gnutls_x509_crt_get_basic_constraints(leaf, NULL, &ca, NULL) >= 0 &&
	    ca != 0)
		return "certificate_usage";
	if (gnutls_x509_crt_get_key_usage(leaf, &usage, NULL) >= 0 &&
	    (usage & GNUTLS_KEY_DIGITAL_SIGNATURE) == 0)
		return "certificate_usage";
	for (unsigned i = 0;; i++) {
		size_t size = sizeof(oid);

		if (gnutls_x509_crt_get_key_purpose_oid(
			leaf, i, oid, &size, NULL) < 0)
			break;
		if (strcmp(oid, GNUTLS_KP_TLS_WWW_CLIENT) == 0)
			is_client = true;
	}
	return is_client ? NULL : "certificate_usage";
}

static const char *
chain_refusal(gnutls_session_t session)
{
	gnutls_typed_vdata_st purpose = { .type = GNUTLS_DT_KEY_PURPOSE_OID,
		.data = (unsigned char *)GNUTLS_KP_TLS_WWW_CLIENT,
		.size = 0 };
	unsigned status = 0;

	if (gnutls_certificate_verify_peers(session, &purpose, 1, &status) < 0)
		return "certificate_unreadable";
	if (status & GNUTLS_CERT_REVOKED)
		return "certificate_revoked";
	if (status & GNUTLS_CERT_EXPIRED)
		return "certificate_expired";
	if (status & GNUTLS_CERT_NOT_ACTIVATED)
		return "certificate_not_yet_valid";
	if (status & GNUTLS_CERT_PURPOSE_MISMATCH)
		return "certificate_usage";
	if (status & GNUTLS_CERT_INSECURE_ALGORITHM)
		return "certificate_weak";
	return status == 0 ? NULL : "certificate_unknown_issuer";
}

/* The list of the leaf's own issuer must be there and be current. */
static const char *
list_refusal(struct tls_peer *peer, gnutls_x509_crt_t leaf)
{
	const struct list_end *end;
	gnutls_datum_t issuer = { NULL, 0 };

	peer->valid_until = (int64_t)gnutls_x509_crt_get_expiration_time(leaf) *
	    CLOCK_SECOND;
	if (!peer->credentials->has_lists)
		return NULL;
	if (gnutls_x509_crt_get_raw_issuer_dn(leaf, &issuer) < 0)
		return "certificate_unreadable";
	end = find_end(peer->credentials, issuer);
	gnutls_free(issuer.data);
	if (end == NULL)
		return "revocation_list_missing";
	if (end->at <= clock_now())
		return "revocation_list_expired";
	if (end->at < peer->valid_until)
		peer->valid_until = end->at;
	return NULL;
}

static const char *
leaf_read(
    struct tls_peer *peer, gnutls_x509_crt_t leaf, const gnutls_datum_t *der)
{
	size_t size = sizeof(peer->key);
	const char *refusal = leaf_refusal(leaf);

	if (refusal == NULL)
		refusal = list_refusal(peer, leaf);
	if (refusal != NULL)
		return refusal;
	/* GnuTLS calls the SHA-256 of the SubjectPublicKeyInfo a key id. */
	if (gnutls_x509_crt_get_key_id(
		leaf, GNUTLS_KEYID_USE_SHA256, peer->key, &size) < 0)
		return "certificate_unreadable";
	size = sizeof(peer->certificate);
	if (gnutls_fingerprint(
		GNUTLS_DIG_SHA256, der, peer->certificate, &size) < 0)
		return "certificate_unreadable";
	return NULL;
}

static const char *
peer_refusal(struct tls_peer *peer, gnutls_session_t session)
{
	const gnutls_datum_t *chain;
	const char *refusal;
	unsigned count = 0;
	gnutls_x509_crt_t leaf;

	if (gnutls_certificate_type_get(session) != GNUTLS_CRT_X509)
		return "certificate_unreadable";
	chain = gnutls_certificate_get_peers(session, &count);
	if (chain == NULL || count == 0)
		return "certificate_missing";
	refusal = chain_refusal(session);
	if (refusal != NULL)
		return refusal;
	if (gnutls_x509_crt_init(&leaf) < 0)
		return "certificate_unreadable";
	if (gnutls_x509_crt_import(leaf, &chain[0], GNUTLS_X509_FMT_DER) < 0)
		refusal = "certificate_unreadable";
	else
		refusal = leaf_read(peer, leaf, &chain[0]);
	gnutls_x509_crt_deinit(leaf);
	return refusal;
}

static gnutls_alert_description_t
alert_for(const char *refusal)
{
	static const struct {
		const char *refusal;
		gnutls_alert_description_t alert;
	} alerts[] = {
		{ "certificate_revoked", GNUTLS_A_CERTIFICATE_REVOKED },
		{ "certificate_expired", GNUTLS_A_CERTIFICATE_EXPIRED },
		{ "certificate_not_yet_valid", GNUTLS_A_CERTIFICATE_EXPIRED },
		{ "certificate_usage", GNUTLS_A_UNSUPPORTED_CERTIFICATE },
		{ "certificate_unknown_issuer", GNUTLS_A_UNKNOWN_CA },
	};

	for (size_t i = 0; i < COUNT(alerts); i++)
		if (strcmp(alerts[i].refusal, refusal) == 0)
			return alerts[i].alert;
	return GNUTLS_A_BAD_CERTIFICATE;
}

/* Inside the handshake; a nonzero return ends it.  The library would only
 * close the socket: the alert tells the peer's operator why. */
static int
verify(gnutls_session_t session)
{
	struct tls_peer *peer = gnutls_db_get_ptr(session);

	peer->is_verified = false;
	peer->refusal = peer_refusal(peer, session);
	if (peer->refusal == NULL) {
		peer->is_verified = true;
		return 0;
	}
	(void)gnutls_alert_send(
	    session, GNUTLS_AL_FATAL, alert_for(peer->refusal));
	return GNUTLS_E_CERTIFICATE_ERROR;
}

/* ---- loading */

static enum rc
load_file(
    const char *path, const char *what, gnutls_datum_t *data, struct err *err)
{
	if (path == NULL)
		return err_set(
		    err, RC_INVALID, "no_file", "no %s is set", what);
	if (gnutls_load_file(path, data) < 0)
		return err_set(err, RC_INVALID, "unreadable_file",
		    "cannot read the %s %s", what, path);
	return RC_OK;
}

static enum rc
add_authorities(gnutls_x509_trust_list_t trust, const char *path,
    gnutls_x509_crt_t **authorities, unsigned *count, struct err *err)
{
	gnutls_datum_t data;
	int status;

	TRY(load_file(path, "client CA file", &data, err));
	status = gnutls_x509_crt_list_import2(
	    authorities, count, &data, GNUTLS_X509_FMT_PEM, 0);
	gnutls_free(data.data);
	if (status < 0 || *count == 0)
		return err_set(err, RC_INVALID, "bad_client_ca",
		    "no certificate in %s", path);
	/* The handles are the trust list's from here on. */
	status = gnutls_x509_trust_list_add_cas(
	    trust, *authorities, *count, GNUTLS_TL_USE_IN_TLS);
	if (status != (int)*count)
		return err_set(err, RC_INVALID, "bad_client_ca",
		    "a certificate in %s is of no use", path);
	return RC_OK;
}

static enum rc
note_end(struct tls_credentials *credentials, gnutls_x509_crl_t list,
    const char *path, struct err *err)
{
	time_t next = gnutls_x509_crl_get_next_update(list);
	gnutls_datum_t issuer = { NULL, 0 };
	struct list_end *end;

	if (credentials->end_count == COUNT(credentials->ends))
		return err_set(err, RC_INVALID, "bad_revocation_list",
		    "more than %d revocation lists in %s", LIST_LIMIT, path);
	if (next == (time_t)-1 || (int64_t)next * CLOCK_SECOND <= clock_now())
		return err_set(err, RC_INVALID, "revocation_list_expired",
		    "a revocation list in %s has expired or has no end", path);
	if (gnutls_x509_crl_get_raw_issuer_dn(list, &issuer) < 0)
		return err_set(err, RC_INVALID, "bad_revocation_list",
		    "a revocation list in %s has no issuer", path);
	if (find_end(credentials, issuer) != NULL) {
		gnutls_free(issuer.data);
		return err_set(err, RC_INVALID, "bad_revocation_list",
		    "%s has two lists of one client CA", path);
	}
	end = &credentials->ends[credentials->end_count];
	end->issuer = issuer;
	end->at = (int64_t)next * CLOCK_SECOND;
	credentials->end_count++;
	return RC_OK;
}

static enum rc
check_coverage(const struct tls_credentials *credentials,
    const gnutls_x509_crt_t *authorities, unsigned count, const char *path,
    struct err *err)
{
	for (unsigned i = 0; i < count; i++) {
		gnutls_datum_t name = { NULL, 0 };
		bool is_covered;

		if (gnutls_x509_crt_get_raw_dn(authorities[i], &name) < 0)
			continue;
		is_covered = find_end(credentials, name) != NULL;
		gnutls_free(name.data);
		if (!is_covered)
			return err_set(err, RC_INVALID,
			    "revocation_list_missing",
			    "%s has no list for one of the client CAs", path);
	}
	return RC_OK;
}

/* Signed by one of the client CAs, current, and not the second of its CA. */
static enum rc
check_lists(struct tls_credentials *credentials, const gnutls_x509_crl_t *lists,
    unsigned list_count, const gnutls_x509_crt_t *authorities,
    unsigned authority_count, const char *path, struct err *err)
{
	for (unsigned i = 0; i < list_count; i++) {
		unsigned status = 0;

		if (gnutls_x509_crl_verify(lists[i], authorities,
			authority_count, 0, &status) < 0 ||
		    (status & GNUTLS_CERT_INVALID) != 0)
			return err_set(err, RC_INVALID, "bad_revocation_list",
			    "a list in %s is not signed by a client CA", path);
		TRY(note_end(credentials, lists[i], path, err));
	}
	return check_coverage(
	    credentials, authorities, authority_count, path, err);
}

static enum rc
add_lists(struct tls_credentials *credentials, gnutls_x509_trust_list_t trust,
    const gnutls_x509_crt_t *authorities, unsigned authority_count,
    const char *path, struct err *err)
{
	gnutls_x509_crl_t *lists = NULL;
	unsigned count = 0;
	gnutls_datum_t data;
	enum rc rc;
	int status;

	TRY(load_file(path, "revocation list", &data, err));
	status = gnutls_x509_crl_list_import2(
	    &lists, &count, &data, GNUTLS_X509_FMT_PEM, 0);
	gnutls_free(data.data);
	if (status < 0 || count == 0)
		return err_set(err, RC_INVALID, "bad_revocation_list",
		    "no revocation list in %s", path);
	credentials->has_lists = true;
	rc = check_lists(
	    credentials, lists, count, authorities, authority_count, path, err);
	/* The trust list owns what it takes, and loses what it does not take:
	 * so they are verified before, and it is not asked to. */
	for (unsigned i = 0; i < count && rc != RC_OK; i++)
		gnutls_x509_crl_deinit(lists[i]);
	if (rc == RC_OK &&
	    gnutls_x509_trust_list_add_crls(trust, lists, count, 0, 0) !=
		(int)count)
		rc = err_set(err, RC_INVALID, "bad_revocation_list",
		    "a list in %s is of no use", path);
	gnutls_free(lists);
	return rc;
}

static enum rc
fill(struct tls_credentials *credentials, const struct tls_files *files,
    struct err *err)
{
	gnutls_x509_crt_t *authorities = NULL;
	gnutls_x509_trust_list_t trust;
	unsigned count = 0;
	enum rc rc;

	if (gnutls_x509_trust_list_init(&trust, 0) < 0)
		return err_set(err, RC_FAILED, "tls_failed", "no trust list");
	/* Ours until the credentials are freed. */
	gnutls_certificate_set_trust_list(credentials->handle, trust, 0);
	rc = add_authorities(
	    trust, files->client_ca, &authorities, &count, err);
	if (rc == RC_OK && files->crl != NULL)
		rc = add_lists(
		    credentials, trust, authorities, count, files->crl, err);
	gnutls_free(authorities);
	TRY(rc);
	if (files->certificate == NULL || files->key == NULL ||
	    gnutls_certificate_set_x509_key_file(credentials->handle,
		files->certificate, files->key, GNUTLS_X509_FMT_PEM) < 0)
		return err_set(err, RC_INVALID, "bad_certificate",
		    "certificate %s and key %s are missing or do not match",
		    files->certificate ? files->certificate : "(none)",
		    files->key ? files->key : "(none)");
	return RC_OK;
}

enum rc
tls_credentials_load(const struct tls_files *files,
    struct tls_credentials **credentials, struct err *err)
{
	struct tls_credentials *made = calloc(1, sizeof(*made));
	enum rc rc;

	if (made == NULL ||
	    gnutls_certificate_allocate_credentials(&made->handle) < 0)
		abort();
	atomic_init(&made->references, 1);
	gnutls_certificate_set_verify_function(made->handle, verify);
	rc = fill(made, files, err);
	if (rc != RC_OK) {
		tls_credentials_unref(made);
		return rc;
	}
	*credentials = made;
	return RC_OK;
}

/* ---- connections */

const char *
tls_peer_priorities(bool tls12)
{
	/* Forward secrecy and authenticated encryption only.  The profile
	 * (2048-bit RSA, SHA-256) stands here and not in the credentials'
	 * flags: GnuTLS ORs the two numbers into another profile. */
	return tls12 ? "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:"
		       "+ECDHE-ECDSA:+ECDHE-RSA:-CIPHER-ALL:+AES-256-GCM:"
		       "+AES-128-GCM:+CHACHA20-POLY1305:-MAC-ALL:+AEAD:"
		       "%PROFILE_MEDIUM:%NO_TICKETS:%SERVER_PRECEDENCE"
		     : "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:"
		       "+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:"
		       "%PROFILE_MEDIUM:%NO_TICKETS:%SERVER_PRECEDENCE";
}

enum rc
tls_peer_attach(struct tls_peer *peer, gnutls_session_t session,
    struct tls_credentials *credentials, struct err *err)
{
	if (gnutls_credentials_set(
		session, GNUTLS_CRD_CERTIFICATE, credentials->handle) < 0)
		return err_set(
		    err, RC_FAILED, "tls_failed", "cannot set credentials");
	peer->credentials = tls_credentials_ref(credentials);
	/* There is no session database, so its pointer is free for this: the
	 * session's own pointer belongs to the HTTP library. */
	gnutls_db_set_ptr(session, peer);
	gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUIRE);
	return RC_OK;
}

enum rc
tls_peer_check(struct tls_peer *peer, gnutls_session_t session,
    struct tls_credentials *current, struct err *err)
{
	if (peer->is_verified && peer->credentials != current) {
		struct tls_credentials *old = peer->credentials;

		if (gnutls_credentials_set(
			session, GNUTLS_CRD_CERTIFICATE, current->handle) < 0)
			return err_set(err, RC_FAILED, "tls_failed",
			    "cannot set credentials");
		peer->credentials = tls_credentials_ref(current);
		tls_credentials_unref(old);
		peer->refusal = peer_refusal(peer, session);
		peer->is_verified = peer->refusal == NULL;
	}
	if (!peer->is_verified)
		return err_set(err, RC_FORBIDDEN,
		    peer->refusal != NULL ? peer->refusal
					  : "certificate_missing",
		    "this certificate is no longer accepted");
	if (peer->valid_until <= clock_now())
		return err_set(err, RC_FORBIDDEN, "certificate_expired",
		    "the certificate or the revocation list has expired");
	return RC_OK;
}

void
tls_peer_clear(struct tls_peer *peer)
{
	tls_credentials_unref(peer->credentials);
	peer->credentials = NULL;
	peer->is_verified = false;
}
