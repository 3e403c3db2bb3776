/*
 * The frame of a certificate: see x509_build.h.
 */
#include "hub/crypto/x509_build.h"

#include <string.h>
#include <time.h>

#include <openssl/bn.h>
#include <openssl/x509v3.h>

#include "hub/base/clock.h"
#include "hub/crypto/crypto.h"

enum {
	SERIAL_SIZE = 16, /* RFC 5280, 4.1.2.2: at most 20 octets */
	NAME_MAX_BYTES = 64,
};

/* The year 10000, of which ASN.1 knows nothing. */
#define TIME_END (INT64_C(253402300800) * CLOCK_SECOND)

static enum rc
bad_wish(struct err *err, const char *what)
{
	return err_set(err, RC_INVALID, "bad_wish", "%s", what);
}

enum rc
x509_build_check(const struct x509_frame *frame, struct err *err)
{
	const char *name = frame->common_name;
	size_t length = name != NULL ? strlen(name) : 0;

	/* RFC 5280, A.1: ub-common-name is 64 characters; bytes are surer. */
	if (length == 0 || length > NAME_MAX_BYTES)
		return bad_wish(err, "a name has 1 to 64 bytes");
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
			return bad_wish(
			    err, "a name has no control characters");
	if (frame->not_after <= frame->not_before ||
	    frame->not_after >= TIME_END)
		return bad_wish(err, "the certificate would never be valid");
	return RC_OK;
}

/* Random, positive, never short. */
static bool
set_serial(X509 *x509)
{
	uint8_t bytes[SERIAL_SIZE];
	BIGNUM *number;
	bool ok;

	crypto_random(bytes, sizeof(bytes));
	bytes[0] = (uint8_t)((bytes[0] & 0x7f) | 0x40);
	number = BN_bin2bn(bytes, sizeof(bytes), NULL);
	ok = number != NULL &&
	    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509)) != NULL;
	BN_free(number);
	return ok;
}

static bool
set_subject(X509 *x509, const char *common_name)
{
	X509_NAME *name = X509_get_subject_name(x509);

	return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
		   (const unsigned char *)common_name, -1, -1, 0) == 1;
}

static bool
set_times(X509 *x509, int64_t not_before, int64_t not_after)
{
	return ASN1_TIME_set(X509_getm_notBefore(x509),
		   (time_t)(not_before / CLOCK_SECOND)) != NULL &&
	    ASN1_TIME_set(X509_getm_notAfter(x509),
		(time_t)(not_after / CLOCK_SECOND)) != NULL;
}

static bool
set_extensions(
    X509 *x509, X509 *issuer, const struct x509_extension *wanted, size_t count)
{
	X509V3_CTX context;

	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, issuer, x509, NULL, NULL, 0);
	for (size_t i = 0; i < count; i++) {
		X509_EXTENSION *extension;
		int added;

		if (wanted[i].value == NULL)
			continue;
		extension = X509V3_EXT_conf_nid(
		    NULL, &context, wanted[i].nid, wanted[i].value);
		if (extension == NULL)
			return false;
		added = X509_add_ext(x509, extension, -1);
		X509_EXTENSION_free(extension);
		if (added != 1)
			return false;
	}
	return true;
}

X509 *
x509_build(const struct x509_frame *frame, EVP_PKEY *issuer_key)
{
	X509 *x509 = X509_new();
	X509 *issuer = frame->issuer != NULL ? frame->issuer : x509;

	if (x509 != NULL && X509_set_version(x509, X509_VERSION_3) == 1 &&
	    set_serial(x509) && set_subject(x509, frame->common_name) &&
	    X509_set_issuer_name(x509, X509_get_subject_name(issuer)) == 1 &&
	    set_times(x509, frame->not_before, frame->not_after) &&
	    X509_set_pubkey(x509, frame->key) == 1 &&
	    set_extensions(
		x509, issuer, frame->extensions, frame->extension_count) &&
	    X509_sign(x509, issuer_key, EVP_sha256()) > 0)
		return x509;
	X509_free(x509);
	return NULL;
}
