/*
 * The desk against a real database: what is committed, what an
 * Idempotency-Key brings back, long messages and corrections.
 */
#include "test/db/office.h"

#include "hub/base/clock.h"

/* ---- committed */

START_TEST(case_and_answers_are_committed_before_they_are_answered)
{
	SCOPED(errand_cleanup)
	struct errand *submit = errand_case(&office.world, 1, 2);
	SCOPED(errand_cleanup) struct errand *answer = NULL;
	struct id target;

	errand_must(submit, office.desk, 201);
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
	ck_assert_int_eq(db_number("SELECT count(*) FROM outbox"), 2);
	ck_assert_int_eq(db_number("SELECT count(*) FROM event"
				   " WHERE case_id IS NOT NULL"),
	    6); /* two of them of what is owed */
	target = errand_target(submit, 0);
	answer = errand_answer(&office.world, &target);
	errand_must(answer, office.desk, 201);
	ck_assert_int_eq(db_number("SELECT count(*) FROM target"
				   " WHERE status = 'not_held'"),
	    1);
	ck_assert_int_eq(db_number("SELECT count(*) FROM response"), 1);
	ck_assert_int_eq(db_number("SELECT count(*) FROM outbox o"
				   "  JOIN message m USING (seq)"
				   " WHERE m.type = 'response.recorded'"),
	    1);
}
END_TEST

START_TEST(dry_run_leaves_nothing_not_even_its_key)
{
	SCOPED(errand_cleanup)
	struct errand *dry = errand_case(&office.world, 1, 2);
	SCOPED(errand_cleanup)
	struct errand *wet = errand_case(&office.world, 1, 2);

	dry->command.is_dry_run = true;
	errand_key(dry, "k", 1);
	errand_must(dry, office.desk, 200);
	ck_assert_ptr_nonnull(strstr(dry->body, "\"targets\""));
	ck_assert_int_eq(db_number("SELECT (SELECT count(*) FROM case_file)"
				   " + (SELECT count(*) FROM idempotency)"
				   " + (SELECT count(*) FROM outbox)"),
	    0);
	errand_key(wet, "k", 2);
	errand_must(wet, office.desk, 201);
	ck_assert(!wet->is_replay);
}
END_TEST

START_TEST(only_what_was_committed_rings)
{
	SCOPED(errand_cleanup)
	struct errand *dry = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *wrong = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *wet = errand_case(&office.world, 1, 1);

	dry->command.is_dry_run = true;
	errand_must(dry, office.desk, 200);
	wrong->command.submit.loss.minor = 0; /* the table refuses it */
	errand_run(wrong, office.desk);
	ck_assert_int_eq(wrong->rc, RC_INVALID);
	ck_assert_uint_eq(office.rings, 0);
	errand_must(wet, office.desk, 201);
	ck_assert_uint_eq(office.rings, 1);
}
END_TEST

/* ---- the same key */

START_TEST(same_key_and_body_gets_the_first_answer)
{
	SCOPED(errand_cleanup)
	struct errand *first = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *again = errand_case(&office.world, 1, 1);

	errand_key(first, "k", 1);
	errand_key(again, "k", 1);
	errand_must(first, office.desk, 201);
	errand_must(again, office.desk, 201);
	ck_assert(!first->is_replay && again->is_replay);
	ck_assert_str_eq(first->body, again->body);
	ck_assert_str_eq(first->location, again->location);
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
}
END_TEST

START_TEST(same_key_with_another_body_is_refused)
{
	SCOPED(errand_cleanup)
	struct errand *first = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *other = errand_case(&office.world, 2, 1);

	errand_key(first, "k", 1);
	errand_key(other, "k", 2);
	errand_must(first, office.desk, 201);
	errand_run(other, office.desk);
	ck_assert_int_eq(other->rc, RC_INVALID);
	ck_assert_str_eq(other->err.code, "idempotency_key_reused");
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
}
END_TEST

START_TEST(key_is_per_person)
{
	SCOPED(errand_cleanup)
	struct errand *first = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup) struct errand *other = NULL;
	struct id target;

	errand_key(first, "k", 1);
	errand_must(first, office.desk, 201);
	target = errand_target(first, 0);
	other = errand_answer(&office.world, &target);
	errand_key(other, "k", 2);
	errand_must(other, office.desk, 201);
	ck_assert(!other->is_replay);
}
END_TEST

START_TEST(refusal_is_not_kept)
{
	SCOPED(errand_cleanup)
	struct errand *wrong = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *right = errand_case(&office.world, 1, 1);

	wrong->command.submit.reported_at += 3600 * CLOCK_SECOND;
	errand_key(wrong, "k", 1);
	errand_key(right, "k", 2);
	errand_run(wrong, office.desk);
	ck_assert_str_eq(wrong->err.code, "in_future");
	errand_must(right, office.desk, 201);
}
END_TEST

/* What was right then is wrong now, and has been done all the same. */
START_TEST(answer_stands_when_the_command_would_be_refused_today)
{
	SCOPED(errand_cleanup)
	struct errand *first = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *again = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *fresh = errand_case(&office.world, 2, 1);

	errand_key(first, "k", 1);
	errand_key(again, "k", 1);
	errand_must(first, office.desk, 201);
	office_as_owner("UPDATE endpoint SET status = 'suspended'"
			" WHERE kind = 'webhook'");
	office_reload_view();
	errand_run(fresh, office.desk);
	ck_assert_str_eq(fresh->err.code, "institution_not_active");
	errand_must(again, office.desk, 201);
	ck_assert(again->is_replay);
	ck_assert_str_eq(first->body, again->body);
}
END_TEST

/* The view at the edge may not know it yet. */
START_TEST(revoked_certificate_gets_no_kept_answer)
{
	SCOPED(errand_cleanup)
	struct errand *first = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *again = errand_case(&office.world, 1, 1);

	errand_key(first, "k", 1);
	errand_key(again, "k", 1);
	errand_must(first, office.desk, 201);
	office_as_owner("UPDATE certificate SET revoked_at = now()");
	errand_run(again, office.desk);
	ck_assert_int_eq(again->rc, RC_FORBIDDEN);
	ck_assert_str_eq(again->err.code, "certificate_revoked");
	ck_assert_str_eq(again->body, "");
}
END_TEST

START_TEST(same_key_within_one_batch_is_decided_once)
{
	SCOPED(errand_cleanup)
	struct errand *first = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *again = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *other = errand_case(&office.world, 2, 1);
	struct desk_counters counters;

	errand_key(first, "k", 1);
	errand_key(again, "k", 1);
	errand_key(other, "k", 2);
	errand_hold_desk(&office.world, office.desk);
	errand_give(first, office.desk);
	errand_give(again, office.desk);
	errand_give(other, office.desk);
	errand_release_desk();
	errand_wait(first);
	errand_wait(again);
	errand_wait(other);
	desk_counters(office.desk, &counters);
	ck_assert_uint_eq(counters.largest_batch, 3);
	ck_assert_int_eq(first->rc, RC_OK);
	ck_assert_int_eq(again->rc, RC_OK);
	ck_assert(!first->is_replay && again->is_replay);
	ck_assert_str_eq(first->body, again->body);
	ck_assert_str_eq(other->err.code, "idempotency_key_reused");
	ck_assert_int_eq(db_number("SELECT count(*) FROM case_file"), 1);
	ck_assert_int_eq(db_number("SELECT count(*) FROM idempotency"), 1);
}
END_TEST

/* ---- long messages */

START_TEST(message_too_long_for_its_receiver_is_cut)
{
	SCOPED(errand_cleanup)
	struct errand *submit = errand_case(&office.world, 1, ERRAND_TARGETS);
	static char holder[201];

	office_as_owner(
	    "UPDATE endpoint SET max_batch = 64 WHERE kind = 'webhook'");
	office_reload_view();
	memset(holder, 'n', sizeof holder - 1);
	for (int i = 0; i < ERRAND_TARGETS; i++)
		submit->targets[i].holder = holder;
	errand_must(submit, office.desk, 201);
	ck_assert_int_gt(db_number("SELECT count(*) FROM message"), 1);
	ck_assert_int_eq(db_number("SELECT count(*) FROM outbox"),
	    db_number("SELECT count(*) FROM message"));
	ck_assert_int_eq(db_number("SELECT count(DISTINCT t) FROM message,"
				   " unnest(target_ids) AS t"),
	    ERRAND_TARGETS);
	ck_assert_int_eq(db_number("SELECT sum(cardinality(target_ids))"
				   "  FROM message"),
	    ERRAND_TARGETS);
}
END_TEST

/* ---- corrections */

static struct id
reject(struct errand *submit)
{
	SCOPED(errand_cleanup) struct errand *answer = NULL;
	struct id target;

	errand_must(submit, office.desk, 201);
	target = errand_target(submit, 0);
	answer = errand_answer(&office.world, &target);
	answer->command.respond.code = RESPONSE_REJ_AMBIGUOUS;
	errand_must(answer, office.desk, 201);
	return target;
}

START_TEST(correction_is_opened_and_sealed_anew)
{
	SCOPED(errand_cleanup)
	struct errand *submit = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup) struct errand *correction = NULL;
	SCOPED(errand_cleanup) struct errand *answer = NULL;
	struct id target = reject(submit);

	correction = errand_correction(&office.world, &target, 777);
	errand_must(correction, office.desk, 200);
	ck_assert_int_eq(db_number("SELECT generation FROM target"), 2);
	ck_assert_int_eq(db_number("SELECT count(*) FROM message"
				   " WHERE type = 'correction.supplied'"
				   "   AND generation = 2"),
	    1);
	/* What is sealed now can be opened again. */
	answer = errand_answer(&office.world, &target);
	answer->command.respond.code = RESPONSE_REJ_AMBIGUOUS;
	errand_must(answer, office.desk, 201);
	errand_free(correction);
	correction = errand_correction(&office.world, &target, 778);
	errand_must(correction, office.desk, 200);
}
END_TEST

/* The live target stands in the database alone: the correction's triple is
 * known only once its payment has been opened. */
START_TEST(correction_to_what_another_case_targets_is_refused)
{
	SCOPED(errand_cleanup)
	struct errand *live = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup)
	struct errand *submit = errand_case(&office.world, 1, 1);
	SCOPED(errand_cleanup) struct errand *correction = NULL;
	struct id target;

	errand_must(live, office.desk, 201);
	submit->targets[0].identifier.value[0] = '5';
	target = reject(submit);
	correction = errand_correction(&office.world, &target, 100);
	errand_run(correction, office.desk);
	ck_assert_int_eq(correction->rc, RC_CONFLICT);
	ck_assert_str_eq(correction->err.code, "already_targeted");
}
END_TEST

static void
add_key_tests(TCase *tcase)
{
	tcase_add_test(tcase, same_key_and_body_gets_the_first_answer);
	tcase_add_test(tcase, same_key_with_another_body_is_refused);
	tcase_add_test(tcase, key_is_per_person);
	tcase_add_test(tcase, refusal_is_not_kept);
	tcase_add_test(
	    tcase, answer_stands_when_the_command_would_be_refused_today);
	tcase_add_test(tcase, revoked_certificate_gets_no_kept_answer);
	tcase_add_test(tcase, same_key_within_one_batch_is_decided_once);
}

Suite *
desk_suite(void)
{
	Suite *suite = suite_create("desk");
	TCase *tcase = tcase_create("desk");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, office_set_up, office_tear_down);
	tcase_add_test(
	    tcase, case_and_answers_are_committed_before_they_are_answered);
	tcase_add_test(tcase, dry_run_leaves_nothing_not_even_its_key);
	tcase_add_test(tcase, only_what_was_committed_rings);
	add_key_tests(tcase);
	tcase_add_test(tcase, message_too_long_for_its_receiver_is_cut);
	tcase_add_test(tcase, correction_is_opened_and_sealed_anew);
	tcase_add_test(
	    tcase, correction_to_what_another_case_targets_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
