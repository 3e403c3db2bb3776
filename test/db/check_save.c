/*
 * A save in its two steps: what was sent first goes back where the second
 * step fails, or is not taken.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

static struct world world;
static struct db *desk;
static struct batch batch;

static void
setup(void)
{
	SCOPED(db_cleanup) struct db *owner = NULL;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "INSERT INTO hub_data_key VALUES (1, 'wrapped')");
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

/* A case whose rows are decided and sealed. */
static struct case_file *
decide_case(unsigned number)
{
	struct load_keys keys = { .case_numbers = 1 };
	struct case_file *made;

	batch_begin(&batch, &world, &keys);
	made = batch_add_case(&batch, &world, number);
	batch_seal(&batch);
	return made;
}

/* Nothing is there, and the connection serves the next batch. */
static void
check_gone(void)
{
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 0);
	ck_assert_int_eq(db_number("SELECT count(*) FROM event"
				   " WHERE case_id IS NOT NULL"),
	    0);
	(void)decide_case(2);
	batch_must(&batch);
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
}

START_TEST(rows_that_were_sent_go_back_where_records_fail)
{
	struct err err;

	(void)decide_case(1);
	ck_assert_int_eq(effects_save_rows(desk, &batch.effects, &err), RC_OK);
	effects_save_abandon(desk);
	check_gone();
}
END_TEST

START_TEST(row_that_the_server_refuses_is_told_with_the_records)
{
	struct err err;

	decide_case(1)->loss.minor = -1;
	ck_assert_int_eq(effects_save_rows(desk, &batch.effects, &err), RC_OK);
	ck_assert_int_eq(
	    effects_save_records(desk, &batch.effects, &err), RC_INVALID);
	ck_assert_ptr_nonnull(strstr(err.text, "case_file_loss_positive"));
	check_gone();
}
END_TEST

START_TEST(rows_of_a_batch_that_is_too_large_are_not_sent)
{
	struct err err;

	(void)decide_case(1);
	batch.effects.failed = true;
	ck_assert_int_eq(
	    effects_save_rows(desk, &batch.effects, &err), RC_TOO_LARGE);
	check_gone();
}
END_TEST

Suite *
save_suite(void)
{
	Suite *suite = suite_create("save");
	TCase *tcase = tcase_create("save");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, rows_that_were_sent_go_back_where_records_fail);
	tcase_add_test(
	    tcase, row_that_the_server_refuses_is_told_with_the_records);
	tcase_add_test(tcase, rows_of_a_batch_that_is_too_large_are_not_sent);
	suite_add_tcase(suite, tcase);
	return suite;
}
