/*
 * Credentials of the server: see tls_credentials.h.
 */
#include "hub/listener/tls_credentials.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <gnutls/x509.h>

#include "hub/base/clock.h"

enum { LIST_LIMIT = 64 };

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

/* That it has ended is told apart from that it is nobody's: GnuTLS calls both
 * invalid. */
static enum rc
check_list(gnutls_x509_crl_t list, const gnutls_x509_crt_t *authorities,
    unsigned authority_count, const char *path, struct err *err)
{
	const unsigned ended = GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED;
	unsigned status = 0;

	if (gnutls_x509_crl_verify(
		list, authorities, authority_count, 0, &status) < 0 ||
	    (status & ~(ended | GNUTLS_CERT_INVALID)) != 0 ||
	    status == GNUTLS_CERT_INVALID)
		return err_set(err, RC_INVALID, "bad_revocation_list",
		    "a list in %s is not signed by a client CA", path);
	if (status != 0)
		return err_set(err, RC_INVALID, "revocation_list_expired",
		    "a revocation list in %s has expired", path);
	return RC_OK;
}

/* Signed by one of the client CAs, current, and not the second of its CA. */
static enum rc
check_lists(struct tls_credentials *credentials, const gnutls_x509_crl_t *lists,
    unsigned list_count, const gnutls_x509_crt_t *authorities,
    unsigned authority_count, const char *path, struct err *err)
{
	for (unsigned i = 0; i < list_count; i++) {
		TRY(check_list(
		    lists[i], authorities, authority_count, path, err));
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
	rc = fill(made, files, err);
	if (rc != RC_OK) {
		tls_credentials_unref(made);
		return rc;
	}
	*credentials = made;
	return RC_OK;
}

gnutls_certificate_credentials_t
tls_credentials_handle(const struct tls_credentials *credentials)
{
	return credentials->handle;
}

bool
tls_credentials_list(const struct tls_credentials *credentials,
    gnutls_datum_t issuer, int64_t *ends_at)
{
	const struct list_end *end = find_end(credentials, issuer);

	*ends_at = end != NULL ? end->at : INT64_MAX;
	return end != NULL || !credentials->has_lists;
}
