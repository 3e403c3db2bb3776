/*
 * follow: which leads are asked without a person, and how long what they find
 * may be held.
 */
#include "test/unit/unit.h"

#include "hub/domain/clocks.h"
#include "hub/domain/follow.h"
#include "test/unit/answer.h"
#include "test/unit/submit_draft.h"

/* A lead that is followed; tests bend one thing of it. */
static struct profile profile;
static struct freeze_request request;
static struct target parent;
static struct lead_draft lead;
static struct institution bank;
static struct follow_facts facts;

static void
set_up(void)
{
	world_set_up();
	profile = *profile_find("IN");
	request = *world_request();
	request.follow_leads = LEADS_AUTOMATIC;
	parent = *world_target(1, TARGET_NOT_HELD);
	lead = (struct lead_draft){ .has_identifier = true,
		.has_reference = true,
		.at = world.now,
		.money = world_inr(60000) };
	bank = (struct institution){ .kind = INSTITUTION_BANK };
	facts = (struct follow_facts){ &profile, &request, &parent, &lead,
		&bank, 0, world.now };
}

/* Without the parent of set_up. */
static void
set_up_world(void)
{
	world_set_up();
	profile = *profile_find("IN");
}

static void
nothing(void)
{
}

static void
time_alone(void)
{
	lead.has_reference = false;
}

static void
reference_alone(void)
{
	lead.at = 0;
}

static void
always(void)
{
	profile.follow = FOLLOW_ALWAYS;
}

static void
last_layer(void)
{
	parent.layer = profile.deepest_layer - 1;
}

static void
at_threshold(void)
{
	lead.money = world_inr(50000);
}

static void
rest_of_the_sum(void)
{
	facts.led_on_minor = 40000;
}

static void
confirmed(void)
{
	request.is_emergency = true;
	request.approved_by = world_person(SUPERVISOR);
}

static void
settlement(void)
{
	request.action = ACTION_HOLD_TXN_SETTLEMENT;
	bank.kind = INSTITUTION_PAYMENT_GATEWAY;
}

static void (*const right[])(void) = { nothing, time_alone, reference_alone,
	always, last_layer, at_threshold, rest_of_the_sum, confirmed,
	settlement };

START_TEST(lead_is_followed)
{
	right[_i]();
	/* The basis of the world's request allows each of them. */
	ck_assert_int_eq(follow_check(&facts), FOLLOW_IT);
}
END_TEST

static void
no_profile(void)
{
	facts.profile = NULL;
}

static void
never(void)
{
	profile.follow = FOLLOW_NEVER;
}

static void
not_wanted(void)
{
	request.follow_leads = LEADS_PROPOSED;
}

static void
not_wanted_though_always(void)
{
	always();
	not_wanted();
}

static void
withdrawn(void)
{
	request.state = REQUEST_WITHDRAWN;
}

static void
suspended(void)
{
	request.state = REQUEST_SUSPENDED;
}

static void
expired(void)
{
	request.expires_at = world.now;
}

static void
repealed(void)
{
	request.basis = "CRPC_102";
}

static void
no_law(void)
{
	request.basis = "X";
}

static void
whole_account(void)
{
	request.scope = SCOPE_ACCOUNT;
}

static void
wide_action(void)
{
	request.action = ACTION_DEBIT_FREEZE;
}

static void
unconfirmed(void)
{
	request.is_emergency = true;
}

static void
more_than_asked(void)
{
	facts.led_on_minor = 40001;
}

static void
huge(void)
{
	facts.led_on_minor = INT64_MAX;
}

static void
records(void)
{
	request.action = ACTION_PRESERVE_RECORDS;
}

static void
card(void)
{
	request.action = ACTION_BLOCK_CARD;
}

static void
shop(void)
{
	request.action = ACTION_HOLD_TXN_SETTLEMENT;
	bank.kind = INSTITUTION_TELCO;
}

static void
too_deep(void)
{
	parent.layer = profile.deepest_layer;
}

static void
deepest_is_zero(void)
{
	profile.deepest_layer = 0;
}

static void
below(void)
{
	lead.money = world_inr(49999);
}

static void
account_alone(void)
{
	lead.has_reference = false;
	lead.at = 0;
}

static void
no_account(void)
{
	lead.has_identifier = false;
}

static const struct {
	void (*bend)(void);
	enum not_followed reason;
} wrong[] = {
	{ no_profile, NOT_FOLLOWED_SWITCHED_OFF },
	{ never, NOT_FOLLOWED_SWITCHED_OFF },
	{ not_wanted, NOT_FOLLOWED_NOT_ASKED },
	{ not_wanted_though_always, NOT_FOLLOWED_NOT_ASKED },
	{ withdrawn, NOT_FOLLOWED_NOT_IN_FORCE },
	{ suspended, NOT_FOLLOWED_NOT_IN_FORCE },
	{ expired, NOT_FOLLOWED_NOT_IN_FORCE },
	{ repealed, NOT_FOLLOWED_NOT_IN_FORCE },
	{ no_law, NOT_FOLLOWED_NOT_IN_FORCE },
	{ whole_account, NOT_FOLLOWED_APPROVAL_NEEDED },
	{ wide_action, NOT_FOLLOWED_APPROVAL_NEEDED },
	{ unconfirmed, NOT_FOLLOWED_APPROVAL_NEEDED },
	{ more_than_asked, NOT_FOLLOWED_APPROVAL_NEEDED },
	{ huge, NOT_FOLLOWED_APPROVAL_NEEDED },
	{ records, NOT_FOLLOWED_OTHER_ACTION },
	{ card, NOT_FOLLOWED_OTHER_ACTION },
	{ shop, NOT_FOLLOWED_OTHER_ACTION },
	{ too_deep, NOT_FOLLOWED_TOO_DEEP },
	{ deepest_is_zero, NOT_FOLLOWED_TOO_DEEP },
	{ below, NOT_FOLLOWED_BELOW_THRESHOLD },
	{ account_alone, NOT_FOLLOWED_FIELDS_MISSING },
	{ no_account, NOT_FOLLOWED_FIELDS_MISSING },
};

START_TEST(lead_waits_for_a_person)
{
	wrong[_i].bend();
	ck_assert_str_eq(words_name(&not_followed_words, follow_check(&facts)),
	    words_name(&not_followed_words, (int)wrong[_i].reason));
}
END_TEST

/* ---- with an answer */

static struct respond *
leads_of(struct target *target, int64_t first, int64_t second)
{
	struct respond *respond = answer_begin(
	    RESPONSE_PND_REVIEW, BANK_NODAL, target);

	world_request()->follow_leads = LEADS_AUTOMATIC;
	answer_lead(0, OTHER_BANK, first);
	answer_lead(1, OTHER_BANK, second);
	respond->lead_count = 2;
	return respond;
}

static const struct target *
child(size_t index)
{
	return world.snapshot.targets[1 + index];
}

START_TEST(followed_lead_goes_out_with_the_answer)
{
	struct target *target = world_target(1, TARGET_ACKNOWLEDGED);
	const struct actor *officer;

	(void)leads_of(target, 50000, 50000);
	world_done(201);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_int_eq(child(i)->state, TARGET_QUEUED);
		ck_assert_int_eq(child(i)->layer, 2);
		ck_assert_int_eq(child(i)->not_followed, FOLLOW_IT);
	}
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_REQUESTED, OTHER_BANK), 2);
	ck_assert_uint_eq(world_messages(MESSAGE_LEAD_CREATED, DISTRICT), 2);
	/* The officer's request still, not the bank's. */
	for (size_t i = 0; i < world.effects.message_count; i++) {
		if (world.effects.messages[i].envelope.type !=
		    MESSAGE_FREEZE_REQUESTED)
			continue;
		officer = world.effects.messages[i].envelope.officer;
		ck_assert_ptr_nonnull(officer);
		ck_assert(id_equal(
		    &officer->principal, &world_request()->requested_by));
		ck_assert_int_eq(officer->key[0], OFFICER + 1);
	}
}
END_TEST

/* The second one would make more than was asked of the first hop. */
START_TEST(leads_are_followed_up_to_what_was_asked)
{
	(void)leads_of(world_target(1, TARGET_ACKNOWLEDGED), 60000, 50000);
	world_done(201);
	ck_assert_int_eq(child(0)->state, TARGET_QUEUED);
	ck_assert_int_eq(child(1)->state, TARGET_PROPOSED);
	ck_assert_int_eq(child(1)->not_followed, NOT_FOLLOWED_APPROVAL_NEEDED);
	ck_assert_str_eq(
	    world_field(world_event("target.proposed"), "not_followed"),
	    "approval_needed");
}
END_TEST

/* Told again in a later answer, under other references. */
START_TEST(later_answers_count_what_earlier_ones_led_to)
{
	struct target *target = world_target(1, TARGET_ACKNOWLEDGED);

	(void)leads_of(target, 50000, 50000);
	world_done(201);
	world_commit();
	world.now += WORLD_HOUR;
	(void)leads_of(target, 50000, 50000);
	world_done(201);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_REQUESTED, OTHER_BANK), 0);
	ck_assert_int_eq(child(2)->state, TARGET_PROPOSED);
}
END_TEST

START_TEST(duplicate_is_not_followed)
{
	struct target *target = world_target(1, TARGET_ACKNOWLEDGED);

	(void)leads_of(target, 50000, 50000);
	memcpy(answer.leads[1].dedupe_hash, answer.leads[0].dedupe_hash,
	    sizeof answer.leads[1].dedupe_hash);
	world_done(201);
	ck_assert_int_eq(child(1)->state, TARGET_SUPERSEDED);
	ck_assert_int_eq(child(1)->not_followed, FOLLOW_IT);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_FREEZE_REQUESTED, OTHER_BANK), 1);
	/* Of one case there is one unit to tell, of the new target. */
	ck_assert_uint_eq(
	    world_messages(MESSAGE_TARGET_SUPERSEDED, DISTRICT), 1);
}
END_TEST

/* ---- what a request does with leads */

START_TEST(request_has_its_own_way_or_the_profiles)
{
	static const enum follow_leads usual[] = { LEADS_PROPOSED,
		LEADS_PROPOSED, LEADS_AUTOMATIC };
	struct request_draft draft = { 0 };

	profile.follow = (enum follow_mode)_i;
	ck_assert_int_eq(follow_of_request(&profile, &draft), usual[_i]);
	draft.has_follow_leads = true;
	ck_assert_int_eq(follow_of_request(&profile, &draft), LEADS_PROPOSED);
	draft.follow_leads = LEADS_AUTOMATIC;
	ck_assert_int_eq(follow_of_request(&profile, &draft), LEADS_AUTOMATIC);
}
END_TEST

START_TEST(profile_that_never_follows_says_so)
{
	struct submit_case *submit = submit_draft_begin(OFFICER);

	submit->profile = "EU";
	submit_draft.requests[0].basis = "FREEZING_CERTIFICATE";
	submit_draft.requests[0].has_follow_leads = true;
	submit_draft.requests[0].follow_leads = LEADS_AUTOMATIC;
	ck_assert_int_ne(world_run(), RC_OK);
	submit_draft.requests[0].basis = "";
	submit->profile = "INTERPOL";
	world_refused(
	    RC_INVALID, "follow_not_allowed", "/requests/0/follow_leads");
}
END_TEST

/* ---- how long deeper layers hold */

static const struct {
	int layer, percent;
} spans[] = { { 1, 100 }, { 2, 75 }, { 3, 50 }, { 4, 25 }, { 5, 10 }, { 6, 10 },
	{ 7, 10 }, { 32, 10 } };

START_TEST(deeper_layer_holds_for_less_long)
{
	int64_t span;

	request.issued_at = world.now;
	request.expires_at = world.now + 90 * WORLD_DAY;
	span = request.expires_at - request.issued_at;
	parent.layer = spans[_i].layer;
	parent.queued_at = world.now;
	ck_assert_int_eq(clocks_hold_end(&parent, &request, &profile),
	    world.now + span / 100 * spans[_i].percent);
	/* Found late, it lasts as long, and never beyond the request. */
	parent.queued_at += 10 * WORLD_DAY;
	ck_assert_int_eq(clocks_hold_end(&parent, &request, &profile),
	    spans[_i].percent > 80
		? request.expires_at
		: parent.queued_at + span / 100 * spans[_i].percent);
	parent.queued_at += 79 * WORLD_DAY;
	ck_assert_int_le(
	    clocks_hold_end(&parent, &request, &profile), request.expires_at);
	/* Not sent yet, or without a profile: the request's end. */
	ck_assert_int_eq(
	    clocks_hold_end(&parent, &request, NULL), request.expires_at);
	parent.queued_at = 0;
	ck_assert_int_eq(
	    clocks_hold_end(&parent, &request, &profile), request.expires_at);
}
END_TEST

/* The world's request runs 10 days and an hour. */
START_TEST(hold_beyond_its_layer_is_refused)
{
	struct target *target = world_target(1, TARGET_ACKNOWLEDGED);
	struct respond *respond = answer_begin(
	    RESPONSE_HLD_FULL, BANK_NODAL, target);

	target->layer = 2 + _i;
	respond->expires_at = clocks_hold_end(
				  target, world_request(), &profile) +
	    1;
	world_refused(RC_INVALID, "expiry_out_of_range", "/expires_at");
	respond->expires_at--;
	world_done(201);
}
END_TEST

Suite *
follow_suite(void)
{
	Suite *suite = suite_create("follow");
	TCase *tcase = tcase_create("follow");

	tcase_add_checked_fixture(tcase, set_up, world_tear_down);
	tcase_add_loop_test(tcase, lead_is_followed, 0, COUNT(right));
	tcase_add_loop_test(tcase, lead_waits_for_a_person, 0, COUNT(wrong));
	tcase_add_loop_test(
	    tcase, request_has_its_own_way_or_the_profiles, 0, 3);
	tcase_add_test(tcase, profile_that_never_follows_says_so);
	tcase_add_loop_test(
	    tcase, deeper_layer_holds_for_less_long, 0, COUNT(spans));
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("answers");
	tcase_add_checked_fixture(tcase, set_up_world, world_tear_down);
	tcase_add_test(tcase, followed_lead_goes_out_with_the_answer);
	tcase_add_test(tcase, leads_are_followed_up_to_what_was_asked);
	tcase_add_test(tcase, later_answers_count_what_earlier_ones_led_to);
	tcase_add_test(tcase, duplicate_is_not_followed);
	tcase_add_loop_test(tcase, hold_beyond_its_layer_is_refused, 0, 4);
	suite_add_tcase(suite, tcase);
	return suite;
}
