/*
 * crypto: Standard Webhooks, both ways; the vectors of docs/delivery.md and
 * RFC 8032.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/base/encode.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/signer.h"
#include "hub/crypto/verifier.h"

#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define AT "1614265330"
#define BODY "{\"test\": 2432232314}"
#define V1_SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define V1_SIGNATURE "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
#define V1A_KEY                                                            \
	"6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dR" \
	"qSKJp4AJ6p9lMicMFs6Kvg=="
#define V1A_PUBLIC "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
#define V1A_SIGNATURE                                                      \
	"v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJa" \
	"A7AZdpXwVLPo3mNl8EM+m7TBAg=="
#define NOW INT64_C(1614265330)

static struct signing_key
key_of(const char *text)
{
	struct signing_key key;
	struct err err = { .text = "" };

	ck_assert_msg(
	    signing_key_parse("k1", text, &key, &err) == RC_OK, "%s", err.text);
	return key;
}

static void
assert_signs(const struct signing_key *keys, size_t count, const char *expected)
{
	const struct signer_message message = { ID, NOW, BODY, strlen(BODY) };
	SCOPED(signer_cleanup) struct signer *signer = NULL;
	char header[SIGNER_HEADER_SIZE];
	struct err err;

	ck_assert_int_eq(signer_new(keys, count, &signer, &err), RC_OK);
	for (int again = 0; again < 2; again++) {
		ck_assert_int_eq(signer_header(signer, &message, header,
				     sizeof(header), &err),
		    RC_OK);
		ck_assert_str_eq(header, expected);
	}
}

START_TEST(signatures_agree_with_the_vectors)
{
	const struct signing_key keys[] = { key_of(V1_SECRET),
		key_of(V1A_KEY) };

	assert_signs(&keys[0], 1, V1_SIGNATURE);
	assert_signs(&keys[1], 1, V1A_SIGNATURE);
	assert_signs(keys, 2, V1A_SIGNATURE " " V1_SIGNATURE);
}
END_TEST

START_TEST(full_house_of_keys_fits_the_header)
{
	struct signing_key keys[SIGNER_KEY_LIMIT + 1];
	const struct signer_message message = { ID, NOW, BODY, strlen(BODY) };
	SCOPED(signer_cleanup) struct signer *signer = NULL;
	struct signer *crowd = NULL;
	char header[SIGNER_HEADER_SIZE], small[100];
	struct err err;

	for (size_t i = 0; i < COUNT(keys); i++)
		keys[i] = key_of(V1A_KEY);
	ck_assert_int_eq(
	    signer_new(keys, SIGNER_KEY_LIMIT, &signer, &err), RC_OK);
	ck_assert_int_eq(
	    signer_header(signer, &message, header, sizeof(header), &err),
	    RC_OK);
	ck_assert_uint_eq(strlen(header), SIGNER_KEY_LIMIT * 93 - 1);
	ck_assert_int_eq(
	    signer_header(signer, &message, small, sizeof(small), &err),
	    RC_FAILED);
	ck_assert_str_eq(err.code, "header_too_small");
	ck_assert_int_eq(
	    signer_new(keys, COUNT(keys), &crowd, &err), RC_INVALID);
	ck_assert_int_eq(signer_new(keys, 0, &crowd, &err), RC_INVALID);
	ck_assert_ptr_null(crowd);
}
END_TEST

START_TEST(public_key_cannot_sign)
{
	const struct signing_key keys[] = { key_of(V1_SECRET),
		key_of(V1A_PUBLIC) };
	struct signer *signer = NULL;
	struct err err;

	ck_assert_int_eq(
	    signer_new(keys, COUNT(keys), &signer, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "bad_signing_key");
	ck_assert_ptr_null(signer);
}
END_TEST

static const char *const wrong_ids[] = { "", "msg.1", ".", "a b", "a\r\nb",
	"a\n" };

START_TEST(message_with_a_wrong_id_is_not_signed)
{
	const struct signing_key key = key_of(V1_SECRET);
	const struct signer_message message = { wrong_ids[_i], NOW, "", 0 };
	SCOPED(signer_cleanup) struct signer *signer = NULL;
	char header[SIGNER_HEADER_SIZE] = "untouched";
	struct err err;

	ck_assert_int_eq(signer_new(&key, 1, &signer, &err), RC_OK);
	ck_assert_int_eq(
	    signer_header(signer, &message, header, sizeof(header), &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "bad_message_id");
	ck_assert_str_eq(header, "untouched");
}
END_TEST

/* RFC 8032, 7.1, tests 1 to 3: seed and public key make a key pair. */
static const struct {
	const char *seed, *public;
} rfc_8032[] = {
	{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511"
	    "a" },
	{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660"
	    "c" },
	{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
	    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb91154890802"
	    "5" },
};

START_TEST(key_pairs_of_rfc_8032_are_taken_and_swapped_halves_are_not)
{
	uint8_t pair[SIGNING_KEY_SIZE];
	char text[SIGNING_KEY_TEXT_SIZE] = "whsk_";
	size_t other = ((size_t)_i + 1) % COUNT(rfc_8032);
	struct signing_key key;
	struct err err;

	ck_assert(hex_decode(rfc_8032[_i].seed, pair, 32));
	ck_assert(hex_decode(rfc_8032[_i].public, pair + 32, 32));
	(void)base64_encode(pair, sizeof(pair), text + 5);
	key = key_of(text);
	ck_assert_int_eq(memcmp(signing_key_public(&key), pair + 32, 32), 0);

	ck_assert(hex_decode(rfc_8032[other].public, pair + 32, 32));
	(void)base64_encode(pair, sizeof(pair), text + 5);
	ck_assert_int_eq(signing_key_parse("k", text, &key, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "bad_signing_key");
	ck_assert_uint_eq(key.length, 0);
}
END_TEST

static const struct {
	const char *key_id, *text;
} wrong_keys[] = {
	{ "k", "" },
	{ "k", "whsec_" },
	{ "k", "whsec_AAAA" },
	{ "k", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS" },
	{ "k", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw=" },
	{ "k", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*" },
	{ "k", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n" },
	{ "k", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==" },
	{ "k", "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
	{ "k", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
	{ "k", "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
	{ "k", "whsk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=" },
	{ "k", "1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=" },
	{ "k", "whpk_" V1A_KEY },
	{ "k", "whsec_" V1A_KEY "AAAA" },
	{ "k", " " V1A_KEY },
	{ "", V1_SECRET },
	{ "0123456789012345678901234567890123456789012345678", V1_SECRET },
};

START_TEST(wrong_key_is_refused_and_not_repeated)
{
	struct signing_key key;
	struct err err;

	ck_assert_int_eq(signing_key_parse(wrong_keys[_i].key_id,
			     wrong_keys[_i].text, &key, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "bad_signing_key");
	ck_assert_ptr_null(strstr(err.text, "MfKQ"));
	ck_assert_ptr_null(strstr(err.text, "6Xb/"));
}
END_TEST

START_TEST(generated_keys_are_written_and_read)
{
	char text[SIGNING_KEY_TEXT_SIZE];
	struct signing_key made, read;
	struct err err;

	for (int i = 0; i < SIGNING_ALGORITHM_COUNT; i++) {
		ck_assert_int_eq(signing_key_generate("k1",
				     (enum signing_algorithm)i, &made, &err),
		    RC_OK);
		read = key_of(signing_key_format(&made, text));
		ck_assert_int_eq(memcmp(&made, &read, sizeof(made)), 0);
	}
	read = key_of(signing_key_format_public(&made, text));
	ck_assert_int_eq(
	    memcmp(signing_key_public(&made), signing_key_public(&read), 32),
	    0);
	made = key_of(V1A_KEY);
	ck_assert_str_eq(signing_key_format_public(&made, text), V1A_PUBLIC);
}
END_TEST

/* ---- verifying */

#define BOTH V1A_SIGNATURE " " V1_SIGNATURE
#define NO_CODE ""

static const struct delivery {
	const char *id, *timestamp, *signature, *body;
	int64_t now;
	const char *code;
	bool v1, v1a;
} deliveries[] = {
	{ ID, AT, BOTH, BODY, NOW, NO_CODE, true, true },
	{ ID, AT, V1_SIGNATURE, BODY, NOW, NO_CODE, true, false },
	{ ID, AT, V1A_SIGNATURE, BODY, NOW, NO_CODE, false, true },
	{ ID, AT, "  " V1_SIGNATURE "  ", BODY, NOW, NO_CODE, true, false },
	{ ID, AT, "v2,AAAA v1,AAAA " V1_SIGNATURE " rubbish", BODY, NOW,
	    NO_CODE, true, false },
	{ ID, AT, BOTH, BODY, NOW + 300, NO_CODE, true, true },
	{ ID, AT, BOTH, BODY, NOW - 300, NO_CODE, true, true },
	{ ID, AT, BOTH, BODY, NOW + 301, "timestamp_too_old", false, false },
	{ ID, AT, BOTH, BODY, NOW - 301, "timestamp_in_future", false, false },
	{ ID, AT, BOTH, BODY, 0, "timestamp_in_future", false, false },
	{ ID, AT, NULL, BODY, NOW, "signature_missing", false, false },
	{ ID, AT, "", BODY, NOW, "signature_missing", false, false },
	{ NULL, AT, BOTH, BODY, NOW, "message_id_malformed", false, false },
	{ "", AT, BOTH, BODY, NOW, "message_id_malformed", false, false },
	{ "a.b", AT, BOTH, BODY, NOW, "message_id_malformed", false, false },
	{ ID, NULL, BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, "", BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, "0" AT, BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, "+" AT, BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, " " AT, BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, "-" AT, BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, AT ".0", BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, AT AT, BOTH, BODY, NOW, "timestamp_malformed", false, false },
	{ ID, AT, BOTH, BODY " ", NOW, "signature_mismatch", false, false },
	{ ID, AT, BOTH, "", NOW, "signature_mismatch", false, false },
	{ ID "x", AT, BOTH, BODY, NOW, "signature_mismatch", false, false },
	{ ID, "1614265331", BOTH, BODY, NOW, "signature_mismatch", false,
	    false },
	{ ID, AT, "v1,", BODY, NOW, "signature_mismatch", false, false },
	{ ID, AT, "v1", BODY, NOW, "signature_mismatch", false, false },
	{ ID, AT, " ", BODY, NOW, "signature_mismatch", false, false },
	{ ID, AT, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=", BODY, NOW,
	    "signature_mismatch", false, false },
	{ ID, AT, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", BODY, NOW,
	    "signature_mismatch", false, false },
	{ ID, AT, "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY, NOW,
	    "signature_mismatch", false, false },
	{ ID, AT, "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY, NOW,
	    "signature_mismatch", false, false },
	{ ID, AT, V1_SIGNATURE "," V1_SIGNATURE, BODY, NOW,
	    "signature_mismatch", false, false },
	{ ID, AT,
	    "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJa"
	    "A7AZdpXwVLPo3mNl8EM+m7TBAw==",
	    BODY, NOW, "signature_mismatch", false, false },
};

START_TEST(delivery_is_judged)
{
	const struct delivery *d = &deliveries[_i];
	const struct verifier_message message = { d->id, d->timestamp,
		d->signature, d->body, strlen(d->body) };
	const struct signing_key keys[] = { key_of(V1_SECRET),
		key_of(V1A_PUBLIC),
		key_of("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") };
	struct verifier_outcome outcome;
	struct err err = { .code = "" };
	enum rc rc = verifier_check(&message, keys, COUNT(keys), d->now,
	    VERIFIER_TOLERANCE_SECONDS, &outcome, &err);

	ck_assert_str_eq(err.code, d->code);
	ck_assert_int_eq(rc == RC_OK, *d->code == '\0');
	ck_assert_int_eq(outcome.verified[SIGNING_V1], d->v1);
	ck_assert_int_eq(outcome.verified[SIGNING_V1A], d->v1a);
}
END_TEST

static const struct {
	const char *key;
	bool is_good;
} receivers[] = {
	{ V1_SECRET, true },
	{ V1A_PUBLIC, true },
	{ V1A_KEY, true }, /* a private key knows its public half */
	{ "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false },
	{ "whpk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false },
	{ "whpk_/////////////////////////////////////////38=", false },
	/* The public key, known to all, as a secret. */
	{ "whsec_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", false },
};

START_TEST(receiver_needs_a_right_key)
{
	const struct verifier_message message = { ID, AT, BOTH, BODY,
		strlen(BODY) };
	const struct signing_key key = key_of(receivers[_i].key);
	struct verifier_outcome outcome;
	struct err err;

	ck_assert_int_eq(
	    verifier_check(&message, &key, 1, NOW, 300, &outcome, &err),
	    receivers[_i].is_good ? RC_OK : RC_FORBIDDEN);
	ck_assert_int_eq(
	    verifier_check(&message, &key, 0, NOW, 300, &outcome, &err),
	    RC_FORBIDDEN);
}
END_TEST

START_TEST(signatures_behind_the_limit_are_not_tried)
{
	char header[17 * 92 + 1] = "";
	size_t used = 0;
	const struct verifier_message message = { ID, AT, header, BODY,
		strlen(BODY) };
	const struct signing_key key = key_of(V1_SECRET);
	struct verifier_outcome outcome;
	struct err err;

	for (int i = 0; i < VERIFIER_SIGNATURE_LIMIT; i++)
		used += (size_t)snprintf(header + used, sizeof(header) - used,
		    "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ");
	(void)snprintf(header + used, sizeof(header) - used, V1_SIGNATURE);
	ck_assert_int_eq(
	    verifier_check(&message, &key, 1, NOW, 300, &outcome, &err),
	    RC_FORBIDDEN);
}
END_TEST

Suite *
signer_suite(void)
{
	Suite *suite = suite_create("signer");
	TCase *tcase = tcase_create("signer");

	tcase_add_test(tcase, signatures_agree_with_the_vectors);
	tcase_add_test(tcase, full_house_of_keys_fits_the_header);
	tcase_add_test(tcase, public_key_cannot_sign);
	tcase_add_loop_test(tcase, message_with_a_wrong_id_is_not_signed, 0,
	    (int)COUNT(wrong_ids));
	tcase_add_loop_test(tcase,
	    key_pairs_of_rfc_8032_are_taken_and_swapped_halves_are_not, 0,
	    (int)COUNT(rfc_8032));
	tcase_add_loop_test(tcase, wrong_key_is_refused_and_not_repeated, 0,
	    (int)COUNT(wrong_keys));
	tcase_add_test(tcase, generated_keys_are_written_and_read);
	tcase_add_loop_test(
	    tcase, delivery_is_judged, 0, (int)COUNT(deliveries));
	tcase_add_loop_test(
	    tcase, receiver_needs_a_right_key, 0, (int)COUNT(receivers));
	tcase_add_test(tcase, signatures_behind_the_limit_are_not_tried);
	suite_add_tcase(suite, tcase);
	return suite;
}
