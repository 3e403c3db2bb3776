/*
 * json_writer: the bytes that JavaScript would write.
 */
#include "test/unit/unit.h"

#include "hub/wire/json_writer.h"
#include "hub/wire/utf8.h"

static const struct {
	const char *text, *json;
} texts[] = {
	{ "", "\"\"" },
	{ "plain", "\"plain\"" },
	{ "\"\\/", "\"\\\"\\\\/\"" },
	{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
	{ "\x01\x0b\x1f", "\"\\u0001\\u000b\\u001f\"" },
	{ "\x7f", "\"\x7f\"" },
	{ "\xe2\x82\xb9", "\"\xe2\x82\xb9\"" },
	{ "\xe2\x80\xa8", "\"\xe2\x80\xa8\"" }, /* U+2028 stays */
	{ "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"" },
	/* What is no UTF-8 becomes U+FFFD, one for each byte. */
	{ "a\xff", "\"a\xef\xbf\xbd\"" },
	{ "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xe2\x82", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xf4\x90\x80\x80",
	    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
};

START_TEST(text_is_escaped_as_javascript_does)
{
	SCOPED(strbuf_clear) struct strbuf out;

	strbuf_init(&out, 1024);
	json_write_text(&out, NULL, texts[_i].text);
	ck_assert_str_eq(out.bytes, texts[_i].json);
}
END_TEST

/* Eight plain bytes are looked at together: each byte in each place. */
START_TEST(each_byte_is_escaped_wherever_it_stands)
{
	char byte[2] = { (char)(_i + 1) }, text[] = "0123456789abcdefg";
	SCOPED(strbuf_clear) struct strbuf alone, out, expected;

	strbuf_init(&alone, 64);
	strbuf_init(&out, 64);
	strbuf_init(&expected, 64);
	json_write_text(&alone, NULL, byte);
	strbuf_drop(&alone, 1);
	for (size_t at = 0; at < sizeof(text) - 1; at++) {
		char kept = text[at];

		text[at] = byte[0];
		strbuf_reset(&out);
		json_write_text(&out, NULL, text);
		text[at] = kept;
		strbuf_reset(&expected);
		strbuf_printf(&expected, "\"%.*s%s%s\"", (int)at, text,
		    alone.bytes + 1, text + at + 1);
		ck_assert_str_eq(out.bytes, expected.bytes);
	}
}
END_TEST

START_TEST(commas_stand_between_values_only)
{
	SCOPED(strbuf_clear) struct strbuf out;
	static const struct id id = { { 0x01, 0x89, 0x0a, 0x5d, 0xac, 0x96,
	    0x77, 0x4b, 0xbc, 0xce, 0xb3, 0x02, 0x09, 0x9a, 0x80, 0x57 } };

	strbuf_init(&out, 1024);
	json_write_object(&out, NULL);
	json_write_text(&out, "a", "{");
	json_write_text(&out, "b,", NULL);
	json_write_array(&out, "c");
	json_write_int(&out, NULL, -JSON_SAFE_INTEGER);
	json_write_bool(&out, NULL, false);
	json_write_object(&out, NULL);
	json_write_object_end(&out);
	json_write_array(&out, NULL);
	json_write_array_end(&out);
	json_write_array_end(&out);
	json_write_time(&out, "d", INT64_C(1795522766123456));
	json_write_id(&out, "e", "case", &id);
	json_write_raw(&out, "f", "[1]");
	json_write_null(&out, "g");
	json_write_object_end(&out);
	ck_assert_str_eq(out.bytes,
	    "{\"a\":\"{\",\"b,\":null,\"c\":[-9007199254740991,false,{},[]],"
	    "\"d\":\"2026-11-24T12:19:26.123Z\","
	    "\"e\":\"case_01h455vb4pex5vsknk084sn02q\",\"f\":[1],\"g\":null}");
}
END_TEST

START_TEST(lines_of_json_have_no_comma_between_them)
{
	SCOPED(strbuf_clear) struct strbuf out;

	strbuf_init(&out, 1024);
	json_write_int(&out, NULL, 1);
	strbuf_append_char(&out, '\n');
	json_write_int(&out, NULL, 2);
	ck_assert_str_eq(out.bytes, "1\n2");
}
END_TEST

START_TEST(unsafe_integer_fails_the_buffer)
{
	static const int64_t numbers[] = { JSON_SAFE_INTEGER + 1,
		-JSON_SAFE_INTEGER - 1, INT64_MAX, INT64_MIN };

	for (size_t i = 0; i < COUNT(numbers); i++) {
		SCOPED(strbuf_clear) struct strbuf out;

		strbuf_init(&out, 1024);
		json_write_int(&out, NULL, numbers[i]);
		ck_assert(out.failed);
	}
}
END_TEST

START_TEST(text_over_the_limit_fails_the_buffer)
{
	SCOPED(strbuf_clear) struct strbuf out;

	strbuf_init(&out, 8);
	json_write_text(&out, NULL, "\"\"\"\"");
	ck_assert(out.failed);
}
END_TEST

static const struct {
	const char *text;
	size_t kept;
} cuts[] = {
	{ "", 0 }, { "ab", 2 }, { "a\xe2\x82\xb9", 4 }, { "a\xe2\x82", 1 },
	{ "a\xe2", 1 }, { "a\xf0\x9f\x98", 1 }, { "\xf0\x9f", 0 },
	{ "\x82\x82\x82\x82", 4 }, /* not cut: it never was UTF-8 */
};

START_TEST(half_a_character_is_trimmed)
{
	ck_assert_uint_eq(
	    utf8_trim(cuts[_i].text, strlen(cuts[_i].text)), cuts[_i].kept);
}
END_TEST

Suite *
json_writer_suite(void)
{
	Suite *suite = suite_create("json_writer");
	TCase *tcase = tcase_create("json_writer");

	tcase_add_loop_test(
	    tcase, text_is_escaped_as_javascript_does, 0, (int)COUNT(texts));
	tcase_add_loop_test(
	    tcase, each_byte_is_escaped_wherever_it_stands, 0, 255);
	tcase_add_test(tcase, commas_stand_between_values_only);
	tcase_add_test(tcase, lines_of_json_have_no_comma_between_them);
	tcase_add_test(tcase, unsafe_integer_fails_the_buffer);
	tcase_add_test(tcase, text_over_the_limit_fails_the_buffer);
	tcase_add_loop_test(
	    tcase, half_a_character_is_trimmed, 0, (int)COUNT(cuts));
	suite_add_tcase(suite, tcase);
	return suite;
}
