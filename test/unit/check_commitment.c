/*
 * crypto: commitments and leaf hashes, against test/vectors/leaf.json, which
 * another program in another language has made.
 */
#include "test/unit/unit.h"

#include <jansson.h>

#include "hub/base/encode.h"
#include "hub/crypto/commitment.h"
#include "hub/crypto/digest.h"

static json_t *
vectors(void)
{
	json_error_t error;
	json_t *all = json_load_file("test/vectors/leaf.json", 0, &error);

	ck_assert_msg(all != NULL, "leaf.json: %s", error.text);
	return all;
}

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	ck_assert_msg(text != NULL, "no %s", name);
	return text;
}

START_TEST(commitments_agree_with_the_vectors)
{
	json_t *all = vectors(), *vector, *input;
	size_t i, k, count = 0;

	json_array_foreach(all, i, vector)
	{
		const char *leaf = text_of(vector, "leaf");

		json_array_foreach(json_object_get(vector, "inputs"), k, input)
		{
			uint8_t salt[COMMITMENT_SALT_SIZE];
			char made[COMMITMENT_TEXT_SIZE];
			const char *value = text_of(input, "value");

			ck_assert(hex_decode(
			    text_of(input, "salt"), salt, sizeof(salt)));
			ck_assert_str_eq(
			    commitment_make(salt, text_of(input, "field"),
				value, strlen(value), made),
			    text_of(input, "commitment"));
			ck_assert_ptr_nonnull(strstr(leaf, made));
			count++;
		}
	}
	ck_assert_uint_ge(count, 10);
	json_decref(all);
}
END_TEST

START_TEST(leaf_hashes_agree_with_the_vectors)
{
	json_t *all = vectors(), *vector;
	size_t i;

	ck_assert_uint_ge(json_array_size(all), 3);
	json_array_foreach(all, i, vector)
	{
		const char *leaf = text_of(vector, "leaf");
		uint8_t hash[COMMITMENT_HASH_SIZE], bare[DIGEST_SIZE];
		char hex[HEX_SIZE(COMMITMENT_HASH_SIZE)];

		commitment_leaf_hash(leaf, strlen(leaf), hash);
		ck_assert_str_eq(hex_encode(hash, sizeof(hash), hex),
		    text_of(vector, "leaf_hash"));
		digest_sha256(leaf, strlen(leaf), bare);
		ck_assert(!digest_equal(hash, bare, sizeof(hash)));
	}
	json_decref(all);
}
END_TEST

/* RFC 6962, 2.1.1: the empty leaf of certificate transparency's own tests. */
START_TEST(empty_leaf_has_the_hash_of_rfc_6962)
{
	uint8_t hash[COMMITMENT_HASH_SIZE];
	char hex[HEX_SIZE(COMMITMENT_HASH_SIZE)];

	commitment_leaf_hash("", 0, hash);
	ck_assert_str_eq(hex_encode(hash, sizeof(hash), hex),
	    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}
END_TEST

static const struct {
	uint8_t salt;
	const char *field, *value;
} others[] = {
	{ 2, "phone", "\"1\"" },
	{ 1, "phon", "e\"1\"" },
	{ 1, "phone", "\"2\"" },
	{ 1, "Phone", "\"1\"" },
	{ 1, "phone\"1\"", "" },
	{ 1, "", "phone\"1\"" },
};

START_TEST(commitment_changes_with_salt_field_and_value)
{
	uint8_t salt[COMMITMENT_SALT_SIZE] = { 1 };
	char first[COMMITMENT_TEXT_SIZE], second[COMMITMENT_TEXT_SIZE];

	(void)commitment_make(salt, "phone", "\"1\"", 3, first);
	salt[0] = others[_i].salt;
	(void)commitment_make(salt, others[_i].field, others[_i].value,
	    strlen(others[_i].value), second);
	ck_assert_str_ne(first, second);
}
END_TEST

Suite *
commitment_suite(void)
{
	Suite *suite = suite_create("commitment");
	TCase *tcase = tcase_create("commitment");

	tcase_add_test(tcase, commitments_agree_with_the_vectors);
	tcase_add_test(tcase, leaf_hashes_agree_with_the_vectors);
	tcase_add_test(tcase, empty_leaf_has_the_hash_of_rfc_6962);
	tcase_add_loop_test(tcase, commitment_changes_with_salt_field_and_value,
	    0, (int)COUNT(others));
	suite_add_tcase(suite, tcase);
	return suite;
}
