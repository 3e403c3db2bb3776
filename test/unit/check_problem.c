/*
 * problem_json: failures as RFC 9457 says them.
 */
#include "test/unit/unit.h"

#include "hub/wire/problem_json.h"

static const struct {
	enum rc rc;
	int status;
} statuses[] = {
	{ RC_MALFORMED, 400 },
	{ RC_INVALID, 422 },
	{ RC_MISSING, 404 },
	{ RC_FORBIDDEN, 403 },
	{ RC_CONFLICT, 409 },
	{ RC_STALE, 412 },
	{ RC_UNGUARDED, 428 },
	{ RC_TOO_LARGE, 413 },
	{ RC_LIMITED, 429 },
	{ RC_UNAVAILABLE, 503 },
	{ RC_RETRY, 503 },
	{ RC_FAILED, 500 },
};

START_TEST(every_failure_has_a_status)
{
	ck_assert_int_eq(problem_status(statuses[_i].rc), statuses[_i].status);
	ck_assert_uint_eq(COUNT(statuses), RC_COUNT - 1);
}
END_TEST

START_TEST(wrong_field_is_pointed_at)
{
	SCOPED(strbuf_clear) struct strbuf out;
	struct err err;

	strbuf_init(&out, 4096);
	(void)err_at(&err, RC_INVALID, "/a~1b", "bad_time", "say \"when\"");
	problem_json_write(&out, &err, "/v1/cases", "abc");
	ck_assert_str_eq(out.bytes,
	    "{\"type\":\"/problems/bad_time\","
	    "\"title\":\"a part of the request is wrong\",\"status\":422,"
	    "\"detail\":\"say \\\"when\\\"\",\"code\":\"bad_time\","
	    "\"instance\":\"/v1/cases\",\"errors\":[{\"pointer\":\"/a~1b\","
	    "\"code\":\"bad_time\",\"detail\":\"say \\\"when\\\"\"}],"
	    "\"trace_id\":\"abc\"}");
}
END_TEST

START_TEST(failure_without_a_field_lists_no_errors)
{
	SCOPED(strbuf_clear) struct strbuf out;
	struct err err;

	strbuf_init(&out, 4096);
	(void)err_set(&err, RC_MISSING, "no_such_case", "no such case");
	problem_json_write(&out, &err, NULL, NULL);
	ck_assert_str_eq(out.bytes,
	    "{\"type\":\"/problems/no_such_case\","
	    "\"title\":\"there is no such thing\",\"status\":404,"
	    "\"detail\":\"no such case\",\"code\":\"no_such_case\","
	    "\"errors\":[]}");
}
END_TEST

START_TEST(inside_of_the_hub_is_not_told)
{
	static const enum rc ours[] = { RC_FAILED, RC_RETRY };

	for (size_t i = 0; i < COUNT(ours); i++) {
		SCOPED(strbuf_clear) struct strbuf out;
		struct err err;

		strbuf_init(&out, 4096);
		(void)err_at(&err, ours[i], "/x", "db_failed",
		    "relation \"principal\" does not exist");
		problem_json_write(&out, &err, NULL, NULL);
		ck_assert_ptr_null(strstr(out.bytes, "principal"));
	}
}
END_TEST

START_TEST(sentence_cut_in_a_character_is_still_json)
{
	SCOPED(strbuf_clear) struct strbuf out;
	struct err err;
	char text[2 * ERR_TEXT_SIZE] = "";

	strbuf_init(&out, 4096);
	memset(text, 'x', ERR_TEXT_SIZE - 2);
	memcpy(text + ERR_TEXT_SIZE - 2, "\xe2\x82\xb9", 4);
	(void)err_set(&err, RC_CONFLICT, "c", "%s", text);
	problem_json_write(&out, &err, NULL, NULL);
	ck_assert_ptr_nonnull(strstr(out.bytes, "xx\",\"code\":\"c\""));
}
END_TEST

Suite *
problem_suite(void)
{
	Suite *suite = suite_create("problem");
	TCase *tcase = tcase_create("problem");

	tcase_add_loop_test(
	    tcase, every_failure_has_a_status, 0, (int)COUNT(statuses));
	tcase_add_test(tcase, wrong_field_is_pointed_at);
	tcase_add_test(tcase, failure_without_a_field_lists_no_errors);
	tcase_add_test(tcase, inside_of_the_hub_is_not_told);
	tcase_add_test(tcase, sentence_cut_in_a_character_is_still_json);
	suite_add_tcase(suite, tcase);
	return suite;
}
