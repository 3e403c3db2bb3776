/*
 * Leases: one owner at a time, taken when it is over or its owner is gone,
 * and never from one who lives.
 */
#include "test/db/db.h"

#include "hub/store/lease.h"

struct node {
	struct db *db;
	struct id id;
	struct lease_shards shards;
};

static struct node a, b;

static void
start(struct node *node)
{
	struct err err;
	bool is_held;

	node->db = db_as_hub(SESSION_DISPATCHER);
	node->id = id_new();
	ck_assert_int_eq(
	    lease_hold(node->db, &node->id, &is_held, &err), RC_OK);
	ck_assert(is_held);
}

static void
setup(void)
{
	db_fresh();
	start(&a);
	start(&b);
}

static void
teardown(void)
{
	db_close(a.db);
	db_close(b.db);
}

static size_t
take(struct node *node)
{
	struct err err;
	size_t taken;
	int64_t since;

	if (lease_take_shards(node->db, &node->id, &node->shards, &taken,
		&since, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	return taken;
}

static size_t
renew(struct node *node)
{
	struct err err;

	if (lease_renew_shards(node->db, &node->id, &node->shards, &err) !=
	    RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	return node->shards.count;
}

static void
expire(void)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();

	db_must(owner,
	    "UPDATE shard_lease SET expires_at = now();"
	    "UPDATE lease SET expires_at = now()");
}

START_TEST(first_takes_all_and_the_second_none)
{
	ck_assert_uint_eq(take(&a), LEASE_SHARDS);
	ck_assert_uint_eq(a.shards.count, LEASE_SHARDS);
	for (int i = 0; i < LEASE_SHARDS; i++)
		ck_assert_int_eq(a.shards.epochs[i], 1);
	ck_assert_uint_eq(take(&b), 0);
	ck_assert_uint_eq(b.shards.count, 0);
	ck_assert_uint_eq(renew(&a), LEASE_SHARDS);
}
END_TEST

START_TEST(dead_owner_is_followed_at_once)
{
	struct err err;
	int64_t since;
	size_t taken;

	ck_assert_uint_eq(take(&a), LEASE_SHARDS);
	db_close(a.db);
	a.db = NULL;
	/* The server notices the end of the session in its own time. */
	for (taken = 0; taken == 0;)
		ck_assert_int_eq(lease_take_shards(b.db, &b.id, &b.shards,
				     &taken, &since, &err),
		    RC_OK);
	ck_assert_uint_eq(taken, LEASE_SHARDS);
	ck_assert_int_eq(b.shards.epochs[63], 2);
	ck_assert_int_gt(since, 0);
}
END_TEST

START_TEST(owner_lives_while_one_of_its_sessions_does)
{
	SCOPED(db_cleanup) struct db *second = db_as_hub(SESSION_CLERK);
	struct err err;
	bool is_held;

	ck_assert_int_eq(lease_hold(second, &a.id, &is_held, &err), RC_OK);
	ck_assert(is_held);
	ck_assert_uint_eq(take(&a), LEASE_SHARDS);
	db_close(a.db);
	a.db = NULL;
	ck_assert_uint_eq(take(&b), 0);
}
END_TEST

START_TEST(zombie_loses_its_shards_and_does_not_win_them_back)
{
	ck_assert_uint_eq(take(&a), LEASE_SHARDS);
	expire();
	ck_assert_uint_eq(take(&b), LEASE_SHARDS);
	ck_assert_uint_eq(renew(&a), 0);
	ck_assert_uint_eq(take(&a), 0);
	ck_assert_uint_eq(renew(&b), LEASE_SHARDS);
	ck_assert_int_eq(b.shards.epochs[0], 2);
}
END_TEST

START_TEST(owner_that_renews_in_time_keeps_its_epoch)
{
	ck_assert_uint_eq(take(&a), LEASE_SHARDS);
	expire();
	ck_assert_uint_eq(renew(&a), LEASE_SHARDS);
	ck_assert_int_eq(a.shards.epochs[0], 1);
	ck_assert_uint_eq(take(&b), 0);
}
END_TEST

START_TEST(released_shards_are_free)
{
	struct err err;

	ck_assert_uint_eq(take(&a), LEASE_SHARDS);
	ck_assert_int_eq(lease_release_shards(b.db, &b.id, &err), RC_OK);
	ck_assert_uint_eq(take(&b), 0);
	ck_assert_int_eq(lease_release_shards(a.db, &a.id, &err), RC_OK);
	ck_assert_uint_eq(take(&b), LEASE_SHARDS);
}
END_TEST

/* ---- named ones */

static int64_t
take_named(struct db *db, const struct id *id)
{
	struct err err;
	int64_t epoch;

	if (lease_take(db, "clerk", id, &epoch, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	return epoch;
}

START_TEST(named_lease_has_one_owner)
{
	SCOPED(db_cleanup) struct db *first = db_as_hub(SESSION_CLERK);
	SCOPED(db_cleanup) struct db *second = db_as_hub(SESSION_CLERK);
	struct err err;

	ck_assert_int_eq(take_named(first, &a.id), 1);
	ck_assert_int_eq(take_named(first, &a.id), 1);
	ck_assert_int_eq(take_named(second, &b.id), 0);
	expire();
	ck_assert_int_eq(take_named(second, &b.id), 2);
	ck_assert_int_eq(take_named(first, &a.id), 0);
	ck_assert_int_eq(lease_release(first, "clerk", &a.id, &err), RC_OK);
	ck_assert_int_eq(take_named(second, &b.id), 2);
	ck_assert_int_eq(lease_release(second, "clerk", &b.id, &err), RC_OK);
	ck_assert_int_eq(take_named(first, &a.id), 3);
	ck_assert_int_eq(
	    db_number("SELECT epoch FROM lease WHERE name = 'sequencer'"), 0);
}
END_TEST

Suite *
lease_suite(void)
{
	Suite *suite = suite_create("lease");
	TCase *tcase = tcase_create("lease");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, first_takes_all_and_the_second_none);
	tcase_add_test(tcase, dead_owner_is_followed_at_once);
	tcase_add_test(tcase, owner_lives_while_one_of_its_sessions_does);
	tcase_add_test(
	    tcase, zombie_loses_its_shards_and_does_not_win_them_back);
	tcase_add_test(tcase, owner_that_renews_in_time_keeps_its_epoch);
	tcase_add_test(tcase, released_shards_are_free);
	tcase_add_test(tcase, named_lease_has_one_owner);
	suite_add_tcase(suite, tcase);
	return suite;
}
