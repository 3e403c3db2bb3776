/*
 * crypto: sealed fields and wrapped keys.
 */
#include "test/unit/unit.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub/base/encode.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealing.h"
#include "test/unit/folder.h"

#define K1 "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
#define K2 "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="
#define REST                                                               \
	"lookup " K1 "\nsigning "                                          \
	"6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dR" \
	"qSKJp4AJ6p9lMicMFs6Kvg==\n"

static struct folder folder;

static void
setup(void)
{
	folder_init(&folder);
}

static void
teardown(void)
{
	folder_clear(&folder);
}

static struct keyring *
keyring_of(const char *text)
{
	struct keyring *keyring = NULL;
	char path[FOLDER_PATH_SIZE];
	struct err err;

	folder_write(&folder, "keys", text, 0600);
	ck_assert_int_eq(
	    keyring_load(folder_path(&folder, "keys", path), &keyring, &err),
	    RC_OK);
	return keyring;
}

enum { ROOM = 4096 + SEALING_OVERHEAD };

static const size_t lengths[] = { 0, 1, 15, 16, 17, 255, 4096 };
static const size_t aad_lengths[] = { 0, 1, 16, 100 };

START_TEST(sealed_bytes_open_again)
{
	static uint8_t plain[4096], aad[100], sealed[ROOM], opened[ROOM];
	struct sealing_input in = { aad,
		aad_lengths[(size_t)_i % COUNT(aad_lengths)], plain,
		lengths[(size_t)_i / COUNT(aad_lengths)] };
	size_t length = in.length, got = 99;
	struct data_key key;
	struct err err;

	crypto_random(plain, sizeof(plain));
	sealing_new_key(&key);
	ck_assert_int_eq(sealing_seal(&key, &in, sealed, &err), RC_OK);
	in.bytes = sealed;
	in.length += SEALING_OVERHEAD;
	ck_assert_int_eq(sealing_open(&key, &in, opened, &got, &err), RC_OK);
	ck_assert_uint_eq(got, length);
	ck_assert_int_eq(memcmp(opened, plain, length), 0);
	if (length >= 16)
		ck_assert_ptr_null(memmem(sealed, in.length, plain, length));
}
END_TEST

START_TEST(same_bytes_seal_differently_each_time)
{
	uint8_t first[8 + SEALING_OVERHEAD], second[8 + SEALING_OVERHEAD];
	const struct sealing_input in = { "a", 1, "12345678", 8 };
	struct data_key key;
	struct err err;

	sealing_new_key(&key);
	ck_assert_int_eq(sealing_seal(&key, &in, first, &err), RC_OK);
	ck_assert_int_eq(sealing_seal(&key, &in, second, &err), RC_OK);
	ck_assert_int_eq(first[0], 1);
	ck_assert(!digest_equal(first + 1, second + 1, SEALING_NONCE_SIZE));
	ck_assert(!digest_equal(first + 13, second + 13, 8));
}
END_TEST

static void
seal_nonce(const struct data_key *key, uint8_t *nonce)
{
	const struct sealing_input in = { NULL, 0, "x", 1 };
	uint8_t sealed[1 + SEALING_OVERHEAD];
	struct err err;

	ck_assert_int_eq(sealing_seal(key, &in, sealed, &err), RC_OK);
	memcpy(nonce, sealed + 1, SEALING_NONCE_SIZE);
}

static int
compare_nonces(const void *a, const void *b)
{
	return memcmp(a, b, SEALING_NONCE_SIZE);
}

/* A nonce used twice under one key would give both texts away. */
START_TEST(no_nonce_comes_twice)
{
	enum { TIMES = 2000 };
	static uint8_t nonces[TIMES][SEALING_NONCE_SIZE];
	struct data_key key;

	sealing_new_key(&key);
	for (size_t i = 0; i < TIMES; i++)
		seal_nonce(&key, nonces[i]);
	qsort(nonces, TIMES, sizeof(nonces[0]), compare_nonces);
	for (size_t i = 1; i < TIMES; i++)
		ck_assert_int_ne(compare_nonces(nonces[i - 1], nonces[i]), 0);
}
END_TEST

START_TEST(forked_process_takes_other_nonces)
{
	uint8_t ours[SEALING_NONCE_SIZE], theirs[SEALING_NONCE_SIZE];
	struct data_key key;
	int ends[2], status;
	pid_t child;

	sealing_new_key(&key);
	seal_nonce(&key, ours); /* the stock is filled */
	ck_assert_int_eq(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		seal_nonce(&key, theirs);
		_exit(write(ends[1], theirs, sizeof(theirs)) !=
		    (ssize_t)sizeof(theirs));
	}
	ck_assert_int_gt(child, 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(
	    read(ends[0], theirs, sizeof(theirs)), (ssize_t)sizeof(theirs));
	seal_nonce(&key, ours);
	ck_assert_int_ne(memcmp(ours, theirs, sizeof(ours)), 0);
	(void)close(ends[0]);
	(void)close(ends[1]);
}
END_TEST

/* NIST SP 800-38D's reference vectors (the GCM specification's case 16),
 * in our layout: version, nonce, text, tag. */
START_TEST(known_text_of_the_gcm_specification_opens)
{
	static const char sealed_hex[] =
	    "01cafebabefacedbaddecaf888"
	    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
	    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
	    "76fc6ece0f4e1768cddf8853bb2d551b";
	static const char key_hex[] = "feffe9928665731c6d6a8f9467308308"
				      "feffe9928665731c6d6a8f9467308308";
	static const char plain_hex[] =
	    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
	    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
	uint8_t aad[20], sealed[60 + SEALING_OVERHEAD], opened[60];
	struct sealing_input in = { aad, sizeof(aad), sealed, sizeof(sealed) };
	char hex[HEX_SIZE(60)];
	struct data_key key;
	struct err err;
	size_t length = 0;

	ck_assert(hex_decode(key_hex, key.bytes, sizeof(key.bytes)));
	ck_assert(hex_decode(
	    "feedfacedeadbeeffeedfacedeadbeefabaddad2", aad, sizeof(aad)));
	ck_assert(hex_decode(sealed_hex, sealed, sizeof(sealed)));
	ck_assert_int_eq(sealing_open(&key, &in, opened, &length, &err), RC_OK);
	ck_assert_str_eq(hex_encode(opened, length, hex), plain_hex);
}
END_TEST

static void
assert_damaged(const struct data_key *key, const struct sealing_input *in)
{
	uint8_t opened[64];
	size_t length = 77;
	struct err err;

	memset(opened, 0xee, sizeof(opened));
	ck_assert_int_eq(
	    sealing_open(key, in, opened, &length, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "sealed_data_damaged");
	ck_assert_uint_eq(length, 77);
	ck_assert_ptr_null(memmem(opened, sizeof(opened), "+9198", 5));
}

START_TEST(every_single_flipped_bit_is_noticed)
{
	uint8_t sealed[13 + SEALING_OVERHEAD];
	struct sealing_input in = { "row 1", 5, "+919800000000", 13 };
	struct data_key key;
	struct err err;

	sealing_new_key(&key);
	ck_assert_int_eq(sealing_seal(&key, &in, sealed, &err), RC_OK);
	in.bytes = sealed;
	in.length = sizeof(sealed);
	for (size_t bit = 0; bit < 8 * sizeof(sealed); bit++) {
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_damaged(&key, &in);
		sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}
END_TEST

START_TEST(wrong_binding_key_or_length_does_not_open)
{
	uint8_t sealed[13 + SEALING_OVERHEAD + 1] = { 0 };
	const struct sealing_input in = { "row 1", 5, "+919800000000", 13 };
	const size_t whole = 13 + SEALING_OVERHEAD;
	const struct sealing_input wrong[] = {
		{ "row 2", 5, sealed, whole },
		{ "row 1", 4, sealed, whole },
		{ "row 11", 6, sealed, whole },
		{ NULL, 0, sealed, whole },
		{ "row 1", 5, sealed, whole + 1 },
		{ "row 1", 5, sealed, whole - 1 },
		{ "row 1", 5, sealed, SEALING_OVERHEAD },
		{ "row 1", 5, sealed, SEALING_OVERHEAD - 1 },
		{ "row 1", 5, sealed, 1 },
		{ "row 1", 5, sealed, 0 },
		{ "row 1", 5, sealed + 1, whole },
	};
	const struct sealing_input right = { "row 1", 5, sealed, whole };
	struct data_key key, other;
	struct err err;

	sealing_new_key(&key);
	sealing_new_key(&other);
	ck_assert_int_eq(sealing_seal(&key, &in, sealed, &err), RC_OK);
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_damaged(&key, &wrong[i]);
	assert_damaged(&other, &right);
}
END_TEST

START_TEST(absurd_lengths_are_refused_before_any_work)
{
	uint8_t sealed[SEALING_OVERHEAD] = { 1 };
	const struct sealing_input large = { "", 0, sealed,
		(size_t)(1U << 30) + 1 };
	const struct sealing_input large_aad = { sealed, (size_t)1 << 32,
		sealed, 0 };
	struct data_key key;
	struct err err;

	sealing_new_key(&key);
	ck_assert_int_eq(
	    sealing_seal(&key, &large, sealed, &err), RC_TOO_LARGE);
	ck_assert_int_eq(
	    sealing_seal(&key, &large_aad, sealed, &err), RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "too_large_to_seal");
}
END_TEST

START_TEST(wrapped_key_unwraps_after_a_rotation)
{
	SCOPED(keyring_cleanup)
	struct keyring *before = keyring_of("kek 1 " K1 "\n" REST);
	SCOPED(keyring_cleanup)
	struct keyring *after = keyring_of(
	    "kek 1 " K1 "\nkek 300 " K2 "\n" REST);
	uint8_t old[SEALING_WRAPPED_SIZE], new[SEALING_WRAPPED_SIZE];
	struct data_key key, got;
	struct err err;

	sealing_new_key(&key);
	ck_assert_int_eq(sealing_wrap(before, &key, old, &err), RC_OK);
	ck_assert_int_eq(memcmp(old, "\0\0\0\1", 4), 0);
	ck_assert_int_eq(sealing_wrap(after, &key, new, &err), RC_OK);
	ck_assert_int_eq(memcmp(new, "\0\0\1\x2c", 4), 0);
	ck_assert_ptr_null(memmem(new, sizeof(new), key.bytes, 8));
	ck_assert_int_eq(
	    sealing_unwrap(after, old, sizeof(old), &got, &err), RC_OK);
	ck_assert(digest_equal(&key, &got, sizeof(key)));
	ck_assert_int_eq(
	    sealing_unwrap(after, new, sizeof(new), &got, &err), RC_OK);
	ck_assert(digest_equal(&key, &got, sizeof(key)));
	ck_assert_int_eq(
	    sealing_unwrap(before, new, sizeof(new), &got, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "key_encryption_key_missing");
}
END_TEST

START_TEST(damaged_wrapped_key_is_noticed)
{
	SCOPED(keyring_cleanup)
	struct keyring *keyring = keyring_of("kek 1 " K1 "\n" REST);
	SCOPED(keyring_cleanup)
	struct keyring *other = keyring_of("kek 1 " K2 "\n" REST);
	uint8_t wrapped[SEALING_WRAPPED_SIZE];
	struct data_key key, got;
	struct err err;

	sealing_new_key(&key);
	ck_assert_int_eq(sealing_wrap(keyring, &key, wrapped, &err), RC_OK);
	for (size_t bit = 0; bit < 8 * sizeof(wrapped); bit++) {
		wrapped[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert_int_eq(sealing_unwrap(keyring, wrapped,
				     sizeof(wrapped), &got, &err),
		    RC_FAILED);
		ck_assert_str_eq(err.code,
		    bit < 32 ? "key_encryption_key_missing"
			     : "wrapped_key_damaged");
		wrapped[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t length = 0; length < sizeof(wrapped); length++)
		ck_assert_int_eq(
		    sealing_unwrap(keyring, wrapped, length, &got, &err),
		    RC_FAILED);
	ck_assert_int_eq(
	    sealing_unwrap(other, wrapped, sizeof(wrapped), &got, &err),
	    RC_FAILED);
	ck_assert_str_eq(err.code, "wrapped_key_damaged");
}
END_TEST

Suite *
sealing_suite(void)
{
	Suite *suite = suite_create("sealing");
	TCase *tcase = tcase_create("sealing");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, sealed_bytes_open_again, 0,
	    (int)(COUNT(lengths) * COUNT(aad_lengths)));
	tcase_add_test(tcase, same_bytes_seal_differently_each_time);
	tcase_add_test(tcase, no_nonce_comes_twice);
	tcase_add_test(tcase, forked_process_takes_other_nonces);
	tcase_add_test(tcase, known_text_of_the_gcm_specification_opens);
	tcase_add_test(tcase, every_single_flipped_bit_is_noticed);
	tcase_add_test(tcase, wrong_binding_key_or_length_does_not_open);
	tcase_add_test(tcase, absurd_lengths_are_refused_before_any_work);
	tcase_add_test(tcase, wrapped_key_unwraps_after_a_rotation);
	tcase_add_test(tcase, damaged_wrapped_key_is_noticed);
	suite_add_tcase(suite, tcase);
	return suite;
}
