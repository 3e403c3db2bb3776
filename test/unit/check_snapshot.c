/*
 * snapshot: rows are found in short and in long lists, and what is live is
 * judged by what the batch made of it.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/snapshot.h"

static struct arena *arena;
static struct snapshot snapshot;

static void
set_up(void)
{
	arena = arena_new((size_t)256 << 20);
	snapshot_init(&snapshot, arena, NULL);
}

static void
tear_down(void)
{
	arena_free(arena);
}

static struct id
id_of(int kind, size_t number)
{
	struct id id = { { 0 } };

	id.bytes[0] = (uint8_t)kind;
	id.bytes[13] = (uint8_t)(number >> 16);
	id.bytes[14] = (uint8_t)(number >> 8);
	id.bytes[15] = (uint8_t)number;
	return id;
}

enum { CASE = 1, TXN, REQUEST, TARGET, MESSAGE, UNIT };

static void
hash_of(size_t number, uint8_t hash[SNAPSHOT_HASH_SIZE])
{
	memset(hash, 0xaa, SNAPSHOT_HASH_SIZE);
	memcpy(hash, &number, sizeof(number));
}

static struct target *
target_add(size_t number, size_t hash, enum target_state state)
{
	struct target *target = snapshot_add_target(&snapshot);

	target->id = id_of(TARGET, number);
	target->case_id = id_of(CASE, 1);
	target->state = state;
	hash_of(hash, target->dedupe_hash);
	return target;
}

static void
live_add(size_t number, size_t hash)
{
	struct live_target *live = snapshot_add_live(&snapshot);

	live->id = id_of(TARGET, number);
	live->case_id = id_of(CASE, 9);
	live->unit = id_of(UNIT, 9);
	hash_of(hash, live->dedupe_hash);
}

static const struct live_target *
live_of(size_t hash, const struct id *except)
{
	uint8_t bytes[SNAPSHOT_HASH_SIZE];

	hash_of(hash, bytes);
	return snapshot_live(&snapshot, bytes, except);
}

/* Around the length where the index begins, and a large batch. */
static const size_t lengths[] = { 0, 1, 8, 9, 16, 17, 10000 };

START_TEST(every_row_is_found_and_no_other)
{
	size_t count = lengths[_i];
	const struct id stranger = id_of(9, 1);

	for (size_t n = 1; n <= count; n++) {
		snapshot_add_case(&snapshot)->id = id_of(CASE, n);
		snapshot_add_txn(&snapshot)->id = id_of(TXN, n);
		snapshot_add_request(&snapshot)->id = id_of(REQUEST, n);
		snapshot_add_target(&snapshot)->id = id_of(TARGET, n);
		snapshot_add_pending(&snapshot)->id = id_of(MESSAGE, n);
	}
	for (size_t n = 1; n <= count; n++) {
		struct id id = id_of(CASE, n);

		ck_assert(id_equal(&snapshot_case(&snapshot, &id)->id, &id));
		id = id_of(TXN, n);
		ck_assert(id_equal(&snapshot_txn(&snapshot, &id)->id, &id));
		id = id_of(REQUEST, n);
		ck_assert(id_equal(&snapshot_request(&snapshot, &id)->id, &id));
		id = id_of(TARGET, n);
		ck_assert(id_equal(&snapshot_target(&snapshot, &id)->id, &id));
		id = id_of(MESSAGE, n);
		ck_assert(id_equal(&snapshot_pending(&snapshot, &id)->id, &id));
	}
	ck_assert_ptr_null(snapshot_case(&snapshot, &stranger));
	ck_assert_ptr_null(snapshot_txn(&snapshot, &stranger));
	ck_assert_ptr_null(snapshot_request(&snapshot, &stranger));
	ck_assert_ptr_null(snapshot_target(&snapshot, &stranger));
	ck_assert_ptr_null(snapshot_pending(&snapshot, &stranger));
}
END_TEST

START_TEST(rows_added_between_lookups_are_found)
{
	for (size_t n = 1; n <= 100; n++) {
		const struct id id = id_of(CASE, n);
		struct case_file *row = snapshot_add_case(&snapshot);

		/* A look-up before the caller has set the id. */
		ck_assert_ptr_null(snapshot_case(&snapshot, &id));
		row->id = id;
		ck_assert_ptr_eq(snapshot_case(&snapshot, &id), row);
	}
}
END_TEST

START_TEST(added_row_is_zero_and_stays_where_it_is)
{
	static const struct target zero;
	struct target *first = snapshot_add_target(&snapshot);

	ck_assert_mem_eq(first, &zero, sizeof(zero));
	first->position = 77;
	for (size_t n = 0; n < 1000; n++)
		ck_assert_mem_eq(
		    snapshot_add_target(&snapshot), &zero, sizeof(zero));
	ck_assert_ptr_eq(snapshot.targets[0], first);
	ck_assert_int_eq(first->position, 77);
}
END_TEST

START_TEST(kept_reply_is_of_one_principal_and_key)
{
	const struct id one = id_of(7, 1), two = id_of(7, 2);
	struct kept_reply *kept = snapshot_add_kept(&snapshot);

	kept->principal = one;
	memcpy(kept->idempotency.key, "key", 4);
	ck_assert_ptr_eq(snapshot_kept(&snapshot, &one, "key"), kept);
	ck_assert_ptr_null(snapshot_kept(&snapshot, &two, "key"));
	ck_assert_ptr_null(snapshot_kept(&snapshot, &one, "ke"));
	ck_assert_ptr_null(snapshot_kept(&snapshot, &one, "keys"));
	ck_assert_ptr_null(snapshot_kept(&snapshot, &one, ""));
}
END_TEST

START_TEST(actor_is_found_by_its_key)
{
	uint8_t key[ACTOR_KEY_SIZE] = { 1 }, other[ACTOR_KEY_SIZE] = { 1, 1 };

	memcpy(snapshot_add_actor(&snapshot)->key, key, sizeof(key));
	ck_assert_ptr_eq(snapshot_actor(&snapshot, key), snapshot.actors);
	ck_assert_ptr_null(snapshot_actor(&snapshot, other));
}
END_TEST

/* ---- live targets */

START_TEST(target_of_the_database_is_live)
{
	live_add(1, 5);
	ck_assert(id_equal(
	    &live_of(5, NULL)->unit, (const struct id[]){ id_of(UNIT, 9) }));
	ck_assert_ptr_null(live_of(6, NULL));
}
END_TEST

START_TEST(target_made_in_the_batch_is_live_with_its_unit)
{
	struct case_file *case_file = snapshot_add_case(&snapshot);
	const struct live_target *live;
	struct target *target;

	case_file->id = id_of(CASE, 1);
	case_file->unit = id_of(UNIT, 3);
	target = target_add(1, 5, TARGET_QUEUED);
	live = live_of(5, NULL);
	ck_assert_ptr_nonnull(live);
	ck_assert(id_equal(&live->id, &target->id));
	ck_assert(id_equal(&live->case_id, &case_file->id));
	ck_assert(id_equal(&live->unit, &case_file->unit));
	ck_assert_mem_eq(
	    live->dedupe_hash, target->dedupe_hash, SNAPSHOT_HASH_SIZE);
}
END_TEST

START_TEST(every_state_that_is_not_over_is_live)
{
	enum target_state state = (enum target_state)_i;

	target_add(1, 5, state);
	ck_assert_int_eq(live_of(5, NULL) == NULL, target_state_is_over(state));
}
END_TEST

START_TEST(target_is_no_duplicate_of_itself)
{
	struct target *target = target_add(1, 5, TARGET_QUEUED);

	ck_assert_ptr_null(live_of(5, &target->id));
	live_add(1, 5);
	ck_assert_ptr_null(live_of(5, &target->id));
	live_add(2, 5);
	ck_assert(id_equal(&live_of(5, &target->id)->id,
	    (const struct id[]){ id_of(TARGET, 2) }));
}
END_TEST

START_TEST(target_that_the_batch_ended_is_no_longer_live)
{
	struct target *target = target_add(1, 5, TARGET_DELIVERED);

	live_add(1, 5);
	ck_assert_ptr_nonnull(live_of(5, NULL));
	target->state = TARGET_CANCELLED;
	ck_assert_ptr_null(live_of(5, NULL));
}
END_TEST

START_TEST(corrected_target_is_live_where_it_went)
{
	struct target *target = target_add(1, 5, TARGET_REJECTED);

	live_add(1, 5);
	for (size_t n = 100; n < 120; n++)
		target_add(n, n, TARGET_QUEUED);
	ck_assert_ptr_nonnull(live_of(5, NULL));
	ck_assert(snapshot_watch(&snapshot, target));
	hash_of(6, target->dedupe_hash);
	target->state = TARGET_QUEUED;
	ck_assert_ptr_null(live_of(5, NULL));
	ck_assert(id_equal(&live_of(6, NULL)->id, &target->id));
	ck_assert_ptr_null(live_of(6, &target->id));
}
END_TEST

START_TEST(one_live_target_is_found_among_many_that_are_over)
{
	for (size_t n = 1; n <= 200; n++)
		target_add(n, 5, n == 150 ? TARGET_SENT : TARGET_SUPERSEDED);
	ck_assert(id_equal(
	    &live_of(5, NULL)->id, (const struct id[]){ id_of(TARGET, 150) }));
}
END_TEST

/* ---- a full arena */

START_TEST(full_arena_gives_no_row_and_keeps_the_others)
{
	struct arena *small = arena_new(16 * 1024);
	size_t count = 0;

	snapshot_init(&snapshot, small, NULL);
	for (;;) {
		struct txn *txn = snapshot_add_txn(&snapshot);

		if (txn == NULL)
			break;
		txn->id = id_of(TXN, ++count);
	}
	ck_assert_uint_gt(count, 3);
	ck_assert_uint_eq(snapshot.txn_count, count);
	for (size_t n = 1; n <= count; n++) {
		const struct id id = id_of(TXN, n);

		ck_assert_ptr_nonnull(snapshot_txn(&snapshot, &id));
	}
	arena_free(small);
}
END_TEST

Suite *
snapshot_suite(void)
{
	Suite *suite = suite_create("snapshot");
	TCase *tests = tcase_create("snapshot");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(
	    tests, every_row_is_found_and_no_other, 0, (int)COUNT(lengths));
	tcase_add_test(tests, rows_added_between_lookups_are_found);
	tcase_add_test(tests, added_row_is_zero_and_stays_where_it_is);
	tcase_add_test(tests, kept_reply_is_of_one_principal_and_key);
	tcase_add_test(tests, actor_is_found_by_its_key);
	tcase_add_test(tests, target_of_the_database_is_live);
	tcase_add_test(tests, target_made_in_the_batch_is_live_with_its_unit);
	tcase_add_loop_test(
	    tests, every_state_that_is_not_over_is_live, 0, TARGET_STATE_COUNT);
	tcase_add_test(tests, target_is_no_duplicate_of_itself);
	tcase_add_test(tests, target_that_the_batch_ended_is_no_longer_live);
	tcase_add_test(tests, corrected_target_is_live_where_it_went);
	tcase_add_test(
	    tests, one_live_target_is_found_among_many_that_are_over);
	tcase_add_test(tests, full_arena_gives_no_row_and_keeps_the_others);
	suite_add_tcase(suite, tests);
	return suite;
}
