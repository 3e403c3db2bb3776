/*
 * command_json: whole complaints.  Every wrong one is a right one with a piece
 * exchanged.
 */
#include "test/unit/exchange.h"
#include "test/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/wire/command_json.h"

/* ---- POST /v1/cases */

static const char submit_body[] =
    "{\"typology\":\"upi_push\",\"authorised\":\"yes\","
    "\"occurred_at\":\"2026-03-12T11:17:33+05:30\","
    "\"reported_at\":\"2026-03-12T11:52:00+05:30\","
    "\"bank_notice_at\":\"2026-03-12T11:18:10+05:30\","
    "\"account_type\":\"current_small\","
    "\"report_channel\":\"portal\",\"priority\":\"p1\",\"profile\":\"IN\","
    "\"language\":\"ml\",\"loss\":{\"amount\":\"700000.00\","
    "\"currency\":\"INR\"},\"complainant\":{\"name\":\"A. Person\","
    "\"msisdn\":\"+91 98765 00022\",\"email\":\"a@example.com\","
    "\"address\":\"Kollam\"},\"narrative\":\"They called.\","
    "\"external_refs\":[{\"scheme\":\"ncrp\",\"value\":\"3110\"}],"
    "\"transactions\":[{\"key\":\"t1\",\"reference\":{\"type\":\"rrn\","
    "\"value\":\"607111173345\"},\"channel\":\"upi\",\"mcc\":\"6051\","
    "\"money\":{\"amount\":\"700000.00\",\"currency\":\"INR\"},"
    "\"at\":\"2026-03-12T11:17:33+05:30\",\"from\":{\"type\":\"upi_vpa\","
    "\"value\":\"A.Person@Deccan\"}},{\"key\":\"t2\",\"channel\":\"imps\","
    "\"money\":{\"amount\":\"0.01\",\"currency\":\"INR\"},"
    "\"at\":\"2026-03-12T11:30:00+05:30\",\"parent\":\"t1\","
    "\"to\":{\"type\":\"in_account\",\"value\":\"004410220197\","
    "\"ifsc\":\"MLBX0000044\"}}],"
    "\"requests\":[{\"action\":\"HOLD_AMOUNT\",\"scope\":\"amount\","
    "\"basis\":\"BNSS_106\",\"successor\":\"ask_to_extend\","
    "\"reason\":\"because\",\"on_behalf_of\":{"
    "\"authority\":\"NCB Singapore\",\"reference\":\"SGP/118\"},"
    "\"emergency\":true,"
    "\"expires_at\":\"2026-06-12T00:00:00Z\",\"targets\":["
    "{\"institution\":\"deccan_bank\",\"identifier\":{\"type\":\"rrn\","
    "\"value\":\"607111173345\"},\"transaction\":\"t1\","
    "\"amount\":{\"amount\":\"700000.00\",\"currency\":\"INR\"}},"
    "{\"identifier\":{\"type\":\"in_account\",\"value\":\"004410220197\","
    "\"ifsc\":\"MLBX0000044\"},\"holder\":\"B. Mule\","
    "\"transaction\":\"t2\","
    "\"amount\":{\"amount\":\"0.01\",\"currency\":\"INR\"}}]}]}";

static const struct exchange submit_refused[] = {
	{ "\"upi_push\"", "\"upi\"", "not_one_of", "/typology" },
	{ "\"upi_push\"", "7", "wrong_type", "/typology" },
	{ "\"typology\":\"upi_push\",", "", "missing_member", "/typology" },
	{ "\"typology\"", "\"tipology\"", "unknown_member", "/tipology" },
	{ "\"authorised\":\"yes\"", "\"authorised\":true", "wrong_type",
	    "/authorised" },
	{ "\"authorised\":\"yes\"", "\"authorised\":\"maybe\"", "not_one_of",
	    "/authorised" },
	{ "2026-03-12T11:17:33+05:30", "2026-03-12 11:17", "bad_time",
	    "/occurred_at" },
	{ "2026-03-12T11:52:00+05:30", "yesterday", "bad_time",
	    "/reported_at" },
	{ "2026-03-12T11:18:10+05:30", "at noon", "bad_time",
	    "/bank_notice_at" },
	{ "\"current_small\"", "\"gold\"", "not_one_of", "/account_type" },
	{ "\"current_small\"", "7", "wrong_type", "/account_type" },
	{ "\"report_channel\":\"portal\"", "\"report_channel\":\"fax\"",
	    "not_one_of", "/report_channel" },
	{ "\"p1\"", "\"p0\"", "not_one_of", "/priority" },
	{ "\"NCB Singapore\"", "\"\"", "text_empty",
	    "/requests/0/on_behalf_of/authority" },
	{ ",\"reference\":\"SGP/118\"", "", "missing_member",
	    "/requests/0/on_behalf_of/reference" },
	{ "SGP/118", CARD, "card_number_refused",
	    "/requests/0/on_behalf_of/reference" },
	{ "{\"authority\":\"NCB Singapore\",\"reference\":\"SGP/118\"}",
	    "\"NCB Singapore\"", "wrong_type", "/requests/0/on_behalf_of" },
	{ "\"profile\":\"IN\"", "\"profile\":\"\"", "text_empty", "/profile" },
	{ "\"language\":\"ml\"", "\"language\":\"m_l\"", "bad_form",
	    "/language" },
	{ "\"700000.00\"", "\"700000\"", "wrong_scale", "/loss/amount" },
	{ "\"700000.00\"", "700000.00", "wrong_type", "/loss/amount" },
	{ "\"700000.00\"", "\"0.00\"", "bad_amount", "/loss/amount" },
	{ "\"700000.00\"", "\"-1.00\"", "bad_amount", "/loss/amount" },
	{ "\"INR\"", "\"RUP\"", "unknown_currency", "/loss/currency" },
	{ "\"name\":\"A. Person\",", "", "missing_member",
	    "/complainant/name" },
	{ "A. Person\"", CARD "\"", "card_number_refused",
	    "/complainant/name" },
	{ "+91 98765 00022", "0910998765432", "bad_form",
	    "/complainant/msisdn" },
	{ "a@example.com", "a.example.com", "bad_form", "/complainant/email" },
	{ "a@example.com", "A <a@example.com>", "bad_form",
	    "/complainant/email" },
	{ "\"Kollam\"", "\"flat 4111111111111111\"", "card_number_refused",
	    "/complainant/address" },
	{ "They called.", "my card " CARD " was used", "card_number_refused",
	    "/narrative" },
	{ "They called.", "\\u0664111111111111111 and so on",
	    "card_number_refused", "/narrative" },
	{ "\"They called.\"", "\"\"", "text_empty", "/narrative" },
	{ "\"They called.\"", "null", "wrong_type", "/narrative" },
	{ "\"value\":\"3110\"", "\"value\":\"" CARD "\"", "card_number_refused",
	    "/external_refs/0/value" },
	{ "{\"scheme\":\"ncrp\",\"value\":\"3110\"}", "\"3110\"", "wrong_type",
	    "/external_refs/0" },
	{ "\"key\":\"t1\",", "", "missing_member", "/transactions/0/key" },
	{ "\"key\":\"t2\"", "\"key\":\"t1\"", "duplicate_key",
	    "/transactions/1/key" },
	{ "\"parent\":\"t1\"", "\"parent\":\"t2\"", "unknown_key",
	    "/transactions/1/parent" },
	{ "\"parent\":\"t1\"", "\"parent\":\"t9\"", "unknown_key",
	    "/transactions/1/parent" },
	{ "\"parent\":\"t1\"", "\"layer\":0", "out_of_range",
	    "/transactions/1/layer" },
	{ "\"parent\":\"t1\"", "\"layer\":33", "out_of_range",
	    "/transactions/1/layer" },
	{ "\"key\":\"t1\"", "\"key\":\"t1\",\"layer\":32", "out_of_range",
	    "/transactions/1/parent" },
	{ "\"channel\":\"upi\"", "\"channel\":\"UPI\"", "not_one_of",
	    "/transactions/0/channel" },
	{ "\"6051\"", "\"605\"", "bad_form", "/transactions/0/mcc" },
	{ "\"type\":\"rrn\"", "\"type\":\"rnn\"", "not_one_of",
	    "/transactions/0/reference/type" },
	{ "\"type\":\"rrn\"", "\"type\":\"msisdn\"", "bad_form",
	    "/transactions/0/reference/value" },
	{ "\"type\":\"rrn\",\"value\":\"607111173345\"",
	    "\"type\":\"imei\",\"value\":\"490154203237518\"",
	    "not_allowed_here", "/transactions/0/reference/type" },
	{ "\"value\":\"607111173345\"", "\"value\":\"6071\"", "bad_length",
	    "/transactions/0/reference/value" },
	{ "\"value\":\"A.Person@Deccan\"", "\"vpa\":\"a@b\"", "unknown_member",
	    "/transactions/0/from/vpa" },
	{ "\"ifsc\":\"MLBX0000044\"", "\"ifsc\":\"MLBX1000044\"", "bad_form",
	    "/transactions/1/to/ifsc" },
	{ "\"to\":{\"type\":\"in_account\",\"value\":\"004410220197\","
	  "\"ifsc\":\"MLBX0000044\"}",
	    "\"to\":{\"type\":\"card\",\"bin\":\"411111\",\"last4\":\"1111\"}",
	    "missing_member", "/transactions/1/to/length" },
	{ "\"to\":{\"type\":\"in_account\",\"value\":\"004410220197\","
	  "\"ifsc\":\"MLBX0000044\"}",
	    "\"to\":{\"type\":\"order_id\",\"value\":\"4111111111111111\"}",
	    "card_number_refused", "/transactions/1/to/value" },
	{ "\"to\":{\"type\":\"in_account\",\"value\":\"004410220197\","
	  "\"ifsc\":\"MLBX0000044\"}",
	    "\"to\":{\"type\":\"wallet_id\",\"provider\":\"k\","
	    "\"value\":\"4111-1111-1111-1111\"}",
	    "card_number_refused", "/transactions/1/to/value" },
	{ "\"action\":\"HOLD_AMOUNT\"", "\"action\":\"hold_amount\"",
	    "not_one_of", "/requests/0/action" },
	{ "\"scope\":\"amount\"", "\"scope\":\"person\"", "not_one_of",
	    "/requests/0/scope" },
	{ "\"emergency\":true", "\"emergency\":1", "wrong_type",
	    "/requests/0/emergency" },
	{ "\"because\"", "\"" CARD "\"", "card_number_refused",
	    "/requests/0/reason" },
	{ "\"successor\":\"ask_to_extend\"", "\"successor\":\"keep\"",
	    "not_one_of", "/requests/0/successor" },
	{ "2026-06-12T00:00:00Z", "2026-06-12", "bad_time",
	    "/requests/0/expires_at" },
	{ "\"transaction\":\"t2\"", "\"transaction\":\"t3\"", "unknown_key",
	    "/requests/0/targets/1/transaction" },
	{ "\"holder\":\"B. Mule\"", "\"holder\":\"" CARD "\"",
	    "card_number_refused", "/requests/0/targets/1/holder" },
	{ "\"holder\":\"B. Mule\"", "\"holder\":[]", "wrong_type",
	    "/requests/0/targets/1/holder" },
	{ "\"holder\":\"B. Mule\"", "\"layer\":1.5", "wrong_type",
	    "/requests/0/targets/1/layer" },
	{ "\"amount\":{\"amount\":\"700000.00\",\"currency\":\"INR\"}",
	    "\"amount\":\"700000.00\"", "wrong_type",
	    "/requests/0/targets/0/amount" },
	{ "\"amount\":{\"amount\":\"700000.00\",\"currency\":\"INR\"}",
	    "\"amount\":{\"amount\":\"7e5\",\"currency\":\"INR\"}",
	    "bad_amount", "/requests/0/targets/0/amount/amount" },
};

START_TEST(wrong_case_is_refused_with_its_pointer)
{
	struct command command = { .kind = COMMAND_SUBMIT_CASE };

	exchange_expect_refusal(
	    command_json_submit, &command, submit_body, &submit_refused[_i]);
}
END_TEST

START_TEST(case_without_payments_or_targets_is_refused)
{
	static const struct exchange empties[] = {
		{ ",\"x\":0", "", "too_few_items", "/transactions" },
		{ "\"transactions\":[]",
		    "\"transactions\":[{\"key\":\"t\",\"channel\":\"upi\","
		    "\"money\":{\"amount\":\"1.00\",\"currency\":\"INR\"},"
		    "\"at\":\"2026-01-01T00:00:00Z\"}],\"requests\":[]}",
		    "too_few_items", "/requests" },
		{ "\"transactions\":[]",
		    "\"transactions\":[{\"key\":\"t\",\"channel\":\"upi\","
		    "\"money\":{\"amount\":\"1.00\",\"currency\":\"INR\"},"
		    "\"at\":\"2026-01-01T00:00:00Z\"}],\"requests\":[{"
		    "\"action\":\"HOLD_AMOUNT\",\"targets\":[]}]}",
		    "too_few_items", "/requests/0/targets" },
	};
	static const char heads[] =
	    "{\"typology\":\"other\",\"occurred_at\":\"2026-01-01T00:00:00Z\","
	    "\"reported_at\":\"2026-01-01T00:00:00Z\",\"loss\":{"
	    "\"amount\":\"1.00\",\"currency\":\"INR\"},\"transactions\":[]";
	struct command command = { .kind = COMMAND_SUBMIT_CASE };
	char body[sizeof(heads) + 32];

	(void)snprintf(body, sizeof(body), "%s%s", heads,
	    _i == 0 ? ",\"x\":0,\"requests\":[]}" : "");
	exchange_expect_refusal(
	    command_json_submit, &command, body, &empties[_i]);
}
END_TEST

START_TEST(whole_case_is_read)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };
	const struct submit_case *s = &command.submit;
	struct err err;

	ck_assert_int_eq(command_json_submit(
			     submit_body, strlen(submit_body), &command, &err),
	    RC_OK);
	ck_assert_str_eq(words_name(&typology_words, s->typology), "upi_push");
	ck_assert_int_eq(s->authorised, AUTHORISED_YES);
	ck_assert_int_eq(s->reported_at - s->occurred_at, 2067 * CLOCK_SECOND);
	ck_assert_int_eq(s->bank_notice_at - s->occurred_at, 37 * CLOCK_SECOND);
	ck_assert(
	    s->has_account_type && s->account_type == ACCOUNT_CURRENT_SMALL);
	ck_assert(s->has_priority && s->priority == PRIORITY_P1);
	ck_assert_int_eq(s->loss.minor, 70000000);
	ck_assert_str_eq(s->complainant.msisdn, "+919876500022");
	ck_assert_uint_eq(s->external_ref_count, 1);
	ck_assert_uint_eq(s->txn_count, 2);
	ck_assert(s->txns[0].has_reference && s->txns[0].has_from);
	ck_assert(!s->txns[0].has_to && s->txns[0].parent == -1);
	ck_assert_str_eq(s->txns[0].from.value, "a.person@deccan");
	ck_assert_int_eq(s->txns[0].layer, 1);
	ck_assert_int_eq(s->txns[1].parent, 0);
	ck_assert_int_eq(s->txns[1].layer, 2);
	ck_assert_uint_eq(s->request_count, 1);
	ck_assert(s->requests[0].is_emergency);
	ck_assert_int_eq(s->requests[0].successor, SUCCESSOR_ASK_TO_EXTEND);
	ck_assert_str_eq(s->requests[0].on_behalf_of, "NCB Singapore");
	ck_assert_str_eq(s->requests[0].on_behalf_ref, "SGP/118");
	ck_assert_uint_eq(s->requests[0].target_count, 2);
	ck_assert_str_eq(
	    s->requests[0].targets[0].institution_text, "deccan_bank");
	ck_assert_ptr_null(s->requests[0].targets[1].institution_text);
	ck_assert_int_eq(s->requests[0].targets[1].txn, 1);
	ck_assert_int_eq(s->requests[0].targets[1].layer, 2);
}
END_TEST

START_TEST(what_is_not_told_has_its_default)
{
	static const char body[] =
	    "{\"typology\":\"other\",\"occurred_at\":\"2026-01-01T00:00:00Z\","
	    "\"reported_at\":\"2026-01-01T00:00:00Z\",\"loss\":{"
	    "\"amount\":\"1.00\",\"currency\":\"INR\"},\"transactions\":[{"
	    "\"key\":\"t\",\"channel\":\"upi\",\"money\":{"
	    "\"amount\":\"1.00\",\"currency\":\"INR\"},"
	    "\"at\":\"2026-01-01T00:00:00Z\"}],\"requests\":[{"
	    "\"action\":\"BAR_IMEI\",\"targets\":[{\"identifier\":{"
	    "\"type\":\"imei\",\"value\":\"490154203237518\"},\"amount\":{"
	    "\"amount\":\"1.00\",\"currency\":\"INR\"}}]}]}";
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };
	const struct submit_case *s = &command.submit;
	struct err err;

	ck_assert_int_eq(
	    command_json_submit(body, strlen(body), &command, &err), RC_OK);
	ck_assert_int_eq(s->authorised, AUTHORISED_UNKNOWN);
	ck_assert_str_eq(
	    words_name(&report_channel_words, s->report_channel), "other");
	ck_assert(!s->has_priority);
	ck_assert_str_eq(s->profile, "");
	ck_assert_str_eq(s->complainant.name, "");
	ck_assert_str_eq(s->txns[0].mcc, "");
	ck_assert_int_eq(s->requests[0].scope, SCOPE_AMOUNT);
	ck_assert_int_eq(s->requests[0].successor, SUCCESSOR_RELEASE);
	ck_assert_str_eq(s->requests[0].basis, "");
	ck_assert_str_eq(s->requests[0].on_behalf_of, "");
	ck_assert_int_eq(s->requests[0].expires_at, 0);
	ck_assert_int_eq(s->requests[0].targets[0].txn, -1);
	ck_assert_int_eq(s->requests[0].targets[0].layer, 1);
	ck_assert_str_eq(s->requests[0].targets[0].holder, "");
}
END_TEST

START_TEST(narrative_has_its_limit)
{
	enum { LIMIT = 20000 };
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };
	char *long_text = malloc(LIMIT + 2), *body = malloc(EXCHANGE_BODY_SIZE);
	struct exchange exchange = { "They called.", long_text, "", "" };
	struct err err;

	memset(long_text, 'x', LIMIT + 1);
	long_text[LIMIT] = '\0';
	(void)exchange_text(submit_body, &exchange, body);
	ck_assert_int_eq(
	    command_json_submit(body, strlen(body), &command, &err), RC_OK);
	long_text[LIMIT] = 'x';
	long_text[LIMIT + 1] = '\0';
	(void)exchange_text(submit_body, &exchange, body);
	ck_assert_int_eq(
	    command_json_submit(body, strlen(body), &command, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "text_too_long");
	ck_assert_str_eq(err.pointer, "/narrative");
	free(long_text);
	free(body);
}
END_TEST

START_TEST(small_arena_is_too_large_a_request)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1024);
	struct command command = { .arena = arena };
	struct err err;

	ck_assert_int_eq(command_json_submit(
			     submit_body, strlen(submit_body), &command, &err),
	    RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "request_too_large");
}
END_TEST

Suite *
command_json_suite(void)
{
	Suite *suite = suite_create("command_json");
	TCase *tcase = tcase_create("command_json");

	tcase_add_loop_test(tcase, wrong_case_is_refused_with_its_pointer, 0,
	    (int)COUNT(submit_refused));
	tcase_add_loop_test(
	    tcase, case_without_payments_or_targets_is_refused, 0, 3);
	tcase_add_test(tcase, whole_case_is_read);
	tcase_add_test(tcase, what_is_not_told_has_its_default);
	tcase_add_test(tcase, narrative_has_its_limit);
	tcase_add_test(tcase, small_arena_is_too_large_a_request);
	suite_add_tcase(suite, tcase);
	return suite;
}
