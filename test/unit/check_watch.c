/*
 * add_watch, withdraw_watch, dispute_watch, decide_watch, look_up, and the
 * ends of watch entries by the clerk.
 */
#include "test/unit/unit.h"

#include "hub/domain/clocks.h"
#include "test/unit/world.h"

enum { HASH = 7 };

static void
fill_hash(uint8_t hash[RISK_HASH_SIZE], int number)
{
	memset(hash, number, RISK_HASH_SIZE);
}

static struct command *
add(enum person person, enum watch_source source)
{
	struct command *command = world_command(COMMAND_ADD_WATCH, person);
	struct add_watch *draft = &command->add_watch;

	draft->source = source;
	draft->subject = world_account(OTHER_BANK, 1);
	draft->reference = "FIR 7/2026";
	draft->note = "";
	draft->expires_at = world.now + 30 * WORLD_DAY;
	fill_hash(draft->subject_hash, HASH);
	return command;
}

/* An entry of BANK about an account at OTHER_BANK, moved to `state`. */
static struct watch_entry *
entry_that_is(enum watch_state state)
{
	struct watch_entry *entry;

	add(BANK_NODAL, WATCH_OWN_LIST);
	world_done(201);
	entry = world.snapshot.risk.watches[0];
	entry->state = state;
	entry->row_version = 4;
	world_commit();
	return entry;
}

static struct command *
dispute(const struct watch_entry *entry, enum person person)
{
	struct command *command = world_command(COMMAND_DISPUTE_WATCH, person);

	command->dispute_watch.entry = entry->id;
	command->dispute_watch.text = "it is our customer";
	return command;
}

static struct command *
decide(const struct watch_entry *entry, enum watch_decision decision,
    enum person person)
{
	struct command *command = world_command(COMMAND_DECIDE_WATCH, person);

	command->decide_watch.entry = entry->id;
	command->decide_watch.decision = decision;
	command->decide_watch.reason = "seen";
	return command;
}

static struct command *
look_up(enum person person, enum lookup_purpose purpose)
{
	static struct sought sought[2];
	struct command *command = world_command(COMMAND_LOOK_UP, person);

	fill_hash(sought[0].hash, HASH);
	fill_hash(sought[1].hash, HASH + 1);
	command->look_up.purpose = purpose;
	command->look_up.sought = sought;
	command->look_up.sought_count = COUNT(sought);
	return command;
}

/* ---- listing */

START_TEST(entry_has_its_clock_and_holder)
{
	const struct watch_entry *entry = entry_that_is(WATCH_ACTIVE);
	const struct deadline *clock = snapshot_deadline(
	    &world.snapshot, &entry->id, DEADLINE_WATCH);
	struct id holder = world_place(OTHER_BANK);

	ck_assert_ptr_nonnull(clock);
	ck_assert_int_eq(clock->next_at, entry->expires_at);
	ck_assert(id_is_zero(&clock->case_id));
	ck_assert(id_equal(&entry->holder, &holder));
	ck_assert_ptr_null(strstr(entry->mask, "000000001"));
}
END_TEST

static const struct {
	enum person person;
	enum watch_source source;
	const char *reference;
	int days;
	const char *code, *pointer; /* NULL: it is listed */
} drafts[] = {
	{ BANK_NODAL, WATCH_OWN_LIST, "", 365, NULL, NULL },
	{ BANK_NODAL, WATCH_THIRD_PARTY, "x", 90, NULL, NULL },
	{ TELCO_NODAL, WATCH_OWN_LIST, "", 1, NULL, NULL },
	{ OFFICER, WATCH_CRIMINAL_CASE, "x", 730, NULL, NULL },
	{ SUPERVISOR, WATCH_THIRD_PARTY, "x", 1, NULL, NULL },
	{ BANK_NODAL, WATCH_CRIMINAL_CASE, "x", 1, "source_not_yours",
	    "/source" },
	{ OFFICER, WATCH_OWN_LIST, "x", 1, "source_not_yours", "/source" },
	{ OFFICER, WATCH_CRIMINAL_CASE, "", 1, "missing_member", "/reference" },
	{ BANK_NODAL, WATCH_THIRD_PARTY, "", 1, "missing_member",
	    "/reference" },
	{ BANK_NODAL, WATCH_OWN_LIST, "", 0, "in_the_past", "/expires_at" },
	{ BANK_NODAL, WATCH_OWN_LIST, "", -1, "in_the_past", "/expires_at" },
	{ BANK_NODAL, WATCH_OWN_LIST, "", 366, "too_late", "/expires_at" },
	{ BANK_NODAL, WATCH_THIRD_PARTY, "x", 91, "too_late", "/expires_at" },
	{ OFFICER, WATCH_CRIMINAL_CASE, "x", 731, "too_late", "/expires_at" },
};

START_TEST(entry_has_source_reference_and_end)
{
	struct command *command = add(drafts[_i].person, drafts[_i].source);

	command->add_watch.reference = drafts[_i].reference;
	command->add_watch.expires_at = world.now + drafts[_i].days * WORLD_DAY;
	if (drafts[_i].code == NULL)
		world_done(201);
	else
		world_refused(RC_INVALID, drafts[_i].code, drafts[_i].pointer);
}
END_TEST

START_TEST(others_list_nothing)
{
	static const enum person others[] = { BANK_SERVICE, AUDITOR, ADMIN };

	add(others[_i], WATCH_OWN_LIST);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

START_TEST(one_institution_lists_once)
{
	enum watch_state state = (enum watch_state)_i;

	entry_that_is(state);
	add(BANK_NODAL, WATCH_OWN_LIST);
	if (watch_state_is_listed(state))
		world_refused(RC_CONFLICT, "already_listed", "");
	else
		world_done(201);
	add(OTHER_NODAL, WATCH_OWN_LIST);
	world_done(201);
}
END_TEST

/* ---- taking it back */

static const struct {
	enum person person;
	int64_t version;
	enum rc rc;
	const char *code; /* NULL: it is withdrawn */
} withdrawals[] = {
	{ BANK_NODAL, 4, RC_OK, NULL },
	{ BANK_NODAL, 3, RC_STALE, "stale" },
	{ BANK_NODAL, 0, RC_STALE, "stale" },
	{ OTHER_NODAL, 4, RC_MISSING, "not_found" },
	{ OFFICER, 4, RC_MISSING, "not_found" },
	{ BANK_SERVICE, 4, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, 4, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(own_entry_is_taken_back)
{
	struct watch_entry *entry = entry_that_is(WATCH_DISPUTED);
	struct command *command = world_command(
	    COMMAND_WITHDRAW_WATCH, withdrawals[_i].person);

	command->withdraw_watch.entry = entry->id;
	command->withdraw_watch.row_version = withdrawals[_i].version;
	if (withdrawals[_i].code != NULL) {
		world_refused(withdrawals[_i].rc, withdrawals[_i].code, "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(entry->state, WATCH_WITHDRAWN);
	ck_assert_int_eq(
	    snapshot_deadline(&world.snapshot, &entry->id, DEADLINE_WATCH)
		->status,
	    DEADLINE_ENDED);
	/* What changed in the batch has another version now. */
	world_refused(RC_STALE, "stale", "");
}
END_TEST

/* ---- objections */

static const struct {
	enum person person;
	enum rc rc;
	const char *code; /* NULL: it is disputed */
} disputants[] = {
	{ OTHER_NODAL, RC_OK, NULL },
	{ NEIGHBOUR_OFFICER, RC_OK, NULL },
	{ STATE_SUPERVISOR, RC_OK, NULL },
	{ BANK_NODAL, RC_CONFLICT, "own_entry" },
	{ WALLET_NODAL, RC_MISSING, "not_found" },
	{ TELCO_NODAL, RC_MISSING, "not_found" },
	{ BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ ADMIN, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(holder_and_police_object)
{
	struct watch_entry *entry = entry_that_is(WATCH_ACTIVE);

	dispute(entry, disputants[_i].person);
	if (disputants[_i].code != NULL) {
		world_refused(disputants[_i].rc, disputants[_i].code, "");
		ck_assert_int_eq(entry->state, WATCH_ACTIVE);
		return;
	}
	world_done(201);
	ck_assert_int_eq(entry->state, WATCH_DISPUTED);
	ck_assert_int_eq(entry->disputed_at, world.now);
}
END_TEST

START_TEST(anybody_objects_where_the_holder_is_not_known)
{
	struct watch_entry *entry = entry_that_is(WATCH_ACTIVE);

	memset(&entry->holder, 0, sizeof entry->holder);
	dispute(entry, WALLET_NODAL);
	world_done(201);
}
END_TEST

START_TEST(only_what_is_active_is_objected_to)
{
	static const enum watch_state over[] = { WATCH_DISPUTED, WATCH_DELISTED,
		WATCH_WITHDRAWN, WATCH_EXPIRED };
	struct watch_entry *entry = entry_that_is(over[_i]);

	dispute(entry, OTHER_NODAL);
	world_refused(RC_CONFLICT, "move_not_allowed", "");
}
END_TEST

START_TEST(one_lets_go)
{
	static const enum person people[] = { BANK_NODAL, ADMIN };
	struct watch_entry *entry = entry_that_is(WATCH_DISPUTED);

	decide(entry, WATCH_DELIST, people[_i]);
	world_done(200);
	ck_assert_int_eq(entry->state, WATCH_DELISTED);
}
END_TEST

START_TEST(two_keep)
{
	struct watch_entry *entry = entry_that_is(WATCH_DISPUTED);

	decide(entry, WATCH_KEEP, BANK_NODAL);
	world_done(200);
	ck_assert_int_eq(entry->state, WATCH_DISPUTED);
	ck_assert_uint_eq(world_events("watch_entry.kept_by_one"), 1);
	world_commit();
	decide(entry, WATCH_KEEP, BANK_NODAL);
	world_refused(RC_FORBIDDEN, "own_decision", "");
	decide(entry, WATCH_KEEP, ADMIN);
	world_done(200);
	ck_assert_int_eq(entry->state, WATCH_ACTIVE);
	ck_assert(id_is_zero(&entry->kept_by));
}
END_TEST

START_TEST(first_keeper_binds_nobody)
{
	struct watch_entry *entry = entry_that_is(WATCH_DISPUTED);

	decide(entry, WATCH_KEEP, ADMIN);
	world_done(200);
	world_commit();
	decide(entry, WATCH_DELIST, ADMIN);
	world_done(200);
	ck_assert_int_eq(entry->state, WATCH_DELISTED);
}
END_TEST

START_TEST(nobody_waits_for_a_second_at_the_end)
{
	struct watch_entry *entry = entry_that_is(WATCH_DISPUTED);
	struct command *command;

	decide(entry, WATCH_KEEP, ADMIN);
	world_done(200);
	ck_assert(!id_is_zero(&entry->kept_by));
	world_commit();
	world.now = entry->expires_at;
	command = world_command(COMMAND_PASS_DEADLINE, DISPATCHER);
	command->deadline.subject = entry->id;
	command->deadline.kind = DEADLINE_WATCH;
	world_done(200);
	ck_assert_int_eq(entry->state, WATCH_EXPIRED);
	ck_assert(id_is_zero(&entry->kept_by));
}
END_TEST

static const struct {
	enum watch_state state;
	enum person person;
	enum rc rc;
	const char *code;
} wrong_decisions[] = {
	{ WATCH_DISPUTED, OTHER_NODAL, RC_MISSING, "not_found" },
	{ WATCH_DISPUTED, OFFICER, RC_MISSING, "not_found" },
	{ WATCH_DISPUTED, BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ WATCH_DISPUTED, AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
	{ WATCH_ACTIVE, BANK_NODAL, RC_CONFLICT, "move_not_allowed" },
	{ WATCH_EXPIRED, ADMIN, RC_CONFLICT, "move_not_allowed" },
};

START_TEST(source_and_admins_decide_what_is_disputed)
{
	struct watch_entry *entry = entry_that_is(wrong_decisions[_i].state);

	decide(entry, WATCH_DELIST, wrong_decisions[_i].person);
	world_refused(wrong_decisions[_i].rc, wrong_decisions[_i].code, "");
}
END_TEST

/* ---- look-ups */

START_TEST(look_up_is_on_record)
{
	const struct event *event;

	entry_that_is(WATCH_DISPUTED);
	look_up(OTHER_NODAL, LOOKUP_PAYMENT_SCREENING);
	world_done(200);
	event = world_event("lookup.made");
	ck_assert_ptr_nonnull(event);
	ck_assert_str_eq(world_field(event, "purpose"), "payment_screening");
	ck_assert_str_eq(
	    world_field(event, "hashes"), "0707070707070707 0808080808080808");
	ck_assert(id_is_zero(&event->case_id));
	ck_assert_uint_eq(world.effects.event_count, 1);
}
END_TEST

static const struct {
	enum person person;
	enum lookup_purpose purpose;
	enum rc rc;
	const char *code, *pointer;
} seekers[] = {
	{ OFFICER, LOOKUP_ONBOARDING, RC_INVALID, "purpose_not_yours",
	    "/purpose" },
	{ SUPERVISOR, LOOKUP_PAYMENT_SCREENING, RC_INVALID, "purpose_not_yours",
	    "/purpose" },
	{ BANK_NODAL, LOOKUP_INVESTIGATION, RC_INVALID, "purpose_not_yours",
	    "/purpose" },
	{ AUDITOR, LOOKUP_INVESTIGATION, RC_FORBIDDEN, "role_not_allowed", "" },
	{ ADMIN, LOOKUP_INVESTIGATION, RC_FORBIDDEN, "role_not_allowed", "" },
};

START_TEST(look_up_has_a_purpose_of_the_askers)
{
	look_up(seekers[_i].person, seekers[_i].purpose);
	world_refused(seekers[_i].rc, seekers[_i].code, seekers[_i].pointer);
}
END_TEST

START_TEST(list_is_what_is_listed_now)
{
	struct watch_entry *entry = entry_that_is((enum watch_state)_i);
	bool is_listed = watch_state_is_listed(entry->state);
	uint8_t other[RISK_HASH_SIZE];
	size_t next = 0;

	ck_assert_int_eq(risk_rows_listed(&world.snapshot.risk, entry->hash,
			     world.now, &next) != NULL,
	    is_listed);
	next = 0;
	ck_assert_ptr_null(risk_rows_listed(
	    &world.snapshot.risk, entry->hash, entry->expires_at, &next));
	fill_hash(other, HASH + 1);
	next = 0;
	ck_assert_ptr_null(
	    risk_rows_listed(&world.snapshot.risk, other, world.now, &next));
}
END_TEST

/* ---- the clerk */

START_TEST(entry_ends_by_itself)
{
	enum watch_state state = (enum watch_state)_i;
	struct watch_entry *entry = entry_that_is(state);
	struct deadline *clock = snapshot_deadline(
	    &world.snapshot, &entry->id, DEADLINE_WATCH);
	struct command *command;

	world.now = entry->expires_at;
	command = world_command(COMMAND_PASS_DEADLINE, DISPATCHER);
	command->deadline.subject = entry->id;
	command->deadline.kind = DEADLINE_WATCH;
	world_done(200);
	ck_assert_int_eq(
	    entry->state, watch_state_is_listed(state) ? WATCH_EXPIRED : state);
	ck_assert_int_eq(clock->status, DEADLINE_ENDED);
	ck_assert_int_eq(clock->next_at, 0);
	ck_assert_uint_eq(world_events("watch_entry.time_over"),
	    watch_state_is_listed(state) ? 1 : 0);
}
END_TEST

START_TEST(entry_does_not_end_before_its_time)
{
	struct watch_entry *entry = entry_that_is(WATCH_ACTIVE);
	struct command *command = world_command(
	    COMMAND_PASS_DEADLINE, DISPATCHER);

	command->deadline.subject = entry->id;
	command->deadline.kind = DEADLINE_WATCH;
	world_done(200);
	ck_assert_int_eq(entry->state, WATCH_ACTIVE);
}
END_TEST

Suite *
watch_suite(void)
{
	Suite *suite = suite_create("watch");
	TCase *tcase = tcase_create("entries");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_test(tcase, entry_has_its_clock_and_holder);
	tcase_add_loop_test(
	    tcase, entry_has_source_reference_and_end, 0, COUNT(drafts));
	tcase_add_loop_test(tcase, others_list_nothing, 0, 3);
	tcase_add_loop_test(
	    tcase, one_institution_lists_once, 0, WATCH_STATE_COUNT);
	tcase_add_loop_test(
	    tcase, own_entry_is_taken_back, 0, COUNT(withdrawals));
	tcase_add_loop_test(
	    tcase, holder_and_police_object, 0, COUNT(disputants));
	tcase_add_test(tcase, anybody_objects_where_the_holder_is_not_known);
	tcase_add_loop_test(tcase, only_what_is_active_is_objected_to, 0, 4);
	tcase_add_loop_test(tcase, one_lets_go, 0, 2);
	tcase_add_test(tcase, two_keep);
	tcase_add_test(tcase, first_keeper_binds_nobody);
	tcase_add_test(tcase, nobody_waits_for_a_second_at_the_end);
	tcase_add_loop_test(tcase, source_and_admins_decide_what_is_disputed, 0,
	    COUNT(wrong_decisions));
	tcase_add_test(tcase, look_up_is_on_record);
	tcase_add_loop_test(
	    tcase, look_up_has_a_purpose_of_the_askers, 0, COUNT(seekers));
	tcase_add_loop_test(
	    tcase, list_is_what_is_listed_now, 0, WATCH_STATE_COUNT);
	tcase_add_loop_test(tcase, entry_ends_by_itself, 0, WATCH_STATE_COUNT);
	tcase_add_test(tcase, entry_does_not_end_before_its_time);
	suite_add_tcase(suite, tcase);
	return suite;
}
