/*
 * The public order: without gaps, in rounds, while desks commit in another
 * order than they drew their numbers; the floor never passes who still may
 * write.
 */
#include "test/db/db.h"

#include <inttypes.h>
#include <stdio.h>

#include "hub/store/lease.h"
#include "hub/store/sequence.h"

enum { LIMIT = 10, TEXT = 512, BATCH = 65536 };

static struct db *clerk, *desks[2];
static struct id owner;
static int64_t epoch;
static struct sequence sequence;

static void
setup(void)
{
	struct err err;

	db_fresh();
	clerk = db_as_hub(SESSION_CLERK);
	desks[0] = db_as_hub(SESSION_DESK);
	desks[1] = db_as_hub(SESSION_DESK);
	owner = id_new();
	memset(&sequence, 0, sizeof(sequence));
	ck_assert_int_eq(
	    lease_take(clerk, "sequencer", &owner, &epoch, &err), RC_OK);
	ck_assert_int_gt(epoch, 0);
}

static void
teardown(void)
{
	db_close(clerk);
	db_close(desks[0]);
	db_close(desks[1]);
}

/* One round: how many events got their leaf. */
static size_t
round_of(void)
{
	struct err err;
	size_t count;

	if (sequence_round(
		clerk, &owner, epoch, LIMIT, &sequence, &count, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	return count;
}

/* A desk's transaction begins and draws its number, as its load does. */
static int64_t
begin(struct db *desk)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct err err;

	ck_assert_int_eq(db_begin(desk, &err), RC_OK);
	ck_assert_int_eq(
	    db_query(desk, SQL_LOAD_BATCH_NUMBER, NULL, &rows, &err), RC_OK);
	return rows_int(rows, 0, 0);
}

static void
insert(struct db *desk, int64_t number, int count)
{
	char text[TEXT];

	(void)snprintf(text, sizeof(text),
	    "INSERT INTO event (event_id, recorded_at, happened_at, type, leaf)"
	    " SELECT %" PRId64 " + n, now(), now(), 'test', ''"
	    " FROM generate_series(0, %d) AS n",
	    number * BATCH, count - 1);
	db_must(desk, text);
}

static void
commit(struct db *desk)
{
	struct err err;

	ck_assert_int_eq(db_commit(desk, &err), RC_OK);
}

static void
write_batch(struct db *desk, int count)
{
	int64_t number = begin(desk);

	insert(desk, number, count);
	commit(desk);
}

static int64_t
floor_of(void)
{
	return db_number("SELECT event_id FROM sequencer_floor");
}

static void
check_no_gaps(int64_t events)
{
	ck_assert_int_eq(db_number("SELECT count(*) FROM event_leaf"), events);
	ck_assert_int_eq(
	    db_number("SELECT coalesce(max(leaf_index), -1) FROM event_leaf"),
	    events - 1);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM event_leaf l"
		      " JOIN event e USING (event_id, recorded_at)"),
	    events);
}

START_TEST(every_event_gets_its_leaf_without_gaps)
{
	write_batch(desks[0], 25);
	ck_assert_uint_eq(round_of(), LIMIT);
	ck_assert_uint_eq(round_of(), LIMIT);
	ck_assert_uint_eq(round_of(), 5);
	ck_assert_uint_eq(round_of(), 0);
	check_no_gaps(25);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM (SELECT event_id - lag(event_id)"
		      " OVER (ORDER BY leaf_index) AS step FROM event_leaf) s"
		      " WHERE step <> 1"),
	    0);
}
END_TEST

START_TEST(batch_that_is_rolled_back_leaves_no_gap)
{
	int64_t number = begin(desks[0]);

	insert(desks[0], number, 3);
	write_batch(desks[1], 2);
	db_rollback(desks[0]);
	write_batch(desks[1], 2);
	ck_assert_uint_eq(round_of(), 4);
	check_no_gaps(4);
}
END_TEST

START_TEST(floor_rises_when_all_before_have_ended)
{
	write_batch(desks[0], 3);
	for (int i = 0; i < 4; i++)
		(void)round_of();
	ck_assert_int_gt(
	    floor_of(), db_number("SELECT max(event_id) FROM event"));
	write_batch(desks[0], 3);
	ck_assert_uint_eq(round_of(), 3);
	check_no_gaps(6);
}
END_TEST

START_TEST(floor_waits_for_who_drew_an_earlier_number)
{
	int64_t slow = begin(desks[0]);

	write_batch(desks[1], 2);
	for (int i = 0; i < 6; i++) {
		(void)round_of();
		ck_assert_int_le(floor_of(), slow * BATCH);
	}
	write_batch(desks[1], 2);
	insert(desks[0], slow, 2);
	commit(desks[0]);
	ck_assert_uint_eq(round_of(), 4);
	for (int i = 0; i < 4; i++)
		(void)round_of();
	ck_assert_int_gt(
	    floor_of(), db_number("SELECT max(event_id) FROM event"));
	check_no_gaps(6);
}
END_TEST

/* The one that runs is the newest: the snapshot's xmax is its xid. */
START_TEST(floor_waits_for_the_newest_transaction_too)
{
	int64_t slow, quick;

	ck_assert_int_eq(db_begin(desks[1], NULL), RC_OK);
	db_must(desks[1], "SELECT pg_current_xact_id()");
	slow = begin(desks[0]);
	db_must(desks[1], "SELECT nextval('batch_number')");
	quick = slow + 1;
	insert(desks[1], quick, 2);
	commit(desks[1]);
	for (int i = 0; i < 6; i++) {
		(void)round_of();
		ck_assert_int_le(floor_of(), slow * BATCH);
	}
	insert(desks[0], slow, 1);
	commit(desks[0]);
	ck_assert_uint_eq(round_of(), 1);
	check_no_gaps(3);
}
END_TEST

START_TEST(floor_never_passes_what_a_full_round_left)
{
	write_batch(desks[0], 3);
	for (int i = 0; i < 3; i++)
		(void)round_of();
	write_batch(desks[0], 35);
	write_batch(desks[1], 35);
	while (round_of() > 0)
		ck_assert_int_eq(
		    db_number("SELECT count(*) FROM event e,"
			      " sequencer_floor f WHERE e.event_id < f.event_id"
			      " AND NOT EXISTS (SELECT FROM event_leaf l"
			      " WHERE l.event_id = e.event_id)"),
		    0);
	check_no_gaps(73);
}
END_TEST

START_TEST(new_owner_goes_on_where_the_old_one_stopped)
{
	write_batch(desks[0], 5);
	(void)round_of();
	memset(&sequence, 0, sizeof(sequence));
	write_batch(desks[0], 5);
	ck_assert_uint_eq(round_of(), 5);
	check_no_gaps(10);
}
END_TEST

/* Whose round it is not: another epoch, another owner. */
START_TEST(stale_owner_writes_nothing)
{
	struct id other = id_new();
	struct err err;
	size_t count = 7;

	write_batch(desks[0], 5);
	ck_assert_int_eq(
	    sequence_round(clerk, _i == 0 ? &owner : &other,
		_i == 0 ? epoch - 1 : epoch, LIMIT, &sequence, &count, &err),
	    RC_CONFLICT);
	ck_assert_str_eq(err.code, "lease_lost");
	check_no_gaps(0);
	ck_assert_int_eq(floor_of(), 0);
}
END_TEST

Suite *
sequence_suite(void)
{
	Suite *suite = suite_create("sequence");
	TCase *tcase = tcase_create("sequence");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, every_event_gets_its_leaf_without_gaps);
	tcase_add_test(tcase, batch_that_is_rolled_back_leaves_no_gap);
	tcase_add_test(tcase, floor_rises_when_all_before_have_ended);
	tcase_add_test(tcase, floor_waits_for_who_drew_an_earlier_number);
	tcase_add_test(tcase, floor_waits_for_the_newest_transaction_too);
	tcase_add_test(tcase, floor_never_passes_what_a_full_round_left);
	tcase_add_test(tcase, new_owner_goes_on_where_the_old_one_stopped);
	tcase_add_loop_test(tcase, stale_owner_writes_nothing, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}
