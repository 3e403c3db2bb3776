/*
 * response_code: what must come with each code, and who may say it.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/base/common.h"
#include "hub/domain/response_code.h"

/* Written from docs/domain.md, section 4: the letters of what is needed. */
static const struct {
	const char *code, *needs;
	enum response_family family;
} expected[] = {
	/* A amount held, B balance, H held at, R hold reference, E expiry,
	 * P prior authority, Q queue rank, L lead, X exit, T eta,
	 * M mismatches, S residual, + sum, x may be an exit, c correctable */
	{ "RECEIPT", "", FAMILY_RECEIPT },
	{ "HLD_FULL", "ABHRE+", FAMILY_HELD },
	{ "HLD_PART", "ABHRE+", FAMILY_HELD },
	{ "HLD_INFLIGHT", "ARE+", FAMILY_HELD },
	{ "HLD_ACCT", "ABHRE+", FAMILY_HELD },
	{ "HLD_ALREADY", "AREPQ+", FAMILY_HELD },
	{ "BLK_INSTR", "", FAMILY_BLOCKED },
	{ "BLK_MSISDN", "", FAMILY_BLOCKED },
	{ "BLK_IMEI", "", FAMILY_BLOCKED },
	{ "BLK_ORDER", "", FAMILY_BLOCKED },
	{ "BLK_MERCH", "", FAMILY_BLOCKED },
	{ "BLK_LISTING", "", FAMILY_BLOCKED },
	{ "NIL_BAL", "+", FAMILY_OUT },
	{ "OUT_XFER", "L+", FAMILY_OUT },
	{ "OUT_ATM", "X+x", FAMILY_OUT },
	{ "OUT_POS", "X+x", FAMILY_OUT },
	{ "OUT_CHEQUE", "X+x", FAMILY_OUT },
	{ "OUT_BIOMETRIC", "X+x", FAMILY_OUT },
	{ "OUT_BRANCH", "X+x", FAMILY_OUT },
	{ "OUT_VASP", "X+x", FAMILY_OUT },
	{ "OUT_GOODS", "X+x", FAMILY_OUT },
	{ "OUT_BILLPAY", "X+x", FAMILY_OUT },
	{ "OUT_FOREIGN", "X+x", FAMILY_OUT },
	{ "OUT_RESIDUAL", "S+", FAMILY_OUT },
	{ "REV_DONE", "", FAMILY_RETURNED },
	{ "TXN_FAILED", "", FAMILY_RETURNED },
	{ "PND_REVIEW", "T", FAMILY_PENDING },
	{ "PND_CALLBACK", "T", FAMILY_PENDING },
	{ "PND_CUSTOMER", "T", FAMILY_PENDING },
	{ "PND_INFO", "T", FAMILY_PENDING },
	{ "PND_INDEMNITY", "T", FAMILY_PENDING },
	{ "PND_NEXT_AGENT", "T", FAMILY_PENDING },
	{ "REJ_ACCT_NOT_FOUND", "", FAMILY_REJECTED },
	{ "REJ_TXN_NOT_FOUND", "", FAMILY_REJECTED },
	{ "REJ_AMBIGUOUS", "c", FAMILY_REJECTED },
	{ "REJ_MISMATCH", "Mc", FAMILY_REJECTED },
	{ "REJ_NOT_OURS", "", FAMILY_REJECTED },
	{ "REJ_ACCT_CLOSED", "", FAMILY_REJECTED },
	{ "REJ_ID_INVALID", "c", FAMILY_REJECTED },
	{ "REJ_INCOMPLETE", "c", FAMILY_REJECTED },
	{ "REJ_DUPLICATE", "", FAMILY_REJECTED },
	{ "REJ_TOO_OLD", "", FAMILY_REJECTED },
	{ "REJ_NO_AUTHORITY", "", FAMILY_REJECTED },
	{ "REJ_RANK", "c", FAMILY_REJECTED },
	{ "REJ_DOC_MISSING", "c", FAMILY_REJECTED },
	{ "REJ_DOC_INVALID", "c", FAMILY_REJECTED },
	{ "REJ_SIGNATURE", "", FAMILY_REJECTED },
	{ "REJ_SCOPE", "", FAMILY_REJECTED },
	{ "REJ_OFFENCE", "", FAMILY_REJECTED },
	{ "REJ_JURISDICTION", "", FAMILY_REJECTED },
	{ "REJ_CONFLICT_OF_LAW", "", FAMILY_REJECTED },
	{ "REJ_PRIVILEGE", "", FAMILY_REJECTED },
	{ "REJ_PROTECTED", "", FAMILY_REJECTED },
	{ "REJ_COMMERCIAL", "", FAMILY_REJECTED },
	{ "REJ_UNSUPPORTED", "", FAMILY_REJECTED },
	{ "REJ_IMPOSSIBLE", "", FAMILY_REJECTED },
	{ "REJ_TECH", "", FAMILY_REJECTED },
	{ "RELEASED", "", FAMILY_RELEASED },
	{ "REDUCED", "A", FAMILY_REDUCED },
};

static const struct {
	char letter;
	uint32_t flag;
} letters[] = {
	{ 'A', NEEDS_AMOUNT_HELD },
	{ 'B', NEEDS_BALANCE },
	{ 'H', NEEDS_HELD_AT },
	{ 'R', NEEDS_HOLD_REF },
	{ 'E', NEEDS_EXPIRES_AT },
	{ 'P', NEEDS_PRIOR_AUTHORITY },
	{ 'Q', NEEDS_QUEUE_RANK },
	{ 'L', NEEDS_LEAD },
	{ 'X', NEEDS_EXIT },
	{ 'T', NEEDS_ETA },
	{ 'M', NEEDS_MISMATCH },
	{ 'S', NEEDS_RESIDUAL },
	{ '+', NEEDS_SUM },
	{ 'x', MAY_BE_EXIT },
	{ 'c', IS_CORRECTABLE },
};

START_TEST(code_needs_what_its_row_says)
{
	enum response_code code = (enum response_code)_i;
	const struct response_rule *rule = response_code_rule(code);
	uint32_t flags = 0;

	for (size_t i = 0; i < COUNT(letters); i++)
		if (strchr(expected[_i].needs, letters[i].letter) != NULL)
			flags |= letters[i].flag;
	ck_assert_str_eq(rule->name, expected[_i].code);
	ck_assert_str_eq(
	    words_name(&response_code_words, _i), expected[_i].code);
	ck_assert_uint_eq(rule->flags, flags);
	ck_assert_int_eq(rule->family, expected[_i].family);
	ck_assert_uint_gt(strlen(rule->label), 5);
	ck_assert_ptr_nonnull(rule->elsewhere);
}
END_TEST

START_TEST(there_is_a_row_for_each_code)
{
	ck_assert_uint_eq(COUNT(expected), RESPONSE_CODE_COUNT);
	ck_assert_uint_eq(response_code_words.count, RESPONSE_CODE_COUNT);
}
END_TEST

/* Who may say what; a name that ends in '_' is a family of names. */
static const struct {
	enum institution_kind kind;
	const char *codes;
} sayings[] = {
	{ INSTITUTION_BANK,
	    " RECEIPT RELEASED HLD_ NIL_BAL OUT_ REV_DONE TXN_FAILED BLK_INSTR"
	    " PND_ REJ_ REDUCED " },
	{ INSTITUTION_WALLET,
	    " RECEIPT RELEASED HLD_ NIL_BAL OUT_ REV_DONE TXN_FAILED BLK_INSTR"
	    " PND_ REJ_ REDUCED " },
	{ INSTITUTION_VASP,
	    " RECEIPT RELEASED HLD_ NIL_BAL OUT_ REV_DONE TXN_FAILED BLK_INSTR"
	    " PND_ REJ_ REDUCED " },
	{ INSTITUTION_PAYMENT_GATEWAY,
	    " RECEIPT RELEASED HLD_INFLIGHT BLK_MERCH REV_DONE TXN_FAILED"
	    " OUT_XFER NIL_BAL PND_ REJ_ REDUCED " },
	{ INSTITUTION_ECOMMERCE,
	    " RECEIPT RELEASED BLK_ORDER BLK_LISTING HLD_INFLIGHT OUT_GOODS"
	    " REV_DONE PND_ REJ_ REDUCED " },
	{ INSTITUTION_TELCO,
	    " RECEIPT RELEASED BLK_MSISDN BLK_IMEI HLD_INFLIGHT OUT_XFER PND_"
	    " REJ_ REDUCED " },
	{ INSTITUTION_POLICE_UNIT, " " },
	{ INSTITUTION_FIU, " RECEIPT RELEASED " },
	{ INSTITUTION_REGULATOR, " RECEIPT RELEASED " },
	{ INSTITUTION_AUDITOR, " RECEIPT RELEASED " },
	{ INSTITUTION_HUB, " RECEIPT RELEASED " },
};

static bool
is_said(const char *codes, const char *name)
{
	char whole[64], family[8];

	(void)snprintf(whole, sizeof(whole), " %s ", name);
	(void)snprintf(family, sizeof(family), " %.4s ", name);
	return strstr(codes, whole) != NULL ||
	    (name[3] == '_' && strstr(codes, family) != NULL);
}

START_TEST(only_its_codes_are_allowed_to_a_kind)
{
	for (int code = 0; code < RESPONSE_CODE_COUNT; code++)
		ck_assert_msg(response_code_allowed(
				  (enum response_code)code, sayings[_i].kind) ==
			is_said(sayings[_i].codes, expected[code].code),
		    "%s of %s", expected[code].code,
		    words_name(&institution_kind_words, (int)sayings[_i].kind));
}
END_TEST

START_TEST(every_kind_is_listed)
{
	ck_assert_uint_eq(COUNT(sayings), INSTITUTION_KIND_COUNT);
}
END_TEST

Suite *
response_code_suite(void)
{
	Suite *suite = suite_create("response_code");
	TCase *tests = tcase_create("response_code");

	tcase_add_loop_test(
	    tests, code_needs_what_its_row_says, 0, (int)COUNT(expected));
	tcase_add_test(tests, there_is_a_row_for_each_code);
	tcase_add_loop_test(tests, only_its_codes_are_allowed_to_a_kind, 0,
	    (int)COUNT(sayings));
	tcase_add_test(tests, every_kind_is_listed);
	suite_add_tcase(suite, tests);
	return suite;
}
