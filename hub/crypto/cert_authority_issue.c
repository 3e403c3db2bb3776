/*
 * End certificates: see cert_authority.h.
 */
#include "hub/crypto/cert_authority.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "hub/crypto/cert_inside.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/x509.h"
#include "hub/crypto/x509_build.h"

enum {
	SECURITY_BITS_MIN = 112, /* what the listener's profile asks for */
	DNS_NAME_MAX = 253,
	NAMES_LIMIT = 8192,
};

static enum rc
bad_wish(struct err *err, const char *what)
{
	return err_set(err, RC_INVALID, "bad_wish", "%s", what);
}

/* Only what cannot be read as anything but one name. */
static bool
is_dns_name(const char *text)
{
	size_t length = strlen(text);
	const char *rest = strncmp(text, "*.", 2) == 0 ? text + 2 : text;

	return length > 0 && length <= DNS_NAME_MAX && rest[0] != '.' &&
	    rest[0] != '-' && rest[0] != '\0' && text[length - 1] != '.' &&
	    strstr(rest, "..") == NULL &&
	    strspn(rest,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-.") == strlen(rest);
}

static bool
is_address(const char *text)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, text, bytes) == 1 ||
	    inet_pton(AF_INET6, text, bytes) == 1;
}

/* "DNS:a,IP:b", empty without names. */
static enum rc
write_names(const struct cert_wish *wish, struct strbuf *names, struct err *err)
{
	for (size_t i = 0; i < wish->dns_count; i++) {
		if (!is_dns_name(wish->dns[i]))
			return err_set(err, RC_INVALID, "bad_wish",
			    "%s is not a DNS name", wish->dns[i]);
		strbuf_printf(names, "%sDNS:%s", names->length > 0 ? "," : "",
		    wish->dns[i]);
	}
	for (size_t i = 0; i < wish->address_count; i++) {
		if (!is_address(wish->addresses[i]))
			return err_set(err, RC_INVALID, "bad_wish",
			    "%s is not an IP address", wish->addresses[i]);
		strbuf_printf(names, "%sIP:%s", names->length > 0 ? "," : "",
		    wish->addresses[i]);
	}
	return names->failed ? bad_wish(err, "too many names") : RC_OK;
}

static enum rc
check_wish(const struct cert_authority *authority, const struct cert_wish *wish,
    struct err *err)
{
	if (!wish->is_client && !wish->is_server)
		return bad_wish(err,
		    "a certificate is a client's, a server's "
		    "or both");
	if (wish->is_server && wish->dns_count + wish->address_count == 0)
		return bad_wish(err, "a server needs a name or an address");
	if (wish->not_after >
	    x509_time(X509_get0_notAfter(authority->certificate)))
		return bad_wish(
		    err, "the certificate would outlive its authority");
	return RC_OK;
}

static enum rc
request_key(const char *pem, EVP_PKEY **key, struct err *err)
{
	X509_REQ *request = x509_read_request(pem, strlen(pem));
	EVP_PKEY *public = request != NULL ? X509_REQ_get0_pubkey(request)
					   : NULL;
	bool is_good = public != NULL &&
	    X509_REQ_verify(request, public) == 1 &&
	    EVP_PKEY_get_security_bits(public) >= SECURITY_BITS_MIN;

	if (is_good && EVP_PKEY_up_ref(public) == 1)
		*key = public;
	X509_REQ_free(request);
	ERR_clear_error();
	return is_good ? RC_OK
		       : err_set(err, RC_INVALID, "bad_request",
			     "no request, not signed by its key, or the key "
			     "is too weak");
}

static X509 *
make_certificate(const struct cert_authority *authority,
    const struct x509_frame *base, const struct cert_wish *wish,
    const char *names, EVP_PKEY *key)
{
	const struct x509_extension extensions[] = {
		{ NID_basic_constraints, "critical,CA:FALSE" },
		{ NID_key_usage, "critical,digitalSignature" },
		{ NID_ext_key_usage,
		    !wish->is_server       ? "clientAuth"
			: !wish->is_client ? "serverAuth"
					   : "serverAuth,clientAuth" },
		{ NID_subject_alt_name, names[0] != '\0' ? names : NULL },
		{ NID_subject_key_identifier, "hash" },
		{ NID_authority_key_identifier, "keyid:always" },
	};
	struct x509_frame frame = *base;

	frame.key = key;
	frame.issuer = authority->certificate;
	frame.extensions = extensions;
	frame.extension_count = COUNT(extensions);
	return x509_build(&frame, authority->key);
}

static enum rc
write_pair(X509 *x509, EVP_PKEY *key, bool has_private, struct cert_pair *pair,
    struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf certificate = { .bytes = NULL };
	SCOPED(strbuf_clear) struct strbuf private = { .bytes = NULL };

	strbuf_init(&certificate, X509_PEM_LIMIT);
	strbuf_init(&private, X509_PEM_LIMIT);
	TRY(x509_write(x509, &certificate, err));
	if (has_private)
		TRY(x509_write_key(key, &private, err));
	pair->certificate = strbuf_take(&certificate, NULL);
	if (has_private)
		pair->key = strbuf_take(&private, NULL);
	return RC_OK;
}

enum rc
cert_authority_issue(const struct cert_authority *authority,
    const struct cert_wish *wish, struct cert_pair *pair, struct err *err)
{
	const struct x509_frame frame = { .common_name = wish->common_name,
		.not_before = wish->not_before,
		.not_after = wish->not_after };
	SCOPED(strbuf_clear) struct strbuf names = { .bytes = NULL };
	SCOPED(x509_key_cleanup) EVP_PKEY *key = NULL;
	SCOPED(x509_cleanup) X509 *x509 = NULL;

	*pair = (struct cert_pair){ NULL, NULL };
	strbuf_init(&names, NAMES_LIMIT);
	TRY(x509_build_check(&frame, err));
	TRY(check_wish(authority, wish, err));
	TRY(write_names(wish, &names, err));
	if (wish->request != NULL)
		TRY(request_key(wish->request, &key, err));
	else
		key = x509_new_key();
	if (key != NULL)
		x509 = make_certificate(
		    authority, &frame, wish, names.bytes, key);
	if (x509 == NULL)
		return crypto_failed(err, "making a certificate");
	return write_pair(x509, key, wish->request == NULL, pair, err);
}
