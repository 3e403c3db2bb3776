/*
 * place_payment_hold and answer_payment_hold: grounds, both ends, and the end
 * of the term by the clerk; terms by profile.
 */
#include "test/unit/unit.h"

#include "hub/domain/clocks.h"
#include "test/unit/world.h"

enum { LISTED = 7, UNKNOWN = 8 };

static struct watch_entry *listing;
static struct id signal_id;

/* One payee on the list, one signal that came to BANK. */
static void
set_up(void)
{
	struct received_signal *signal;

	world_set_up();
	listing = risk_rows_add_watch(&world.snapshot.risk);
	listing->id = world_id(60, 1);
	listing->institution = world_place(DISTRICT);
	listing->state = WATCH_ACTIVE;
	listing->expires_at = world.now + 30 * WORLD_DAY;
	memset(listing->hash, LISTED, sizeof listing->hash);
	signal_id = world_id(61, 1);
	signal = risk_rows_add_received(&world.snapshot.risk);
	signal->id = signal_id;
	signal->institution = world_place(BANK);
	signal->expires_at = world.now + WORLD_DAY;
}

static struct command *
place(enum person person, int payee)
{
	struct command *command = world_command(
	    COMMAND_PLACE_PAYMENT_HOLD, person);
	struct place_payment_hold *draft = &command->place_payment_hold;

	draft->payee = world_account(OTHER_BANK, payee);
	draft->money = world_inr(4500000);
	draft->reference = draft->note = "";
	memset(draft->payee_hash, payee, sizeof draft->payee_hash);
	return command;
}

static struct command *
answer(const struct payment_hold *hold, enum payment_answer word,
    enum person person)
{
	struct command *command = world_command(
	    COMMAND_ANSWER_PAYMENT_HOLD, person);

	command->answer_payment_hold.hold = hold->id;
	command->answer_payment_hold.answer = word;
	return command;
}

static struct payment_hold *
hold_that_is(enum payment_hold_state state)
{
	struct payment_hold *hold;

	place(BANK_NODAL, LISTED);
	world_done(201);
	hold = world.snapshot.risk.holds[0];
	hold->state = state;
	world_commit();
	return hold;
}

/* ---- placing */

START_TEST(hold_has_its_term_and_clock)
{
	const struct payment_hold *hold = hold_that_is(PAYMENT_HOLD_HELD);
	const struct deadline *clock = snapshot_deadline(
	    &world.snapshot, &hold->id, DEADLINE_PAYMENT_HOLD);

	ck_assert_int_eq(hold->ground, PAYMENT_PAYEE_LISTED);
	ck_assert_int_eq(hold->term_ends_at, world.now + 3 * WORLD_DAY);
	ck_assert_ptr_nonnull(clock);
	ck_assert_int_eq(clock->next_at, hold->term_ends_at);
}
END_TEST

START_TEST(signal_is_a_ground)
{
	struct command *command = place(BANK_SERVICE, UNKNOWN);

	command->place_payment_hold.has_signal = true;
	command->place_payment_hold.signal = signal_id;
	world_done(201);
	ck_assert_int_eq(world.snapshot.risk.holds[0]->ground, PAYMENT_SIGNAL);
}
END_TEST

static const struct {
	enum person person;
	int payee;
	bool has_signal;
	int64_t later; /* than now */
	enum rc rc;
	const char *code, *pointer;
} groundless[] = {
	{ BANK_NODAL, UNKNOWN, false, 0, RC_INVALID, "no_ground", "/payee" },
	{ BANK_NODAL, LISTED, false, 30 * WORLD_DAY, RC_INVALID, "no_ground",
	    "/payee" },
	{ OTHER_NODAL, UNKNOWN, true, 0, RC_INVALID, "unknown_signal",
	    "/signal" },
	{ OTHER_NODAL, LISTED, true, 0, RC_INVALID, "unknown_signal",
	    "/signal" },
	{ BANK_NODAL, UNKNOWN, true, WORLD_DAY, RC_INVALID, "unknown_signal",
	    "/signal" },
	{ TELCO_NODAL, LISTED, false, 0, RC_FORBIDDEN, "bank_needed", "" },
	{ SHOP_NODAL, LISTED, false, 0, RC_FORBIDDEN, "bank_needed", "" },
	{ OFFICER, LISTED, false, 0, RC_FORBIDDEN, "role_not_allowed", "" },
	{ ADMIN, LISTED, false, 0, RC_FORBIDDEN, "role_not_allowed", "" },
	{ AUDITOR, LISTED, false, 0, RC_FORBIDDEN, "role_not_allowed", "" },
};

START_TEST(nothing_is_held_without_a_ground)
{
	struct command *command;

	world.now += groundless[_i].later;
	command = place(groundless[_i].person, groundless[_i].payee);
	command->place_payment_hold.has_signal = groundless[_i].has_signal;
	command->place_payment_hold.signal = signal_id;
	world_refused(
	    groundless[_i].rc, groundless[_i].code, groundless[_i].pointer);
}
END_TEST

START_TEST(list_that_is_disputed_is_a_list)
{
	listing->state = WATCH_DISPUTED;
	place(BANK_NODAL, LISTED);
	world_done(201);
}
END_TEST

/* ---- the customer's answer */

static const struct {
	enum payment_hold_state from;
	enum watch_state listed;
	enum payment_answer answer;
	enum payment_hold_state to; /* STATE_COUNT: move_not_allowed */
	bool has_ended;
} answers[] = {
	{ PAYMENT_HOLD_HELD, WATCH_ACTIVE, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_CONFIRMED, false },
	{ PAYMENT_HOLD_HELD, WATCH_DISPUTED, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_CONFIRMED, false },
	{ PAYMENT_HOLD_HELD, WATCH_WITHDRAWN, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_EXECUTED, true },
	{ PAYMENT_HOLD_HELD, WATCH_DELISTED, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_EXECUTED, true },
	{ PAYMENT_HOLD_HELD, WATCH_ACTIVE, PAYMENT_REFUSED,
	    PAYMENT_HOLD_REFUSED, true },
	{ PAYMENT_HOLD_CONFIRMED, WATCH_ACTIVE, PAYMENT_REFUSED,
	    PAYMENT_HOLD_REFUSED, true },
	/* Strictly the term: a second yes changes nothing. */
	{ PAYMENT_HOLD_CONFIRMED, WATCH_ACTIVE, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_STATE_COUNT, false },
	{ PAYMENT_HOLD_CONFIRMED, WATCH_DELISTED, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_STATE_COUNT, false },
	{ PAYMENT_HOLD_EXECUTED, WATCH_ACTIVE, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_STATE_COUNT, false },
	{ PAYMENT_HOLD_EXECUTED, WATCH_ACTIVE, PAYMENT_REFUSED,
	    PAYMENT_HOLD_STATE_COUNT, false },
	{ PAYMENT_HOLD_REFUSED, WATCH_ACTIVE, PAYMENT_CONFIRMED,
	    PAYMENT_HOLD_STATE_COUNT, false },
	{ PAYMENT_HOLD_RELEASED, WATCH_ACTIVE, PAYMENT_REFUSED,
	    PAYMENT_HOLD_STATE_COUNT, false },
};

START_TEST(answer_ends_it_or_waits_for_the_term)
{
	struct payment_hold *hold = hold_that_is(answers[_i].from);

	listing->state = answers[_i].listed;
	answer(hold, answers[_i].answer, BANK_NODAL);
	if (answers[_i].to == PAYMENT_HOLD_STATE_COUNT) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(hold->state, answers[_i].to);
	ck_assert_int_eq(hold->answered_at, world.now);
	ck_assert_int_eq(hold->ended_at, answers[_i].has_ended ? world.now : 0);
	ck_assert_int_eq(
	    snapshot_deadline(&world.snapshot, &hold->id, DEADLINE_PAYMENT_HOLD)
		->status,
	    answers[_i].has_ended ? DEADLINE_ENDED : DEADLINE_RUNNING);
}
END_TEST

START_TEST(others_do_not_answer)
{
	static const struct {
		enum person person;
		enum rc rc;
		const char *code;
	} others[] = {
		{ OTHER_NODAL, RC_MISSING, "not_found" },
		{ WALLET_NODAL, RC_MISSING, "not_found" },
		{ OFFICER, RC_FORBIDDEN, "role_not_allowed" },
		{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
	};
	struct payment_hold *hold = hold_that_is(PAYMENT_HOLD_HELD);

	answer(hold, PAYMENT_CONFIRMED, others[_i].person);
	world_refused(others[_i].rc, others[_i].code, "");
	ck_assert_int_eq(hold->state, PAYMENT_HOLD_HELD);
}
END_TEST

START_TEST(answer_comes_too_late)
{
	struct payment_hold *hold = hold_that_is(PAYMENT_HOLD_HELD);

	world.now = hold->term_ends_at;
	answer(hold, PAYMENT_CONFIRMED, BANK_NODAL);
	world_refused(RC_CONFLICT, "term_over", "");
}
END_TEST

/* ---- the clerk */

static const struct {
	enum payment_hold_state from, to;
} ends[] = {
	{ PAYMENT_HOLD_HELD, PAYMENT_HOLD_RELEASED },
	{ PAYMENT_HOLD_CONFIRMED, PAYMENT_HOLD_EXECUTED },
	{ PAYMENT_HOLD_REFUSED, PAYMENT_HOLD_REFUSED },
	{ PAYMENT_HOLD_EXECUTED, PAYMENT_HOLD_EXECUTED },
};

START_TEST(term_ends_it)
{
	struct payment_hold *hold = hold_that_is(ends[_i].from);
	struct command *command;

	world.now = hold->term_ends_at;
	command = world_command(COMMAND_PASS_DEADLINE, DISPATCHER);
	command->deadline.subject = hold->id;
	command->deadline.kind = DEADLINE_PAYMENT_HOLD;
	world_done(200);
	ck_assert_int_eq(hold->state, ends[_i].to);
	ck_assert_int_eq(
	    hold->ended_at, ends[_i].from == ends[_i].to ? 0 : world.now);
	ck_assert_int_eq(
	    snapshot_deadline(&world.snapshot, &hold->id, DEADLINE_PAYMENT_HOLD)
		->next_at,
	    0);
}
END_TEST

/* ---- terms */

static const struct {
	const char *profile;
	enum risk_term term;
	int days;
} terms[] = {
	{ "RU", RISK_PAYMENT_HOLD, 2 },
	{ "IN", RISK_PAYMENT_HOLD, 3 },
	{ "generic", RISK_PAYMENT_HOLD, 3 },
	{ "nowhere", RISK_PAYMENT_HOLD, 3 },
	{ "RU", RISK_SIGNAL, 7 },
	{ "KZ", RISK_WATCH_THIRD_PARTY, 90 },
	{ "KZ", RISK_WATCH_OWN_LIST, 365 },
	{ "", RISK_WATCH_CRIMINAL_CASE, 730 },
};

START_TEST(term_is_the_profiles_or_generic)
{
	ck_assert_int_eq(risk_term_span(terms[_i].profile, terms[_i].term),
	    terms[_i].days * WORLD_DAY);
}
END_TEST

Suite *
hold_payment_suite(void)
{
	Suite *suite = suite_create("hold_payment");
	TCase *tcase = tcase_create("payment_holds");

	tcase_add_checked_fixture(tcase, set_up, world_tear_down);
	tcase_add_test(tcase, hold_has_its_term_and_clock);
	tcase_add_test(tcase, signal_is_a_ground);
	tcase_add_loop_test(
	    tcase, nothing_is_held_without_a_ground, 0, COUNT(groundless));
	tcase_add_test(tcase, list_that_is_disputed_is_a_list);
	tcase_add_loop_test(
	    tcase, answer_ends_it_or_waits_for_the_term, 0, COUNT(answers));
	tcase_add_loop_test(tcase, others_do_not_answer, 0, 4);
	tcase_add_test(tcase, answer_comes_too_late);
	tcase_add_loop_test(tcase, term_ends_it, 0, COUNT(ends));
	tcase_add_loop_test(
	    tcase, term_is_the_profiles_or_generic, 0, COUNT(terms));
	suite_add_tcase(suite, tcase);
	return suite;
}
