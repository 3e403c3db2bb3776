/*
 * parsing: facts of messages in all their forms, and what is none.  Whole
 * messages as they come are in test/corpus.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/unit/parse_text.h"

/* ---- amounts */

static const struct {
	const char *text, *amount, *currency;
} amounts[] = {
	{ "Rs.7,00,000.00 debited", "700000.00", "INR" },
	{ "Rs 500 debited", "500.00", "INR" },
	{ "Rs.500/- debited", "500.00", "INR" },
	{ "Rs:900.00 debited", "900.00", "INR" },
	{ "INR5,000 debited", "5000.00", "INR" },
	{ "debited 1,250.5 INR", "1250.50", "INR" },
	{ "₹12,34,56,789.01 debited", "123456789.01", "INR" },
	{ "रु ९,५०० डेबिट", "9500.00", "INR" },
	{ "debited Rs.1,234,567.00", "1234567.00", "INR" },
	{ "Покупка 12 499р", "12499.00", "RUB" },
	{ "Покупка 12\xc2\xa0"
	  "499,50 ₽",
	    "12499.50", "RUB" },
	{ "списано 1 250 руб. 50 коп.", "1250.50", "RUB" },
	{ "Төлем 25 500 теңге", "25500.00", "KZT" },
	{ "Перевод 90 000,00 KZT", "90000.00", "KZT" },
	{ "You paid £1,150.00", "1150.00", "GBP" },
	{ "Pix enviado R$ 1.250,00", "1250.00", "BRL" },
	{ "You paid JPY 5,000", "5000", "JPY" },
	{ "You paid EUR 2.450,00", "2450.00", "EUR" },
	{ "Bal Rs 9.00. Rs 500 debited", "500.00", "INR" },
	{ "Rs 500 debited, fee Rs 5, avl bal Rs 95", "500.00", "INR" },
};

START_TEST(amount_is_read_in_its_grouping)
{
	const struct parsed_draft *draft = parse_text(amounts[_i].text, NULL);
	char text[MONEY_TEXT_SIZE];

	ck_assert_ptr_nonnull(draft);
	ck_assert_str_eq(
	    money_format(&draft->amount.money, text), amounts[_i].amount);
	ck_assert_str_eq(draft->amount.money.currency, amounts[_i].currency);
	ck_assert_int_ge(draft->amount.confidence, PARSING_SURE);
}
END_TEST

static const char *const no_amounts[] = { "", " ", "\n", "debited", "Rs",
	"Rs debited", "debited Rs.", "debited 500", "Rs 0 debited",
	"Rs 0.00 debited", "debited Rs 500%", "debited 20% of it",
	"debited on 14-03-26", "debited at 15:04", "debited Rs 12/34",
	"debited XX500", "debited Rs 007", "debited Rs 5.00.000.0",
	"debited Rs 999999999999999", "debited JPY 5.50 JPY", "debited R5",
	"Rs. five hundred debited", "debited €", "₹ debited ₹", "debited 1.2.3",
	"debited v1.25", "списано р", "debited $-", "debited XAU 5.00",
	"debited -", "1930", "Rs\n\n500", "Avl Bal Rs 500",
	"balance is INR 12.00", "fee of Rs 5", "OTP 1234 for Rs 500",
	"Остаток 300 руб", "Қалдық 300 ₸", "शेष राशि रु 300", "ബാലൻസ് ₹300" };

START_TEST(what_is_no_amount_makes_no_sure_draft)
{
	const struct parsed_draft *draft = parse_text(no_amounts[_i], NULL);

	ck_assert(draft == NULL || draft->amount.confidence < PARSING_SURE);
}
END_TEST

/* ---- references */

static const struct {
	const char *written;
	enum parsed_reference_type type;
	const char *value;
	bool is_sure;
} references[] = {
	{ "UPI Ref No 607391240018", PARSED_RRN, "607391240018", true },
	{ "UPI:607391240018", PARSED_RRN, "607391240018", true },
	{ "IMPS Ref# 607391240018.", PARSED_RRN, "607391240018", true },
	{ "Refno 607391240018", PARSED_RRN, "607391240018", true },
	{ "(RRN:607391240018)", PARSED_RRN, "607391240018", true },
	{ "UPI/DR/607391240018/RAVI", PARSED_RRN, "607391240018", true },
	{ "UPI/P2A/607391240018/RAVI", PARSED_RRN, "607391240018", true },
	{ "संदर्भ ६०७३९१२४००१८", PARSED_RRN, "607391240018", true },
	{ "UTR HDFCN52026021788", PARSED_UTR, "HDFCN52026021788", true },
	{ "NEFT-SBINN52026021788", PARSED_UTR, "SBINN52026021788", true },
	{ "UTR No. ICICR12026030500456789", PARSED_UTR,
	    "ICICR12026030500456789", true },
	{ "UETR 7d3f2a10-94bc-4e8a-9a51-0c2f6be7d901", PARSED_UETR,
	    "7d3f2a10-94bc-4e8a-9a51-0c2f6be7d901", true },
	{ "ARN 74537606073123456789012", PARSED_ARN, "74537606073123456789012",
	    true },
	{ "Txn ID: PTW8830012947", PARSED_OTHER, "PTW8830012947", false },
	{ "Ref no 8812345670", PARSED_OTHER, "8812345670", false },
};

static const char *const no_references[] = { "", "Ref", "Ref No", "Ref: RENT",
	"Ref INVOICE 88", "Ref 12345", "Ref no 12-03-2026", "UPI",
	"UPI 1234567890", "UPI:6073912400188", "UPI txn at SHOP",
	"607391240018", "call 607391240018", "UTR", "UTR 12", "UTR ABC",
	"RRN 123", "NEFT 1234", "Auth code 883412", "Cheque no 004512",
	"HDFCN5202602178", "XXXXN52026021788", "HDFCRX2026030500456789x",
	"7d3f2a10-94bc-4e8a-9a51", "7d3f2a10-94bc-1e8a-9a51-0c2f6be7d901",
	"IFSC KKBK0000451", "Aadhaar XXXX XXXX 2098", "SMS BLOCK to 50000" };

static const struct parsed_draft *
parse_with(const char *written)
{
	char text[160];

	(void)snprintf(text, sizeof(text), "Rs 500 debited. %s", written);
	return parse_text(text, "IN");
}

START_TEST(reference_has_its_type_and_value)
{
	const struct parsed_draft *draft = parse_with(references[_i].written);

	ck_assert_ptr_nonnull(draft);
	ck_assert_str_eq(draft->reference.value, references[_i].value);
	ck_assert_int_eq(draft->reference.type, references[_i].type);
	ck_assert_int_eq(draft->reference.confidence >= PARSING_SURE,
	    references[_i].is_sure);
}
END_TEST

START_TEST(what_is_no_reference_is_not_made_one)
{
	const struct parsed_draft *draft = parse_with(no_references[_i]);

	ck_assert_ptr_nonnull(draft);
	ck_assert_int_eq(draft->reference.confidence, 0);
}
END_TEST

START_TEST(two_references_are_not_sure)
{
	const struct parsed_draft *draft = parse_with(
	    "UPI Ref 607391240018, UPI Ref 607391240019");

	ck_assert_int_gt(draft->reference.confidence, 0);
	ck_assert_int_lt(draft->reference.confidence, PARSING_SURE);
}
END_TEST

/* ---- whose account, whose name */

static const struct {
	const char *text, *account, *counterparty, *to;
} sides[] = {
	{ "Rs 5 debited from A/c XX4417 to RAVI K", "4417", "RAVI K", "" },
	{ "Rs 5 debited from A/cXX1111 on 07-04-26", "1111", "", "" },
	{ "Acct XX908 debited Rs 5; ANITA STORES credited", "908",
	    "ANITA STORES", "" },
	{ "Rs 5 sent to a/c XX1184", "", "", "" },
	{ "Rs 5 sent to a/c XX1184 from a/c XX9903", "9903", "", "" },
	{ "Your VPA a.b@kv is debited Rs 5 to c.d@ok", "", "", "c.d@ok" },
	{ "UPI-SANJAY MEHTA-SANJAYM@YPAY-607312009988 Rs 5 DR", "",
	    "SANJAY MEHTA", "sanjaym@ypay" },
	{ "Rs 5 debited. Aadhaar XXXX XXXX 2098", "", "", "" },
	{ "Rs 5 debited. Call +919876543210", "", "", "" },
	{ "Rs 5 debited. Mail ravi@bank.example", "", "", "" },
	{ "Rs 5 debited, card 5000 Rs limit", "", "", "" },
	{ "VISA4821 Покупка 5р", "4821", "", "" },
	{ "Перевод 5р на номер +79161234567", "", "", "+79161234567" },
	{ "Sent EUR 5.00 to DE89370400440532013000", "", "",
	    "DE89370400440532013000" },
	{ "Sent EUR 5.00 to DE89370400440532013001", "", "", "" },
};

START_TEST(sides_are_kept_apart)
{
	const struct parsed_draft *draft = parse_text(sides[_i].text, NULL);

	ck_assert_ptr_nonnull(draft);
	ck_assert_str_eq(draft->account.text, sides[_i].account);
	ck_assert_str_eq(draft->counterparty.text, sides[_i].counterparty);
	ck_assert_str_eq(draft->to.identifier.value, sides[_i].to);
	ck_assert_int_lt(draft->counterparty.confidence, PARSING_SURE);
}
END_TEST

/* ---- what a message tells */

static const struct {
	const char *text;
	enum parsed_kind kind;
} kinds[] = {
	{ "Rs 500 debited", PARSED_DEBIT },
	{ "Rs 500 debited. Never share OTP. Call 1800 425", PARSED_DEBIT },
	{ "Rs 500 debited. If failed, it will be reversed", PARSED_DEBIT },
	{ "Rs 500 DR", PARSED_DEBIT },
	{ "Rs 500 has been credited to the beneficiary", PARSED_DEBIT },
	{ "Rs 500 credited", PARSED_CREDIT },
	{ "Payment of Rs 500 received", PARSED_CREDIT },
	{ "12/04/26 BY TRANSFER-UPI/CR/610212340000/RAVI 500.00",
	    PARSED_CREDIT },
	{ "Refund of Rs 500 credited", PARSED_REFUND },
	{ "Rs 500 for failed txn reversed", PARSED_REFUND },
	{ "I lost Rs 50,000", PARSED_UNCLEAR },
	{ "Txn of Rs 500 has failed", PARSED_FAILED },
	{ "Rs 500 declined, insufficient balance", PARSED_FAILED },
	{ "RAVI has requested Rs 500", PARSED_REQUEST },
	{ "Rs 500 will be debited on 05-05-26", PARSED_REQUEST },
	{ "EMI of Rs 500 is due", PARSED_REQUEST },
	{ "Avl Bal Rs 500", PARSED_BALANCE },
	{ "1234 is your OTP for Rs 500", PARSED_ONE_TIME_PASSWORD },
	{ "OTP to debit Rs 500 is 445566", PARSED_ONE_TIME_PASSWORD },
	{ "Код: 4471", PARSED_ONE_TIME_PASSWORD },
	{ "Flat 20% off up to Rs 300", PARSED_PROMOTION },
	{ "You won Rs 25,00,000 in the lottery", PARSED_PROMOTION },
	{ "Скидка до 2000 руб", PARSED_PROMOTION },
};

START_TEST(kind_decides_between_draft_and_aside)
{
	const struct parsed_draft *draft = parse_text(kinds[_i].text, NULL);

	if (kinds[_i].kind <= PARSED_UNCLEAR) {
		ck_assert_ptr_nonnull(draft);
		ck_assert_int_eq(draft->kind, kinds[_i].kind);
		return;
	}
	ck_assert_ptr_null(draft);
	ck_assert_uint_eq(parse_text_result.aside_count, 1);
	ck_assert_int_eq(parse_text_result.asides[0].kind, kinds[_i].kind);
}
END_TEST

static const struct {
	const char *text;
	size_t drafts, asides;
} cuts[] = {
	{ "", 0, 0 },
	{ "hello", 0, 0 },
	{ "Rs 1 debited\n\nRs 2 debited", 2, 0 },
	{ "Rs 1 debited\r\n\r\nRs 2 debited", 2, 0 },
	{ "Rs 1 debited\nRs 2 debited\nRs 3 debited", 3, 0 },
	{ "Rs 1 debited\n\nOTP is 1234\n\nAvl Bal Rs 5", 1, 2 },
	{ "Dear Sir\n\nRs 1 debited\n\nRef no 607391240018\n\nBank", 1, 0 },
	{ "Rs 1 debited\nAvl Bal Rs 5\nRef no 607391240018", 1, 0 },
	{ "14/03/26 UPI-A 1.00 DR\n15/03/26 UPI-B 2.00 DR", 2, 0 },
	{ "one\n\ntwo\n\nthree", 0, 0 },
};

START_TEST(pasted_text_is_cut_into_messages)
{
	(void)parse_text(cuts[_i].text, "IN");
	ck_assert_uint_eq(parse_text_result.draft_count, cuts[_i].drafts);
	ck_assert_uint_eq(parse_text_result.aside_count, cuts[_i].asides);
}
END_TEST

/* ---- spans, cards, limits */

START_TEST(spans_count_code_points)
{
	const struct parsed_draft *draft = parse_text(
	    "₹₹ दे Rs 500 debited UPI Ref 607391240018", NULL);

	ck_assert_ptr_nonnull(draft);
	ck_assert_uint_eq(draft->amount.span.start, 6);
	ck_assert_uint_eq(draft->amount.span.end, 12);
	ck_assert_uint_eq(draft->reference.span.start, 29);
	ck_assert_uint_eq(draft->reference.span.end, 41);
}
END_TEST

START_TEST(card_number_is_masked_and_told)
{
	static const char text[] =
	    "₹ my card 4111 1111 1111 1111: Rs 500 debited to SHOP";
	const struct parsed_draft *draft = parse_text(text, NULL);

	ck_assert_ptr_nonnull(draft);
	ck_assert_uint_eq(parse_text_result.card_count, 1);
	ck_assert_uint_eq(parse_text_result.cards[0].start, 10);
	ck_assert_uint_eq(parse_text_result.cards[0].end, 29);
	ck_assert_str_eq(draft->account.text, "1111");
	ck_assert_str_eq(draft->counterparty.text, "SHOP");
}
END_TEST

START_TEST(card_number_is_no_reference)
{
	const struct parsed_draft *draft = parse_with(
	    "Ref no 4111111111111111");

	ck_assert_uint_eq(parse_text_result.card_count, 1);
	ck_assert_int_eq(draft->reference.confidence, 0);
}
END_TEST

START_TEST(text_over_the_limit_is_refused)
{
	char *text = calloc(1, PARSING_TEXT_LIMIT + 2);
	struct err err = { RC_OK, "", "", "" };

	ck_assert_ptr_nonnull(text);
	memset(text, 'r', PARSING_TEXT_LIMIT + 1);
	ck_assert_int_eq(
	    parse_text_bytes(text, PARSING_TEXT_LIMIT, NULL, &err), RC_OK);
	ck_assert_int_eq(
	    parse_text_bytes(text, PARSING_TEXT_LIMIT + 1, NULL, &err),
	    RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "text_too_long");
	ck_assert_str_eq(err.pointer, "/text");
	free(text);
}
END_TEST

START_TEST(more_than_fits_is_told)
{
	static const char message[] = "Rs 1 debited\n\n";
	char *text = calloc(PARSING_DRAFT_LIMIT + 1, sizeof(message));

	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < PARSING_DRAFT_LIMIT; i++)
		memcpy(
		    text + i * (sizeof(message) - 1), message, sizeof(message));
	(void)parse_text(text, NULL);
	ck_assert_uint_eq(parse_text_result.draft_count, PARSING_DRAFT_LIMIT);
	ck_assert(!parse_text_result.is_cut);
	memcpy(text + PARSING_DRAFT_LIMIT * (sizeof(message) - 1), message,
	    sizeof(message));
	(void)parse_text(text, NULL);
	ck_assert_uint_eq(parse_text_result.draft_count, PARSING_DRAFT_LIMIT);
	ck_assert(parse_text_result.is_cut);
	free(text);
}
END_TEST

START_TEST(full_arena_is_told)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(64);
	const struct parsing_input input = { "Rs 1 debited", 12, NULL };
	struct err err = { RC_OK, "", "", "" };

	ck_assert_int_eq(parsing_parse(&input, arena, &parse_text_result, &err),
	    RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "request_too_large");
}
END_TEST

static const struct {
	const char *text, *hint, *country;
} countries[] = {
	{ "Rs 500 debited", NULL, "IN" },
	{ "Rs 500 debited", "GB", "IN" },
	{ "Покупка 500р", NULL, "RU" },
	{ "Покупка 500 тг", NULL, "KZ" },
	{ "Покупка 500 тг", "RU", "KZ" },
	{ "paid £5.00", NULL, "GB" },
	{ "paid $5.00", NULL, "" },
	{ "paid $5.00", "IN", "IN" },
	{ "paid $5.00", "ZZ", "" },
	{ "paid $5.00", "", "" },
	{ "hello", NULL, "" },
};

START_TEST(currency_chooses_the_grammar_before_the_hint)
{
	(void)parse_text(countries[_i].text, countries[_i].hint);
	ck_assert_str_eq(parse_text_result.country, countries[_i].country);
}
END_TEST

START_TEST(bytes_that_are_no_text_do_no_harm)
{
	static const char bytes[] = "\xff\xfe Rs \x80 500 \0 debited \xe0\xa4";
	struct err err;

	ck_assert_int_eq(
	    parse_text_bytes(bytes, sizeof(bytes) - 1, NULL, &err), RC_OK);
	ck_assert_int_eq(parse_text_bytes("\0\0\0", 3, NULL, &err), RC_OK);
	ck_assert_uint_eq(
	    parse_text_result.draft_count + parse_text_result.aside_count, 0);
}
END_TEST

Suite *
parsing_suite(void)
{
	Suite *suite = suite_create("parsing");
	TCase *tcase = tcase_create("parsing");

	tcase_add_loop_test(
	    tcase, amount_is_read_in_its_grouping, 0, (int)COUNT(amounts));
	tcase_add_loop_test(tcase, what_is_no_amount_makes_no_sure_draft, 0,
	    (int)COUNT(no_amounts));
	tcase_add_loop_test(
	    tcase, reference_has_its_type_and_value, 0, (int)COUNT(references));
	tcase_add_loop_test(tcase, what_is_no_reference_is_not_made_one, 0,
	    (int)COUNT(no_references));
	tcase_add_test(tcase, two_references_are_not_sure);
	tcase_add_loop_test(tcase, sides_are_kept_apart, 0, (int)COUNT(sides));
	tcase_add_loop_test(
	    tcase, kind_decides_between_draft_and_aside, 0, (int)COUNT(kinds));
	tcase_add_loop_test(
	    tcase, pasted_text_is_cut_into_messages, 0, (int)COUNT(cuts));
	tcase_add_test(tcase, spans_count_code_points);
	tcase_add_test(tcase, card_number_is_masked_and_told);
	tcase_add_test(tcase, card_number_is_no_reference);
	tcase_add_test(tcase, text_over_the_limit_is_refused);
	tcase_add_test(tcase, more_than_fits_is_told);
	tcase_add_test(tcase, full_arena_is_told);
	tcase_add_loop_test(tcase, currency_chooses_the_grammar_before_the_hint,
	    0, (int)COUNT(countries));
	tcase_add_test(tcase, bytes_that_are_no_text_do_no_harm);
	suite_add_tcase(suite, tcase);
	return suite;
}
