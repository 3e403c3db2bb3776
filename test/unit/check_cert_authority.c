/*
 * crypto: certificates made.  check_cert_door.c has them judged.
 */
#include "test/unit/unit.h"

#include <stdlib.h>

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "hub/base/clock.h"
#include "hub/crypto/cert_authority.h"
#include "hub/crypto/digest.h"

#define DAY (86400 * CLOCK_SECOND)
#define NOW INT64_C(1795522766000000)
#define NONE .not_before = NOW - DAY, .not_after = NOW + DAY

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

START_TEST(issued_certificate_says_what_was_wished)
{
	SCOPED(cert_authority_cleanup)
	struct cert_authority *authority = authority_of("The CA");
	SCOPED(cert_pair_clear)
	struct cert_pair pair = pair_of(authority, &a_client);
	SCOPED(cert_pair_clear)
	struct cert_pair again = pair_of(authority, &a_client);
	struct cert cert, other;
	struct err err;

	ck_assert_int_eq(
	    cert_read(pair.certificate, strlen(pair.certificate), &cert, &err),
	    RC_OK);
	ck_assert_str_eq(cert.subject, "A. Officer");
	ck_assert_str_eq(cert.issuer, "The CA");
	ck_assert_int_eq(cert.not_before, NOW - DAY);
	ck_assert_int_eq(cert.not_after, NOW + DAY);
	ck_assert(cert.is_client);
	ck_assert(!cert.is_server);
	ck_assert(!cert.is_authority);
	ck_assert_uint_eq(strlen(cert.serial), 32);
	ck_assert(strncmp(pair.key, "-----BEGIN PRIVATE KEY-----", 27) == 0);

	ck_assert_int_eq(cert_read(again.certificate, strlen(again.certificate),
			     &other, &err),
	    RC_OK);
	ck_assert_str_ne(cert.serial, other.serial);
	ck_assert(!digest_equal(cert.key, other.key, sizeof(cert.key)));
}
END_TEST

START_TEST(authority_survives_being_written_and_read)
{
	SCOPED(cert_authority_cleanup)
	struct cert_authority *authority = authority_of("The CA");
	SCOPED(cert_authority_cleanup)
	struct cert_authority *other = authority_of("The CA");
	SCOPED(cert_authority_cleanup) struct cert_authority *back = NULL;
	SCOPED(strbuf_clear) struct strbuf pem, key, other_key;
	SCOPED(cert_pair_clear)
	struct cert_pair pair = pair_of(authority, &a_client);
	struct cert_authority *none = NULL;
	struct cert cert;
	struct err err;

	strbuf_init(&pem, 65536);
	strbuf_init(&key, 65536);
	strbuf_init(&other_key, 65536);
	ck_assert_int_eq(cert_authority_write(authority, &pem, &err), RC_OK);
	ck_assert_int_eq(
	    cert_authority_write_key(authority, &key, &err), RC_OK);
	ck_assert_int_eq(
	    cert_authority_write_key(other, &other_key, &err), RC_OK);
	ck_assert_int_eq(cert_read(pem.bytes, pem.length, &cert, &err), RC_OK);
	ck_assert(cert.is_authority);
	ck_assert(!cert.is_client);
	ck_assert_int_eq(
	    cert_authority_read(pem.bytes, key.bytes, &back, &err), RC_OK);
	ck_assert_int_eq(
	    cert_authority_check(back, pair.certificate, &err), RC_OK);

	ck_assert_int_eq(
	    cert_authority_read(pem.bytes, other_key.bytes, &none, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "bad_authority");
	ck_assert_int_eq(
	    cert_authority_read(pair.certificate, pair.key, &none, &err),
	    RC_INVALID);
	ck_assert_int_eq(
	    cert_authority_read("", key.bytes, &none, &err), RC_INVALID);
	ck_assert_int_eq(
	    cert_authority_read(pem.bytes, "", &none, &err), RC_INVALID);
	/* The same name is not the same authority. */
	ck_assert_int_eq(
	    cert_authority_check(other, pair.certificate, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "not_ours");
	ck_assert_int_eq(cert_authority_check(back, "", &err), RC_INVALID);
}
END_TEST

#define SIXTY_FIVE \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static const char *const wrong_dns[] = { "", ".", "a..b", ".a", "a.", "-a",
	"a b", "a,IP:10.0.0.1", "a\n", "*", "*.", "a.*.b", "**.a", "a/b",
	"\xc3\xb6.example" };
static const char *const wrong_addresses[] = { "", "1", "1.2.3", "1.2.3.256",
	"1.2.3.4/8", "::g", "localhost", "127.0.0.1,DNS:a" };

static const struct cert_wish wrong_wishes[] = {
	{ .common_name = "a", NONE },
	{ .common_name = "", .is_client = true, NONE },
	{ .common_name = NULL, .is_client = true, NONE },
	{ .common_name = SIXTY_FIVE, .is_client = true, NONE },
	{ .common_name = "a\nb", .is_client = true, NONE },
	{ .common_name = "a\x7f", .is_client = true, NONE },
	{ .common_name = "a", .is_server = true, NONE },
	{ .common_name = "a", .is_client = true, .is_server = true, NONE },
	{ .common_name = "a",
	    .is_client = true,
	    .not_before = NOW,
	    .not_after = NOW },
	{ .common_name = "a",
	    .is_client = true,
	    .not_before = NOW,
	    .not_after = NOW - 1 },
	{ .common_name = "a",
	    .is_client = true,
	    .not_before = NOW,
	    .not_after = NOW + 401 * DAY },
	{ .common_name = "a",
	    .is_client = true,
	    .not_before = NOW,
	    .not_after = INT64_MAX },
};

static void
assert_not_issued(const struct cert_wish *wish, const char *code)
{
	SCOPED(cert_authority_cleanup)
	struct cert_authority *authority = authority_of("CA");
	struct cert_pair pair;
	struct err err;

	ck_assert_int_eq(
	    cert_authority_issue(authority, wish, &pair, &err), RC_INVALID);
	ck_assert_str_eq(err.code, code);
	ck_assert_ptr_null(pair.certificate);
	ck_assert_ptr_null(pair.key);
}

START_TEST(wrong_wish_is_not_granted)
{
	assert_not_issued(&wrong_wishes[_i], "bad_wish");
}
END_TEST

START_TEST(wrong_dns_name_is_not_granted)
{
	struct cert_wish wish = a_client;

	wish.dns = &wrong_dns[_i];
	wish.dns_count = 1;
	assert_not_issued(&wish, "bad_wish");
}
END_TEST

START_TEST(wrong_address_is_not_granted)
{
	struct cert_wish wish = a_client;

	wish.addresses = &wrong_addresses[_i];
	wish.address_count = 1;
	assert_not_issued(&wish, "bad_wish");
}
END_TEST

/* A request of this key, whose signature is spoilt on demand. */
static char *
request_of(EVP_PKEY *key, bool is_spoilt)
{
	EVP_PKEY *other = EVP_EC_gen("P-256");
	X509_REQ *request = X509_REQ_new();
	BIO *bio = BIO_new(BIO_s_mem());
	char *bytes, *text;
	long length;

	ck_assert_int_eq(X509_REQ_set_pubkey(request, key), 1);
	ck_assert_int_gt(
	    X509_REQ_sign(request, is_spoilt ? other : key, EVP_sha256()), 0);
	ck_assert_int_eq(PEM_write_bio_X509_REQ(bio, request), 1);
	length = BIO_get_mem_data(bio, &bytes);
	text = strndup(bytes, (size_t)length);
	BIO_free(bio);
	X509_REQ_free(request);
	EVP_PKEY_free(other);
	return text;
}

START_TEST(request_gets_a_certificate_and_keeps_its_key)
{
	SCOPED(cert_authority_cleanup)
	struct cert_authority *authority = authority_of("CA");
	EVP_PKEY *key = EVP_EC_gen("P-384");
	char *request = request_of(key, false);
	struct cert_wish wish = a_client;
	struct cert_pair pair;
	unsigned char *spki = NULL;
	uint8_t hash[DIGEST_SIZE];
	struct cert cert;
	struct err err;
	int length = i2d_PUBKEY(key, &spki);

	wish.request = request;
	pair = pair_of(authority, &wish);
	ck_assert_ptr_null(pair.key);
	ck_assert_int_eq(
	    cert_read(pair.certificate, strlen(pair.certificate), &cert, &err),
	    RC_OK);
	digest_sha256(spki, (size_t)length, hash);
	ck_assert(digest_equal(hash, cert.key, sizeof(hash)));
	ck_assert_str_eq(cert.subject, "A. Officer");
	cert_pair_clear(&pair);
	OPENSSL_free(spki);
	EVP_PKEY_free(key);
	free(request);
}
END_TEST

START_TEST(wrong_request_is_refused)
{
	struct cert_wish wish = a_client;
	EVP_PKEY *good = EVP_EC_gen("P-256"), *weak = EVP_RSA_gen(1024);
	char *requests[] = { request_of(good, true), request_of(weak, false),
		strdup(""), strdup("-----BEGIN CERTIFICATE REQUEST-----\n") };

	for (size_t i = 0; i < COUNT(requests); i++) {
		wish.request = requests[i];
		assert_not_issued(&wish, "bad_request");
		free(requests[i]);
	}
	EVP_PKEY_free(good);
	EVP_PKEY_free(weak);
}
END_TEST

Suite *
cert_authority_suite(void)
{
	Suite *suite = suite_create("cert_authority");
	TCase *tcase = tcase_create("cert_authority");

	tcase_add_test(tcase, issued_certificate_says_what_was_wished);
	tcase_add_test(tcase, authority_survives_being_written_and_read);
	tcase_add_loop_test(
	    tcase, wrong_wish_is_not_granted, 0, (int)COUNT(wrong_wishes));
	tcase_add_loop_test(
	    tcase, wrong_dns_name_is_not_granted, 0, (int)COUNT(wrong_dns));
	tcase_add_loop_test(tcase, wrong_address_is_not_granted, 0,
	    (int)COUNT(wrong_addresses));
	tcase_add_test(tcase, request_gets_a_certificate_and_keeps_its_key);
	tcase_add_test(tcase, wrong_request_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
