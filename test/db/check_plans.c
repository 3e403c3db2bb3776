/*
 * Plans of a desk whose tables were empty when it began: they must not stay
 * what an empty table deserves.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

#include <stdio.h>

enum { CASES = 300 };

static struct world world;
static struct db *desk;
static struct batch batch;

/* Statistics that say: nothing there. */
static void
setup(void)
{
	SCOPED(db_cleanup) struct db *owner = NULL;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "INSERT INTO hub_data_key VALUES (1, 'wrapped')");
	db_must(owner, "ANALYZE");
	desk = db_as_hub(SESSION_DESK);
	world_make(&world, desk);
	batch_init(&batch, desk);
}

static void
teardown(void)
{
	batch_clear(&batch);
	world_clear(&world);
	db_close(desk);
}

/* What the desk does for one case: it looks for live targets and for a kept
 * reply, and finds none. */
static void
submit(unsigned number)
{
	uint8_t hashes[BATCH_TARGETS][SNAPSHOT_HASH_SIZE] = { { 0 } };
	char text[32];
	const struct load_kept_key kept = { world.officer, text };
	struct load_keys keys = { .kept = &kept,
		.kept_count = 1,
		.dedupe_hashes = (const uint8_t(*)[SNAPSHOT_HASH_SIZE])hashes,
		.dedupe_count = BATCH_TARGETS,
		.case_numbers = 1 };
	const struct case_file *case_file;

	snprintf(text, sizeof(text), "key-%u", number);
	for (size_t i = 0; i < BATCH_TARGETS; i++) {
		memcpy(hashes[i], &number, sizeof(number));
		hashes[i][SNAPSHOT_HASH_SIZE - 1] = (uint8_t)(100 + i);
	}
	batch_begin(&batch, &world, &keys);
	case_file = batch_add_case(&batch, &world, number);
	batch_add_reply(&batch, &world, &case_file->id, text);
	batch_must(&batch);
}

/* Index entries that all sessions have read so far. */
static int64_t
entries_read(void)
{
	db_must(desk, "SELECT pg_stat_force_next_flush()");
	db_must(desk, "SELECT");
	return db_number("(SELECT sum(idx_tup_read) FROM "
			 "pg_stat_user_indexes WHERE relname IN "
			 "('case_file', 'target', 'idempotency'))");
}

START_TEST(desk_of_an_empty_database_reads_by_key_when_it_has_filled)
{
	int64_t before;

	for (unsigned i = 0; i < CASES; i++)
		submit(i);
	before = entries_read();
	submit(CASES);
	ck_assert_int_lt(entries_read() - before, CASES / 2);
}
END_TEST

Suite *
plans_suite(void)
{
	Suite *suite = suite_create("plans");
	TCase *tcase = tcase_create("plans");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(
	    tcase, desk_of_an_empty_database_reads_by_key_when_it_has_filled);
	suite_add_tcase(suite, tcase);
	return suite;
}
