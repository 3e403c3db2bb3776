/*
 * row_index: rows are found by their hash, in the order they came.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/row_index.h"

START_TEST(empty_index_has_no_candidate)
{
	struct row_index index = { NULL, 0, 0 };
	struct row_walk walk = row_index_walk(&index, 5);
	size_t row;

	ck_assert(!row_index_next(&index, &walk, &row));
}
END_TEST

/* Rows n, n + 7 … have one hash; the hashes themselves collide in the table. */
START_TEST(equal_hashes_come_in_the_order_they_were_added)
{
	enum { ROWS = 1000, HASHES = 7 };
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1 << 20);
	struct row_index index = { NULL, 0, 0 };

	for (size_t row = 0; row < ROWS; row++)
		ck_assert(row_index_add(&index, arena,
		    (uint32_t)(row % HASHES) * 4096 + 4095, row));
	for (size_t hash = 0; hash < HASHES; hash++) {
		struct row_walk walk = row_index_walk(
		    &index, (uint32_t)hash * 4096 + 4095);
		size_t row, wanted = hash;

		while (row_index_next(&index, &walk, &row)) {
			ck_assert_uint_eq(row, wanted);
			wanted += HASHES;
		}
		ck_assert_uint_ge(wanted, ROWS);
	}
}
END_TEST

START_TEST(full_arena_leaves_the_index_as_it_was)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(512);
	struct row_index index = { NULL, 0, 0 };
	size_t added = 0, found = 0, row;
	struct row_walk walk;

	while (row_index_add(&index, arena, 1, added))
		added++;
	ck_assert_uint_gt(added, 0);
	ck_assert(!row_index_add(&index, arena, 1, added));
	walk = row_index_walk(&index, 1);
	while (row_index_next(&index, &walk, &row))
		ck_assert_uint_eq(row, found++);
	ck_assert_uint_eq(found, added);
}
END_TEST

/* Published vectors of FNV-1a, 32 bits. */
START_TEST(hash_is_fnv_1a)
{
	ck_assert_uint_eq(row_index_hash(0, "", 0), 0x811c9dc5u);
	ck_assert_uint_eq(row_index_hash(0, "a", 1), 0xe40c292cu);
	ck_assert_uint_eq(row_index_hash(0, "foobar", 6), 0xbf9cf968u);
	ck_assert_uint_eq(
	    row_index_hash(row_index_hash(0, "foo", 3), "bar", 3), 0xbf9cf968u);
}
END_TEST

Suite *
row_index_suite(void)
{
	Suite *suite = suite_create("row_index");
	TCase *tests = tcase_create("row_index");

	tcase_add_test(tests, empty_index_has_no_candidate);
	tcase_add_test(tests, equal_hashes_come_in_the_order_they_were_added);
	tcase_add_test(tests, full_arena_leaves_the_index_as_it_was);
	tcase_add_test(tests, hash_is_fnv_1a);
	suite_add_tcase(suite, tests);
	return suite;
}
