/*
 * command_json: acts on requests, targets and the inbox, and the answers of
 * nodal officers.
 */
#include "test/unit/exchange.h"
#include "test/unit/unit.h"

#include "hub/wire/command_json.h"

typedef enum rc reader(
    const char *body, size_t length, struct command *command, struct err *err);

/* ---- the short bodies */

static reader *const shorts[] = {
	command_json_approve,
	command_json_withdraw,
	command_json_issue,
	command_json_correct,
	command_json_remind,
	command_json_checkpoint,
	command_json_revoke,
	command_json_release,
	command_json_reduce,
	command_json_extend,
	command_json_grievance,
	command_json_grievance_decision,
	command_json_evidence,
};

enum {
	APPROVE,
	WITHDRAW,
	ISSUE,
	CORRECT,
	REMIND,
	CHECKPOINT,
	REVOKE,
	RELEASE,
	REDUCE,
	EXTEND,
	GRIEVE,
	DECIDE,
	EVIDENCE
};

#define INR_1 "{\"amount\":\"1.00\",\"currency\":\"INR\"}"
#define AT "2026-06-10T12:00:00Z"
#define KEY_HEX \
	"00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"

static const struct {
	int reader;
	bool is_dismissal;
	const char *body, *code, *pointer;
} shorts_refused[] = {
	{ APPROVE, false, "", "missing_member", "/decision" },
	{ APPROVE, false, "{}", "missing_member", "/decision" },
	{ APPROVE, false, "{\"decision\":\"yes\"}", "not_one_of", "/decision" },
	{ APPROVE, false, "{\"decision\":\"refuse\"}", "missing_member",
	    "/reason" },
	{ APPROVE, false, "{\"decision\":\"approve\",\"reason\":\"" CARD "\"}",
	    "card_number_refused", "/reason" },
	{ APPROVE, false, "{\"decision\":\"approve\",\"by\":\"me\"}",
	    "unknown_member", "/by" },
	{ WITHDRAW, false, "", "missing_member", "/reason" },
	{ WITHDRAW, false, "{\"reason\":\"\"}", "text_empty", "/reason" },
	{ WITHDRAW, false, "{\"reason\":7}", "wrong_type", "/reason" },
	{ ISSUE, false, "{\"reason\":\"r\"}", "unknown_member", "/reason" },
	{ ISSUE, false, "{\"x\":1}", "unknown_member", "/x" },
	{ ISSUE, true, "{}", "missing_member", "/reason" },
	{ ISSUE, true, "", "missing_member", "/reason" },
	{ ISSUE, true, "{\"reason\":\"" CARD "\"}", "card_number_refused",
	    "/reason" },
	{ CORRECT, false, "", "nothing_to_do", "" },
	{ CORRECT, false, "{}", "nothing_to_do", "" },
	{ CORRECT, false, "{\"identifier\":{}}", "missing_member",
	    "/identifier/type" },
	{ CORRECT, false, "{\"holder\":\"" CARD "\"}", "card_number_refused",
	    "/holder" },
	{ CORRECT, false, "{\"note\":\"" CARD "\"}", "card_number_refused",
	    "/note" },
	{ CORRECT, false,
	    "{\"amount\":{\"amount\":\"0\",\"currency\":\"JPY\"}}",
	    "bad_amount", "/amount/amount" },
	{ REMIND, false, "{\"note\":\"" CARD "\"}", "card_number_refused",
	    "/note" },
	{ REMIND, false, "{\"text\":\"hurry\"}", "unknown_member", "/text" },
	{ CHECKPOINT, false, "", "missing_member", "/ids" },
	{ CHECKPOINT, false, "{\"ids\":\"msg_1\"}", "wrong_type", "/ids" },
	{ CHECKPOINT, false, "{\"ids\":[\"tgt_01h455vb4pex5vsknk084sn02q\"]}",
	    "bad_id", "/ids/0" },
	{ REVOKE, false, "{\"reason\":\"lost\"}", "missing_member",
	    "/spki_sha256" },
	{ REVOKE, false, "{\"spki_sha256\":\"00\",\"reason\":\"lost\"}",
	    "bad_form", "/spki_sha256" },
	{ REVOKE, false, "{\"spki_sha256\":\"" KEY_HEX "\"}", "missing_member",
	    "/reason" },
	{ GRIEVE, false, "{}", "missing_member", "/text" },
	{ GRIEVE, false, "{\"text\":\"\"}", "text_empty", "/text" },
	{ GRIEVE, false, "{\"text\":\"" CARD "\"}", "card_number_refused",
	    "/text" },
	{ GRIEVE, false, "{\"text\":\"t\",\"release\":true}", "unknown_member",
	    "/release" },
	{ DECIDE, false, "{}", "missing_member", "/decision" },
	{ DECIDE, false, "{\"decision\":\"decline\"}", "not_one_of",
	    "/decision" },
	{ DECIDE, false, "{\"decision\":\"release\"}", "missing_member",
	    "/reason" },
	{ DECIDE, false, "{\"decision\":\"continue\"}", "missing_member",
	    "/reason" },
	{ DECIDE, false, "{\"decision\":\"close\",\"reason\":\"" CARD "\"}",
	    "card_number_refused", "/reason" },
	{ EVIDENCE, false, "{\"text\":\"t\"}", "missing_member", "/kind" },
	{ EVIDENCE, false, "{\"kind\":\"rent\"}", "missing_member", "/text" },
	{ EVIDENCE, false, "{\"kind\":\"luck\",\"text\":\"t\"}", "not_one_of",
	    "/kind" },
	{ EVIDENCE, false, "{\"kind\":\"rent\",\"text\":\"" CARD "\"}",
	    "card_number_refused", "/text" },
	{ RELEASE, false, "{}", "missing_member", "/reason" },
	{ RELEASE, false, "{\"reason\":\"\"}", "text_empty", "/reason" },
	{ RELEASE, false, "{\"reason\":\"" CARD "\"}", "card_number_refused",
	    "/reason" },
	{ RELEASE, false, "{\"reason\":\"r\",\"amount\":1}", "unknown_member",
	    "/amount" },
	{ REDUCE, false, "{\"reason\":\"r\"}", "missing_member", "/amount" },
	{ REDUCE, false, "{\"amount\":" INR_1 "}", "missing_member",
	    "/reason" },
	{ REDUCE, false,
	    "{\"amount\":{\"amount\":\"0.00\",\"currency\":\"INR\"},"
	    "\"reason\":\"r\"}",
	    "bad_amount", "/amount/amount" },
	{ REDUCE, false, "{\"amount\":" INR_1 ",\"reason\":\"" CARD "\"}",
	    "card_number_refused", "/reason" },
	{ EXTEND, false, "{\"reason\":\"r\"}", "missing_member",
	    "/expires_at" },
	{ EXTEND, false, "{\"expires_at\":\"" AT "\"}", "missing_member",
	    "/reason" },
	{ EXTEND, false, "{\"expires_at\":\"tomorrow\",\"reason\":\"r\"}",
	    "bad_time", "/expires_at" },
	{ EXTEND, false,
	    "{\"expires_at\":\"" AT "\",\"basis\":7,\"reason\":\"r\"}",
	    "wrong_type", "/basis" },
};

START_TEST(wrong_act_is_refused_with_its_pointer)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };
	const char *body = shorts_refused[_i].body;
	struct err err = { .rc = RC_OK };

	command.issue.is_dismissal = shorts_refused[_i].is_dismissal;
	ck_assert_int_eq(shorts[shorts_refused[_i].reader](
			     body, strlen(body), &command, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, shorts_refused[_i].code);
	ck_assert_str_eq(err.pointer, shorts_refused[_i].pointer);
}
END_TEST

static void
read_act(int act, const char *body, struct command *command)
{
	struct err err;

	ck_assert_int_eq(shorts[act](body, strlen(body), command, &err), RC_OK);
}

START_TEST(acts_are_read_and_keep_their_ids)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };

	command.approve.request.bytes[0] = 9;
	read_act(
	    APPROVE, "{\"decision\":\"refuse\",\"reason\":\"no\"}", &command);
	ck_assert(command.approve.is_refusal);
	ck_assert_int_eq(command.approve.request.bytes[0], 9);
	read_act(APPROVE, "{\"decision\":\"approve\"}", &command);
	ck_assert(!command.approve.is_refusal);
	ck_assert_str_eq(command.approve.reason, "");
	command.issue.is_dismissal = false;
	read_act(ISSUE, "", &command);
	ck_assert_int_eq(command.issue.target.bytes[0], 9);
	read_act(REMIND, "", &command);
	ck_assert_str_eq(command.remind.note, "");
	read_act(CORRECT, "{\"note\":\"see the receipt\"}", &command);
	ck_assert(!command.correct.has_identifier &&
	    !command.correct.has_holder && !command.correct.has_amount);
	ck_assert_int_eq(command.correct.target.bytes[0], 9);
	read_act(CHECKPOINT, "{\"ids\":[\"msg_01h455vb4pex5vsknk084sn02q\"]}",
	    &command);
	ck_assert_uint_eq(command.checkpoint.message_count, 1);
	read_act(REVOKE,
	    "{\"spki_sha256\":\"" KEY_HEX "\",\"reason\":\"lost\"}", &command);
	ck_assert_int_eq(command.revoke.key[31], 0xff);
	read_act(GRIEVE, "{\"text\":\"my rent\"}", &command);
	ck_assert_str_eq(command.file_grievance.text, "my rent");
	read_act(DECIDE, "{\"decision\":\"take\"}", &command);
	ck_assert_int_eq(command.decide_grievance.decision, DECISION_TAKE);
	ck_assert_str_eq(command.decide_grievance.reason, "");
	read_act(EVIDENCE, "{\"kind\":\"rent\",\"text\":\"lease\"}", &command);
	ck_assert_str_eq(command.evidence.text, "lease");
	read_act(RELEASE, "{\"reason\":\"mistaken\"}", &command);
	ck_assert_str_eq(command.release.reason, "mistaken");
	read_act(REDUCE, "{\"amount\":" INR_1 ",\"reason\":\"r\"}", &command);
	ck_assert_int_eq(command.reduce.amount.minor, 100);
	read_act(
	    EXTEND, "{\"expires_at\":\"" AT "\",\"reason\":\"r\"}", &command);
	ck_assert_int_eq(command.extend.expires_at, INT64_C(1781092800000000));
	ck_assert_str_eq(command.extend.basis, "");
}
END_TEST

/* ---- POST /v1/targets/{id}/responses */

static const char respond_body[] =
    "{\"code\":\"HLD_PART\",\"generation\":2,\"amount_held\":{"
    "\"amount\":\"200000.00\",\"currency\":\"INR\"},\"balance\":{"
    "\"amount\":\"0.00\",\"currency\":\"INR\"},\"hold_ref\":\"H-1\","
    "\"held_at\":\"2026-03-12T12:00:00Z\","
    "\"expires_at\":\"2026-06-10T12:00:00Z\",\"prior_authority\":\"court\","
    "\"queue_rank\":2,\"residual\":{\"money\":{\"amount\":\"1.00\","
    "\"currency\":\"INR\"},\"reason\":\"spent\"},"
    "\"eta\":\"2026-03-12T13:00:00Z\",\"mismatch\":[\"name\",\"time\"],"
    "\"suggested_institution\":\"malabar_bank\",\"note\":\"hello\","
    "\"leads\":[{\"code\":\"OUT_XFER\",\"to\":{"
    "\"institution\":\"kaveri_wallet\",\"identifier\":{"
    "\"type\":\"wallet_id\",\"provider\":\"kaveri\",\"value\":\"KV-1\"},"
    "\"holder\":\"C. Mule\"},\"txn\":{\"type\":\"rrn\","
    "\"value\":\"607111240981\",\"channel\":\"imps\","
    "\"at\":\"2026-03-12T11:40:00Z\"},\"money\":{\"amount\":\"450.00\","
    "\"currency\":\"INR\"},\"amount_as_sent\":{\"amount\":\"5.00\","
    "\"currency\":\"USD\"}}],\"exits\":[{\"code\":\"OUT_ATM\","
    "\"place\":\"Nagpur\",\"terminal_id\":\"DK7T0093\",\"money\":{"
    "\"amount\":\"20.00\",\"currency\":\"INR\"},"
    "\"at\":\"2026-03-12T11:41:00Z\"}]}";

static const struct exchange respond_refused[] = {
	{ "\"HLD_PART\"", "\"HLD_SOME\"", "not_one_of", "/code" },
	{ "\"code\":\"HLD_PART\",", "", "missing_member", "/code" },
	{ "\"generation\":2", "\"generation\":0", "out_of_range",
	    "/generation" },
	{ "\"generation\":2", "\"generation\":\"2\"", "wrong_type",
	    "/generation" },
	{ "\"200000.00\"", "\"200000.0\"", "wrong_scale",
	    "/amount_held/amount" },
	{ "\"200000.00\"", "\"0.00\"", "bad_amount", "/amount_held/amount" },
	{ "\"H-1\"", "\"" CARD "\"", "card_number_refused", "/hold_ref" },
	{ "\"H-1\"", "\"\"", "text_empty", "/hold_ref" },
	{ "2026-03-12T12:00:00Z", "now", "bad_time", "/held_at" },
	{ "2026-06-10T12:00:00Z", "2026-06-10T12:00:00", "bad_time",
	    "/expires_at" },
	{ "\"court\"", "\"" CARD "\"", "card_number_refused",
	    "/prior_authority" },
	{ "\"queue_rank\":2", "\"queue_rank\":-1", "out_of_range",
	    "/queue_rank" },
	{ "\"spent\"", "\"gone\"", "not_one_of", "/residual/reason" },
	{ ",\"reason\":\"spent\"", "", "missing_member", "/residual/reason" },
	{ "[\"name\",\"time\"]", "[\"name\",\"colour\"]", "not_one_of",
	    "/mismatch/1" },
	{ "[\"name\",\"time\"]", "\"name\"", "wrong_type", "/mismatch" },
	{ "\"hello\"", "\"" CARD "\"", "card_number_refused", "/note" },
	{ "\"code\":\"OUT_XFER\"", "\"code\":\"OUT_ATM\"", "not_allowed_here",
	    "/leads/0/code" },
	{ "\"code\":\"OUT_XFER\"", "\"code\":\"HLD_FULL\"", "not_allowed_here",
	    "/leads/0/code" },
	{ "\"provider\":\"kaveri\",", "", "missing_member",
	    "/leads/0/to/identifier/provider" },
	{ "\"C. Mule\"", "\"" CARD "\"", "card_number_refused",
	    "/leads/0/to/holder" },
	{ "\"holder\":\"C. Mule\"", "\"name\":\"C. Mule\"", "unknown_member",
	    "/leads/0/to/name" },
	{ "\"type\":\"rrn\",\"value\":\"607111240981\"",
	    "\"type\":\"msisdn\",\"value\":\"+919876500022\"",
	    "not_allowed_here", "/leads/0/txn/type" },
	{ "\"type\":\"rrn\",\"value\":\"607111240981\",", "", "missing_member",
	    "/leads/0/txn/type" },
	{ "\"channel\":\"imps\"", "\"channel\":\"smoke\"", "not_one_of",
	    "/leads/0/txn/channel" },
	{ "\"channel\":\"imps\"", "\"via\":\"imps\"", "unknown_member",
	    "/leads/0/txn/via" },
	{ "\"450.00\"", "\"0.00\"", "bad_amount", "/leads/0/money/amount" },
	{ "\"5.00\"", "\"5\"", "wrong_scale",
	    "/leads/0/amount_as_sent/amount" },
	{ "\"code\":\"OUT_ATM\"", "\"code\":\"OUT_XFER\"", "not_allowed_here",
	    "/exits/0/code" },
	{ "\"place\":\"Nagpur\",\"terminal_id\":\"DK7T0093\",", "",
	    "missing_member", "/exits/0/place" },
	{ "\"DK7T0093\"", "\"DK7T00931\"", "bad_form", "/exits/0/terminal_id" },
	{ "\"Nagpur\"", "\"" CARD "\"", "card_number_refused",
	    "/exits/0/place" },
	{ "\"code\":\"OUT_ATM\"", "\"code\":\"OUT_ATM\",\"who\":1",
	    "unknown_member", "/exits/0/who" },
	{ "{\"code\":\"HLD_PART\"", "{\"status\":1,\"code\":\"HLD_PART\"",
	    "unknown_member", "/status" },
};

START_TEST(wrong_answer_is_refused_with_its_pointer)
{
	struct command command = { .kind = COMMAND_RESPOND };

	exchange_expect_refusal(
	    command_json_respond, &command, respond_body, &respond_refused[_i]);
}
END_TEST

START_TEST(whole_answer_is_read_and_kept_as_received)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };
	const struct respond *r = &command.respond;
	struct err err;

	command.respond.target.bytes[0] = 9;
	ck_assert_int_eq(command_json_respond(respond_body,
			     strlen(respond_body), &command, &err),
	    RC_OK);
	ck_assert_int_eq(r->target.bytes[0], 9);
	ck_assert_str_eq(r->body, respond_body);
	ck_assert_uint_eq(r->body_length, strlen(respond_body));
	ck_assert_int_eq(r->code, RESPONSE_HLD_PART);
	ck_assert_int_eq(r->generation, 2);
	ck_assert(r->has_amount_held && r->amount_held.minor == 20000000);
	ck_assert(r->has_balance && r->balance.minor == 0);
	ck_assert(r->has_residual && r->residual.minor == 100);
	ck_assert_int_eq(r->residual_reason, RESIDUAL_SPENT);
	ck_assert_uint_eq(
	    r->mismatches, 1u << MISMATCH_NAME | 1u << MISMATCH_TIME);
	ck_assert_uint_eq(r->lead_count, 1);
	ck_assert(r->leads[0].has_identifier && r->leads[0].has_reference);
	ck_assert_str_eq(
	    words_name(&channel_words, r->leads[0].channel), "imps");
	ck_assert_int_eq(r->leads[0].amount_as_sent.minor, 500);
	ck_assert_uint_eq(r->exit_count, 1);
	ck_assert_str_eq(r->exits[0].terminal_id, "DK7T0093");
}
END_TEST

START_TEST(receipt_needs_its_code_only)
{
	static const char body[] = "{\"code\":\"RECEIPT\"}";
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };
	struct err err;

	ck_assert_int_eq(
	    command_json_respond(body, strlen(body), &command, &err), RC_OK);
	ck_assert_int_eq(command.respond.code, RESPONSE_RECEIPT);
	ck_assert_int_eq(command.respond.generation, 0);
	ck_assert_str_eq(command.respond.note, "");
	ck_assert_ptr_null(command.respond.suggested_institution);
}
END_TEST

/* Brackets that are no object are no confirmation either. */
START_TEST(confirmation_says_nothing)
{
	static const struct {
		const char *body, *code;
	} bodies[] = {
		{ "", NULL },
		{ " {} ", NULL },
		{ "}{", "bad_json" },
		{ "{}{}", "bad_json" },
		{ "{", "bad_json" },
		{ "[]", "not_an_object" },
		{ "{\"note\":\"x\"}", "unknown_member" },
	};
	SCOPED(arena_cleanup) struct arena *arena = arena_new(EXCHANGE_ARENA);
	struct command command = { .arena = arena };
	const char *body = bodies[_i].body, *code = bodies[_i].code;
	struct err err = { .rc = RC_OK };
	enum rc rc = command_json_confirm(body, strlen(body), &command, &err);

	ck_assert_int_eq(rc == RC_OK, code == NULL);
	if (code != NULL)
		ck_assert_str_eq(err.code, code);
}
END_TEST

Suite *
command_acts_suite(void)
{
	Suite *suite = suite_create("command_acts");
	TCase *tcase = tcase_create("command_acts");

	tcase_add_loop_test(tcase, wrong_act_is_refused_with_its_pointer, 0,
	    (int)COUNT(shorts_refused));
	tcase_add_test(tcase, acts_are_read_and_keep_their_ids);
	tcase_add_loop_test(tcase, wrong_answer_is_refused_with_its_pointer, 0,
	    (int)COUNT(respond_refused));
	tcase_add_test(tcase, whole_answer_is_read_and_kept_as_received);
	tcase_add_loop_test(tcase, confirmation_says_nothing, 0, 7);
	tcase_add_test(tcase, receipt_needs_its_code_only);
	suite_add_tcase(suite, tcase);
	return suite;
}
