/*
 * access_log: once in five minutes, never less.
 */
#include "test/unit/unit.h"

#include "hub/base/clock.h"
#include "hub/http/access_log.h"

#define MINUTE (60 * CLOCK_SECOND)

static struct access_log *access;

static void
setup(void)
{
	access = access_log_new();
}

static void
teardown(void)
{
	access_log_free(access);
}

static struct access_key
key_of(uint8_t principal, uint8_t case_id, uint32_t view)
{
	struct access_key key;

	memset(&key, 0, sizeof(key));
	key.principal.bytes[3] = principal;
	key.case_id.bytes[3] = case_id;
	key.view = view;
	return key;
}

START_TEST(reading_is_recorded_once_in_five_minutes)
{
	struct access_key key = key_of(1, 2, 3);

	ck_assert_int_eq(
	    access_log_ask(access, &key, MINUTE, NULL), ACCESS_MINE);
	ck_assert_ptr_null(access_log_settle(access, &key, MINUTE, true));
	ck_assert_int_eq(access_log_ask(access, &key, 6 * MINUTE - 1, NULL),
	    ACCESS_RECORDED);
	ck_assert_int_eq(
	    access_log_ask(access, &key, 6 * MINUTE, NULL), ACCESS_MINE);
}
END_TEST

START_TEST(other_person_case_or_view_is_another_reading)
{
	struct access_key first = key_of(1, 2, 3);
	struct access_key others[] = { key_of(9, 2, 3), key_of(1, 9, 3),
		key_of(1, 2, 9) };

	ck_assert_int_eq(access_log_ask(access, &first, 0, NULL), ACCESS_MINE);
	(void)access_log_settle(access, &first, 0, true);
	for (size_t i = 0; i < COUNT(others); i++)
		ck_assert_int_eq(
		    access_log_ask(access, &others[i], 0, NULL), ACCESS_MINE);
}
END_TEST

START_TEST(reading_that_failed_is_recorded_again)
{
	struct access_key key = key_of(1, 2, 3);

	(void)access_log_ask(access, &key, 0, NULL);
	(void)access_log_settle(access, &key, 0, false);
	ck_assert_int_eq(access_log_ask(access, &key, 1, NULL), ACCESS_MINE);
}
END_TEST

START_TEST(second_one_waits_for_the_first)
{
	struct access_key key = key_of(1, 2, 3);
	struct access_waiter waiters[2] = { { NULL } }, *back;
	size_t count = 0;

	ck_assert_int_eq(access_log_ask(access, &key, 0, NULL), ACCESS_MINE);
	for (size_t i = 0; i < COUNT(waiters); i++)
		ck_assert_int_eq(
		    access_log_ask(access, &key, 1, &waiters[i]), ACCESS_WAITS);
	for (back = access_log_settle(access, &key, 2, true); back != NULL;
	     back = back->next)
		count++;
	ck_assert_uint_eq(count, COUNT(waiters));
	ck_assert_ptr_null(access_log_settle(access, &key, 3, true));
	ck_assert_int_eq(
	    access_log_ask(access, &key, 4, NULL), ACCESS_RECORDED);
}
END_TEST

/* More than the table holds: each is told to record, and each that is
 * settled may be forgotten, but none is taken for recorded that was not. */
START_TEST(full_table_records_more_never_less)
{
	enum { MANY = 40000 };
	size_t known = 0;

	for (uint32_t i = 0; i < MANY; i++) {
		struct access_key key = key_of(1, 2, i);

		ck_assert_int_eq(
		    access_log_ask(access, &key, i, NULL), ACCESS_MINE);
		(void)access_log_settle(access, &key, i, true);
	}
	for (uint32_t i = 0; i < MANY; i++) {
		struct access_key key = key_of(1, 2, i),
				  other = key_of(2, 2, i);

		known += access_log_ask(access, &key, MANY, NULL) ==
		    ACCESS_RECORDED;
		ck_assert_int_eq(
		    access_log_ask(access, &other, MANY, NULL), ACCESS_MINE);
	}
	ck_assert_uint_gt(known, 0);
	ck_assert_uint_lt(known, MANY);
}
END_TEST

Suite *
access_log_suite(void)
{
	Suite *suite = suite_create("access_log");
	TCase *tcase = tcase_create("access_log");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, reading_is_recorded_once_in_five_minutes);
	tcase_add_test(tcase, other_person_case_or_view_is_another_reading);
	tcase_add_test(tcase, reading_that_failed_is_recorded_again);
	tcase_add_test(tcase, second_one_waits_for_the_first);
	tcase_add_test(tcase, full_table_records_more_never_less);
	suite_add_tcase(suite, tcase);
	return suite;
}
