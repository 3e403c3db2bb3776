/*
 * The bell: heard by the others, not by oneself, and not once for each ring.
 */
#include "test/db/db.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hub/dispatch/bell.h"

enum { RINGS = 20000, WAIT_SECONDS = 20 };

struct ear {
	pthread_mutex_t lock;
	pthread_cond_t heard;
	unsigned flags, times;
	struct bell *bell;
};

static struct ear a, b;

static void
on_heard(void *context, unsigned flags)
{
	struct ear *ear = context;

	pthread_mutex_lock(&ear->lock);
	ear->flags |= flags;
	ear->times++;
	pthread_cond_broadcast(&ear->heard);
	pthread_mutex_unlock(&ear->lock);
}

static void
start(struct ear *ear)
{
	struct bell_settings settings = {
		.conninfo = getenv("FREEZELINE_TEST_HUB"),
		.node = id_new(),
		.heard = on_heard,
		.context = ear,
	};
	struct err err;

	memset(ear, 0, sizeof(*ear));
	pthread_mutex_init(&ear->lock, NULL);
	pthread_cond_init(&ear->heard, NULL);
	if (bell_start(&settings, &ear->bell, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
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
	bell_stop(a.bell);
	bell_stop(b.bell);
}

/* Wait until these flags were heard. */
static void
wait_for(struct ear *ear, unsigned flags)
{
	struct timespec until;
	int failure = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_SECONDS;
	pthread_mutex_lock(&ear->lock);
	while ((ear->flags & flags) != flags && failure == 0)
		failure = pthread_cond_timedwait(
		    &ear->heard, &ear->lock, &until);
	pthread_mutex_unlock(&ear->lock);
	ck_assert_int_eq(failure, 0);
}

START_TEST(others_hear_it_and_oneself_does_not)
{
	bell_ring(a.bell, BELL_MESSAGES);
	wait_for(&b, BELL_MESSAGES);
	ck_assert_uint_eq(b.flags, BELL_MESSAGES);
	/* When the answer is here, one's own ring would have been. */
	bell_ring(b.bell, BELL_REGISTRY);
	wait_for(&a, BELL_REGISTRY);
	ck_assert_uint_eq(a.flags, BELL_REGISTRY);
}
END_TEST

START_TEST(many_rings_are_few_notifications)
{
	for (int i = 0; i < RINGS; i++)
		bell_ring(a.bell, i % 2 == 0 ? BELL_MESSAGES : BELL_EVENTS);
	bell_ring(a.bell, BELL_LEAVES);
	wait_for(&b, BELL_MESSAGES | BELL_EVENTS | BELL_LEAVES);
	ck_assert_uint_lt(b.times, RINGS / 10);
}
END_TEST

START_TEST(foreign_payloads_are_not_heard)
{
	static const char *const payloads[] = { "", "x", "x 15",
		"00000000-0000-0000-0000-000000000000",
		"00000000-0000-0000-0000-000000000000 ",
		"00000000-0000-0000-0000-000000000000 0",
		"00000000-0000-0000-0000-000000000000 16" };
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	char text[128];

	for (size_t i = 0; i < COUNT(payloads); i++) {
		(void)snprintf(
		    text, sizeof(text), "NOTIFY freezeline, '%s'", payloads[i]);
		db_must(owner, text);
	}
	bell_ring(a.bell, BELL_EVENTS);
	wait_for(&b, BELL_EVENTS);
	ck_assert_uint_eq(b.flags, BELL_EVENTS);
	ck_assert_uint_eq(b.times, 1);
}
END_TEST

START_TEST(lost_session_rings_everything_once_it_is_back)
{
	SCOPED(db_cleanup) struct db *hub = db_as_hub(SESSION_TOOL);

	db_must(hub,
	    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
	    " WHERE application_name = 'freezeline bell'");
	wait_for(&a, BELL_ALL);
	wait_for(&b, BELL_ALL);
	pthread_mutex_lock(&b.lock);
	b.flags = 0;
	pthread_mutex_unlock(&b.lock);
	bell_ring(a.bell, BELL_MESSAGES);
	wait_for(&b, BELL_MESSAGES);
}
END_TEST

Suite *
bell_suite(void)
{
	Suite *suite = suite_create("bell");
	TCase *tcase = tcase_create("bell");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, others_hear_it_and_oneself_does_not);
	tcase_add_test(tcase, many_rings_are_few_notifications);
	tcase_add_test(tcase, foreign_payloads_are_not_heard);
	tcase_add_test(tcase, lost_session_rings_everything_once_it_is_back);
	suite_add_tcase(suite, tcase);
	return suite;
}
