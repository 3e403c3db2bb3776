/*
 * submit_case: what is refused, at which field; and who is refused, by the
 * rows of now.
 */
#include "test/unit/unit.h"

#include "test/unit/submit_draft.h"

/* ---- wrong: each bends the right call in one place */

static void
bank_code(const char *code)
{
	memcpy(submit_draft.targets[0][1].identifier.qualifier, code, 4);
}

#define BEND(name, ...)        \
	static void name(void) \
	{                      \
		__VA_ARGS__;   \
	}

#define SUBMIT world.command.submit
#define TARGET0 submit_draft.targets[0][0]
#define TARGET1 submit_draft.targets[0][1]

BEND(unknown_bank, bank_code("QQQQ"))
BEND(bank_nobody_registered, bank_code("UTIB"))
BEND(bank_without_an_endpoint, bank_code("ICIC"))
BEND(named_nobody, TARGET1.institution_text = "nobody")
BEND(named_police, TARGET1.institution_text = "neighbour")
BEND(named_auditor, TARGET1.institution_text = "auditors")
BEND(named_hub, TARGET1.institution_text = "hub")
BEND(named_mute, TARGET1.institution_text = "mute_bank")
BEND(identifier_without_a_route, TARGET1.identifier.type = IDENTIFIER_ORDER_ID)
BEND(action_of_telcos, submit_draft.requests[0].action = ACTION_BAR_MSISDN;
     submit_draft.requests[0].basis = "BNSS_168")
BEND(card_of_a_wallet, submit_draft.requests[0].action = ACTION_BLOCK_CARD;
     submit_draft.requests[0].basis = "BNSS_168";
     TARGET0.institution_text = "wallet")
BEND(from_unknown_bank, submit_draft.txns[1].has_from = true;
     submit_draft.txns[1].from = world_account(BANK, 5);
     memcpy(submit_draft.txns[1].from.qualifier, "QQQQ", 4))
BEND(to_unknown_bank, submit_draft.txns[1].has_to = true;
     submit_draft.txns[1].to = world_account(BANK, 5);
     memcpy(submit_draft.txns[1].to.qualifier, "QQQQ", 4))
BEND(unknown_profile, SUBMIT.profile = "XX")
BEND(reported_in_future, SUBMIT.reported_at = world.now + WORLD_HOUR)
BEND(occurred_after_report, SUBMIT.occurred_at = world.now)
BEND(paid_after_report, submit_draft.txns[1].at = world.now)
BEND(unknown_basis, submit_draft.requests[0].basis = "BNSS_1")
BEND(basis_of_another_profile, submit_draft.requests[0].basis = "IC3_COMPLAINT")
BEND(
    basis_forbids_action, submit_draft.requests[0].action = ACTION_RECEIVE_ONLY;
    submit_draft.requests[0].scope = SCOPE_ACCOUNT)
BEND(
    basis_needs_an_order, submit_draft.requests[0].action = ACTION_DEBIT_FREEZE;
    submit_draft.requests[0].basis = "BNSS_107";
    submit_draft.requests[0].is_emergency = true;
    submit_draft.requests[0].scope = SCOPE_ACCOUNT)
#define ASK_RECORDS                                                \
	submit_draft.requests[0].action = ACTION_PRESERVE_RECORDS; \
	submit_draft.requests[0].scope = SCOPE_RECORDS

BEND(rank_below_the_law, ASK_RECORDS;
     submit_draft.requests[0].basis = "BNSS_94";
     memcpy(world.command.actor.rank, "CONSTABLE", sizeof "CONSTABLE"))
BEND(rank_of_another_country, ASK_RECORDS;
     submit_draft.requests[0].basis = "BNSS_94";
     memcpy(world.command.actor.rank, "KAPITAN", sizeof "KAPITAN"))
BEND(repealed_basis, ASK_RECORDS; submit_draft.requests[0].basis = "CRPC_91")
BEND(hold_beyond_the_basis, SUBMIT.profile = "RU";
     submit_draft.requests[0].basis = "FZ161_SIGNAL";
     submit_draft.requests[0].expires_at = world.now + 2 * WORLD_DAY + 1)
BEND(nobody_asks_for_release, submit_draft.requests[0].action = ACTION_RELEASE)
BEND(info_needs_its_own_authority,
     submit_draft.requests[0].action = ACTION_PROVIDE_INFO;
     submit_draft.requests[0].basis = "BNSS_94")
BEND(account_under_an_amount_basis,
    submit_draft.requests[0].scope = SCOPE_ACCOUNT)
BEND(amount_under_a_records_basis, submit_draft.requests[0].basis = "BNSS_94";
     submit_draft.requests[0].action = ACTION_PRESERVE_RECORDS)
BEND(hold_of_records, submit_draft.requests[0].scope = SCOPE_RECORDS)
BEND(account_action_on_an_amount, submit_draft.requests[0].basis = "BNSS_106";
     submit_draft.requests[0].action = ACTION_RECEIVE_ONLY)
BEND(expires_now, submit_draft.requests[0].expires_at = world.now)
BEND(expires_late,
    submit_draft.requests[0].expires_at = world.now + 90 * WORLD_DAY +
	CLOCK_SECOND)
BEND(other_currency, TARGET1.amount = ((struct money){ 5, "USD" }))
BEND(more_than_the_payment, TARGET1.amount.minor++)
BEND(twice_in_a_request, memcpy(TARGET1.dedupe_hash, TARGET0.dedupe_hash, 32))
BEND(twice_in_a_call, submit_draft_request(1, 2); SUBMIT.request_count = 2;
     memcpy(submit_draft.targets[1][1].dedupe_hash, TARGET0.dedupe_hash, 32))

BEND(notice_in_future, SUBMIT.bank_notice_at = world.now + WORLD_HOUR)
BEND(notice_before_it_happened, SUBMIT.bank_notice_at = SUBMIT.occurred_at - 1)

static const struct {
	void (*bend)(void);
	enum rc rc;
	const char *code, *pointer;
} wrong[] = {
	{ unknown_bank, RC_INVALID, "unknown_bank",
	    "/requests/0/targets/1/identifier/ifsc" },
	{ bank_nobody_registered, RC_INVALID, "no_route",
	    "/requests/0/targets/1/institution" },
	{ bank_without_an_endpoint, RC_INVALID, "institution_not_active",
	    "/requests/0/targets/1/institution" },
	{ named_nobody, RC_INVALID, "unknown_institution",
	    "/requests/0/targets/1/institution" },
	{ named_police, RC_INVALID, "not_an_addressee",
	    "/requests/0/targets/1/institution" },
	{ named_auditor, RC_INVALID, "not_an_addressee",
	    "/requests/0/targets/1/institution" },
	{ named_hub, RC_INVALID, "not_an_addressee",
	    "/requests/0/targets/1/institution" },
	{ named_mute, RC_INVALID, "institution_not_active",
	    "/requests/0/targets/1/institution" },
	{ identifier_without_a_route, RC_INVALID, "no_route",
	    "/requests/0/targets/1/institution" },
	{ action_of_telcos, RC_INVALID, "action_not_possible",
	    "/requests/0/targets/0/institution" },
	{ card_of_a_wallet, RC_INVALID, "action_not_possible",
	    "/requests/0/targets/0/institution" },
	{ from_unknown_bank, RC_INVALID, "unknown_bank",
	    "/transactions/1/from/ifsc" },
	{ to_unknown_bank, RC_INVALID, "unknown_bank",
	    "/transactions/1/to/ifsc" },
	{ unknown_profile, RC_INVALID, "unknown_profile", "/profile" },
	{ reported_in_future, RC_INVALID, "in_future", "/reported_at" },
	{ occurred_after_report, RC_INVALID, "out_of_order", "/occurred_at" },
	{ paid_after_report, RC_INVALID, "out_of_order", "/transactions/1/at" },
	{ notice_in_future, RC_INVALID, "in_future", "/bank_notice_at" },
	{ notice_before_it_happened, RC_INVALID, "out_of_order",
	    "/bank_notice_at" },
	{ unknown_basis, RC_INVALID, "unknown_basis", "/requests/0/basis" },
	{ basis_of_another_profile, RC_INVALID, "unknown_basis",
	    "/requests/0/basis" },
	{ basis_forbids_action, RC_INVALID, "action_not_allowed",
	    "/requests/0/action" },
	{ basis_needs_an_order, RC_INVALID, "order_missing",
	    "/requests/0/basis" },
	{ rank_below_the_law, RC_INVALID, "rank_too_low", "/requests/0/basis" },
	{ rank_of_another_country, RC_INVALID, "rank_too_low",
	    "/requests/0/basis" },
	{ repealed_basis, RC_INVALID, "basis_not_in_force",
	    "/requests/0/basis" },
	{ hold_beyond_the_basis, RC_INVALID, "expiry_out_of_range",
	    "/requests/0/expires_at" },
	{ nobody_asks_for_release, RC_INVALID, "action_not_allowed",
	    "/requests/0/action" },
	{ info_needs_its_own_authority, RC_INVALID, "action_not_allowed",
	    "/requests/0/action" },
	{ account_under_an_amount_basis, RC_INVALID, "scope_too_wide",
	    "/requests/0/scope" },
	{ amount_under_a_records_basis, RC_INVALID, "scope_too_wide",
	    "/requests/0/scope" },
	{ hold_of_records, RC_INVALID, "scope_too_narrow",
	    "/requests/0/scope" },
	{ account_action_on_an_amount, RC_INVALID, "scope_too_narrow",
	    "/requests/0/scope" },
	{ expires_now, RC_INVALID, "expiry_out_of_range",
	    "/requests/0/expires_at" },
	{ expires_late, RC_INVALID, "expiry_out_of_range",
	    "/requests/0/expires_at" },
	{ other_currency, RC_INVALID, "other_currency",
	    "/requests/0/targets/1/amount/currency" },
	{ more_than_the_payment, RC_INVALID, "more_than_disputed",
	    "/requests/0/targets/1/amount/amount" },
	{ twice_in_a_request, RC_INVALID, "target_twice",
	    "/requests/0/targets/1" },
	{ twice_in_a_call, RC_INVALID, "target_twice",
	    "/requests/1/targets/1" },
};

START_TEST(wrong_call_is_refused_at_its_field)
{
	submit_draft_begin(OFFICER);
	wrong[_i].bend();
	world_refused(wrong[_i].rc, wrong[_i].code, wrong[_i].pointer);
}
END_TEST

/* The edge's view may be old: the actor's rows of now count. */
static void
revoke(struct actor_row *row)
{
	row->is_revoked = true;
}

static void
suspend(struct actor_row *row)
{
	row->status = REGISTRY_SUSPENDED;
}

static void
delay(struct actor_row *row)
{
	row->active_from = world.now + 1;
}

static void
expire(struct actor_row *row)
{
	row->valid_until = world.now;
}

static void
postdate(struct actor_row *row)
{
	row->valid_from = world.now + 1;
}

static void
suspend_unit(struct actor_row *row)
{
	row->institution_status = REGISTRY_SUSPENDED;
}

static void
change_role(struct actor_row *row)
{
	row->role = ROLE_ADMIN;
}

static void
move_to_another_unit(struct actor_row *row)
{
	row->institution = world_place(NEIGHBOUR);
}

static void
give_to_another(struct actor_row *row)
{
	row->principal = world_person(SECOND_OFFICER);
}

static void
forget(struct actor_row *row)
{
	row->key[31] = 1;
}

static const struct {
	void (*change)(struct actor_row *row);
	const char *code;
} actors[] = {
	{ revoke, "certificate_revoked" },
	{ suspend, "principal_not_active" },
	{ delay, "principal_not_active" },
	{ expire, "principal_not_active" },
	{ postdate, "principal_not_active" },
	{ suspend_unit, "institution_not_active" },
	{ change_role, "certificate_not_enrolled" },
	{ move_to_another_unit, "certificate_not_enrolled" },
	{ give_to_another, "certificate_not_enrolled" },
	{ forget, "certificate_not_enrolled" },
};

START_TEST(rows_of_now_count_not_the_view)
{
	submit_draft_begin(OFFICER);
	actors[_i].change(&world.snapshot.actors[OFFICER]);
	world_refused(RC_FORBIDDEN, actors[_i].code, "");
}
END_TEST

Suite *
submit_refusal_suite(void)
{
	Suite *suite = suite_create("submit_refusal");
	TCase *tcase = tcase_create("submit_refusal");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, wrong_call_is_refused_at_its_field, 0, (int)COUNT(wrong));
	tcase_add_loop_test(
	    tcase, rows_of_now_count_not_the_view, 0, (int)COUNT(actors));
	suite_add_tcase(suite, tcase);
	return suite;
}
