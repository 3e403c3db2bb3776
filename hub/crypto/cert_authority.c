/*
 * An authority: see cert_authority.h.  What it makes is in files of their own,
 * cert_authority_issue.c, _list.c and _bundle.c.
 */
#include "hub/crypto/cert_authority.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "hub/crypto/cert_inside.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/x509.h"
#include "hub/crypto/x509_build.h"

void
cert_authority_free(struct cert_authority *authority)
{
	if (authority == NULL)
		return;
	X509_free(authority->certificate);
	EVP_PKEY_free(authority->key);
	free(authority);
}

void
cert_authority_cleanup(struct cert_authority **authority)
{
	cert_authority_free(*authority);
}

enum rc
cert_authority_new(const char *name, int64_t not_before, int64_t not_after,
    struct cert_authority **authority, struct err *err)
{
	static const struct x509_extension extensions[] = {
		{ NID_basic_constraints, "critical,CA:TRUE,pathlen:0" },
		{ NID_key_usage, "critical,keyCertSign,cRLSign" },
		{ NID_subject_key_identifier, "hash" },
	};
	struct x509_frame frame = { .common_name = name,
		.not_before = not_before,
		.not_after = not_after,
		.extensions = extensions,
		.extension_count = COUNT(extensions) };
	struct cert_authority *made;

	TRY(x509_build_check(&frame, err));
	made = calloc(1, sizeof(*made));
	if (made == NULL)
		abort();
	frame.key = made->key = x509_new_key();
	if (made->key != NULL)
		made->certificate = x509_build(&frame, made->key);
	if (made->certificate == NULL) {
		cert_authority_free(made);
		return crypto_failed(err, "making an authority");
	}
	*authority = made;
	return RC_OK;
}

enum rc
cert_authority_read(const char *certificate, const char *key,
    struct cert_authority **authority, struct err *err)
{
	struct cert_authority *made = calloc(1, sizeof(*made));
	bool ok;

	if (made == NULL)
		abort();
	made->certificate = x509_read(certificate, strlen(certificate));
	made->key = x509_read_key(key, strlen(key));
	ok = made->certificate != NULL && made->key != NULL &&
	    X509_check_ca(made->certificate) == 1 &&
	    X509_check_private_key(made->certificate, made->key) == 1;
	ERR_clear_error();
	if (!ok) {
		cert_authority_free(made);
		return err_set(err, RC_INVALID, "bad_authority",
		    "no authority, or its key is another's");
	}
	*authority = made;
	return RC_OK;
}

enum rc
cert_authority_write(
    const struct cert_authority *authority, struct strbuf *pem, struct err *err)
{
	return x509_write(authority->certificate, pem, err);
}

enum rc
cert_authority_write_key(
    const struct cert_authority *authority, struct strbuf *pem, struct err *err)
{
	return x509_write_key(authority->key, pem, err);
}

enum rc
cert_authority_check(const struct cert_authority *authority,
    const char *certificate, struct err *err)
{
	SCOPED(x509_cleanup)
	X509 *x509 = x509_read(certificate, strlen(certificate));
	bool is_ours = x509 != NULL &&
	    X509_verify(x509, X509_get0_pubkey(authority->certificate)) == 1 &&
	    X509_NAME_cmp(X509_get_issuer_name(x509),
		X509_get_subject_name(authority->certificate)) == 0;

	ERR_clear_error();
	return is_ours ? RC_OK
		       : err_set(err, RC_INVALID, "not_ours",
			     "this authority has not signed that certificate");
}
