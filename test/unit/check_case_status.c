/*
 * case_status: each state is one step, and sums are of what is held alone.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/domain/case_status.h"

/* By state, in the words of docs/domain.md. */
static const struct {
	enum target_state state;
	const char *step;
} rows[] = {
	{ TARGET_PROPOSED, "waiting" },
	{ TARGET_QUEUED, "waiting" },
	{ TARGET_SENT, "waiting" },
	{ TARGET_DELIVERED, "waiting" },
	{ TARGET_UNDELIVERABLE, "waiting" },
	{ TARGET_ACKNOWLEDGED, "waiting" },
	{ TARGET_IN_REVIEW, "waiting" },
	{ TARGET_HELD_FULL, "held" },
	{ TARGET_HELD_PARTIAL, "held" },
	{ TARGET_BLOCKED, "held" },
	{ TARGET_NOT_HELD, "not_held" },
	{ TARGET_REJECTED, "refused" },
	{ TARGET_REJECTED_FINAL, "refused" },
	{ TARGET_RELEASE_PENDING, "released" },
	{ TARGET_RELEASED, "released" },
	{ TARGET_ATTACHED, "held" },
	{ TARGET_RESTORED, "returned" },
	{ TARGET_CANCELLED, "dropped" },
	{ TARGET_SUPERSEDED, "dropped" },
};

START_TEST(each_state_is_one_step)
{
	const struct target target = { .state = rows[_i].state,
		.held_minor = 500,
		.requested = { 1000, "INR" } };
	struct case_status status;
	bool is_held = strcmp(rows[_i].step, "held") == 0;
	int step;

	ck_assert_uint_eq(COUNT(rows), TARGET_STATE_COUNT);
	ck_assert_int_eq((int)rows[_i].state, _i);
	case_status_sum(&status, &target, 1);
	ck_assert(words_find(&case_status_step_words, rows[_i].step, &step));
	for (int i = 0; i < STEP_COUNT; i++)
		ck_assert_uint_eq(status.counts[i], i == step);
	ck_assert_uint_eq(status.held_count, is_held);
}
END_TEST

START_TEST(sums_are_kept_by_currency)
{
	const struct target targets[] = {
		{ .state = TARGET_HELD_FULL,
		    .held_minor = 5,
		    .requested = { 5, "INR" } },
		{ .state = TARGET_HELD_PARTIAL,
		    .held_minor = 7,
		    .requested = { 9, "USD" } },
		{ .state = TARGET_ATTACHED,
		    .held_minor = 11,
		    .requested = { 11, "INR" } },
		{ .state = TARGET_BLOCKED, .requested = { 9, "KZT" } },
		{ .state = TARGET_RELEASE_PENDING,
		    .held_minor = 13,
		    .requested = { 13, "INR" } },
	};
	struct case_status status;

	case_status_sum(&status, targets, COUNT(targets));
	ck_assert_uint_eq(status.held_count, 2);
	ck_assert_int_eq(status.held[0].minor, 16);
	ck_assert_str_eq(status.held[1].currency, "USD");
	ck_assert_int_eq(status.held[1].minor, 7);
	case_status_sum(&status, targets, 0);
	ck_assert_uint_eq(status.held_count, 0);
}
END_TEST

/* A sum beyond what int64 holds stays what it was: never negative. */
START_TEST(impossible_sum_does_not_wrap)
{
	const struct target targets[] = {
		{ .state = TARGET_HELD_FULL,
		    .held_minor = INT64_MAX,
		    .requested = { INT64_MAX, "INR" } },
		{ .state = TARGET_HELD_FULL,
		    .held_minor = INT64_MAX,
		    .requested = { INT64_MAX, "INR" } },
	};
	struct case_status status;

	case_status_sum(&status, targets, COUNT(targets));
	ck_assert_int_eq(status.held[0].minor, INT64_MAX);
}
END_TEST

Suite *
case_status_suite(void)
{
	Suite *suite = suite_create("case_status");
	TCase *tcase = tcase_create("case_status");

	tcase_add_loop_test(tcase, each_state_is_one_step, 0, (int)COUNT(rows));
	tcase_add_test(tcase, sums_are_kept_by_currency);
	tcase_add_test(tcase, impossible_sum_does_not_wrap);
	suite_add_tcase(suite, tcase);
	return suite;
}
