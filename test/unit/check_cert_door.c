/*
 * crypto: GnuTLS, which guards the door, judges the certificates, lists and
 * bundles that OpenSSL has made.
 */
#include "test/unit/unit.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <openssl/pkcs12.h>

#include "hub/base/clock.h"
#include "hub/crypto/cert_authority.h"

#define DAY (86400 * CLOCK_SECOND)
#define NOW INT64_C(1795522766000000)
#define NONE .not_before = NOW - DAY, .not_after = NOW + DAY

static const char *const localhost[] = { "localhost", "*.hub.example" };
static const char *const loopback[] = { "127.0.0.1", "::1" };

static struct cert_authority *
authority_of(const char *name)
{
	struct cert_authority *authority = NULL;
	struct err err = { .text = "" };

	ck_assert_msg(cert_authority_new(name, NOW - DAY, NOW + 400 * DAY,
			  &authority, &err) == RC_OK,
	    "%s", err.text);
	return authority;
}

static struct cert_pair
pair_of(const struct cert_authority *authority, const struct cert_wish *wish)
{
	struct cert_pair pair;
	struct err err = { .text = "" };

	ck_assert_msg(
	    cert_authority_issue(authority, wish, &pair, &err) == RC_OK, "%s",
	    err.text);
	return pair;
}

static const struct cert_wish a_client = {
	.common_name = "A. Officer", .is_client = true, NONE
};

static time_t
fixed_time(time_t *at)
{
	if (at != NULL)
		*at = NOW / CLOCK_SECOND;
	return NOW / CLOCK_SECOND;
}

struct door {
	gnutls_x509_trust_list_t trust;
};

static void
door_init(struct door *door, const char *authority, const char *list)
{
	gnutls_datum_t ca = { (unsigned char *)(uintptr_t)authority,
		(unsigned)strlen(authority) };
	gnutls_datum_t crl = { (unsigned char *)(uintptr_t)list,
		(unsigned)strlen(list) };

	gnutls_global_set_time_function(fixed_time);
	ck_assert_int_eq(gnutls_x509_trust_list_init(&door->trust, 0), 0);
	ck_assert_int_eq(
	    gnutls_x509_trust_list_add_trust_mem(door->trust, &ca, &crl,
		GNUTLS_X509_FMT_PEM, 0, GNUTLS_TL_VERIFY_CRL),
	    2);
}

static unsigned
door_verdict(const struct door *door, const char *pem, const char *purpose)
{
	gnutls_datum_t text = { (unsigned char *)(uintptr_t)pem,
		(unsigned)strlen(pem) };
	gnutls_typed_vdata_st data = { GNUTLS_DT_KEY_PURPOSE_OID,
		(unsigned char *)(uintptr_t)purpose, 0 };
	gnutls_x509_crt_t leaf;
	unsigned status = 0;

	ck_assert_int_eq(gnutls_x509_crt_init(&leaf), 0);
	ck_assert_int_eq(
	    gnutls_x509_crt_import(leaf, &text, GNUTLS_X509_FMT_PEM), 0);
	ck_assert_int_eq(
	    gnutls_x509_trust_list_verify_crt2(door->trust, &leaf, 1, &data, 1,
		GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM), &status, NULL),
	    0);
	gnutls_x509_crt_deinit(leaf);
	return status;
}

struct fixture {
	struct cert_authority *authority;
	struct cert_pair client, server, revoked;
	struct strbuf pem, list;
};

static struct fixture f;

static void
setup(void)
{
	const struct cert_wish server = { .common_name = "hub",
		.is_server = true,
		.dns = localhost,
		.dns_count = 2,
		.addresses = loopback,
		.address_count = 2,
		NONE };
	struct cert_revocation gone[2] = { { "01", NOW - DAY }, { "", NOW } };
	const struct cert_list list = { gone, 2, 7, NOW, NOW + 7 * DAY };
	struct cert cert;
	struct err err = { .text = "" };

	f.authority = authority_of("The CA");
	f.client = pair_of(f.authority, &a_client);
	f.server = pair_of(f.authority, &server);
	f.revoked = pair_of(f.authority, &a_client);
	ck_assert_int_eq(cert_read(f.revoked.certificate,
			     strlen(f.revoked.certificate), &cert, &err),
	    RC_OK);
	memcpy(gone[1].serial, cert.serial, sizeof(cert.serial));
	strbuf_init(&f.pem, 65536);
	strbuf_init(&f.list, 65536);
	ck_assert_int_eq(
	    cert_authority_write(f.authority, &f.pem, &err), RC_OK);
	ck_assert_msg(
	    cert_authority_list(f.authority, &list, &f.list, &err) == RC_OK,
	    "%s", err.text);
}

static void
teardown(void)
{
	strbuf_clear(&f.list);
	strbuf_clear(&f.pem);
	cert_pair_clear(&f.revoked);
	cert_pair_clear(&f.server);
	cert_pair_clear(&f.client);
	cert_authority_free(f.authority);
}

START_TEST(gnutls_lets_in_whom_it_should_and_nobody_else)
{
	SCOPED(cert_authority_cleanup)
	struct cert_authority *other = authority_of("The CA");
	SCOPED(cert_pair_clear)
	struct cert_pair stranger = pair_of(other, &a_client);
	struct door door;

	door_init(&door, f.pem.bytes, f.list.bytes);
	ck_assert_uint_eq(
	    door_verdict(&door, f.client.certificate, GNUTLS_KP_TLS_WWW_CLIENT),
	    0);
	ck_assert_uint_eq(
	    door_verdict(&door, f.server.certificate, GNUTLS_KP_TLS_WWW_SERVER),
	    0);
	ck_assert_uint_ne(door_verdict(&door, f.client.certificate,
			      GNUTLS_KP_TLS_WWW_SERVER) &
		GNUTLS_CERT_PURPOSE_MISMATCH,
	    0);
	ck_assert_uint_ne(door_verdict(&door, f.server.certificate,
			      GNUTLS_KP_TLS_WWW_CLIENT) &
		GNUTLS_CERT_PURPOSE_MISMATCH,
	    0);
	ck_assert_uint_ne(door_verdict(&door, f.revoked.certificate,
			      GNUTLS_KP_TLS_WWW_CLIENT) &
		GNUTLS_CERT_REVOKED,
	    0);
	ck_assert_uint_ne(door_verdict(&door, stranger.certificate,
			      GNUTLS_KP_TLS_WWW_CLIENT) &
		GNUTLS_CERT_INVALID,
	    0);
	gnutls_x509_trust_list_deinit(door.trust, 1);
}
END_TEST

START_TEST(server_certificate_names_its_hosts)
{
	gnutls_datum_t text = { (unsigned char *)f.server.certificate,
		(unsigned)strlen(f.server.certificate) };
	static const struct {
		const char *host;
		int fits;
	} hosts[] = { { "localhost", 1 }, { "127.0.0.1", 1 }, { "::1", 1 },
		{ "a.hub.example", 1 }, { "hub", 0 }, { "hub.example", 0 },
		{ "127.0.0.2", 0 }, { "localhost.example", 0 },
		{ "a.b.hub.example", 0 } };
	gnutls_x509_crt_t leaf;

	ck_assert_int_eq(gnutls_x509_crt_init(&leaf), 0);
	ck_assert_int_eq(
	    gnutls_x509_crt_import(leaf, &text, GNUTLS_X509_FMT_PEM), 0);
	for (size_t i = 0; i < COUNT(hosts); i++)
		ck_assert_int_eq(
		    gnutls_x509_crt_check_hostname(leaf, hosts[i].host) != 0,
		    hosts[i].fits);
	gnutls_x509_crt_deinit(leaf);
}
END_TEST

static const struct cert_list wrong_lists[] = {
	{ NULL, 0, 1, NOW, NOW },
	{ NULL, 0, 1, NOW, NOW - DAY },
};

START_TEST(list_that_ends_before_it_begins_is_refused)
{
	SCOPED(strbuf_clear) struct strbuf pem;
	struct err err;

	strbuf_init(&pem, 65536);
	ck_assert_int_eq(
	    cert_authority_list(f.authority, &wrong_lists[_i], &pem, &err),
	    RC_INVALID);
	ck_assert_uint_eq(pem.length, 0);
}
END_TEST

START_TEST(bundle_opens_with_its_password_alone)
{
	SCOPED(strbuf_clear) struct strbuf bytes;
	const struct cert_pair no_key = { f.client.certificate, NULL };
	const unsigned char *der;
	PKCS12 *bundle;
	EVP_PKEY *key = NULL;
	X509 *x509 = NULL;
	struct err err;

	strbuf_init(&bytes, 65536);
	ck_assert_int_eq(cert_authority_bundle(
			     f.authority, &no_key, "a", "pw", &bytes, &err),
	    RC_INVALID);
	ck_assert_int_eq(cert_authority_bundle(
			     f.authority, &f.client, "a", "", &bytes, &err),
	    RC_INVALID);
	ck_assert_uint_eq(bytes.length, 0);
	ck_assert_int_eq(cert_authority_bundle(
			     f.authority, &f.client, "a", "pw", &bytes, &err),
	    RC_OK);
	der = (const unsigned char *)bytes.bytes;
	bundle = d2i_PKCS12(NULL, &der, (long)bytes.length);
	ck_assert_ptr_nonnull(bundle);
	ck_assert_int_eq(PKCS12_verify_mac(bundle, "pv", -1), 0);
	ck_assert_int_eq(PKCS12_verify_mac(bundle, "", 0), 0);
	ck_assert_int_eq(PKCS12_parse(bundle, "pw", &key, &x509, NULL), 1);
	ck_assert_int_eq(X509_check_private_key(x509, key), 1);
	X509_free(x509);
	EVP_PKEY_free(key);
	PKCS12_free(bundle);
}
END_TEST

Suite *
cert_door_suite(void)
{
	Suite *suite = suite_create("cert_door");
	TCase *tcase = tcase_create("cert_door");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, gnutls_lets_in_whom_it_should_and_nobody_else);
	tcase_add_test(tcase, server_certificate_names_its_hosts);
	tcase_add_loop_test(tcase, list_that_ends_before_it_begins_is_refused,
	    0, (int)COUNT(wrong_lists));
	tcase_add_test(tcase, bundle_opens_with_its_password_alone);
	suite_add_tcase(suite, tcase);
	return suite;
}
