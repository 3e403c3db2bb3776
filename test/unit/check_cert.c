/*
 * crypto: what is read of a certificate.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/crypto/cert.h"

/* Made once with the openssl command; the hashes are that command's, too. */
#define KNOWN_SPKI \
	"2604c452b49e2ac760034adf2fb0bca771954806b34bdb21003fd6c42b14f017"
#define KNOWN_FINGERPRINT \
	"a35656296915af11bc47dff945cac00f6eb2d1ee71ce68f9b2f8c1c22536686a"
#define KNOWN_SERIAL "f1a2b3c4d5"
#define KNOWN_NOT_BEFORE (INT64_C(1795556628) * CLOCK_SECOND)
#define KNOWN_NOT_AFTER (INT64_C(2110916628) * CLOCK_SECOND)
static const char known_pem[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBdTCCARygAwIBAgIGAPGis8TVMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDFrD\n"
    "tsOrIAEgVGVzdDAeFw0yNjExMjQyMTQzNDhaFw0zNjExMjEyMTQzNDhaMBcxFTAT\n"
    "BgNVBAMMDFrDtsOrIAEgVGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBxo\n"
    "tPiFlmpCoktBRpW7DVMDbAaJLukezAEP9IGXoAwBcfpoxFXvU2i8Za+IUPsXVSka\n"
    "MIQBYai+gnKvOv8W3VyjVDBSMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeA\n"
    "MBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBSSAtVdjUejF+DzlJFCVlcL\n"
    "d+xIGTAKBggqhkjOPQQDAgNHADBEAiB9XAtFmfJxBm3Fn3fTHVHC5wcricX9qhCR\n"
    "rBWNafJPxwIgV+PZCNhtccRGSe8NNkgPwvAm0g0ym53Vx5XZfNqwIWI=\n"
    "-----END CERTIFICATE-----\n";

START_TEST(known_certificate_is_read)
{
	struct cert cert;
	char hex[HEX_SIZE(CERT_DIGEST_SIZE)];
	char text[sizeof(known_pem) + 64] = "a preamble\n";
	struct err err;

	memcpy(text + strlen(text), known_pem, sizeof(known_pem));
	ck_assert_int_eq(cert_read(text, strlen(text), &cert, &err), RC_OK);
	ck_assert_str_eq(
	    hex_encode(cert.key, sizeof(cert.key), hex), KNOWN_SPKI);
	ck_assert_str_eq(
	    hex_encode(cert.fingerprint, sizeof(cert.fingerprint), hex),
	    KNOWN_FINGERPRINT);
	ck_assert_str_eq(cert.serial, KNOWN_SERIAL);
	ck_assert_str_eq(cert.subject, "Z\xc3\xb6\xc3\xab ? Test");
	ck_assert_str_eq(cert.issuer, cert.subject);
	ck_assert_int_eq(cert.not_before, KNOWN_NOT_BEFORE);
	ck_assert_int_eq(cert.not_after, KNOWN_NOT_AFTER);
	ck_assert(cert.is_client);
	ck_assert(!cert.is_server);
	ck_assert(!cert.is_authority);
}
END_TEST

static const char *const wrong_pems[] = {
	"",
	"hello",
	"-----BEGIN CERTIFICATE-----\n",
	"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
	"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
	"-----BEGIN CERTIFICATE-----\n****\n-----END CERTIFICATE-----\n",
	"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n",
	"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
};

START_TEST(what_is_no_certificate_is_refused)
{
	struct cert cert;
	struct err err;

	ck_assert_int_eq(
	    cert_read(wrong_pems[_i], strlen(wrong_pems[_i]), &cert, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "bad_certificate");
}
END_TEST

START_TEST(cut_certificate_is_refused)
{
	struct cert cert;
	struct err err;
	size_t whole = strlen(known_pem) - 1;

	for (size_t length = 0; length < whole; length += 7)
		ck_assert_int_eq(
		    cert_read(known_pem, length, &cert, &err), RC_INVALID);
}
END_TEST

START_TEST(file_that_is_not_there_is_named)
{
	struct cert cert;
	struct err err;

	ck_assert_int_eq(
	    cert_read_file("/nowhere/a.pem", &cert, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "unreadable_file");
	ck_assert_ptr_nonnull(strstr(err.text, "/nowhere/a.pem"));
}
END_TEST

Suite *
cert_suite(void)
{
	Suite *suite = suite_create("cert");
	TCase *tcase = tcase_create("cert");

	tcase_add_test(tcase, known_certificate_is_read);
	tcase_add_loop_test(tcase, what_is_no_certificate_is_refused, 0,
	    (int)COUNT(wrong_pems));
	tcase_add_test(tcase, cut_certificate_is_refused);
	tcase_add_test(tcase, file_that_is_not_there_is_named);
	suite_add_tcase(suite, tcase);
	return suite;
}
