/*
 * Peers: see tls_peer.h.
 */
#include "hub/listener/tls_peer.h"

#include <string.h>

#include <gnutls/x509.h>

#include "hub/base/clock.h"

enum { OID_SIZE = 128 };

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
	gnutls_datum_t issuer = { NULL, 0 };
	int64_t ends_at;
	bool is_covered;

	peer->valid_until = (int64_t)gnutls_x509_crt_get_expiration_time(leaf) *
	    CLOCK_SECOND;
	if (gnutls_x509_crt_get_raw_issuer_dn(leaf, &issuer) < 0)
		return "certificate_unreadable";
	is_covered = tls_credentials_list(peer->credentials, issuer, &ends_at);
	gnutls_free(issuer.data);
	if (!is_covered)
		return "revocation_list_missing";
	if (ends_at <= clock_now())
		return "revocation_list_expired";
	if (ends_at < peer->valid_until)
		peer->valid_until = ends_at;
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
	if (gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE,
		tls_credentials_handle(credentials)) < 0)
		return err_set(
		    err, RC_FAILED, "tls_failed", "cannot set credentials");
	peer->credentials = tls_credentials_ref(credentials);
	/* There is no session database, so its pointer is free for this: the
	 * session's own pointer belongs to the HTTP library. */
	gnutls_db_set_ptr(session, peer);
	gnutls_session_set_verify_function(session, verify);
	gnutls_certificate_server_set_request(session, GNUTLS_CERT_REQUIRE);
	return RC_OK;
}

enum rc
tls_peer_check(struct tls_peer *peer, gnutls_session_t session,
    struct tls_credentials *current, struct err *err)
{
	if (peer->is_verified && peer->credentials != current) {
		struct tls_credentials *old = peer->credentials;

		if (gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE,
			tls_credentials_handle(current)) < 0)
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
