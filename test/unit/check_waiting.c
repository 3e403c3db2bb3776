/*
 * waiting: nobody misses news, and nobody is woken for another's.
 */
#include "test/unit/unit.h"

#include "hub/reading/view.h"
#include "hub/reading/waiting.h"

static struct waiting waiting;
static const struct id a_case = { { 1 } }, other_case = { { 2 } },
		       bank = { { 3 } }, other_bank = { { 4 } };
static size_t woken;

static void
wake(void *context, struct waiter *waiter)
{
	ck_assert_ptr_eq(context, &woken);
	ck_assert(!waiter->is_parked);
	woken++;
}

static void
setup(void)
{
	waiting = (struct waiting){ NULL, 0, 0 };
	woken = 0;
}

static struct waiter
case_waiter(void)
{
	return (
	    struct waiter){ .has_case = true, .case_id = a_case, .until = 100 };
}

static struct waiter
inbox_waiter(void)
{
	return (struct waiter){
		.is_inbox = true, .institution = bank, .until = 200
	};
}

START_TEST(news_wakes_whom_it_concerns)
{
	struct waiter of_case = case_waiter(), of_inbox = inbox_waiter();

	waiting_add(&waiting, &of_case);
	waiting_add(&waiting, &of_inbox);
	ck_assert(waiting_park(&waiting, &of_case));
	ck_assert(waiting_park(&waiting, &of_inbox));
	ck_assert_uint_eq(
	    waiting_ring_case(&waiting, &other_case, wake, &woken), 0);
	ck_assert_uint_eq(
	    waiting_ring_mail(&waiting, &other_bank, wake, &woken), 0);
	/* A case's id is no institution's. */
	ck_assert_uint_eq(
	    waiting_ring_mail(&waiting, &a_case, wake, &woken), 0);
	ck_assert_uint_eq(waiting_ring_case(&waiting, &bank, wake, &woken), 0);
	ck_assert_uint_eq(
	    waiting_ring_case(&waiting, &a_case, wake, &woken), 1);
	ck_assert_uint_eq(waiting_ring_mail(&waiting, &bank, wake, &woken), 1);
	ck_assert_uint_eq(woken, 2);
	ck_assert_uint_eq(waiting.parked, 0);
	ck_assert_uint_eq(waiting.count, 2);
}
END_TEST

START_TEST(news_during_a_look_is_not_missed)
{
	struct waiter waiter = case_waiter();

	waiting_add(&waiting, &waiter);
	ck_assert_uint_eq(
	    waiting_ring_case(&waiting, &a_case, wake, &woken), 0);
	ck_assert(!waiting_park(&waiting, &waiter));
	ck_assert(waiting_park(&waiting, &waiter));
	ck_assert_uint_eq(woken, 0);
}
END_TEST

START_TEST(first_look_counts_any_case_as_its_own)
{
	struct waiter waiter = case_waiter();

	waiter.has_case = false;
	waiting_add(&waiting, &waiter);
	(void)waiting_ring_case(&waiting, &other_case, wake, &woken);
	ck_assert(!waiting_park(&waiting, &waiter));
}
END_TEST

START_TEST(time_wakes_the_parked_only)
{
	struct waiter parked = case_waiter(), looking = case_waiter(),
		      later = inbox_waiter();

	waiting_add(&waiting, &parked);
	waiting_add(&waiting, &looking);
	waiting_add(&waiting, &later);
	ck_assert(waiting_park(&waiting, &parked));
	ck_assert(waiting_park(&waiting, &later));
	ck_assert_int_eq(waiting_expire(&waiting, 99, wake, &woken), 100);
	ck_assert_uint_eq(woken, 0);
	ck_assert_int_eq(waiting_expire(&waiting, 100, wake, &woken), 200);
	ck_assert_uint_eq(woken, 1);
	ck_assert_int_eq(
	    waiting_expire(&waiting, INT64_MAX, wake, &woken), INT64_MAX);
	ck_assert_uint_eq(woken, 2);
}
END_TEST

START_TEST(who_left_is_not_woken)
{
	struct waiter first = case_waiter(), second = case_waiter(),
		      third = case_waiter();

	waiting_add(&waiting, &first);
	waiting_add(&waiting, &second);
	waiting_add(&waiting, &third);
	ck_assert(waiting_park(&waiting, &second));
	waiting_remove(&waiting, &second);
	waiting_remove(&waiting, &second);
	ck_assert_uint_eq(waiting.parked, 0);
	ck_assert_uint_eq(waiting.count, 2);
	ck_assert(waiting_park(&waiting, &first));
	ck_assert(waiting_park(&waiting, &third));
	ck_assert_uint_eq(
	    waiting_ring_case(&waiting, &a_case, wake, &woken), 2);
	waiting_remove(&waiting, &third);
	waiting_remove(&waiting, &first);
	ck_assert_ptr_null(waiting.first);
}
END_TEST

static const struct {
	const char *header;
	bool is_known;
} etags[] = {
	{ "\"7\"", true },
	{ "W/\"7\"", true },
	{ "*", true },
	{ "\"6\", \"7\"", true },
	{ "\"6\",W/\"8\" , \"7\"", true },
	{ "", false },
	{ "7", false },
	{ "\"77\"", false },
	{ "\"6\"", false },
	{ "\"6,\"7\"", false },
	{ "\"a\"7\"", false },
	{ "x\"7\"", false },
	{ "\"", false },
};

START_TEST(only_the_whole_tag_matches)
{
	ck_assert_int_eq(
	    view_etag_matches(etags[_i].header, "\"7\""), etags[_i].is_known);
}
END_TEST

Suite *
waiting_suite(void)
{
	Suite *suite = suite_create("waiting");
	TCase *tcase = tcase_create("waiting");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, news_wakes_whom_it_concerns);
	tcase_add_test(tcase, news_during_a_look_is_not_missed);
	tcase_add_test(tcase, first_look_counts_any_case_as_its_own);
	tcase_add_test(tcase, time_wakes_the_parked_only);
	tcase_add_test(tcase, who_left_is_not_woken);
	tcase_add_loop_test(
	    tcase, only_the_whole_tag_matches, 0, (int)COUNT(etags));
	suite_add_tcase(suite, tcase);
	return suite;
}
