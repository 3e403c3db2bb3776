/*
 * json_canonical: RFC 8785, with its own vectors.
 */
#include "test/unit/unit.h"

#include "hub/wire/json_canonical.h"

static const struct {
	const char *json, *canonical;
} vectors[] = {
	/* RFC 8785, section 3.2.3: the order of UTF-16 code units. */
	{ "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\","
	  "\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\","
	  "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\","
	  "\"\\u0080\":\"Control\","
	  "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
	    "{\"\\r\":\"Carriage Return\",\"1\":\"One\","
	    "\"\xc2\x80\":\"Control\","
	    "\"\xc3\xb6\":\"Latin Small Letter O With Diaeresis\","
	    "\"\xe2\x82\xac\":\"Euro Sign\","
	    "\"\xf0\x9f\x98\x80\":\"Emoji: Grinning Face\","
	    "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}" },
	/* Section 3.2.2, without its fractions. */
	{ "{\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\""
	  "\\/\",\"literals\":[null,true,false]}",
	    "{\"literals\":[null,true,false],\"string\":\"\xe2\x82\xac$\\u000f"
	    "\\nA'B\\\"\\\\\\\\\\\"/\"}" },
	/* Appendix B: the integers among its numbers. */
	{ "[0,-0,9007199254740991,-9007199254740991]",
	    "[0,0,9007199254740991,-9007199254740991]" },
	{ " { \"b\" : [ ] , \"a\" : { } , \"aa\" : 1 } ",
	    "{\"a\":{},\"aa\":1,\"b\":[]}" },
	{ "{\"\":1,\"a\":{\"z\":0,\"y\":[{\"d\":1,\"c\":2}]}}",
	    "{\"\":1,\"a\":{\"y\":[{\"c\":2,\"d\":1}],\"z\":0}}" },
};

static enum rc
canonicalise(const char *json, struct strbuf *out, struct err *err)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1 << 16);

	return json_canonical_text(out, json, strlen(json), arena, err);
}

START_TEST(text_has_one_canonical_form)
{
	SCOPED(strbuf_clear) struct strbuf out, again;
	struct err err;

	strbuf_init(&out, 4096);
	strbuf_init(&again, 4096);
	ck_assert_int_eq(canonicalise(vectors[_i].json, &out, &err), RC_OK);
	ck_assert_str_eq(out.bytes, vectors[_i].canonical);
	ck_assert_int_eq(canonicalise(out.bytes, &again, &err), RC_OK);
	ck_assert_str_eq(again.bytes, out.bytes);
}
END_TEST

static const struct {
	const char *json, *code;
} refused[] = {
	{ "", "bad_json" },
	{ "{\"a\":1", "bad_json" },
	{ "\"a\"", "bad_json" },
	{ "{\"a\":1,\"a\":1}", "duplicate_member" },
	{ "{\"a\":\"\\ud800\"}", "bad_json" },
	{ "[1.5]", "not_canonical" },
	{ "[1.0]", "not_canonical" },
	{ "[1e2]", "not_canonical" },
	{ "[9007199254740992]", "not_canonical" },
	{ "[-9007199254740992]", "not_canonical" },
	{ "[18446744073709551616]", "bad_json" },
};

START_TEST(text_without_a_canonical_form_is_refused)
{
	SCOPED(strbuf_clear) struct strbuf out;
	struct err err;

	strbuf_init(&out, 4096);
	ck_assert_int_ne(canonicalise(refused[_i].json, &out, &err), RC_OK);
	ck_assert_str_eq(err.code, refused[_i].code);
}
END_TEST

START_TEST(value_made_by_hand_is_sorted)
{
	struct canonical_member inner[] = {
		{ "z", CANONICAL_TEXT_OF("\n") },
		{ "y", CANONICAL_BOOL_OF(true) },
	};
	struct canonical items[] = { CANONICAL_INT_OF(-1),
		{ .kind = CANONICAL_NULL } };
	struct canonical_member members[] = {
		{ "b", CANONICAL_OBJECT_OF(inner, COUNT(inner)) },
		{ "a", CANONICAL_ARRAY_OF(items, COUNT(items)) },
		{ "B", CANONICAL_OBJECT_OF(NULL, 0) },
	};
	struct canonical value = CANONICAL_OBJECT_OF(members, COUNT(members));
	SCOPED(strbuf_clear) struct strbuf out;
	struct err err;

	strbuf_init(&out, 4096);
	ck_assert_int_eq(json_canonical_write(&out, &value, &err), RC_OK);
	ck_assert_str_eq(out.bytes,
	    "{\"B\":{},\"a\":[-1,null],\"b\":{\"y\":true,\"z\":\"\\n\"}}");
}
END_TEST

START_TEST(value_made_wrong_is_refused)
{
	struct canonical_member twice[] = {
		{ "a", CANONICAL_INT_OF(1) },
		{ "b", CANONICAL_INT_OF(1) },
		{ "a", CANONICAL_INT_OF(2) },
	};
	struct canonical_member bad_key[] = { { "\xff", CANONICAL_INT_OF(1) } };
	const struct canonical values[] = {
		CANONICAL_OBJECT_OF(twice, COUNT(twice)),
		CANONICAL_OBJECT_OF(bad_key, COUNT(bad_key)),
		CANONICAL_TEXT_OF("\xc3"),
		CANONICAL_INT_OF(INT64_MAX),
		CANONICAL_INT_OF(INT64_MIN),
	};

	for (size_t i = 0; i < COUNT(values); i++) {
		SCOPED(strbuf_clear) struct strbuf out;
		struct err err;

		strbuf_init(&out, 4096);
		ck_assert_int_eq(
		    json_canonical_write(&out, &values[i], &err), RC_INVALID);
		ck_assert_str_eq(err.code, "not_canonical");
	}
}
END_TEST

START_TEST(form_over_the_limit_is_refused)
{
	struct canonical value = CANONICAL_TEXT_OF("0123456789");
	SCOPED(strbuf_clear) struct strbuf out;
	struct err err;

	strbuf_init(&out, 11);
	ck_assert_int_eq(
	    json_canonical_write(&out, &value, &err), RC_TOO_LARGE);
}
END_TEST

Suite *
json_canonical_suite(void)
{
	Suite *suite = suite_create("json_canonical");
	TCase *tcase = tcase_create("json_canonical");

	tcase_add_loop_test(
	    tcase, text_has_one_canonical_form, 0, (int)COUNT(vectors));
	tcase_add_loop_test(tcase, text_without_a_canonical_form_is_refused, 0,
	    (int)COUNT(refused));
	tcase_add_test(tcase, value_made_by_hand_is_sorted);
	tcase_add_test(tcase, value_made_wrong_is_refused);
	tcase_add_test(tcase, form_over_the_limit_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
