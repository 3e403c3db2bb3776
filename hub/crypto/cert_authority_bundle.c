/*
 * PKCS#12 (RFC 7292) for browsers and phones: see cert_authority.h.
 */
#include "hub/crypto/cert_authority.h"

#include <string.h>

#include <openssl/pkcs12.h>

#include "hub/crypto/cert_inside.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/x509.h"

/* A file that is carried about is guessed at offline. */
enum { ITERATIONS = 100000 };

static void
bundle_cleanup(PKCS12 **bundle)
{
	PKCS12_free(*bundle);
}

static PKCS12 *
make(const struct cert_authority *authority, const struct cert_pair *pair,
    const char *name, const char *password)
{
	SCOPED(x509_cleanup)
	X509 *x509 = x509_read(pair->certificate, strlen(pair->certificate));
	SCOPED(x509_key_cleanup)
	EVP_PKEY *key = x509_read_key(pair->key, strlen(pair->key));
	STACK_OF(X509) *chain = sk_X509_new_null();
	PKCS12 *bundle = NULL;

	/* 0: the library's own choice, AES-256-CBC with PBKDF2. */
	if (x509 != NULL && key != NULL && chain != NULL &&
	    sk_X509_push(chain, authority->certificate) > 0)
		bundle = PKCS12_create(password, name, key, x509, chain, 0, 0,
		    ITERATIONS, ITERATIONS, 0);
	sk_X509_free(chain);
	return bundle;
}

enum rc
cert_authority_bundle(const struct cert_authority *authority,
    const struct cert_pair *pair, const char *name, const char *password,
    struct strbuf *bytes, struct err *err)
{
	SCOPED(bundle_cleanup) PKCS12 *bundle = NULL;
	unsigned char *der = NULL;
	int length;

	if (pair->key == NULL)
		return err_set(err, RC_INVALID, "bad_wish",
		    "a bundle needs the private key");
	if (password[0] == '\0')
		return err_set(
		    err, RC_INVALID, "bad_wish", "a bundle needs a password");
	bundle = make(authority, pair, name, password);
	length = bundle != NULL ? i2d_PKCS12(bundle, &der) : 0;
	if (length <= 0)
		return crypto_failed(err, "making a bundle");
	strbuf_append_bytes(bytes, der, (size_t)length);
	OPENSSL_free(der);
	return RC_OK;
}
