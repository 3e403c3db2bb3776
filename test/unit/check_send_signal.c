/*
 * send_signal, register_agreement and withdraw_agreement: what flows to whom,
 * and what does not.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct command *
calls_of(enum person person)
{
	struct command *command = world_command(COMMAND_SEND_SIGNAL, person);
	struct send_signal *signal = &command->signal;

	signal->kind = SIGNAL_CALLS;
	signal->subject.type = IDENTIFIER_MSISDN;
	memcpy(signal->subject.value, "+77005550177", 13);
	signal->facts = (struct signal_facts){ { 7, 540, 310, 2 },
		{ true, true, true, true } };
	signal->observed_from = world.now - WORLD_HOUR;
	signal->observed_until = world.now;
	signal->expires_at = world.now + WORLD_DAY;
	return command;
}

/* ---- signals */

START_TEST(signal_goes_to_all_with_an_agreement_once)
{
	const struct signal_row *row;
	struct id bank = world_place(BANK), wallet = world_place(WALLET);

	calls_of(TELCO_NODAL);
	world_done(201);
	ck_assert_uint_eq(world.effects.signal_count, 1);
	row = &world.effects.signals[0];
	ck_assert_uint_eq(row->recipient_count, 2);
	ck_assert(id_equal(&row->recipients[0], &bank));
	ck_assert(id_equal(&row->recipients[1], &wallet));
	ck_assert_uint_eq(world_messages(MESSAGE_SIGNAL_RECEIVED, BANK), 1);
	ck_assert_uint_eq(world_messages(MESSAGE_SIGNAL_RECEIVED, WALLET), 1);
	ck_assert_ptr_eq(
	    world.effects.messages[0].envelope.signal, &world.command.signal);
	ck_assert_int_eq(world.reply.count, 2);
	ck_assert_uint_eq(world_events("signal.sent"), 1);
	ck_assert_ptr_null(strstr(row->mask, "5550177"));
}
END_TEST

START_TEST(signal_goes_to_one_where_one_is_named)
{
	struct command *command = calls_of(TELCO_NODAL);

	command->signal.to_text = "wallet";
	world_done(201);
	ck_assert_uint_eq(world_messages(MESSAGE_SIGNAL_RECEIVED, BANK), 0);
	ck_assert_uint_eq(world_messages(MESSAGE_SIGNAL_RECEIVED, WALLET), 1);
}
END_TEST

START_TEST(who_has_no_endpoint_finds_it_in_the_list)
{
	struct command *command = calls_of(TELCO_NODAL);

	command->signal.kind = SIGNAL_SIM_SWAP;
	world_done(201);
	ck_assert_uint_eq(world.effects.message_count, 0);
	ck_assert_uint_eq(world.effects.signals[0].recipient_count, 1);
}
END_TEST

static const struct {
	enum person person;
	const char *code;
} strangers[] = {
	{ BANK_NODAL, "telco_needed" },
	{ BANK_SERVICE, "telco_needed" },
	{ SHOP_NODAL, "telco_needed" },
	{ OFFICER, "role_not_allowed" },
	{ SUPERVISOR, "role_not_allowed" },
	{ AUDITOR, "role_not_allowed" },
	{ ADMIN, "role_not_allowed" },
};

START_TEST(nobody_else_signals)
{
	calls_of(strangers[_i].person);
	world_refused(RC_FORBIDDEN, strangers[_i].code, "");
}
END_TEST

static const struct {
	enum signal_kind kind;
	const char *to;
	enum rc rc;
	const char *code, *pointer;
} unagreed[] = {
	{ SIGNAL_MESSENGER, NULL, RC_INVALID, "kind_not_agreed", "/kind" },
	{ SIGNAL_REMOTE_ACCESS, NULL, RC_INVALID, "kind_not_agreed", "/kind" },
	{ SIGNAL_SMS_BURST, "wallet", RC_INVALID, "kind_not_agreed", "/kind" },
	{ SIGNAL_CALLS, "other_bank", RC_FORBIDDEN, "no_agreement", "" },
	{ SIGNAL_CALLS, "shop", RC_FORBIDDEN, "no_agreement", "" },
	{ SIGNAL_CALLS, "nobody", RC_INVALID, "unknown_institution", "/to" },
};

START_TEST(nothing_flows_without_an_agreement)
{
	struct command *command = calls_of(TELCO_NODAL);

	command->signal.kind = unagreed[_i].kind;
	command->signal.to_text = unagreed[_i].to;
	world_refused(unagreed[_i].rc, unagreed[_i].code, unagreed[_i].pointer);
}
END_TEST

static const struct {
	int64_t from, until, expires; /* from now */
	const char *code, *pointer;   /* NULL: fine */
} times[] = {
	{ -WORLD_HOUR, 0, 7 * WORLD_DAY, NULL, NULL },
	{ 0, WORLD_HOUR / 60, 1, NULL, NULL },
	{ 0, -1, WORLD_DAY, "bad_span", "/observed/until" },
	{ 0, WORLD_HOUR, WORLD_DAY, "in_the_future", "/observed/until" },
	{ -31 * WORLD_DAY, 0, WORLD_DAY, "too_old", "/observed/from" },
	{ -WORLD_HOUR, 0, 0, "in_the_past", "/expires_at" },
	{ -WORLD_HOUR, 0, -WORLD_DAY, "in_the_past", "/expires_at" },
	{ -WORLD_HOUR, 0, 7 * WORLD_DAY + 1, "too_late", "/expires_at" },
};

START_TEST(times_are_of_now)
{
	struct command *command = calls_of(TELCO_NODAL);

	command->signal.observed_from = world.now + times[_i].from;
	command->signal.observed_until = world.now + times[_i].until;
	command->signal.expires_at = world.now + times[_i].expires;
	if (times[_i].code == NULL)
		world_done(201);
	else
		world_refused(RC_INVALID, times[_i].code, times[_i].pointer);
}
END_TEST

/* ---- facts */

static const struct {
	enum signal_kind kind;
	struct signal_facts facts;
	const char *code, *pointer; /* NULL: fine */
} facts[] = {
	{ SIGNAL_CALLS, { { 1, 2, 2, 1 }, { true, true, true, true } }, NULL,
	    NULL },
	{ SIGNAL_MESSENGER, { { 3 }, { true } }, NULL, NULL },
	{ SIGNAL_CALLS, { { 1, 2, 2, 1 }, { false, true, true, true } },
	    "missing_member", "/facts/count" },
	{ SIGNAL_CALLS, { { 1, 2, 2, 1 }, { true, true, false, true } },
	    "missing_member", "/facts/longest_seconds" },
	{ SIGNAL_CALLS, { { 1, 2, 3, 1 }, { true, true, true, true } },
	    "contradiction", "/facts/longest_seconds" },
	{ SIGNAL_CALLS, { { 1, 2, 2, 2 }, { true, true, true, true } },
	    "contradiction", "/facts/new_callers" },
	{ SIGNAL_SMS_BURST, { { 5, 6 }, { true, true } }, "contradiction",
	    "/facts/new_senders" },
	{ SIGNAL_SIM_SWAP, { { 0 }, { false } }, "missing_member",
	    "/facts/count" },
};

START_TEST(facts_agree_with_each_other)
{
	struct err err = { .rc = RC_OK };
	enum rc rc = signal_facts_check(facts[_i].kind, &facts[_i].facts, &err);

	ck_assert_int_eq(rc, facts[_i].code == NULL ? RC_OK : RC_INVALID);
	if (facts[_i].code == NULL)
		return;
	ck_assert_str_eq(err.code, facts[_i].code);
	ck_assert_str_eq(err.pointer, facts[_i].pointer);
}
END_TEST

START_TEST(kinds_are_words)
{
	char text[SIGNAL_KINDS_SIZE];

	ck_assert_str_eq(signal_kinds_format(0, text), "");
	ck_assert_str_eq(signal_kinds_format(
			     1u << SIGNAL_CALLS | 1u << SIGNAL_SIM_SWAP, text),
	    "calls sim_swap");
	ck_assert(signal_kinds_have(text, SIGNAL_SIM_SWAP));
	ck_assert(!signal_kinds_have(text, SIGNAL_SMS_BURST));
	ck_assert(!signal_kinds_have("", SIGNAL_CALLS));
	ck_assert(!signal_kinds_have("callsx", SIGNAL_CALLS));
	ck_assert_uint_lt(
	    strlen(signal_kinds_format(UINT32_MAX, text)), sizeof text - 1);
}
END_TEST

/* ---- agreements */

static struct command *
agreement_of(enum person person)
{
	struct command *command = world_command(
	    COMMAND_REGISTER_AGREEMENT, person);
	struct agreement_draft *draft = &command->agreement;

	draft->source_text = "telco";
	draft->destination_text = "bank";
	draft->purpose = "tests";
	draft->kinds = 1u << SIGNAL_CALLS;
	draft->valid_until = world.now + WORLD_DAY;
	return command;
}

START_TEST(agreement_is_proposed)
{
	agreement_of(ADMIN);
	world_done(201);
	ck_assert_int_eq(world.effects.changes[0].kind, REGISTRY_ADD_AGREEMENT);
	ck_assert_str_eq(
	    world_field(world_event("agreement.proposed"), "kinds"), "calls");
}
END_TEST

static const struct {
	const char *source, *destination;
	uint32_t kinds;
	int64_t from, until;
	const char *code, *pointer;
} agreements[] = {
	{ "bank", "bank", 1, 0, 1, "kind_not_allowed", "/source" },
	{ "nobody", "bank", 1, 0, 1, "unknown_institution", "/source" },
	{ "telco", "nobody", 1, 0, 1, "unknown_institution", "/destination" },
	{ "telco", "telco", 1, 0, 1, "kind_not_allowed", "/destination" },
	{ "telco", "shop", 1, 0, 1, "kind_not_allowed", "/destination" },
	{ "telco", "district", 1, 0, 1, "kind_not_allowed", "/destination" },
	{ "telco", "bank", 0, 0, 1, "too_few_items", "/kinds" },
	{ "telco", "bank", 1, 0, -1, "bad_span", "/valid_until" },
	{ "telco", "bank", 1, 2, 1, "bad_span", "/valid_until" },
	{ "telco", "bank", 1, -2, -1, "bad_span", "/valid_until" },
};

START_TEST(agreement_that_makes_no_sense_is_refused)
{
	struct command *command = agreement_of(ADMIN);
	struct agreement_draft *draft = &command->agreement;

	draft->source_text = agreements[_i].source;
	draft->destination_text = agreements[_i].destination;
	draft->kinds = agreements[_i].kinds;
	draft->valid_from = agreements[_i].from == 0
	    ? 0
	    : world.now + agreements[_i].from * WORLD_HOUR;
	draft->valid_until = world.now + agreements[_i].until * WORLD_HOUR;
	world_refused(RC_INVALID, agreements[_i].code, agreements[_i].pointer);
}
END_TEST

START_TEST(admins_alone_propose)
{
	static const enum person others[] = { TELCO_NODAL, BANK_NODAL, OFFICER,
		SUPERVISOR, AUDITOR };

	agreement_of(others[_i]);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

static const struct {
	int number;
	enum person person;
	enum rc rc;
	const char *code; /* NULL: it is confirmed */
} confirmers[] = {
	{ 4, SECOND_ADMIN, RC_OK, NULL },
	{ 4, ADMIN, RC_FORBIDDEN, "own_proposal" },
	{ 4, TELCO_NODAL, RC_FORBIDDEN, "role_not_allowed" },
	{ 1, SECOND_ADMIN, RC_CONFLICT, "not_proposed" },
	{ 99, SECOND_ADMIN, RC_MISSING, "not_found" },
};

START_TEST(another_admin_confirms)
{
	struct command *command = world_command(
	    COMMAND_CONFIRM_REGISTRATION, confirmers[_i].person);

	command->confirm.thing = REGISTRY_AGREEMENT;
	command->confirm.id = world_agreement(confirmers[_i].number);
	if (confirmers[_i].code != NULL) {
		world_refused(confirmers[_i].rc, confirmers[_i].code, "");
		return;
	}
	world_done(200);
	ck_assert_int_eq(
	    world.effects.changes[0].kind, REGISTRY_CONFIRM_AGREEMENT);
	ck_assert_uint_eq(world_events("agreement.confirmed"), 1);
}
END_TEST

static const struct {
	int number;
	enum person person;
	enum rc rc;
	const char *code; /* NULL: it is withdrawn */
} withdrawers[] = {
	{ 1, ADMIN, RC_OK, NULL },
	{ 1, TELCO_NODAL, RC_OK, NULL },
	{ 1, BANK_NODAL, RC_OK, NULL },
	{ 4, ADMIN, RC_OK, NULL },
	{ 1, OTHER_NODAL, RC_MISSING, "not_found" },
	{ 1, WALLET_NODAL, RC_MISSING, "not_found" },
	{ 99, ADMIN, RC_MISSING, "not_found" },
	{ 1, BANK_SERVICE, RC_FORBIDDEN, "role_not_allowed" },
	{ 1, OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ 1, AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(either_side_withdraws)
{
	struct command *command = world_command(
	    COMMAND_WITHDRAW_AGREEMENT, withdrawers[_i].person);

	command->withdraw_agreement.agreement = world_agreement(
	    withdrawers[_i].number);
	command->withdraw_agreement.reason = "over";
	if (withdrawers[_i].code == NULL) {
		world_done(200);
		ck_assert_uint_eq(world_events("agreement.withdrawn"), 1);
	} else
		world_refused(withdrawers[_i].rc, withdrawers[_i].code, "");
}
END_TEST

Suite *
send_signal_suite(void)
{
	Suite *suite = suite_create("send_signal");
	TCase *tcase = tcase_create("signals");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_test(tcase, signal_goes_to_all_with_an_agreement_once);
	tcase_add_test(tcase, signal_goes_to_one_where_one_is_named);
	tcase_add_test(tcase, who_has_no_endpoint_finds_it_in_the_list);
	tcase_add_loop_test(tcase, nobody_else_signals, 0, COUNT(strangers));
	tcase_add_loop_test(
	    tcase, nothing_flows_without_an_agreement, 0, COUNT(unagreed));
	tcase_add_loop_test(tcase, times_are_of_now, 0, COUNT(times));
	tcase_add_loop_test(
	    tcase, facts_agree_with_each_other, 0, COUNT(facts));
	tcase_add_test(tcase, kinds_are_words);
	tcase_add_test(tcase, agreement_is_proposed);
	tcase_add_loop_test(tcase, agreement_that_makes_no_sense_is_refused, 0,
	    COUNT(agreements));
	tcase_add_loop_test(tcase, admins_alone_propose, 0, 5);
	tcase_add_loop_test(
	    tcase, another_admin_confirms, 0, COUNT(confirmers));
	tcase_add_loop_test(
	    tcase, either_side_withdraws, 0, COUNT(withdrawers));
	suite_add_tcase(suite, tcase);
	return suite;
}
