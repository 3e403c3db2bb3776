/*
 * spool: an upload in pieces, sealed as it comes; and the detached signature
 * over the whole of it.
 */
#include "test/unit/unit.h"

#include <stdlib.h>

#include "hub/base/arena.h"
#include "hub/crypto/detached_signature.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/sealed_column.h"
#include "hub/desk/spool.h"
#include "test/unit/folder.h"

enum { LARGEST = 3 * SPOOL_PIECE_SIZE };

static struct folder folder;
static struct spool *spool;
static uint8_t content[LARGEST];

static void
set_up(void)
{
	struct err err;

	folder_init(&folder);
	for (size_t i = 0; i < sizeof content; i++)
		content[i] = (uint8_t)(i * 31 + i / 251);
	ck_assert_int_eq(spool_open(folder.path, &spool, &err), RC_OK);
}

static void
tear_down(void)
{
	spool_free(spool);
	folder_clear(&folder);
}

static const struct {
	size_t size, step;
	int pieces;
} uploads[] = {
	{ 1, 1, 1 },
	{ SPOOL_PIECE_SIZE - 1, 1000, 1 },
	{ SPOOL_PIECE_SIZE, 4096, 1 },
	{ SPOOL_PIECE_SIZE + 1, SPOOL_PIECE_SIZE + 1, 2 },
	{ LARGEST, LARGEST, 3 },
	{ LARGEST - 7, 32768, 3 },
};

START_TEST(content_comes_back_as_it_went_in)
{
	uint8_t sha256[DIGEST_SIZE], *whole;
	struct err err;

	for (size_t at = 0; at < uploads[_i].size; at += uploads[_i].step) {
		size_t left = uploads[_i].size - at;

		ck_assert(spool_add(spool, content + at,
		    left < uploads[_i].step ? left : uploads[_i].step));
	}
	ck_assert_int_eq(spool_end(spool, &err), RC_OK);
	ck_assert_int_eq(spool_size(spool), (int64_t)uploads[_i].size);
	ck_assert_int_eq(spool_pieces(spool), uploads[_i].pieces);
	digest_sha256(content, uploads[_i].size, sha256);
	ck_assert_mem_eq(spool_sha256(spool), sha256, sizeof sha256);
	ck_assert_int_eq(spool_whole(spool, &whole, &err), RC_OK);
	ck_assert_mem_eq(whole, content, uploads[_i].size);
	free(whole);
}
END_TEST

START_TEST(piece_is_sealed_and_bound_to_its_place)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(LARGEST);
	uint8_t row[SEALED_CHUNK_ROW_SIZE];
	struct sealed_place place;
	struct blob sealed, plain;
	struct err err;

	ck_assert(spool_add(spool, content, SPOOL_PIECE_SIZE + 5));
	ck_assert_int_eq(spool_end(spool, &err), RC_OK);
	ck_assert_int_eq(
	    spool_piece(spool, 1, &sealed.bytes, &sealed.length, &err), RC_OK);
	ck_assert_uint_eq(sealed.length, 5 + SEALING_OVERHEAD);
	place = sealed_place_chunk(spool_content(spool), 1, row);
	ck_assert_int_eq(sealed_column_open(spool_key(spool), &place, &sealed,
			     arena, &plain, &err),
	    RC_OK);
	ck_assert_mem_eq(plain.bytes, content + SPOOL_PIECE_SIZE, 5);
	place = sealed_place_chunk(spool_content(spool), 0, row);
	ck_assert_int_eq(sealed_column_open(spool_key(spool), &place, &sealed,
			     arena, &plain, &err),
	    RC_FAILED);
}
END_TEST

START_TEST(nothing_is_no_document)
{
	struct err err;

	ck_assert_int_eq(spool_end(spool, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "empty_document");
}
END_TEST

START_TEST(no_file_has_a_name)
{
	ck_assert(spool_add(spool, content, sizeof content));
	/* rmdir(2) would refuse. */
	folder_clear(&folder);
	folder_init(&folder);
}
END_TEST

START_TEST(directory_that_is_none_is_told)
{
	struct spool *other = NULL;
	struct err err;

	ck_assert_int_eq(
	    spool_open("/nowhere/at/all", &other, &err), RC_UNAVAILABLE);
	ck_assert_str_eq(err.code, "spool_failed");
	ck_assert_ptr_null(other);
}
END_TEST

/* RFC 8032, 7.1, test 2. */
static const uint8_t key[DETACHED_KEY_SIZE] = { 0x3d, 0x40, 0x17, 0xc3, 0xe8,
	0x43, 0x89, 0x5a, 0x92, 0xb7, 0x0a, 0xa7, 0x4d, 0x1b, 0x7e, 0xbc, 0x9c,
	0x98, 0x2c, 0xcf, 0x2e, 0xc4, 0x96, 0x8c, 0xc0, 0xcd, 0x55, 0xf1, 0x2a,
	0xf4, 0x66, 0x0c };
static const uint8_t signature[DETACHED_SIGNATURE_SIZE] = { 0x92, 0xa0, 0x09,
	0xa9, 0xf0, 0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82, 0x0b, 0x5f, 0x64, 0x25,
	0x40, 0xa2, 0xb2, 0x7b, 0x54, 0x16, 0x50, 0x3f, 0x8f, 0xb3, 0x76, 0x22,
	0x23, 0xeb, 0xdb, 0x69, 0xda, 0x08, 0x5a, 0xc1, 0xe4, 0x3e, 0x15, 0x99,
	0x6e, 0x45, 0x8f, 0x36, 0x13, 0xd0, 0xf1, 0x1d, 0x8c, 0x38, 0x7b, 0x2e,
	0xae, 0xb4, 0x30, 0x2a, 0xee, 0xb0, 0x0d, 0x29, 0x16, 0x12, 0xbb, 0x0c,
	0x00 };

START_TEST(signature_of_the_standard_is_good)
{
	ck_assert(detached_signature_is_good(key, signature, "\x72", 1));
}
END_TEST

START_TEST(signature_with_any_bit_changed_is_bad)
{
	uint8_t other[DETACHED_SIGNATURE_SIZE], other_key[DETACHED_KEY_SIZE];

	memcpy(other, signature, sizeof other);
	other[_i / 8] ^= (uint8_t)(1u << (_i % 8));
	ck_assert(!detached_signature_is_good(key, other, "\x72", 1));
	memcpy(other_key, key, sizeof other_key);
	other_key[_i / 16] ^= (uint8_t)(1u << (_i % 8));
	ck_assert(!detached_signature_is_good(other_key, signature, "\x72", 1));
	ck_assert(!detached_signature_is_good(key, signature, "\x73", 1));
	ck_assert(!detached_signature_is_good(key, signature, "", 0));
}
END_TEST

Suite *
spool_suite(void)
{
	Suite *suite = suite_create("spool");
	TCase *tcase = tcase_create("spool");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(
	    tcase, content_comes_back_as_it_went_in, 0, COUNT(uploads));
	tcase_add_test(tcase, piece_is_sealed_and_bound_to_its_place);
	tcase_add_test(tcase, nothing_is_no_document);
	tcase_add_test(tcase, no_file_has_a_name);
	tcase_add_test(tcase, directory_that_is_none_is_told);
	tcase_add_test(tcase, signature_of_the_standard_is_good);
	tcase_add_loop_test(
	    tcase, signature_with_any_bit_changed_is_bad, 0, 512);
	suite_add_tcase(suite, tcase);
	return suite;
}
