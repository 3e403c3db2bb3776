/*
 * file_grievance and decide_grievance: who objects, who decides, the second
 * person of a refusal, the release that follows, and the clocks.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct target *target;

static struct command *
file(enum person person)
{
	struct command *command = world_command(COMMAND_FILE_GRIEVANCE, person);

	command->file_grievance.target = target->id;
	command->file_grievance.text = "it is my rent";
	return command;
}

static struct command *
decide(enum grievance_decision decision, enum person person)
{
	struct command *command = world_command(
	    COMMAND_DECIDE_GRIEVANCE, person);

	command->decide_grievance.grievance = world.snapshot.grievances[0]->id;
	command->decide_grievance.decision = decision;
	command->decide_grievance.reason = "seen";
	return command;
}

/* A filed grievance about a held target, moved by hand to `state`. */
static struct grievance *
grievance_that_is(enum grievance_state state)
{
	struct grievance *grievance;

	target = world_target(1, TARGET_HELD_PARTIAL);
	file(BANK_NODAL);
	world_done(201);
	world_commit();
	grievance = world.snapshot.grievances[0];
	grievance->state = state;
	if (!grievance_state_is_open(state))
		grievance->due_at = 0;
	return grievance;
}

/* ---- filing */

START_TEST(only_what_is_held_is_objected_to)
{
	enum target_state state = (enum target_state)_i;

	target = world_target(1, state);
	file(OFFICER);
	if (!target_state_is_held(state) && state != TARGET_ATTACHED) {
		world_refused(RC_CONFLICT, "nothing_held", "");
		return;
	}
	world_done(201);
	ck_assert_uint_eq(world.snapshot.grievance_count, 1);
	ck_assert_int_eq(world.snapshot.grievances[0]->state, GRIEVANCE_FILED);
	ck_assert_int_eq(
	    world.snapshot.grievances[0]->due_at, world.now + 7 * WORLD_DAY);
	ck_assert_int_eq(target->state, state);
	ck_assert_uint_eq(world_messages(MESSAGE_GRIEVANCE_FILED, DISTRICT), 1);
	ck_assert_ptr_eq(world.effects.messages[0].envelope.grievance,
	    world.snapshot.grievances[0]);
}
END_TEST

static const struct {
	enum person person;
	enum rc rc;
	const char *code;
} filers[] = {
	{ BANK_NODAL, RC_OK, NULL },
	{ SECOND_OFFICER, RC_OK, NULL },
	{ STATE_SUPERVISOR, RC_OK, NULL },
	{ OTHER_NODAL, RC_MISSING, "not_found" },
	{ NEIGHBOUR_OFFICER, RC_MISSING, "not_found" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(institution_and_police_file)
{
	target = world_target(1, TARGET_HELD_FULL);
	file(filers[_i].person);
	if (filers[_i].code == NULL)
		world_done(201);
	else
		world_refused(filers[_i].rc, filers[_i].code, "");
}
END_TEST

START_TEST(another_is_filed_when_the_first_is_over)
{
	enum grievance_state state = (enum grievance_state)_i;

	grievance_that_is(state);
	file(OFFICER);
	if (grievance_state_is_over(state))
		world_done(201);
	else
		world_refused(RC_CONFLICT, "grievance_open", "");
}
END_TEST

/* ---- the way that one goes */

static const struct {
	enum grievance_state from;
	enum grievance_decision decision;
	enum person person;
	enum grievance_state to; /* GRIEVANCE_STATE_COUNT: move_not_allowed */
	int days;                /* till it is due; 0: it waits no more */
} ways[] = {
	{ GRIEVANCE_FILED, DECISION_ENDORSE, BANK_NODAL,
	    GRIEVANCE_BANK_ENDORSED, 15 },
	{ GRIEVANCE_FILED, DECISION_TAKE, OFFICER, GRIEVANCE_WITH_OFFICER, 15 },
	{ GRIEVANCE_FILED, DECISION_RELEASE, OFFICER, GRIEVANCE_DECIDED_RELEASE,
	    0 },
	{ GRIEVANCE_WITH_OFFICER, DECISION_ESCALATE, BANK_NODAL,
	    GRIEVANCE_ESCALATED_1, 15 },
	{ GRIEVANCE_DECIDED_CONTINUE, DECISION_ESCALATE, BANK_NODAL,
	    GRIEVANCE_ESCALATED_1, 15 },
	{ GRIEVANCE_ESCALATED_1, DECISION_ESCALATE, OFFICER,
	    GRIEVANCE_ESCALATED_2, 15 },
	{ GRIEVANCE_ESCALATED_2, DECISION_RELEASE, OFFICER,
	    GRIEVANCE_DECIDED_RELEASE, 0 },
	{ GRIEVANCE_DECIDED_CONTINUE, DECISION_CLOSE, OFFICER, GRIEVANCE_CLOSED,
	    0 },
	{ GRIEVANCE_DECIDED_RELEASE, DECISION_CLOSE, OFFICER, GRIEVANCE_CLOSED,
	    0 },
	{ GRIEVANCE_FILED, DECISION_CONTINUE, OFFICER, GRIEVANCE_STATE_COUNT,
	    0 },
	{ GRIEVANCE_FILED, DECISION_CLOSE, OFFICER, GRIEVANCE_STATE_COUNT, 0 },
	{ GRIEVANCE_FILED, DECISION_ESCALATE, BANK_NODAL, GRIEVANCE_STATE_COUNT,
	    0 },
	{ GRIEVANCE_WITH_OFFICER, DECISION_ENDORSE, BANK_NODAL,
	    GRIEVANCE_STATE_COUNT, 0 },
	{ GRIEVANCE_WITH_OFFICER, DECISION_CLOSE, OFFICER,
	    GRIEVANCE_STATE_COUNT, 0 },
	{ GRIEVANCE_DECIDED_CONTINUE, DECISION_RELEASE, OFFICER,
	    GRIEVANCE_STATE_COUNT, 0 },
	{ GRIEVANCE_ESCALATED_2, DECISION_ESCALATE, OFFICER,
	    GRIEVANCE_STATE_COUNT, 0 },
	{ GRIEVANCE_CLOSED, DECISION_RELEASE, OFFICER, GRIEVANCE_STATE_COUNT,
	    0 },
	{ GRIEVANCE_CLOSED, DECISION_TAKE, OFFICER, GRIEVANCE_STATE_COUNT, 0 },
};

START_TEST(one_goes_its_way_with_its_clock)
{
	struct grievance *grievance = grievance_that_is(ways[_i].from);

	world.now += WORLD_DAY;
	decide(ways[_i].decision, ways[_i].person);
	if (ways[_i].to == GRIEVANCE_STATE_COUNT) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(grievance->state, ways[_i].to);
	ck_assert_int_eq(grievance->due_at,
	    ways[_i].days == 0 ? 0 : world.now + ways[_i].days * WORLD_DAY);
	ck_assert(grievance->row.is_dirty && world_case()->row.is_dirty);
	/* Who waits for news of the target sees it. */
	ck_assert(target->row.is_dirty);
}
END_TEST

/* The officer's time has run since the endorsement. */
START_TEST(taking_an_endorsed_one_wins_no_time)
{
	struct grievance *grievance = grievance_that_is(GRIEVANCE_FILED);
	int64_t due_at;

	decide(DECISION_ENDORSE, BANK_NODAL);
	world_done(200);
	due_at = grievance->due_at;
	world.now += 3 * WORLD_DAY;
	decide(DECISION_TAKE, OFFICER);
	world_done(200);
	ck_assert_int_eq(grievance->due_at, due_at);
}
END_TEST

static const struct {
	enum grievance_state state;
	enum grievance_decision decision;
	enum person person;
	enum rc rc;
	const char *code, *pointer;
} strangers[] = {
	{ GRIEVANCE_FILED, DECISION_ENDORSE, OFFICER, RC_FORBIDDEN,
	    "role_not_allowed", "/decision" },
	{ GRIEVANCE_FILED, DECISION_TAKE, BANK_NODAL, RC_FORBIDDEN,
	    "role_not_allowed", "/decision" },
	{ GRIEVANCE_WITH_OFFICER, DECISION_RELEASE, BANK_NODAL, RC_FORBIDDEN,
	    "role_not_allowed", "/decision" },
	{ GRIEVANCE_WITH_OFFICER, DECISION_CONTINUE, BANK_NODAL, RC_FORBIDDEN,
	    "role_not_allowed", "/decision" },
	{ GRIEVANCE_DECIDED_CONTINUE, DECISION_CLOSE, BANK_NODAL, RC_FORBIDDEN,
	    "role_not_allowed", "/decision" },
	{ GRIEVANCE_ESCALATED_1, DECISION_CLOSE, OFFICER, RC_FORBIDDEN,
	    "supervisor_needed", "/decision" },
	{ GRIEVANCE_ESCALATED_2, DECISION_CLOSE, SECOND_OFFICER, RC_FORBIDDEN,
	    "supervisor_needed", "/decision" },
	{ GRIEVANCE_FILED, DECISION_ENDORSE, OTHER_NODAL, RC_MISSING,
	    "not_found", "" },
	{ GRIEVANCE_FILED, DECISION_TAKE, NEIGHBOUR_OFFICER, RC_MISSING,
	    "not_found", "" },
	{ GRIEVANCE_FILED, DECISION_TAKE, STATE_OFFICER, RC_MISSING,
	    "not_found", "" },
	{ GRIEVANCE_FILED, DECISION_ENDORSE, BANK_SERVICE, RC_FORBIDDEN,
	    "role_not_allowed", "" },
	{ GRIEVANCE_FILED, DECISION_TAKE, AUDITOR, RC_FORBIDDEN,
	    "role_not_allowed", "" },
	{ GRIEVANCE_FILED, DECISION_TAKE, ADMIN, RC_FORBIDDEN,
	    "role_not_allowed", "" },
};

START_TEST(others_decide_nothing)
{
	grievance_that_is(strangers[_i].state);
	decide(strangers[_i].decision, strangers[_i].person);
	world_refused(
	    strangers[_i].rc, strangers[_i].code, strangers[_i].pointer);
}
END_TEST

START_TEST(unknown_grievance_is_not_found)
{
	grievance_that_is(GRIEVANCE_FILED);
	decide(DECISION_TAKE, OFFICER)->decide_grievance.grievance = world_id(
	    99, 1);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

/* ---- declining takes two */

static const struct {
	enum grievance_state from, to;
	enum grievance_decision decision;
	enum person first, second;
} refusals[] = {
	{ GRIEVANCE_WITH_OFFICER, GRIEVANCE_DECIDED_CONTINUE, DECISION_CONTINUE,
	    OFFICER, SECOND_OFFICER },
	{ GRIEVANCE_WITH_OFFICER, GRIEVANCE_DECIDED_CONTINUE, DECISION_CONTINUE,
	    SUPERVISOR, OFFICER },
	{ GRIEVANCE_ESCALATED_1, GRIEVANCE_CLOSED, DECISION_CLOSE, SUPERVISOR,
	    STATE_SUPERVISOR },
	{ GRIEVANCE_ESCALATED_2, GRIEVANCE_CLOSED, DECISION_CLOSE,
	    STATE_SUPERVISOR, SUPERVISOR },
};

START_TEST(declining_takes_two_people)
{
	struct grievance *grievance = grievance_that_is(refusals[_i].from);

	decide(refusals[_i].decision, refusals[_i].first);
	world_done(200);
	ck_assert_int_eq(grievance->state, refusals[_i].from);
	ck_assert_uint_eq(world_events("grievance.decline_proposed"), 1);
	decide(refusals[_i].decision, refusals[_i].first);
	world_refused(RC_FORBIDDEN, "own_decision", "/decision");
	decide(refusals[_i].decision, refusals[_i].second);
	world_done(200);
	ck_assert_int_eq(grievance->state, refusals[_i].to);
	ck_assert(id_is_zero(&grievance->declined_by));
	ck_assert_int_eq(target->state, TARGET_HELD_PARTIAL);
	ck_assert_int_eq(grievance->decided_at, world.now);
}
END_TEST

/* Who has declined first may think better of it, and escalation forgets. */
START_TEST(first_refusal_binds_nobody)
{
	struct grievance *grievance = grievance_that_is(GRIEVANCE_WITH_OFFICER);

	decide(DECISION_CONTINUE, OFFICER);
	world_done(200);
	decide(_i == 0 ? DECISION_RELEASE : DECISION_ESCALATE, OFFICER);
	world_done(200);
	ck_assert(id_is_zero(&grievance->declined_by));
	ck_assert_int_eq(grievance->state,
	    _i == 0 ? GRIEVANCE_DECIDED_RELEASE : GRIEVANCE_ESCALATED_1);
}
END_TEST

/* ---- the release */

START_TEST(one_person_releases)
{
	grievance_that_is(GRIEVANCE_WITH_OFFICER);
	decide(DECISION_RELEASE, SECOND_OFFICER);
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_RELEASE_PENDING);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 1);
}
END_TEST

static const struct {
	enum target_state state;
	const char *code; /* NULL: said, and nothing is ordered */
} let_go[] = {
	{ TARGET_RELEASE_PENDING, NULL },
	{ TARGET_RELEASED, NULL },
	{ TARGET_RESTORED, NULL },
	{ TARGET_ATTACHED, "move_not_allowed" },
};

START_TEST(what_is_let_go_is_not_ordered_again)
{
	grievance_that_is(GRIEVANCE_WITH_OFFICER);
	target->state = let_go[_i].state;
	target->held_minor = 0;
	decide(DECISION_RELEASE, OFFICER);
	if (let_go[_i].code != NULL) {
		world_refused(RC_CONFLICT, let_go[_i].code, "");
		return;
	}
	world_done(200);
	ck_assert_uint_eq(world_messages(MESSAGE_RELEASE_ORDERED, BANK), 0);
}
END_TEST

START_TEST(ordered_release_cannot_be_declined)
{
	grievance_that_is(
	    _i == 0 ? GRIEVANCE_WITH_OFFICER : GRIEVANCE_ESCALATED_1);
	target->state = TARGET_RELEASE_PENDING;
	decide(_i == 0 ? DECISION_CONTINUE : DECISION_CLOSE, SUPERVISOR);
	world_refused(RC_CONFLICT, "release_ordered_already", "/decision");
}
END_TEST

/* ---- counter-evidence */

static struct command *
attach(enum person person)
{
	struct command *command = world_command(
	    COMMAND_ATTACH_EVIDENCE, person);

	command->evidence.target = target->id;
	command->evidence.kind = 2;
	command->evidence.text = "the lease";
	return command;
}

START_TEST(evidence_is_attached_until_it_is_over)
{
	enum target_state state = (enum target_state)_i;

	target = world_target(1, state);
	attach(OFFICER);
	if (target_state_is_over(state)) {
		world_refused(RC_CONFLICT, "target_over", "");
		return;
	}
	world_done(201);
	ck_assert_uint_eq(world.effects.evidence_count, 1);
	ck_assert_str_eq(world.effects.evidence[0].text, "the lease");
	ck_assert_int_eq(target->state, state);
	ck_assert_str_eq(
	    world_field(world_event("target.counter_evidence"), "kind"),
	    "rent");
	/* The words are in the sealed row alone. */
	ck_assert_ptr_null(
	    world_field(world_event("target.counter_evidence"), "text"));
}
END_TEST

/* The unit must weigh what the institution sends; its own is no news. */
START_TEST(unit_hears_of_what_the_institution_attaches)
{
	target = world_target(1, TARGET_HELD_FULL);
	attach(BANK_NODAL);
	world_done(201);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_EVIDENCE_ATTACHED, DISTRICT), 1);
	ck_assert_str_eq(
	    world.effects.messages[0].envelope.evidence->text, "the lease");
	ck_assert_ptr_nonnull(world.effects.messages[0].envelope.about);
	attach(OFFICER);
	world_done(201);
	ck_assert_uint_eq(world.effects.message_count, 1);
}
END_TEST

START_TEST(institution_and_police_attach)
{
	target = world_target(1, TARGET_HELD_FULL);
	attach(filers[_i].person);
	if (filers[_i].code == NULL)
		world_done(201);
	else
		world_refused(filers[_i].rc, filers[_i].code, "");
}
END_TEST

/* ---- clocks */

static const struct {
	const char *profile;
	enum grievance_state state;
	int days;
} clocks[] = {
	{ "IN", GRIEVANCE_FILED, 7 },
	{ "IN", GRIEVANCE_BANK_ENDORSED, 15 },
	{ "IN", GRIEVANCE_WITH_OFFICER, 15 },
	{ "KZ", GRIEVANCE_FILED, 7 }, /* as generic */
	{ "no such", GRIEVANCE_ESCALATED_2, 15 },
	{ "IN", GRIEVANCE_DECIDED_RELEASE, 0 },
	{ "IN", GRIEVANCE_DECIDED_CONTINUE, 0 },
	{ "IN", GRIEVANCE_CLOSED, 0 },
};

START_TEST(each_profile_has_its_days)
{
	ck_assert_int_eq(
	    grievance_rule_due(clocks[_i].profile, clocks[_i].state, world.now),
	    clocks[_i].days == 0 ? 0 : world.now + clocks[_i].days * WORLD_DAY);
}
END_TEST

Suite *
grievance_suite(void)
{
	Suite *suite = suite_create("grievance");
	TCase *tcase = tcase_create("grievance");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, only_what_is_held_is_objected_to, 0, TARGET_STATE_COUNT);
	tcase_add_loop_test(
	    tcase, institution_and_police_file, 0, (int)COUNT(filers));
	tcase_add_loop_test(tcase, another_is_filed_when_the_first_is_over, 0,
	    GRIEVANCE_STATE_COUNT);
	tcase_add_loop_test(
	    tcase, one_goes_its_way_with_its_clock, 0, (int)COUNT(ways));
	tcase_add_test(tcase, taking_an_endorsed_one_wins_no_time);
	tcase_add_loop_test(
	    tcase, others_decide_nothing, 0, (int)COUNT(strangers));
	tcase_add_test(tcase, unknown_grievance_is_not_found);
	tcase_add_loop_test(
	    tcase, declining_takes_two_people, 0, (int)COUNT(refusals));
	tcase_add_loop_test(tcase, first_refusal_binds_nobody, 0, 2);
	tcase_add_test(tcase, one_person_releases);
	tcase_add_loop_test(
	    tcase, what_is_let_go_is_not_ordered_again, 0, (int)COUNT(let_go));
	tcase_add_loop_test(tcase, ordered_release_cannot_be_declined, 0, 2);
	tcase_add_loop_test(tcase, evidence_is_attached_until_it_is_over, 0,
	    TARGET_STATE_COUNT);
	tcase_add_test(tcase, unit_hears_of_what_the_institution_attaches);
	tcase_add_loop_test(
	    tcase, institution_and_police_attach, 0, (int)COUNT(filers));
	tcase_add_loop_test(
	    tcase, each_profile_has_its_days, 0, (int)COUNT(clocks));
	suite_add_tcase(suite, tcase);
	return suite;
}
