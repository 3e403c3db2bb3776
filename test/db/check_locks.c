/*
 * Two desks on one database: who comes second waits or runs again, and
 * nobody deadlocks.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

#include <pthread.h>
#include <stdio.h>

enum { DESKS = 2, ROUNDS = 40, CASES = 6 };

static struct world world;
static struct id cases[CASES], targets[CASES];
static uint8_t hashes[CASES][SNAPSHOT_HASH_SIZE];

static void
setup(void)
{
	SCOPED(db_cleanup) struct db *owner = NULL;
	SCOPED(db_cleanup) struct db *desk = NULL;
	struct load_keys keys = { 0 };
	struct batch batch;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "INSERT INTO hub_data_key VALUES (1, 'wrapped')");
	desk = db_as_hub(SESSION_DESK);
	world_make(&world, desk);
	batch_init(&batch, desk);
	for (unsigned i = 0; i < CASES; i++) {
		batch_begin(&batch, &world, &keys);
		cases[i] = batch_add_case(&batch, &world, i)->id;
		targets[i] = batch.snapshot.targets[0]->id;
		memcpy(hashes[i], batch.snapshot.targets[0]->dedupe_hash,
		    SNAPSHOT_HASH_SIZE);
		batch_must(&batch);
	}
	batch_clear(&batch);
}

static void
teardown(void)
{
	world_clear(&world);
}

START_TEST(second_desk_gives_up_waiting_and_comes_again)
{
	SCOPED(db_cleanup) struct db *first = db_as_hub(SESSION_DESK);
	SCOPED(db_cleanup) struct db *second = db_as_hub(SESSION_DESK);
	struct load_keys by_case = { .cases = cases, .case_count = 1 };
	struct load_keys by_target = { .targets = targets, .target_count = 1 };
	struct batch one, two;
	struct err err;

	batch_init(&one, first);
	batch_init(&two, second);
	db_must(second, "SET lock_timeout = '50ms'");
	batch_begin(&one, &world, &by_case);
	snapshot_init(&two.snapshot, two.arena, world.registry);
	ck_assert_int_eq(
	    snapshot_load(second, &by_target, &two.snapshot, &err), RC_RETRY);
	ck_assert_str_eq(err.code, "lock_timeout");
	batch_must(&one);
	batch_begin(&two, &world, &by_target);
	ck_assert_uint_eq(two.snapshot.case_count, 1);
	batch_must(&two);
	batch_clear(&one);
	batch_clear(&two);
}
END_TEST

START_TEST(same_new_target_waits_for_the_first)
{
	SCOPED(db_cleanup) struct db *first = db_as_hub(SESSION_DESK);
	SCOPED(db_cleanup) struct db *second = db_as_hub(SESSION_DESK);
	uint8_t hash[1][SNAPSHOT_HASH_SIZE] = { { 0x80, 3 } };
	struct load_keys keys = {
		.dedupe_hashes = (const uint8_t(*)[SNAPSHOT_HASH_SIZE])hash,
		.dedupe_count = 1
	};
	struct batch one, two;
	const struct live_target *live;
	struct err err;

	batch_init(&one, first);
	batch_init(&two, second);
	db_must(second, "SET lock_timeout = '50ms'");
	batch_begin(&one, &world, &keys);
	ck_assert_ptr_null(snapshot_live(&one.snapshot, hash[0], NULL));
	(void)batch_add_case(&one, &world, 100);
	memcpy(one.snapshot.targets[0]->dedupe_hash, hash[0], sizeof(hash[0]));
	snapshot_init(&two.snapshot, two.arena, world.registry);
	ck_assert_int_eq(
	    snapshot_load(second, &keys, &two.snapshot, &err), RC_RETRY);
	batch_must(&one);
	batch_begin(&two, &world, &keys);
	live = snapshot_live(&two.snapshot, hash[0], NULL);
	ck_assert_ptr_nonnull(live);
	ck_assert(id_equal(&live->unit, &world.unit));
	db_rollback(second);
	batch_clear(&one);
	batch_clear(&two);
}
END_TEST

START_TEST(target_that_is_over_is_not_live)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	SCOPED(db_cleanup) struct db *desk = db_as_hub(SESSION_DESK);
	struct load_keys keys = {
		.dedupe_hashes = (const uint8_t(*)[SNAPSHOT_HASH_SIZE])hashes,
		.dedupe_count = 1
	};
	struct batch batch;

	batch_init(&batch, desk);
	batch_begin(&batch, &world, &keys);
	ck_assert_uint_eq(batch.snapshot.live_count, 1);
	db_rollback(desk);
	db_must(owner, "UPDATE target SET status = 'cancelled'");
	batch_begin(&batch, &world, &keys);
	ck_assert_uint_eq(batch.snapshot.live_count, 0);
	db_rollback(desk);
	batch_clear(&batch);
}
END_TEST

/* ---- two threads that name the same things in opposite orders */

struct desk_run {
	bool is_reversed, has_hashes;
	struct db *db;
	unsigned deadlocks, others, saved, missed;
};

/* Every list in one order or the other. */
static void
name_all(const struct desk_run *run, struct id *case_ids, struct id *target_ids,
    uint8_t (*dedupe)[SNAPSHOT_HASH_SIZE])
{
	for (size_t i = 0; i < CASES; i++) {
		size_t from = run->is_reversed ? CASES - 1 - i : i;

		case_ids[i] = cases[from];
		target_ids[i] = targets[from];
		memcpy(dedupe[i], hashes[from], SNAPSHOT_HASH_SIZE);
	}
}

static void
count_failure(struct desk_run *run, const struct err *err)
{
	if (strcmp(err->code, "deadlock") == 0)
		run->deadlocks++;
	else if (strcmp(err->code, "key_taken") != 0)
		run->others++;
}

static void
run_once(struct desk_run *run, struct batch *batch,
    const struct load_keys *keys, int round)
{
	char key[32];
	struct err err;

	arena_reset(batch->arena);
	snapshot_init(&batch->snapshot, batch->arena, world.registry);
	if (snapshot_load(run->db, keys, &batch->snapshot, &err) != RC_OK) {
		count_failure(run, &err);
		return;
	}
	if (batch->snapshot.case_count != CASES)
		run->missed++;
	effects_init(&batch->effects, &batch->snapshot);
	for (size_t i = 0; i < batch->snapshot.case_count; i++)
		batch->snapshot.cases[i]->row.is_dirty = true;
	for (int i = 0; i < 4; i++) {
		snprintf(key, sizeof(key), "%d-%d", round,
		    run->is_reversed ? 3 - i : i);
		batch_add_reply(batch, &world, NULL, key);
	}
	if (batch_save(batch, &err) == RC_OK)
		run->saved++;
	else
		count_failure(run, &err);
}

static void *
run_desk(void *context)
{
	struct desk_run *run = context;
	struct id case_ids[CASES], target_ids[CASES];
	uint8_t dedupe[CASES][SNAPSHOT_HASH_SIZE];
	struct load_keys keys = { .cases = case_ids,
		.case_count = CASES,
		.targets = target_ids,
		.target_count = CASES,
		.dedupe_hashes = (const uint8_t(*)[SNAPSHOT_HASH_SIZE])dedupe,
		.dedupe_count = run->has_hashes ? CASES : 0 };
	struct batch batch;

	name_all(run, case_ids, target_ids, dedupe);
	batch_init(&batch, run->db);
	for (int round = 0; round < ROUNDS; round++)
		run_once(run, &batch, &keys, round);
	batch_clear(&batch);
	return NULL;
}

/* With hashes the second waits for an advisory lock, without for a row. */
START_TEST(opposite_orders_never_deadlock_and_miss_nothing)
{
	struct desk_run runs[DESKS] = {
		{ .is_reversed = false, .has_hashes = _i == 1 },
		{ .is_reversed = true, .has_hashes = _i == 1 },
	};
	pthread_t threads[DESKS];
	unsigned saved = 0;

	for (size_t i = 0; i < DESKS; i++)
		runs[i].db = db_as_hub(SESSION_DESK);
	for (size_t i = 0; i < DESKS; i++)
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, run_desk, &runs[i]), 0);
	for (size_t i = 0; i < DESKS; i++) {
		pthread_join(threads[i], NULL);
		ck_assert_uint_eq(runs[i].deadlocks, 0);
		ck_assert_uint_eq(runs[i].others, 0);
		ck_assert_uint_eq(runs[i].missed, 0);
		saved += runs[i].saved;
		db_close(runs[i].db);
	}
	/* Each round's keys were saved by one desk, and by one only. */
	ck_assert_uint_eq(saved, ROUNDS);
	ck_assert_int_eq(
	    db_number("SELECT sum(row_version - 1) FROM case_file"),
	    ROUNDS * CASES);
}
END_TEST

Suite *
locks_suite(void)
{
	Suite *suite = suite_create("locks");
	TCase *tcase = tcase_create("locks");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, second_desk_gives_up_waiting_and_comes_again);
	tcase_add_test(tcase, same_new_target_waits_for_the_first);
	tcase_add_test(tcase, target_that_is_over_is_not_live);
	tcase_add_loop_test(
	    tcase, opposite_orders_never_deadlock_and_miss_nothing, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}
