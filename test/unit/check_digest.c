/*
 * crypto: hashes, kept keys, look-up hashes, randomness.
 */
#include "test/unit/unit.h"

#include <pthread.h>

#include "hub/base/encode.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/lookup_hash.h"

/* FIPS 180-4's examples. */
static const struct {
	const char *text, *hash;
} hashes[] = {
	{ "",
	    "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855" },
	{ "abc",
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    "248d6a61d20638b8e5c026930c3e6039"
	    "a33ce45964ff2167f6ecedd419db06c1" },
};

/* RFC 4231; case 5 (a cut-off output) left out. */
static const struct {
	char key_byte;
	const char *key;
	size_t key_length;
	const char *text; /* NULL: 50 times `fill` */
	unsigned char fill;
	const char *mac;
} macs[] = {
	{ 0x0b, NULL, 20, "Hi There", 0,
	    "b0344c61d8db38535ca8afceaf0bf12b"
	    "881dc200c9833da726e9376c2e32cff7" },
	{ 0, "Jefe", 4, "what do ya want for nothing?", 0,
	    "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843" },
	{ (char)0xaa, NULL, 20, NULL, 0xdd,
	    "773ea91e36800e46854db8ebd09181a7"
	    "2959098b3ef8c122d9635514ced565fe" },
	{ 0,
	    "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
	    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19",
	    25, NULL, 0xcd,
	    "82558a389a443c0ea4cc819899f2083a"
	    "85f0faa3e578f8077a2e3ff46729665b" },
	{ (char)0xaa, NULL, 131,
	    "Test Using Larger Than Block-Size Key - Hash Key First", 0,
	    "60e431591ee0b67f0d8a26aacbf5b77f"
	    "8e0bc6213728c5140546040f0ee37f54" },
	{ (char)0xaa, NULL, 131,
	    "This is a test using a larger than block-size key and a larger "
	    "than block-size data. The key needs to be hashed before being "
	    "used by the HMAC algorithm.",
	    0,
	    "9b09ffa71b942fcb27635fbcd5b0e944"
	    "bfdc63644f0713938a7f51535c3a35e2" },
};

START_TEST(sha_256_agrees_with_fips_180)
{
	uint8_t hash[DIGEST_SIZE];
	char hex[HEX_SIZE(DIGEST_SIZE)];
	const char *text = hashes[_i].text;
	size_t length = strlen(text), half = length / 2;
	const struct digest_part parts[] = { { text, half }, { NULL, 0 },
		{ text + half, length - half } };

	digest_sha256(text, length, hash);
	ck_assert_str_eq(hex_encode(hash, sizeof(hash), hex), hashes[_i].hash);
	digest_sha256_parts(parts, COUNT(parts), hash);
	ck_assert_str_eq(hex_encode(hash, sizeof(hash), hex), hashes[_i].hash);
}
END_TEST

START_TEST(hmac_agrees_with_rfc_4231_in_one_piece_and_in_many)
{
	uint8_t key[131], text[256], mac[DIGEST_SIZE];
	char hex[HEX_SIZE(DIGEST_SIZE)];
	size_t key_length = macs[_i].key_length, length = 50;
	struct digest_part parts[256];
	SCOPED(hmac_key_cleanup) struct hmac_key *kept = NULL;

	memset(key, macs[_i].key_byte, sizeof(key));
	if (macs[_i].key != NULL)
		memcpy(key, macs[_i].key, key_length);
	memset(text, macs[_i].fill, length);
	if (macs[_i].text != NULL) {
		length = strlen(macs[_i].text);
		memcpy(text, macs[_i].text, length);
	}
	digest_hmac(key, key_length, text, length, mac);
	ck_assert_str_eq(hex_encode(mac, sizeof(mac), hex), macs[_i].mac);

	for (size_t i = 0; i < length; i++)
		parts[i] = (struct digest_part){ text + i, 1 };
	kept = hmac_key_new(key, key_length);
	for (int again = 0; again < 2; again++) {
		memset(mac, 0, sizeof(mac));
		hmac_key_sign(kept, parts, length, mac);
		ck_assert_str_eq(
		    hex_encode(mac, sizeof(mac), hex), macs[_i].mac);
	}
	digest_hmac_parts(key, key_length, parts, length, mac);
	ck_assert_str_eq(hex_encode(mac, sizeof(mac), hex), macs[_i].mac);
}
END_TEST

struct signing_thread {
	const struct hmac_key *key;
	uint8_t number;
	bool is_good;
};

static void *
sign_many(void *pointer)
{
	struct signing_thread *self = pointer;
	const struct digest_part part = { &self->number, 1 };
	uint8_t mac[DIGEST_SIZE], expected[DIGEST_SIZE];

	digest_hmac("key", 3, &self->number, 1, expected);
	self->is_good = true;
	for (int i = 0; i < 2000; i++) {
		hmac_key_sign(self->key, &part, 1, mac);
		self->is_good &= digest_equal(mac, expected, sizeof(mac));
	}
	return NULL;
}

START_TEST(one_key_signs_on_many_threads_at_once)
{
	SCOPED(hmac_key_cleanup) struct hmac_key *key = hmac_key_new("key", 3);
	struct signing_thread selves[4];
	pthread_t threads[COUNT(selves)];

	for (size_t i = 0; i < COUNT(selves); i++) {
		selves[i] = (struct signing_thread){ key, (uint8_t)i, false };
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, sign_many, &selves[i]),
		    0);
	}
	for (size_t i = 0; i < COUNT(selves); i++) {
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
		ck_assert(selves[i].is_good);
	}
}
END_TEST

START_TEST(every_single_bit_makes_bytes_unequal)
{
	uint8_t a[DIGEST_SIZE] = { 7 }, b[DIGEST_SIZE] = { 7 };

	ck_assert(digest_equal(a, b, sizeof(a)));
	ck_assert(digest_equal(a, b, 0));
	for (size_t bit = 0; bit < 8 * sizeof(a); bit++) {
		b[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert(!digest_equal(a, b, sizeof(a)));
		b[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}
END_TEST

START_TEST(random_bytes_fill_all_they_are_asked_for)
{
	static uint8_t large[(1 << 20) + 64];
	uint8_t first[32] = { 0 }, second[32] = { 0 }, none[32] = { 0 };
	uint8_t guard[2] = { 1, 2 };

	crypto_random(first, sizeof(first));
	crypto_random(second, sizeof(second));
	ck_assert(!digest_equal(first, second, sizeof(first)));
	crypto_random(large, sizeof(large));
	ck_assert(!digest_equal(
	    large + sizeof(large) - sizeof(none), none, sizeof(none)));
	crypto_random(guard, 0);
	ck_assert_int_eq(guard[0], 1);
}
END_TEST

START_TEST(lookup_hash_depends_on_key_and_text)
{
	SCOPED(hmac_key_cleanup) struct hmac_key *key = hmac_key_new("k", 1);
	SCOPED(hmac_key_cleanup) struct hmac_key *other = hmac_key_new("l", 1);
	uint8_t hash[LOOKUP_HASH_SIZE], again[LOOKUP_HASH_SIZE];

	digest_hmac("k", 1, "+919800000000", 13, again);
	lookup_hash(key, "+919800000000", 13, hash);
	ck_assert(digest_equal(hash, again, sizeof(hash)));
	lookup_hash(other, "+919800000000", 13, again);
	ck_assert(!digest_equal(hash, again, sizeof(hash)));
	lookup_hash(key, "+919800000001", 13, again);
	ck_assert(!digest_equal(hash, again, sizeof(hash)));
	lookup_hash(key, "+919800000000", 12, again);
	ck_assert(!digest_equal(hash, again, sizeof(hash)));
}
END_TEST

Suite *
digest_suite(void)
{
	Suite *suite = suite_create("digest");
	TCase *tcase = tcase_create("digest");

	tcase_add_loop_test(
	    tcase, sha_256_agrees_with_fips_180, 0, (int)COUNT(hashes));
	tcase_add_loop_test(tcase,
	    hmac_agrees_with_rfc_4231_in_one_piece_and_in_many, 0,
	    (int)COUNT(macs));
	tcase_add_test(tcase, one_key_signs_on_many_threads_at_once);
	tcase_add_test(tcase, every_single_bit_makes_bytes_unequal);
	tcase_add_test(tcase, random_bytes_fill_all_they_are_asked_for);
	tcase_add_test(tcase, lookup_hash_depends_on_key_and_text);
	suite_add_tcase(suite, tcase);
	return suite;
}
