/*
 * parse_json: bodies of POST /v1/parse, and what is answered.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/wire/parse_json.h"

enum { ARENA_LIMIT = 2 * 1024 * 1024 };

static const struct {
	const char *body, *code, *pointer;
	enum rc rc;
} wrong[] = {
	{ "", "bad_json", "", RC_MALFORMED },
	{ "{", "bad_json", "", RC_MALFORMED },
	{ "{\"text\":\"a\"} x", "bad_json", "", RC_MALFORMED },
	{ "{\"text\":\"a\",\"text\":\"b\"}", "duplicate_member", "",
	    RC_MALFORMED },
	{ "[]", "not_an_object", "", RC_INVALID },
	{ "{}", "missing_member", "/text", RC_INVALID },
	{ "{\"text\":null}", "wrong_type", "/text", RC_INVALID },
	{ "{\"text\":7}", "wrong_type", "/text", RC_INVALID },
	{ "{\"text\":\"\"}", "text_empty", "/text", RC_INVALID },
	{ "{\"text\":\"a\",\"lang\":\"en\"}", "unknown_member", "/lang",
	    RC_INVALID },
	{ "{\"text\":\"a\",\"country\":\"\"}", "text_empty", "/country",
	    RC_INVALID },
	{ "{\"text\":\"a\",\"country\":\"I\"}", "bad_form", "/country",
	    RC_INVALID },
	{ "{\"text\":\"a\",\"country\":\"in\"}", "bad_form", "/country",
	    RC_INVALID },
	{ "{\"text\":\"a\",\"country\":\"IND\"}", "text_too_long", "/country",
	    RC_INVALID },
	{ "{\"text\":\"a\",\"country\":91}", "wrong_type", "/country",
	    RC_INVALID },
};

START_TEST(wrong_body_is_refused_with_its_pointer)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	struct err err = { RC_OK, "", "", "" };
	struct parsing_input input;

	ck_assert_int_eq(parse_json_read(wrong[_i].body, strlen(wrong[_i].body),
			     arena, &input, &err),
	    wrong[_i].rc);
	ck_assert_str_eq(err.code, wrong[_i].code);
	ck_assert_str_eq(err.pointer, wrong[_i].pointer);
}
END_TEST

START_TEST(text_has_a_limit_of_bytes)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	SCOPED(strbuf_clear) struct strbuf body = { .bytes = NULL };
	struct parsing_input input;
	struct err err = { RC_OK, "", "", "" };

	strbuf_init(&body, ARENA_LIMIT);
	strbuf_append(&body, "{\"text\":\"");
	for (int i = 0; i < PARSING_TEXT_LIMIT; i++)
		strbuf_append_char(&body, 'a');
	strbuf_append(&body, "\"}");
	ck_assert_int_eq(
	    parse_json_read(body.bytes, body.length, arena, &input, &err),
	    RC_OK);
	ck_assert_uint_eq(input.length, PARSING_TEXT_LIMIT);
	strbuf_drop(&body, 2);
	strbuf_append(&body, "a\"}");
	ck_assert_int_eq(
	    parse_json_read(body.bytes, body.length, arena, &input, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, "text_too_long");
}
END_TEST

#define SPAN(start, end) "\"span\":{\"start\":" #start ",\"end\":" #end "}"
#define FACT(value, sure, start, end) \
	"{\"value\":" value ",\"confidence\":" #sure "," SPAN(start, end) "}"

static const struct {
	const char *body, *answer;
} answers[] = {
	{ "{\"text\":\"hello\"}",
	    "{\"country\":null,\"drafts\":[],\"set_aside\":[],\"masked\":[],"
	    "\"is_cut\":false}" },
	{ "{\"text\":\"OTP 1234\\n\\n4111111111111111\"}",
	    "{\"country\":null,\"drafts\":[],\"set_aside\":["
	    "{\"kind\":\"one_time_password\"," SPAN(
		0, 26) "}],"
		       "\"masked\":[{\"start\":10,\"end\":26}],\"is_cut\":"
		       "false}" },
	{ "{\"text\":\"Rs 500 debited from A/c XX4417 on 14-03-26 09:26 to "
	  "RAVI a.b@ok UPI Ref 607391240018\"}",
	    "{\"country\":\"IN\",\"drafts\":[{\"kind\":\"debit\","
	    "\"money\":" FACT("{\"amount\":\"500.00\",\"currency\":\"INR\"}",
		96, 0,
		6) ",\"at\":{\"value\":\"2026-03-14T09:26\","
		   "\"instant\":\"2026-03-14T03:56:00.000Z\",\"confidence\":"
		   "93," SPAN(34, 48) "},\"reference\":" FACT(
		       "{\"type\":\"rrn\",\"value\":\"607391240018\"}", 94, 72,
		       84) ",\"channel\":" FACT("\"upi\"", 92, 64,
		       67) ",\"account\":" FACT("\"4417\"", 92, 24,
		       30) ",\"counterparty\":" FACT("\"RAVI\"", 80, 52,
		       56) ",\"to\":" FACT("{\"type\":\"upi_vpa\",\"value\":"
					   "\"a.b@ok\"}",
		       92, 57, 63) ",\"confidence\":95," SPAN(0,
		       84) "}],\"set_aside\":[],"
			   "\"masked\":[],\"is_cut\":false}" },
};

START_TEST(answer_is_written_as_documented)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };
	static struct parsed parsed;
	struct parsing_input input;
	struct err err;

	ck_assert_int_eq(parse_json_read(answers[_i].body,
			     strlen(answers[_i].body), arena, &input, &err),
	    RC_OK);
	ck_assert_int_eq(parsing_parse(&input, arena, &parsed, &err), RC_OK);
	strbuf_init(&out, PARSE_JSON_LIMIT);
	parse_json_write(&out, &parsed);
	ck_assert(!out.failed);
	ck_assert_str_eq(out.bytes, answers[_i].answer);
}
END_TEST

Suite *
parse_json_suite(void)
{
	Suite *suite = suite_create("parse_json");
	TCase *tcase = tcase_create("parse_json");

	tcase_add_loop_test(tcase, wrong_body_is_refused_with_its_pointer, 0,
	    (int)COUNT(wrong));
	tcase_add_test(tcase, text_has_a_limit_of_bytes);
	tcase_add_loop_test(
	    tcase, answer_is_written_as_documented, 0, (int)COUNT(answers));
	suite_add_tcase(suite, tcase);
	return suite;
}
