/*
 * respond_rules: who may say which code, and what must come with it.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "test/unit/answer.h"

static struct target *target;

static void
set_up(void)
{
	world_set_up();
	target = world_target(1, TARGET_DELIVERED);
}

/* ---- codes by kind (docs/domain.md, section 4) */

static const struct {
	enum person person;
	enum place place;
	const char *codes; /* a star: all that begin so */
} kinds[] = {
	{ BANK_NODAL, BANK,
	    " RECEIPT HLD_* NIL_BAL OUT_* REV_DONE TXN_FAILED BLK_INSTR "
	    "PND_* REJ_* REDUCED " },
	{ WALLET_NODAL, WALLET,
	    " RECEIPT HLD_* NIL_BAL OUT_* REV_DONE TXN_FAILED BLK_INSTR "
	    "PND_* REJ_* REDUCED " },
	{ VASP_NODAL, VASP,
	    " RECEIPT HLD_* NIL_BAL OUT_* REV_DONE TXN_FAILED BLK_INSTR "
	    "PND_* REJ_* REDUCED " },
	{ GATEWAY_NODAL, GATEWAY,
	    " RECEIPT HLD_INFLIGHT BLK_MERCH REV_DONE TXN_FAILED OUT_XFER "
	    "NIL_BAL PND_* REJ_* REDUCED " },
	{ SHOP_NODAL, SHOP,
	    " RECEIPT BLK_ORDER BLK_LISTING HLD_INFLIGHT OUT_GOODS REV_DONE "
	    "PND_* REJ_* REDUCED " },
	{ TELCO_NODAL, TELCO,
	    " RECEIPT BLK_MSISDN BLK_IMEI HLD_INFLIGHT OUT_XFER PND_* "
	    "REJ_* REDUCED " },
};

static bool
may_say(const char *codes, const char *name)
{
	char whole[48], family[8];

	(void)snprintf(whole, sizeof whole, " %s ", name);
	(void)snprintf(family, sizeof family, " %.4s* ", name);
	return strstr(codes, whole) != NULL || strstr(codes, family) != NULL;
}

/* Where a code leads that accounts for all of the sum. */
static enum target_state
state_after(enum response_code code)
{
	const struct response_rule *rule = response_code_rule(code);

	switch (rule->family) {
	case FAMILY_RECEIPT:
		return TARGET_ACKNOWLEDGED;
	case FAMILY_HELD:
		return code == RESPONSE_HLD_PART ? TARGET_HELD_PARTIAL
						 : TARGET_HELD_FULL;
	case FAMILY_BLOCKED:
		return TARGET_BLOCKED;
	case FAMILY_PENDING:
		return TARGET_IN_REVIEW;
	case FAMILY_REJECTED:
		return strstr(" REJ_INCOMPLETE REJ_ID_INVALID REJ_MISMATCH "
			      "REJ_AMBIGUOUS REJ_DOC_MISSING "
			      "REJ_DOC_INVALID REJ_RANK ",
			   rule->name) != NULL
		    ? TARGET_REJECTED
		    : TARGET_REJECTED_FINAL;
	case FAMILY_OUT:
	case FAMILY_RETURNED:
	case FAMILY_RELEASED:
	case FAMILY_REDUCED:
	case FAMILY_COUNT:
		break;
	}
	return TARGET_NOT_HELD;
}

START_TEST(each_kind_says_its_codes_and_no_others)
{
	enum response_code code = (enum response_code)(_i / (int)COUNT(kinds));
	const char *name = response_code_rule(code)->name;
	size_t kind = (size_t)_i % COUNT(kinds);

	target->institution = world_place(kinds[kind].place);
	world_request()->action = ACTION_DEBIT_FREEZE;
	answer_begin(code, kinds[kind].person, target);
	if (code == RESPONSE_RELEASED) {
		world_refused(RC_CONFLICT, "move_not_allowed", "");
		return;
	}
	if (!may_say(kinds[kind].codes, name)) {
		world_refused(RC_INVALID, "code_not_allowed", "/code");
		return;
	}
	if (code == RESPONSE_REDUCED) {
		world_refused(RC_CONFLICT, "nothing_ordered", "/code");
		return;
	}
	world_done(201);
	ck_assert_int_eq(target->state, state_after(code));
	ck_assert_uint_eq(world.effects.response_count, 1);
	ck_assert_int_eq(world.effects.responses[0].code, code);
	ck_assert_int_eq(target->held_minor,
	    response_code_rule(code)->family != FAMILY_HELD ? 0
		: code == RESPONSE_HLD_PART                 ? 40000
							    : 100000);
}
END_TEST

/* ---- what must come with a code */

static void
no_amount(struct respond *respond)
{
	respond->has_amount_held = false;
}

static void
no_balance(struct respond *respond)
{
	respond->has_balance = false;
}

static void
no_held_at(struct respond *respond)
{
	respond->held_at = 0;
}

static void
no_hold_ref(struct respond *respond)
{
	respond->hold_ref = "";
}

static void
no_expires_at(struct respond *respond)
{
	respond->expires_at = 0;
}

static void
no_authority(struct respond *respond)
{
	respond->prior_authority = "";
}

static void
no_rank(struct respond *respond)
{
	respond->queue_rank = 0;
}

static void
no_lead(struct respond *respond)
{
	respond->lead_count = 0;
}

static void
no_exit(struct respond *respond)
{
	respond->exit_count = 0;
}

static void
exit_of_another_code(struct respond *respond)
{
	answer.exits[0].code = respond->code == RESPONSE_OUT_ATM
	    ? RESPONSE_OUT_POS
	    : RESPONSE_OUT_ATM;
}

static void
no_residual(struct respond *respond)
{
	respond->has_residual = false;
}

static void
no_eta(struct respond *respond)
{
	respond->eta = 0;
}

static void
no_mismatch(struct respond *respond)
{
	respond->mismatches = 0;
}

/* A star: every code that begins so. */
static const struct {
	const char *codes;
	void (*drop)(struct respond *respond);
	const char *pointer;
} needs[] = {
	{ " HLD_* ", no_amount, "/amount_held" },
	{ " HLD_FULL HLD_PART HLD_ACCT ", no_balance, "/balance" },
	{ " HLD_FULL HLD_PART HLD_ACCT ", no_held_at, "/held_at" },
	{ " HLD_* ", no_hold_ref, "/hold_ref" },
	{ " HLD_* ", no_expires_at, "/expires_at" },
	{ " HLD_ALREADY ", no_authority, "/prior_authority" },
	{ " HLD_ALREADY ", no_rank, "/queue_rank" },
	{ " OUT_XFER ", no_lead, "/leads" },
	{ " OUT_ATM OUT_POS OUT_CHEQUE OUT_BIOMETRIC OUT_BRANCH OUT_VASP "
	  "OUT_GOODS OUT_BILLPAY OUT_FOREIGN ",
	    no_exit, "/exits" },
	{ " OUT_ATM OUT_POS OUT_CHEQUE OUT_BIOMETRIC OUT_BRANCH OUT_VASP "
	  "OUT_GOODS OUT_BILLPAY OUT_FOREIGN ",
	    exit_of_another_code, "/exits" },
	{ " OUT_RESIDUAL ", no_residual, "/residual" },
	{ " PND_* ", no_eta, "/eta" },
	{ " REJ_MISMATCH ", no_mismatch, "/mismatch" },
};

START_TEST(code_without_what_it_needs_is_refused)
{
	for (int i = 0; i < RESPONSE_CODE_COUNT; i++) {
		enum response_code code = (enum response_code)i;

		if (!may_say(needs[_i].codes, response_code_rule(code)->name))
			continue;
		world_tear_down();
		set_up();
		world_request()->action = ACTION_DEBIT_FREEZE;
		needs[_i].drop(answer_begin(code, BANK_NODAL, target));
		world_refused(RC_INVALID, "missing_member", needs[_i].pointer);
	}
}
END_TEST

/* What does not need it takes the answer without it. */
START_TEST(code_without_what_it_does_not_need_is_taken)
{
	struct respond *respond = answer_begin(
	    RESPONSE_HLD_INFLIGHT, BANK_NODAL, target);

	no_balance(respond);
	no_held_at(respond);
	world_done(201);
	ck_assert_int_eq(target->held_at, world.now);
}
END_TEST

Suite *
respond_rules_suite(void)
{
	Suite *suite = suite_create("respond_rules");
	TCase *tcase = tcase_create("respond_rules");

	tcase_add_checked_fixture(tcase, set_up, world_tear_down);
	tcase_add_loop_test(tcase, each_kind_says_its_codes_and_no_others, 0,
	    RESPONSE_CODE_COUNT * (int)COUNT(kinds));
	tcase_add_loop_test(
	    tcase, code_without_what_it_needs_is_refused, 0, (int)COUNT(needs));
	tcase_add_test(tcase, code_without_what_it_does_not_need_is_taken);
	suite_add_tcase(suite, tcase);
	return suite;
}
