/*
 * nodal: rule files say what they say and nothing else, `$` words become
 * values of the target, and the robots' own files are good ones.
 */
#include "test/unit/unit.h"

#include <dirent.h>
#include <stdio.h>

#include "adapters/nodal/rule_body.h"
#include "adapters/nodal/rules.h"

#define RULE(match)                                     \
	"{\"rules\":[{\"name\":\"r\",\"match\":{" match \
	"},\"answers\":[{\"body\":{\"code\":\"NIL_BAL\"}}]}]}"
#define MESSAGE                                                        \
	"{\"id\":\"msg_1\",\"type\":\"freeze.requested\",\"request\":" \
	"{\"action\":\"HOLD_AMOUNT\",\"generation\":2},\"targets\":"   \
	"[{\"id\":\"tgt_01jb00000000000000abcdefgh\",\"layer\":1,"     \
	"\"identifier\":{\"type\":\"in_account\",\"value\":\"123\"},"  \
	"\"amount_requested\":{\"amount\":\"100.01\",\"currency\":"    \
	"\"INR\"}}]}"
#define ROBOTS "docs/examples/robots"

static struct json_view *
view_of(const char *text)
{
	struct json_view *view = NULL;

	ck_assert_int_eq(
	    json_view_parse(text, strlen(text), &view, NULL), RC_OK);
	return view;
}

static const struct {
	const char *match;
	bool fits;
} matches[] = {
	{ RULE(""), true },
	{ RULE("\"action\":\"HOLD_AMOUNT\""), true },
	{ RULE("\"action\":[\"DEBIT_FREEZE\",\"HOLD_AMOUNT\"]"), true },
	{ RULE("\"identifier_type\":\"in_account\",\"layer\":1"), true },
	{ RULE("\"identifier_value\":[\"9\",\"123\"]"), true },
	{ RULE("\"generation\":[1,2]"), true },
	{ RULE("\"type\":\"freeze.requested\""), true },
	{ RULE("\"action\":\"DEBIT_FREEZE\""), false },
	{ RULE("\"action\":[\"DEBIT_FREEZE\",\"RELEASE\"]"), false },
	{ RULE("\"identifier_type\":\"in_account\",\"layer\":2"), false },
	{ RULE("\"identifier_value\":\"12\""), false },
	{ RULE("\"identifier_value\":\"1234\""), false },
	{ RULE("\"generation\":1"), false },
	{ RULE("\"type\":\"correction.supplied\""), false },
	{ RULE("\"type\":[\"freeze.withdrawn\"]"), false },
};

START_TEST(rule_fits_when_all_its_members_fit)
{
	SCOPED(json_view_cleanup) struct json_view *message = view_of(MESSAGE);
	SCOPED(rules_cleanup) struct rules *rules = NULL;
	const char *text = matches[_i].match;

	ck_assert_int_eq(rules_parse(text, strlen(text), &rules, NULL), RC_OK);
	ck_assert_int_eq(
	    rules_match(rules, message,
		json_view_item(json_view_at(message, "targets"), 0)) != NULL,
	    matches[_i].fits);
}
END_TEST

#define ANSWER(body) "{\"rules\":[{\"answers\":[{\"body\":" body "}]}]}"

static const struct {
	const char *text, *code, *pointer;
} wrong_files[] = {
	{ "{\"rules\":[", "bad_json", "" },
	{ "[]", "not_an_object", "" },
	{ "{}", "wrong_type", "/rules" },
	{ "{\"rules\":{}}", "wrong_type", "/rules" },
	{ "{\"rules\":[],\"more\":1}", "unknown_member", "" },
	{ "{\"rules\":[],\"receiver\":{\"delay\":1}}", "unknown_member",
	    "/receiver" },
	{ "{\"rules\":[],\"receiver\":{\"delay_ms\":9001}}", "out_of_range",
	    "/receiver" },
	{ "{\"rules\":[],\"receiver\":{\"fail_status\":200}}", "out_of_range",
	    "/receiver" },
	{ "{\"rules\":[],\"receiver\":{\"fail_first\":\"2\"}}", "out_of_range",
	    "/receiver" },
	{ "{\"rules\":[],\"receiver\":{\"fail_until_file\":\"\"}}",
	    "wrong_type", "/receiver" },
	{ "{\"rules\":[7]}", "not_an_object", "/rules/0" },
	{ "{\"rules\":[{\"answer\":[]}]}", "unknown_member", "/rules/0" },
	{ "{\"rules\":[{}]}", "wrong_type", "/rules/0/answers" },
	{ RULE("\"actions\":\"X\""), "unknown_member", "/rules/0/match" },
	{ RULE("\"action\":7"), "wrong_type", "/rules/0/match/action" },
	{ RULE("\"action\":[]"), "wrong_type", "/rules/0/match/action" },
	{ RULE("\"layer\":\"1\""), "wrong_type", "/rules/0/match/layer" },
	{ ANSWER("{}"), "missing_member", "/rules/0/answers/0/body" },
	{ ANSWER("7"), "missing_member", "/rules/0/answers/0/body" },
	{ ANSWER("{\"code\":\"X\",\"a\":\"$all\"}"), "bad_word",
	    "/rules/0/answers/0/body" },
	{ ANSWER("{\"code\":\"X\",\"a\":{\"b\":[\"$part 0\"]}}"), "bad_word",
	    "/rules/0/answers/0/body" },
	{ "{\"rules\":[{\"answers\":[{\"after\":1,\"body\":{\"code\":\"X\"}}"
	  "]}]}",
	    "unknown_member", "/rules/0/answers/0" },
	{ "{\"rules\":[{\"answers\":[{\"after_ms\":-1,\"body\":{\"code\":"
	  "\"X\"}}]}]}",
	    "out_of_range", "/rules/0/answers/0" },
};

START_TEST(wrong_file_is_refused_where_it_is_wrong)
{
	const char *text = wrong_files[_i].text;
	struct rules *rules = NULL;
	struct err err;

	ck_assert_int_ne(rules_parse(text, strlen(text), &rules, &err), RC_OK);
	ck_assert_str_eq(err.code, wrong_files[_i].code);
	ck_assert_str_eq(err.pointer, wrong_files[_i].pointer);
	ck_assert_ptr_null(rules);
}
END_TEST

START_TEST(receiver_manners_are_read)
{
	static const char text[] =
	    "{\"rules\":[],\"receiver\":{\"delay_ms\":1500,\"fail_first\":2,"
	    "\"fail_seconds\":3,\"fail_status\":503,\"fail_until_file\":\"f\""
	    "}}";
	SCOPED(rules_cleanup) struct rules *rules = NULL;
	const struct rules_receiver *receiver;

	ck_assert_int_eq(
	    rules_parse(text, sizeof(text) - 1, &rules, NULL), RC_OK);
	receiver = rules_receiver(rules);
	ck_assert_int_eq(receiver->delay_ms, 1500);
	ck_assert_int_eq(receiver->fail_first, 2);
	ck_assert_int_eq(receiver->fail_seconds, 3);
	ck_assert_int_eq(receiver->fail_status, 503);
	ck_assert_str_eq(receiver->fail_until_file, "f");
}
END_TEST

#define AMOUNT(text) "{\"amount\":\"" text "\",\"currency\":\"INR\"}"

static const struct {
	const char *word, *written; /* NULL: refused */
} words[] = {
	{ "plain", "\"plain\"" },
	{ "", "\"\"" },
	{ "5 $", "\"5 $\"" },
	{ "$requested", AMOUNT("100.01") },
	{ "$part 50", AMOUNT("50.00") },
	{ "$rest 50", AMOUNT("50.01") },
	{ "$part 1", AMOUNT("1.00") },
	{ "$rest 99", AMOUNT("1.01") },
	{ "$now", "\"2026-11-24T12:19:26.123Z\"" },
	{ "$now+60", "\"2026-11-24T12:20:26.123Z\"" },
	{ "$now-26", "\"2026-11-24T12:19:00.123Z\"" },
	{ "$ref", "\"H-00ABCDEFGH\"" },
	{ "$", NULL },
	{ "$$ref", NULL },
	{ "$refs", NULL },
	{ "$requested 5", NULL },
	{ "$part", NULL },
	{ "$part ", NULL },
	{ "$part 0", NULL },
	{ "$part 100", NULL },
	{ "$part -1", NULL },
	{ "$part 50 ", NULL },
	{ "$part50", NULL },
	{ "$rest x", NULL },
	{ "$now 60", NULL },
	{ "$now+", NULL },
	{ "$now+-5", NULL },
	{ "$now+99999999999", NULL },
};

START_TEST(dollar_word_becomes_a_value)
{
	SCOPED(json_view_cleanup) struct json_view *message = view_of(MESSAGE);
	SCOPED(json_view_cleanup) struct json_view *body = NULL;
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };
	char text[200], expected[200];
	struct err err;
	enum rc rc;

	(void)snprintf(text, sizeof(text), "{\"a\":[7,{\"b\":\"%s\"},null]}",
	    words[_i].word);
	body = view_of(text);
	strbuf_init(&out, 1000);
	rc = rule_body_write(&out, body,
	    json_view_item(json_view_at(message, "targets"), 0),
	    INT64_C(1795522766123456), &err);
	if (words[_i].written == NULL) {
		ck_assert_int_eq(rc, RC_INVALID);
		ck_assert_str_eq(err.code, "bad_word");
		return;
	}
	ck_assert_int_eq(rc, RC_OK);
	(void)snprintf(expected, sizeof(expected),
	    "{\"a\":[7,{\"b\":%s},null]}", words[_i].written);
	ck_assert_str_eq(out.bytes, expected);
}
END_TEST

START_TEST(part_of_no_amount_is_refused)
{
	SCOPED(json_view_cleanup)
	struct json_view *body = view_of("{\"a\":\"$part 5\"}");
	SCOPED(json_view_cleanup)
	struct json_view *target = view_of("{\"id\":\"tgt_1\"}");
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };
	struct err err;

	strbuf_init(&out, 1000);
	ck_assert_int_eq(
	    rule_body_write(&out, body, target, 0, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "no_amount");
}
END_TEST

START_TEST(files_of_the_robots_are_good)
{
	DIR *folder = opendir(ROBOTS);
	const struct dirent *entry;
	int count = 0;

	ck_assert_ptr_nonnull(folder);
	while ((entry = readdir(folder)) != NULL) {
		SCOPED(rules_cleanup) struct rules *rules = NULL;
		char path[400];
		struct err err = { .text = "" };

		if (strstr(entry->d_name, ".rules.json") == NULL)
			continue;
		(void)snprintf(path, sizeof(path), ROBOTS "/%s", entry->d_name);
		ck_assert_msg(
		    rules_load(path, &rules, &err) == RC_OK, "%s", err.text);
		count++;
	}
	(void)closedir(folder);
	ck_assert_int_ge(count, 8);
}
END_TEST

Suite *
nodal_rules_suite(void)
{
	Suite *suite = suite_create("nodal_rules");
	TCase *tcase = tcase_create("nodal_rules");

	tcase_add_loop_test(
	    tcase, rule_fits_when_all_its_members_fit, 0, (int)COUNT(matches));
	tcase_add_loop_test(tcase, wrong_file_is_refused_where_it_is_wrong, 0,
	    (int)COUNT(wrong_files));
	tcase_add_test(tcase, receiver_manners_are_read);
	tcase_add_loop_test(
	    tcase, dollar_word_becomes_a_value, 0, (int)COUNT(words));
	tcase_add_test(tcase, part_of_no_amount_is_refused);
	tcase_add_test(tcase, files_of_the_robots_are_good);
	suite_add_tcase(suite, tcase);
	return suite;
}
