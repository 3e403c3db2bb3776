/*
 * The clocks of a grievance: the institution's time to support it, the
 * police's to decide, and what passes by whoever lets it run out.
 */
#include "test/unit/unit.h"

#include "hub/domain/clocks.h"
#include "test/unit/world.h"

static struct target *target;
static struct grievance *grievance;

/* Filed by the institution about a hold; the clocks are as it left them. */
static void
file(void)
{
	struct command *command;

	target = world_target(1, TARGET_HELD_FULL);
	command = world_command(COMMAND_FILE_GRIEVANCE, BANK_NODAL);
	command->file_grievance.target = target->id;
	command->file_grievance.text = "it is my rent";
	world_done(201);
	grievance = world.snapshot.grievances[0];
	world_commit();
}

static void
decide(enum grievance_decision decision, enum person person)
{
	struct command *command = world_command(
	    COMMAND_DECIDE_GRIEVANCE, person);

	command->decide_grievance.grievance = grievance->id;
	command->decide_grievance.decision = decision;
	command->decide_grievance.reason = "seen";
	world_done(200);
}

static struct deadline *
clock_of(enum deadline_kind kind)
{
	return snapshot_deadline(&world.snapshot, &grievance->id, kind);
}

static bool
runs(enum deadline_kind kind)
{
	const struct deadline *deadline = clock_of(kind);

	return deadline != NULL && deadline->status == DEADLINE_RUNNING;
}

/* The clerk comes when the next stage does. */
static void
pass(enum deadline_kind kind)
{
	struct deadline *deadline = clock_of(kind);

	if (deadline->next_at > world.now)
		world.now = deadline->next_at;
	world_commit();
	world_command(COMMAND_PASS_DEADLINE, DISPATCHER)->deadline =
	    (struct pass_deadline){ .subject = grievance->id, .kind = kind };
	world_done(200);
}

/* Up to its end. */
static void
run_out(enum deadline_kind kind)
{
	for (int stage = 0; stage <= DEADLINE_AT_END; stage++)
		pass(kind);
}

/* ---- which run */

static const struct {
	enum grievance_state state;
	uint32_t clocks;
} states[] = {
	{ GRIEVANCE_FILED, UINT32_C(1) << DEADLINE_GRIEVANCE_REPLY },
	{ GRIEVANCE_BANK_ENDORSED, UINT32_C(1) << DEADLINE_GRIEVANCE_DECISION },
	{ GRIEVANCE_WITH_OFFICER, UINT32_C(1) << DEADLINE_GRIEVANCE_DECISION },
	{ GRIEVANCE_DECIDED_RELEASE, 0 },
	{ GRIEVANCE_DECIDED_CONTINUE, 0 },
	{ GRIEVANCE_ESCALATED_1, UINT32_C(1) << DEADLINE_GRIEVANCE_DECISION },
	{ GRIEVANCE_ESCALATED_2, UINT32_C(1) << DEADLINE_GRIEVANCE_DECISION },
	{ GRIEVANCE_CLOSED, 0 },
};

START_TEST(state_has_its_clock)
{
	ck_assert_uint_eq(COUNT(states), GRIEVANCE_STATE_COUNT);
	ck_assert_int_eq(states[_i].state, _i);
	ck_assert_uint_eq(
	    clocks_of_grievance(states[_i].state), states[_i].clocks);
}
END_TEST

START_TEST(institution_owes_the_first_and_the_police_the_second)
{
	struct id unit = world_case()->unit;

	file();
	ck_assert(runs(DEADLINE_GRIEVANCE_REPLY));
	ck_assert(!runs(DEADLINE_GRIEVANCE_DECISION));
	ck_assert(id_equal(&clock_of(DEADLINE_GRIEVANCE_REPLY)->owed_by,
	    &target->institution));
	ck_assert_int_eq(clock_of(DEADLINE_GRIEVANCE_REPLY)->due_at,
	    world.now + 7 * WORLD_DAY);
	decide(DECISION_ENDORSE, BANK_NODAL);
	ck_assert(!runs(DEADLINE_GRIEVANCE_REPLY));
	ck_assert(
	    id_equal(&clock_of(DEADLINE_GRIEVANCE_DECISION)->owed_by, &unit));
	ck_assert_int_eq(clock_of(DEADLINE_GRIEVANCE_DECISION)->due_at,
	    world.now + 15 * WORLD_DAY);
}
END_TEST

START_TEST(taking_an_endorsed_one_lets_its_clock_run_on)
{
	int64_t due_at;

	file();
	decide(DECISION_ENDORSE, BANK_NODAL);
	due_at = clock_of(DEADLINE_GRIEVANCE_DECISION)->due_at;
	world.now += 3 * WORLD_DAY;
	decide(DECISION_TAKE, OFFICER);
	ck_assert(runs(DEADLINE_GRIEVANCE_DECISION));
	ck_assert_int_eq(clock_of(DEADLINE_GRIEVANCE_DECISION)->due_at, due_at);
}
END_TEST

START_TEST(escalation_by_people_begins_the_clock_anew)
{
	file();
	decide(DECISION_TAKE, OFFICER);
	world.now += 10 * WORLD_DAY;
	decide(DECISION_ESCALATE, BANK_NODAL);
	ck_assert_int_eq(clock_of(DEADLINE_GRIEVANCE_DECISION)->due_at,
	    world.now + 15 * WORLD_DAY);
	ck_assert_int_eq(
	    clock_of(DEADLINE_GRIEVANCE_DECISION)->stage, DEADLINE_AT_HALF);
}
END_TEST

static const enum grievance_decision lasts[] = { DECISION_RELEASE,
	DECISION_CONTINUE };

START_TEST(decision_ends_the_clock)
{
	file();
	decide(DECISION_TAKE, OFFICER);
	decide(lasts[_i], OFFICER);
	/* One alone declines nothing. */
	if (lasts[_i] == DECISION_CONTINUE) {
		ck_assert(runs(DEADLINE_GRIEVANCE_DECISION));
		decide(lasts[_i], SECOND_OFFICER);
	}
	ck_assert(!runs(DEADLINE_GRIEVANCE_DECISION));
	ck_assert(!runs(DEADLINE_GRIEVANCE_REPLY));
}
END_TEST

/* ---- stages */

START_TEST(institution_is_reminded_of_its_reply)
{
	file();
	pass(DEADLINE_GRIEVANCE_REPLY);
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_WARNING, BANK), 1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_WARNING, DISTRICT), 0);
	ck_assert_int_eq(grievance->state, GRIEVANCE_FILED);
}
END_TEST

START_TEST(unit_is_reminded_of_its_decision)
{
	file();
	decide(DECISION_TAKE, OFFICER);
	pass(DEADLINE_GRIEVANCE_DECISION);
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_WARNING, BANK), 0);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_WARNING, DISTRICT), 1);
	ck_assert_int_eq(grievance->state, GRIEVANCE_WITH_OFFICER);
}
END_TEST

START_TEST(silent_institution_is_passed_by)
{
	int64_t filed_at;

	file();
	filed_at = world.now;
	run_out(DEADLINE_GRIEVANCE_REPLY);
	ck_assert_int_eq(world.now, filed_at + 7 * WORLD_DAY);
	ck_assert_int_eq(grievance->state, GRIEVANCE_WITH_OFFICER);
	ck_assert_uint_eq(world_events("grievance.time_over"), 1);
	ck_assert_uint_eq(world_events("deadline.breached"), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_DEADLINE_BREACHED, BANK), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_GRIEVANCE_FILED, DISTRICT), 1);
	ck_assert_int_eq(grievance->due_at, world.now + 15 * WORLD_DAY);
	ck_assert(!runs(DEADLINE_GRIEVANCE_REPLY));
	ck_assert_int_eq(
	    clock_of(DEADLINE_GRIEVANCE_DECISION)->due_at, grievance->due_at);
}
END_TEST

/* Endorsed or taken, nobody decides: twice above, and then nothing is left
 * but to say so. */
START_TEST(silent_police_are_passed_by_up_to_the_last)
{
	file();
	decide(_i == 0 ? DECISION_ENDORSE : DECISION_TAKE,
	    _i == 0 ? BANK_NODAL : OFFICER);
	run_out(DEADLINE_GRIEVANCE_DECISION);
	ck_assert_int_eq(grievance->state, GRIEVANCE_ESCALATED_1);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_DEADLINE_BREACHED, DISTRICT), 1);
	ck_assert(grievance->row.is_dirty && target->row.is_dirty);
	run_out(DEADLINE_GRIEVANCE_DECISION);
	ck_assert_int_eq(grievance->state, GRIEVANCE_ESCALATED_2);
	ck_assert(runs(DEADLINE_GRIEVANCE_DECISION));
	run_out(DEADLINE_GRIEVANCE_DECISION);
	ck_assert_int_eq(grievance->state, GRIEVANCE_ESCALATED_2);
	ck_assert_uint_eq(world_events("grievance.time_over"), 0);
	ck_assert_uint_eq(world_events("deadline.breached"), 1);
	ck_assert_int_eq(
	    clock_of(DEADLINE_GRIEVANCE_DECISION)->stage, DEADLINE_A_DAY_LATER);
	pass(DEADLINE_GRIEVANCE_DECISION);
	ck_assert_int_eq(
	    clock_of(DEADLINE_GRIEVANCE_DECISION)->status, DEADLINE_PASSED);
	ck_assert_int_eq(target->state, TARGET_HELD_FULL);
}
END_TEST

/* Whoever declined alone has no say in what is above. */
START_TEST(lone_refusal_is_forgotten_when_time_is_over)
{
	file();
	decide(DECISION_TAKE, OFFICER);
	decide(DECISION_CONTINUE, OFFICER);
	run_out(DEADLINE_GRIEVANCE_DECISION);
	ck_assert_int_eq(grievance->state, GRIEVANCE_ESCALATED_1);
	ck_assert(id_is_zero(&grievance->declined_by));
}
END_TEST

static const enum target_state let_go[] = { TARGET_RELEASE_PENDING,
	TARGET_RELEASED, TARGET_RESTORED };

START_TEST(what_is_let_go_leaves_nothing_to_escalate)
{
	file();
	target->state = let_go[_i];
	target->held_minor = 0;
	pass(DEADLINE_GRIEVANCE_REPLY);
	ck_assert_int_eq(grievance->state, GRIEVANCE_FILED);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert_int_eq(
	    clock_of(DEADLINE_GRIEVANCE_REPLY)->status, DEADLINE_ENDED);
}
END_TEST

/* ---- refusals */

static const enum person others[] = { OFFICER, SUPERVISOR, BANK_NODAL, AUDITOR,
	ADMIN };

START_TEST(nobody_but_the_clerk_passes_it)
{
	file();
	world.now += 8 * WORLD_DAY;
	world_command(COMMAND_PASS_DEADLINE, others[_i])->deadline =
	    (struct pass_deadline){ .subject = grievance->id,
		    .kind = DEADLINE_GRIEVANCE_REPLY };
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

/* ---- the days of each law */

static const struct {
	const char *profile;
	enum grievance_state state;
	const char *from, *due; /* of working days: the end of the last */
} laws[] = {
	/* Thursday, 12 March 2026, 15:00 in Seoul. */
	{ "KR", GRIEVANCE_FILED, "2026-03-12T06:00:00Z",
	    "2026-03-19T15:00:00Z" },
	{ "KR", GRIEVANCE_WITH_OFFICER, "2026-03-12T06:00:00Z",
	    "2026-03-19T15:00:00Z" },
	/* Over Lunar New Year. */
	{ "KR", GRIEVANCE_FILED, "2026-02-12T06:00:00Z",
	    "2026-02-24T15:00:00Z" },
	/* Over Children's Day. */
	{ "KR", GRIEVANCE_FILED, "2026-05-04T06:00:00Z",
	    "2026-05-12T15:00:00Z" },
	{ "IN", GRIEVANCE_FILED, "2026-03-12T06:00:00Z",
	    "2026-03-19T06:00:00Z" },
	{ "IN", GRIEVANCE_ESCALATED_1, "2026-03-12T06:00:00Z",
	    "2026-03-27T06:00:00Z" },
	{ "generic", GRIEVANCE_FILED, "2026-03-12T06:00:00Z",
	    "2026-03-19T06:00:00Z" },
};

START_TEST(law_counts_its_own_days)
{
	int64_t from, due;

	ck_assert(clock_parse(laws[_i].from, &from));
	ck_assert(clock_parse(laws[_i].due, &due));
	ck_assert_int_eq(
	    grievance_rule_due(laws[_i].profile, laws[_i].state, from), due);
}
END_TEST

Suite *
grievance_clock_suite(void)
{
	Suite *suite = suite_create("grievance_clock");
	TCase *tcase = tcase_create("grievance_clock");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(tcase, state_has_its_clock, 0, COUNT(states));
	tcase_add_test(
	    tcase, institution_owes_the_first_and_the_police_the_second);
	tcase_add_test(tcase, taking_an_endorsed_one_lets_its_clock_run_on);
	tcase_add_test(tcase, escalation_by_people_begins_the_clock_anew);
	tcase_add_loop_test(tcase, decision_ends_the_clock, 0, COUNT(lasts));
	tcase_add_test(tcase, institution_is_reminded_of_its_reply);
	tcase_add_test(tcase, unit_is_reminded_of_its_decision);
	tcase_add_test(tcase, silent_institution_is_passed_by);
	tcase_add_loop_test(
	    tcase, silent_police_are_passed_by_up_to_the_last, 0, 2);
	tcase_add_test(tcase, lone_refusal_is_forgotten_when_time_is_over);
	tcase_add_loop_test(
	    tcase, what_is_let_go_leaves_nothing_to_escalate, 0, COUNT(let_go));
	tcase_add_loop_test(
	    tcase, nobody_but_the_clerk_passes_it, 0, COUNT(others));
	tcase_add_loop_test(tcase, law_counts_its_own_days, 0, COUNT(laws));
	suite_add_tcase(suite, tcase);
	return suite;
}
