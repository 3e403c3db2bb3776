/*
 * base: errors, arenas, buffers, encodings, ids and times.
 */
#include "test/unit/unit.h"

#include "hub/base/arena.h"
#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/base/err.h"
#include "hub/base/id.h"
#include "hub/base/log.h"
#include "hub/base/strbuf.h"

START_TEST(error_carries_code_text_and_pointer)
{
	struct err err;

	ck_assert_int_eq(err_at(&err, RC_INVALID, "/money", "bad_money",
			     "%d is not an amount", 7),
	    RC_INVALID);
	err_prefix(&err, "/items/%d", 3);
	ck_assert_str_eq(err.code, "bad_money");
	ck_assert_str_eq(err.text, "7 is not an amount");
	ck_assert_str_eq(err.pointer, "/items/3/money");
}
END_TEST

START_TEST(error_prefix_never_overflows)
{
	struct err err;

	(void)err_at(&err, RC_INVALID, "/x", "c", "t");
	for (int i = 0; i < 100; i++)
		err_prefix(&err, "/a-rather-long-prefix");
	ck_assert_uint_lt(strlen(err.pointer), ERR_POINTER_SIZE);
}
END_TEST

START_TEST(arena_stops_at_its_limit)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1024);

	ck_assert_ptr_nonnull(arena_alloc(arena, 1000));
	ck_assert_ptr_null(arena_alloc(arena, 100));
	ck_assert_ptr_null(arena_alloc(arena, SIZE_MAX));
	arena_reset(arena);
	ck_assert_ptr_nonnull(arena_alloc(arena, 1000));
}
END_TEST

START_TEST(arena_memory_is_zeroed_again_after_a_reset)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1 << 20);
	unsigned char *bytes = arena_alloc(arena, 64);

	memset(bytes, 0xff, 64);
	arena_reset(arena);
	bytes = arena_alloc(arena, 64);
	for (int i = 0; i < 64; i++)
		ck_assert_int_eq(bytes[i], 0);
}
END_TEST

START_TEST(strbuf_fails_whole_past_its_limit)
{
	SCOPED(strbuf_clear) struct strbuf buffer;

	strbuf_init(&buffer, 8);
	strbuf_append(&buffer, "12345678");
	ck_assert(!buffer.failed);
	strbuf_append(&buffer, "9");
	ck_assert(buffer.failed);
	ck_assert_str_eq(buffer.bytes, "12345678");
	strbuf_reset(&buffer);
	strbuf_printf(&buffer, "%d-%s", 42, "x");
	ck_assert_str_eq(buffer.bytes, "42-x");
}
END_TEST

static const struct {
	const char *text;
	bool valid;
	int64_t at;
} times[] = {
	{ "1970-01-01T00:00:00Z", true, 0 },
	{ "2026-11-24T12:19:26.123Z", true, INT64_C(1795522766123000) },
	{ "2026-11-24T17:49:26.123456+05:30", true, INT64_C(1795522766123456) },
	{ "2024-02-29T00:00:00Z", true, INT64_C(1709164800000000) },
	{ "2026-02-29T00:00:00Z", false, 0 },
	{ "2026-11-24 12:19:26Z", false, 0 },
	{ "2026-11-24T12:19:26", false, 0 },
	{ "2026-11-24T24:19:26Z", false, 0 },
	{ "2026-13-24T12:19:26Z", false, 0 },
	{ "2026-11-24T12:19:26.Z", false, 0 },
	{ "2026-11-24T12:19:26Z ", false, 0 },
	{ "1969-12-31T23:59:59Z", false, 0 },
	{ "", false, 0 },
};

static const struct {
	int64_t number;
	const char *text;
} integers[] = {
	{ 0, "0" },
	{ -1, "-1" },
	{ 10, "10" },
	{ INT64_MAX, "9223372036854775807" },
	{ INT64_MIN, "-9223372036854775808" },
};

START_TEST(every_integer_has_its_digits)
{
	SCOPED(strbuf_clear) struct strbuf out;

	strbuf_init(&out, 64);
	strbuf_append_int(&out, integers[_i].number);
	ck_assert_str_eq(out.bytes, integers[_i].text);
}
END_TEST

START_TEST(time_is_read_strictly)
{
	int64_t at = 0;

	ck_assert_int_eq(clock_parse(times[_i].text, &at), times[_i].valid);
	if (times[_i].valid)
		ck_assert_int_eq(at, times[_i].at);
}
END_TEST

START_TEST(time_is_written_in_utc)
{
	char text[CLOCK_TEXT_SIZE];

	ck_assert_str_eq(clock_format(INT64_C(1795522766123456), 3, text),
	    "2026-11-24T12:19:26.123Z");
	ck_assert_str_eq(clock_format(INT64_C(1795522766123456), 6, text),
	    "2026-11-24T12:19:26.123456Z");
}
END_TEST

START_TEST(id_text_is_a_typeid)
{
	/* The vector of the TypeID specification. */
	static const uint8_t bytes[16] = { 0x01, 0x89, 0x0a, 0x5d, 0xac, 0x96,
		0x77, 0x4b, 0xbc, 0xce, 0xb3, 0x02, 0x09, 0x9a, 0x80, 0x57 };
	struct id id, back;
	char text[ID_TEXT_SIZE];

	memcpy(id.bytes, bytes, sizeof(bytes));
	ck_assert_str_eq(id_format("prefix", &id, text),
	    "prefix_01h455vb4pex5vsknk084sn02q");
	ck_assert(id_parse("prefix", text, &back));
	ck_assert(id_equal(&id, &back));
	ck_assert(!id_parse("other", text, &back));
	ck_assert(!id_parse("prefix", "prefix_81h455vb4pex5vsknk084sn02q",
	    &back)); /* more than 128 bits */
	ck_assert(
	    !id_parse("prefix", "prefix_01h455vb4pex5vsknk084sn02", &back));
	ck_assert(
	    !id_parse("prefix", "prefix_01h455vb4pex5vsknk084sn0lq", &back));
}
END_TEST

START_TEST(ids_are_uuid_version_7_and_numbered)
{
	struct id a = id_new(), b = id_new(), first = id_nth(&a, 1);

	ck_assert_int_eq(a.bytes[6] >> 4, 7);
	ck_assert_int_eq(a.bytes[8] >> 6, 2);
	ck_assert(!id_equal(&a, &b));
	ck_assert(!id_equal(&a, &first));
	ck_assert_int_eq(first.bytes[15], 1);
}
END_TEST

START_TEST(base64_is_strict)
{
	uint8_t bytes[16];
	char text[BASE64_SIZE(5)];
	size_t length;

	ck_assert_str_eq(base64_encode("hello", 5, text), "aGVsbG8=");
	ck_assert(base64_decode("aGVsbG8=", 8, bytes, 16, &length));
	ck_assert_uint_eq(length, 5);
	ck_assert(!base64_decode("aGVsbG8", 7, bytes, 16, &length));
	ck_assert(!base64_decode("aGVsbG9=", 8, bytes, 16, &length));
	ck_assert(!base64_decode("aGV=bG8=", 8, bytes, 16, &length));
	ck_assert(!base64_decode("aGVsbG8=", 8, bytes, 4, &length));
	ck_assert(!base64_decode("aG*sbG8=", 8, bytes, 16, &length));
}
END_TEST

START_TEST(hex_is_strict)
{
	uint8_t bytes[2];
	char text[HEX_SIZE(2)];

	ck_assert(hex_decode("0aFF", bytes, 2));
	ck_assert_str_eq(hex_encode(bytes, 2, text), "0aff");
	ck_assert(!hex_decode("0aF", bytes, 2));
	ck_assert(!hex_decode("0aFg", bytes, 2));
}
END_TEST

START_TEST(dropped_log_line_frees_nothing)
{
	/* Once for each, over a stack that is anything but zero. */
	unsigned char dirt[4096];

	memset(dirt, 0xa5, sizeof(dirt));
	ck_assert_uint_eq(dirt[sizeof(dirt) / 2], 0xa5);
	log_threshold(LOG_ERROR);
	log_debug("dropped", "key", "value", NULL);
	log_info("dropped", NULL);
	log_warn("dropped", NULL);
	log_threshold(LOG_INFO);
}
END_TEST

Suite *
base_suite(void)
{
	Suite *suite = suite_create("base");
	TCase *tcase = tcase_create("base");

	tcase_add_test(tcase, error_carries_code_text_and_pointer);
	tcase_add_test(tcase, error_prefix_never_overflows);
	tcase_add_test(tcase, arena_stops_at_its_limit);
	tcase_add_test(tcase, arena_memory_is_zeroed_again_after_a_reset);
	tcase_add_test(tcase, strbuf_fails_whole_past_its_limit);
	tcase_add_loop_test(
	    tcase, every_integer_has_its_digits, 0, COUNT(integers));
	tcase_add_loop_test(tcase, time_is_read_strictly, 0, (int)COUNT(times));
	tcase_add_test(tcase, time_is_written_in_utc);
	tcase_add_test(tcase, id_text_is_a_typeid);
	tcase_add_test(tcase, ids_are_uuid_version_7_and_numbered);
	tcase_add_test(tcase, base64_is_strict);
	tcase_add_test(tcase, hex_is_strict);
	tcase_add_test(tcase, dropped_log_line_frees_nothing);
	suite_add_tcase(suite, tcase);
	return suite;
}
