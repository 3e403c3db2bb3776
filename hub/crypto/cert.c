/*
 * Reads a certificate: see cert.h.
 */
#include "hub/crypto/cert.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "hub/base/strbuf.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/text_file.h"
#include "hub/crypto/x509.h"

static enum rc
bad(struct err *err, const char *what)
{
	ERR_clear_error();
	return err_set(err, RC_INVALID, "bad_certificate", "%s", what);
}

/* Copy, with no control character and no half of a UTF-8 sequence. */
static void
copy_name(const unsigned char *from, size_t length, char *name)
{
	size_t used = length < CERT_NAME_SIZE ? length : CERT_NAME_SIZE - 1;

	while (used < length && used > 0 && (from[used] & 0xc0) == 0x80)
		used--;
	for (size_t i = 0; i < used; i++)
		name[i] = from[i] < 0x20 || from[i] == 0x7f ? '?'
							    : (char)from[i];
	name[used] = '\0';
}

static void
read_name(const X509_NAME *whole, char *name)
{
	int at = X509_NAME_get_index_by_NID(whole, NID_commonName, -1);
	unsigned char *text = NULL;
	int length;

	name[0] = '\0';
	if (at < 0)
		return;
	length = ASN1_STRING_to_UTF8(
	    &text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(whole, at)));
	if (length >= 0)
		copy_name(text, (size_t)length, name);
	OPENSSL_free(text);
}

static bool
read_digests(X509 *x509, struct cert *cert)
{
	unsigned char *spki = NULL;
	int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &spki);

	if (length <= 0)
		return false;
	digest_sha256(spki, (size_t)length, cert->key);
	OPENSSL_free(spki);
	return X509_digest(x509, EVP_sha256(), cert->fingerprint, NULL) == 1;
}

static void
read_usage(X509 *x509, struct cert *cert)
{
	uint32_t usage = X509_get_extended_key_usage(x509);

	cert->is_authority = X509_check_ca(x509) == 1;
	if (usage == UINT32_MAX)
		return;
	cert->is_client = (usage & XKU_SSL_CLIENT) != 0;
	cert->is_server = (usage & XKU_SSL_SERVER) != 0;
}

enum rc
cert_read(const char *pem, size_t length, struct cert *cert, struct err *err)
{
	SCOPED(x509_cleanup) X509 *x509 = x509_read(pem, length);

	*cert = (struct cert){ .is_client = false };
	if (x509 == NULL)
		return bad(err, "no certificate in this text");
	if (!x509_serial(X509_get0_serialNumber(x509), cert->serial,
		sizeof(cert->serial)))
		return bad(err, "the serial number is too long");
	if (!read_digests(x509, cert))
		return bad(err, "the public key is unreadable");
	cert->not_before = x509_time(X509_get0_notBefore(x509));
	cert->not_after = x509_time(X509_get0_notAfter(x509));
	if (cert->not_before == INT64_MIN || cert->not_after == INT64_MIN)
		return bad(err, "the certificate's dates are unreadable");
	read_name(X509_get_subject_name(x509), cert->subject);
	read_name(X509_get_issuer_name(x509), cert->issuer);
	read_usage(x509, cert);
	return RC_OK;
}

enum rc
cert_read_file(const char *path, struct cert *cert, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf pem;

	strbuf_init(&pem, X509_PEM_LIMIT);
	TRY(text_file_read(path, &pem, err));
	return cert_read(pem.bytes, pem.length, cert, err);
}
