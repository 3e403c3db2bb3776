/*
 * Revocation lists (RFC 5280, 5): see cert_authority.h.
 */
#include "hub/crypto/cert_authority.h"

#include <time.h>

#include <openssl/bn.h>
#include <openssl/x509v3.h>

#include "hub/base/clock.h"
#include "hub/crypto/cert_inside.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/x509.h"

static ASN1_TIME *
time_new(int64_t at)
{
	return ASN1_TIME_set(NULL, (time_t)(at / CLOCK_SECOND));
}

static bool
set_times(X509_CRL *crl, const struct cert_list *list)
{
	ASN1_TIME *at = time_new(list->at), *next = time_new(list->next_at);
	bool ok = at != NULL && next != NULL &&
	    X509_CRL_set1_lastUpdate(crl, at) == 1 &&
	    X509_CRL_set1_nextUpdate(crl, next) == 1;

	ASN1_TIME_free(at);
	ASN1_TIME_free(next);
	return ok;
}

static ASN1_INTEGER *
serial_new(const char *hex)
{
	BIGNUM *number = NULL;
	ASN1_INTEGER *serial = NULL;

	if (BN_hex2bn(&number, hex) > 0)
		serial = BN_to_ASN1_INTEGER(number, NULL);
	BN_free(number);
	return serial;
}

static bool
add_item(X509_CRL *crl, const struct cert_revocation *item)
{
	X509_REVOKED *revoked = X509_REVOKED_new();
	ASN1_INTEGER *serial = serial_new(item->serial);
	ASN1_TIME *at = time_new(item->at);
	bool ok = revoked != NULL && serial != NULL && at != NULL &&
	    X509_REVOKED_set_serialNumber(revoked, serial) == 1 &&
	    X509_REVOKED_set_revocationDate(revoked, at) == 1 &&
	    X509_CRL_add0_revoked(crl, revoked) == 1;

	ASN1_INTEGER_free(serial);
	ASN1_TIME_free(at);
	if (!ok)
		X509_REVOKED_free(revoked);
	return ok;
}

static bool
add_extensions(X509_CRL *crl, X509 *issuer, int64_t number)
{
	ASN1_INTEGER *value = ASN1_INTEGER_new();
	X509_EXTENSION *key_id;
	X509V3_CTX context;
	bool ok;

	X509V3_set_ctx_nodb(&context);
	X509V3_set_ctx(&context, issuer, NULL, NULL, crl, 0);
	key_id = X509V3_EXT_conf_nid(
	    NULL, &context, NID_authority_key_identifier, "keyid:always");
	ok = value != NULL && ASN1_INTEGER_set_int64(value, number) == 1 &&
	    X509_CRL_add1_ext_i2d(crl, NID_crl_number, value, 0, 0) == 1 &&
	    key_id != NULL && X509_CRL_add_ext(crl, key_id, -1) == 1;
	X509_EXTENSION_free(key_id);
	ASN1_INTEGER_free(value);
	return ok;
}

static bool
fill(X509_CRL *crl, const struct cert_authority *authority,
    const struct cert_list *list)
{
	X509 *issuer = authority->certificate;

	if (X509_CRL_set_version(crl, X509_CRL_VERSION_2) != 1 ||
	    X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer)) != 1 ||
	    !set_times(crl, list))
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (!add_item(crl, &list->items[i]))
			return false;
	return X509_CRL_sort(crl) == 1 &&
	    add_extensions(crl, issuer, list->number) &&
	    X509_CRL_sign(crl, authority->key, EVP_sha256()) > 0;
}

enum rc
cert_authority_list(const struct cert_authority *authority,
    const struct cert_list *list, struct strbuf *pem, struct err *err)
{
	SCOPED(x509_list_cleanup) X509_CRL *crl = X509_CRL_new();

	if (list->next_at <= list->at)
		return err_set(err, RC_INVALID, "bad_wish",
		    "the revocation list would never be valid");
	if (crl == NULL || !fill(crl, authority, list))
		return crypto_failed(err, "making a revocation list");
	return x509_write_list(crl, pem, err);
}
