/*
 * Certificates as PEM: see x509.h.
 */
#include "hub/crypto/x509.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>
#include <time.h>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/pem.h>

#include "hub/base/clock.h"
#include "hub/crypto/crypto.h"

void
x509_cleanup(X509 **certificate)
{
	X509_free(*certificate);
}

void
x509_key_cleanup(EVP_PKEY **key)
{
	EVP_PKEY_free(*key);
}

void
x509_list_cleanup(X509_CRL **list)
{
	X509_CRL_free(*list);
}

static void
bio_cleanup(BIO **bio)
{
	BIO_free_all(*bio);
}

/* OpenSSL would ask on the terminal. */
static int
no_password(char *text, int size, int is_writing, void *context)
{
	(void)text;
	(void)size;
	(void)is_writing;
	(void)context;
	return -1;
}

static BIO *
open_text(const char *pem, size_t length)
{
	return length <= X509_PEM_LIMIT ? BIO_new_mem_buf(pem, (int)length)
					: NULL;
}

X509 *
x509_read(const char *pem, size_t length)
{
	SCOPED(bio_cleanup) BIO *bio = open_text(pem, length);

	return bio != NULL ? PEM_read_bio_X509(bio, NULL, no_password, NULL)
			   : NULL;
}

EVP_PKEY *
x509_read_key(const char *pem, size_t length)
{
	SCOPED(bio_cleanup) BIO *bio = open_text(pem, length);

	return bio != NULL
	    ? PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL)
	    : NULL;
}

X509_REQ *
x509_read_request(const char *pem, size_t length)
{
	SCOPED(bio_cleanup) BIO *bio = open_text(pem, length);

	return bio != NULL ? PEM_read_bio_X509_REQ(bio, NULL, no_password, NULL)
			   : NULL;
}

static enum rc
append(BIO *bio, int written, struct strbuf *pem, struct err *err)
{
	char *bytes = NULL;
	long length = written == 1 ? BIO_get_mem_data(bio, &bytes) : 0;

	if (length <= 0)
		return crypto_failed(err, "writing PEM");
	strbuf_append_bytes(pem, bytes, (size_t)length);
	return RC_OK;
}

enum rc
x509_write(X509 *certificate, struct strbuf *pem, struct err *err)
{
	SCOPED(bio_cleanup) BIO *bio = BIO_new(BIO_s_mem());

	return append(
	    bio, bio != NULL && PEM_write_bio_X509(bio, certificate), pem, err);
}

enum rc
x509_write_key(EVP_PKEY *key, struct strbuf *pem, struct err *err)
{
	SCOPED(bio_cleanup) BIO *bio = BIO_new(BIO_s_secmem());

	return append(bio,
	    bio != NULL &&
		PEM_write_bio_PKCS8PrivateKey(
		    bio, key, NULL, NULL, 0, NULL, NULL),
	    pem, err);
}

enum rc
x509_write_list(X509_CRL *list, struct strbuf *pem, struct err *err)
{
	SCOPED(bio_cleanup) BIO *bio = BIO_new(BIO_s_mem());

	return append(
	    bio, bio != NULL && PEM_write_bio_X509_CRL(bio, list), pem, err);
}

EVP_PKEY *
x509_new_key(void)
{
	return EVP_EC_gen("P-256");
}

int64_t
x509_time(const ASN1_TIME *time)
{
	struct tm fields;

	if (time == NULL || ASN1_TIME_to_tm(time, &fields) != 1)
		return INT64_MIN;
	return (int64_t)timegm(&fields) * CLOCK_SECOND;
}

bool
x509_serial(const ASN1_INTEGER *serial, char *text, size_t size)
{
	BIGNUM *number = ASN1_INTEGER_to_BN(serial, NULL);
	char *hex = number != NULL ? BN_bn2hex(number) : NULL;
	bool fits = hex != NULL && strlen(hex) < size;

	for (size_t i = 0; fits && i <= strlen(hex); i++)
		text[i] = (char)tolower((unsigned char)hex[i]);
	OPENSSL_free(hex);
	BN_free(number);
	return fits;
}
