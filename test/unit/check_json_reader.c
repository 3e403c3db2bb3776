/*
 * json_reader: what a body may be, and what is said about one that is wrong.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/base/clock.h"
#include "hub/wire/json_reader.h"

enum colour { COLOUR_RED, COLOUR_GREEN, COLOUR_COUNT };

struct leaf {
	int64_t number;
};

struct sample {
	const char *text, *note;
	int64_t number, at;
	bool truth;
	struct id id;
	enum colour colour;
	int shade, small;
	bool has_small;
	uint32_t set;
	struct leaf leaf, *leaves;
	const char **tags;
	struct id *ids;
	size_t leaf_count, tag_count, id_count;
};

static const char *const colours[] = { "red", "green" };
static const struct words colour_words = { "colour", colours, COUNT(colours) };

static enum rc
read_leaf(const struct json_node *node, void *out, struct err *err)
{
	struct leaf *leaf = out;
	const struct json_member members[] = {
		MEMBER_INT("n/a~", JSON_REQUIRED, 0, 9, &leaf->number),
	};

	return json_read_members(node, members, COUNT(members), err);
}

static enum rc
read_sample(const struct json_node *node, void *out, struct err *err)
{
	struct sample *s = out;
	const struct json_member members[] = {
		MEMBER_TEXT("text", JSON_REQUIRED, 4, &s->text),
		MEMBER_TEXT("note", JSON_NULLABLE, 4, &s->note),
		MEMBER_INT("number", JSON_OPTIONAL, -5, 5, &s->number),
		MEMBER_TIME("at", JSON_OPTIONAL, &s->at),
		MEMBER_BOOL("truth", JSON_OPTIONAL, &s->truth),
		MEMBER_ID("id", JSON_OPTIONAL, "case", &s->id),
		MEMBER_WORD("colour", JSON_OPTIONAL, &colour_words, &s->colour),
		MEMBER_WORD("shade", JSON_OPTIONAL, &colour_words, &s->shade),
		MEMBER_WORD_SET("set", JSON_OPTIONAL, &colour_words, &s->set),
		MEMBER_INT(
		    "small", JSON_FLAGGED(&s->has_small), 0, 5, &s->small),
		MEMBER_OBJECT("leaf", JSON_OPTIONAL, read_leaf, &s->leaf),
		MEMBER_LIST("leaves", JSON_OPTIONAL, 2, read_leaf, &s->leaves,
		    &s->leaf_count),
		MEMBER_TEXTS(
		    "tags", JSON_OPTIONAL, 2, 3, &s->tags, &s->tag_count),
		MEMBER_IDS(
		    "ids", JSON_OPTIONAL, 2, "msg", &s->ids, &s->id_count),
	};

	return json_read_members(node, members, COUNT(members), err);
}

/* Reads into `*sample`, whose texts live in `arena`. */
static enum rc
read_text(const char *text, struct arena *arena, struct sample *sample,
    struct err *err)
{
	*err = (struct err){ .rc = RC_OK };
	return json_read(text, strlen(text), arena, read_sample, sample, err);
}

static const struct {
	const char *body;
	enum rc rc;
	const char *code, *pointer;
} refused[] = {
	{ "", RC_MALFORMED, "bad_json", "" },
	{ "nonsense", RC_MALFORMED, "bad_json", "" },
	{ "\"text\"", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"a\"", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"a\"}{}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"a\",}", RC_MALFORMED, "bad_json", "" },
	{ "{'text':'a'}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"a\x01\"}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"\\u0000\"}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"\\ud800\"}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"\xc0\xaf\"}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"\xed\xa0\x80\"}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"\xff\"}", RC_MALFORMED, "bad_json", "" },
	{ "\xef\xbb\xbf{\"text\":\"a\"}", RC_MALFORMED, "bad_json", "" },
	{ "{\"number\":9223372036854775808}", RC_MALFORMED, "bad_json", "" },
	{ "{\"number\":01}", RC_MALFORMED, "bad_json", "" },
	{ "{\"number\":NaN}", RC_MALFORMED, "bad_json", "" },
	{ "{\"text\":\"a\",\"text\":\"b\"}", RC_MALFORMED, "duplicate_member",
	    "" },
	{ "{\"text\":\"a\",\"te\\u0078t\":\"b\"}", RC_MALFORMED,
	    "duplicate_member", "" },
	{ "[]", RC_INVALID, "not_an_object", "" },
	{ "{}", RC_INVALID, "missing_member", "/text" },
	{ "{\"text\":null}", RC_INVALID, "wrong_type", "/text" },
	{ "{\"text\":7}", RC_INVALID, "wrong_type", "/text" },
	{ "{\"text\":\"\"}", RC_INVALID, "text_empty", "/text" },
	{ "{\"text\":\"12345\"}", RC_INVALID, "text_too_long", "/text" },
	{ "{\"text\":\"\xe2\x82\xac\xe2\x82\xac\"}", RC_INVALID,
	    "text_too_long", "/text" },
	{ "{\"txet\":\"a\"}", RC_INVALID, "unknown_member", "/txet" },
	{ "{\"text\":\"a\",\"~a/b\":1}", RC_INVALID, "unknown_member",
	    "/~0a~1b" },
	{ "{\"text\":\"a\",\"number\":6}", RC_INVALID, "out_of_range",
	    "/number" },
	{ "{\"text\":\"a\",\"number\":-6}", RC_INVALID, "out_of_range",
	    "/number" },
	{ "{\"text\":\"a\",\"number\":1.0}", RC_INVALID, "wrong_type",
	    "/number" },
	{ "{\"text\":\"a\",\"number\":\"1\"}", RC_INVALID, "wrong_type",
	    "/number" },
	{ "{\"text\":\"a\",\"number\":null}", RC_INVALID, "wrong_type",
	    "/number" },
	{ "{\"text\":\"a\",\"truth\":1}", RC_INVALID, "wrong_type", "/truth" },
	{ "{\"text\":\"a\",\"at\":\"2026-11-24\"}", RC_INVALID, "bad_time",
	    "/at" },
	{ "{\"text\":\"a\",\"at\":1795522766}", RC_INVALID, "wrong_type",
	    "/at" },
	{ "{\"text\":\"a\",\"id\":\"msg_01h455vb4pex5vsknk084sn02q\"}",
	    RC_INVALID, "bad_id", "/id" },
	{ "{\"text\":\"a\",\"id\":\"case_\"}", RC_INVALID, "bad_id", "/id" },
	{ "{\"text\":\"a\",\"colour\":\"Red\"}", RC_INVALID, "not_one_of",
	    "/colour" },
	{ "{\"text\":\"a\",\"shade\":\"\"}", RC_INVALID, "not_one_of",
	    "/shade" },
	{ "{\"text\":\"a\",\"set\":[\"red\",\"blue\"]}", RC_INVALID,
	    "not_one_of", "/set/1" },
	{ "{\"text\":\"a\",\"set\":\"red\"}", RC_INVALID, "wrong_type",
	    "/set" },
	{ "{\"text\":\"a\",\"set\":[0]}", RC_INVALID, "wrong_type", "/set/0" },
	{ "{\"text\":\"a\",\"small\":null}", RC_INVALID, "wrong_type",
	    "/small" },
	{ "{\"text\":\"a\",\"small\":4294967296}", RC_INVALID, "out_of_range",
	    "/small" },
	{ "{\"text\":\"a\",\"leaf\":[]}", RC_INVALID, "wrong_type", "/leaf" },
	{ "{\"text\":\"a\",\"leaf\":{}}", RC_INVALID, "missing_member",
	    "/leaf/n~1a~0" },
	{ "{\"text\":\"a\",\"leaves\":{}}", RC_INVALID, "wrong_type",
	    "/leaves" },
	{ "{\"text\":\"a\",\"leaves\":[1]}", RC_INVALID, "wrong_type",
	    "/leaves/0" },
	{ "{\"text\":\"a\",\"leaves\":[{\"n/a~\":1},{\"n\":1}]}", RC_INVALID,
	    "unknown_member", "/leaves/1/n" },
	{ "{\"text\":\"a\",\"leaves\":[{},{},{}]}", RC_INVALID,
	    "too_many_items", "/leaves" },
	{ "{\"text\":\"a\",\"tags\":[\"abc\",\"abcd\"]}", RC_INVALID,
	    "text_too_long", "/tags/1" },
	{ "{\"text\":\"a\",\"tags\":[null]}", RC_INVALID, "wrong_type",
	    "/tags/0" },
	{ "{\"text\":\"a\",\"ids\":[\"x\"]}", RC_INVALID, "bad_id", "/ids/0" },
};

START_TEST(wrong_body_is_refused_with_its_pointer)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample = { .text = NULL };
	struct err err;

	ck_assert_int_eq(
	    read_text(refused[_i].body, arena, &sample, &err), refused[_i].rc);
	ck_assert_int_eq(err.rc, refused[_i].rc);
	ck_assert_str_eq(err.code, refused[_i].code);
	ck_assert_str_eq(err.pointer, refused[_i].pointer);
}
END_TEST

static const struct {
	const char *body, *text;
} texts[] = {
	{ "{\"text\":\"abcd\"}", "abcd" },
	{ " {\n\t\"text\" : \"\\u0061\\/\" } \r\n", "a/" },
	{ "{\"text\":\"\\ud83d\\ude00\"}", "\xf0\x9f\x98\x80" },
	{ "{\"text\":\"\\\"\\\\\"}", "\"\\" },
	{ "{\"text\":\"a\",\"note\":null}", "a" },
};

START_TEST(text_is_read_unescaped)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample = { .text = NULL };
	struct err err;

	ck_assert_int_eq(
	    read_text(texts[_i].body, arena, &sample, &err), RC_OK);
	ck_assert_str_eq(sample.text, texts[_i].text);
	ck_assert_ptr_null(sample.note);
}
END_TEST

START_TEST(every_kind_is_read)
{
	static const char body[] =
	    "{\"text\":\"t\",\"note\":\"n\",\"number\":-5,"
	    "\"at\":\"1970-01-01T05:30:01+05:30\",\"truth\":true,"
	    "\"id\":\"case_01h455vb4pex5vsknk084sn02q\","
	    "\"colour\":\"green\",\"shade\":\"green\",\"set\":[\"green\","
	    "\"red\"],\"small\":5,\"leaf\":{\"n/a~\":7},"
	    "\"leaves\":[{\"n/a~\":1},{\"n/a~\":2}],\"tags\":[\"x\",\"yz\"],"
	    "\"ids\":[\"msg_01h455vb4pex5vsknk084sn02q\"]}";
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample = { .text = NULL };
	struct err err;

	ck_assert_int_eq(read_text(body, arena, &sample, &err), RC_OK);
	ck_assert_str_eq(sample.note, "n");
	ck_assert_int_eq(sample.number, -5);
	ck_assert_int_eq(sample.at, CLOCK_SECOND);
	ck_assert(sample.truth);
	ck_assert_int_eq(sample.id.bytes[15], 0x57);
	ck_assert_int_eq(sample.colour, COLOUR_GREEN);
	ck_assert_int_eq(sample.shade, 1);
	ck_assert_uint_eq(sample.set, 3);
	ck_assert_int_eq(sample.small, 5);
	ck_assert(sample.has_small);
	ck_assert_int_eq(sample.leaf.number, 7);
	ck_assert_uint_eq(sample.leaf_count, 2);
	ck_assert_int_eq(sample.leaves[1].number, 2);
	ck_assert_uint_eq(sample.tag_count, 2);
	ck_assert_str_eq(sample.tags[1], "yz");
	ck_assert_uint_eq(sample.id_count, 1);
	ck_assert(id_equal(&sample.ids[0], &sample.id));
}
END_TEST

START_TEST(absent_member_leaves_its_place_alone)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample = {
		.number = 3, .colour = COLOUR_COUNT, .has_small = true
	};
	struct err err;

	ck_assert_int_eq(
	    read_text("{\"text\":\"a\"}", arena, &sample, &err), RC_OK);
	ck_assert_int_eq(sample.number, 3);
	ck_assert_int_eq(sample.colour, COLOUR_COUNT);
	ck_assert(!sample.has_small);
	ck_assert_uint_eq(sample.leaf_count, 0);
}
END_TEST

/* Brackets inside the member "x" of an object. */
static void
nest(char *text, size_t brackets)
{
	static const char head[] = "{\"x\":";
	char *at = text + strlen(head);

	memcpy(text, head, strlen(head));
	memset(at, '[', brackets);
	memset(at + brackets, ']', brackets);
	memcpy(at + 2 * brackets, "}", sizeof("}"));
}

START_TEST(nesting_is_refused_before_parsing)
{
	static const struct {
		size_t brackets;
		const char *code;
	} cases[] = {
		{ JSON_DEPTH_LIMIT - 1, "unknown_member" },
		{ JSON_DEPTH_LIMIT, "json_too_deep" },
		{ 60000, "json_too_deep" },
	};
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample;
	struct err err;
	static char text[2 * 60000 + 16];

	for (size_t i = 0; i < COUNT(cases); i++) {
		nest(text, cases[i].brackets);
		ck_assert_int_ne(read_text(text, arena, &sample, &err), RC_OK);
		ck_assert_str_eq(err.code, cases[i].code);
	}
}
END_TEST

START_TEST(brackets_inside_text_are_no_nesting)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample = { .text = NULL };
	struct err err;
	char body[128];

	(void)snprintf(body, sizeof(body), "{\"text\":\"\\\"[[[\",\"%s\":1}",
	    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");
	ck_assert_int_eq(read_text(body, arena, &sample, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "unknown_member");
}
END_TEST

START_TEST(place_is_named_but_content_is_not)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample = { .text = NULL };
	struct err err;

	(void)read_text(
	    "{\n\"text\": 4111111111111111 1}", arena, &sample, &err);
	ck_assert_str_eq(err.text, "not JSON at line 2, column 26");
	(void)read_text(
	    "{\"text\":\"4111111111111111\"}", arena, &sample, &err);
	ck_assert_ptr_null(strstr(err.text, "4111"));
	(void)read_text(
	    "{\"text\":\"a\",\"colour\":\"4111\"}", arena, &sample, &err);
	ck_assert_str_eq(err.text, "must be one of red, green");
}
END_TEST

START_TEST(long_unknown_name_is_cut_at_a_character)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(8192);
	struct sample sample = { .text = NULL };
	struct err err;
	char body[128] = "{\"";

	for (size_t i = 2; i < 2 + 59; i++)
		body[i] = '/';
	(void)snprintf(body + 61, sizeof(body) - 61, "\xe2\x82\xac\":1}");
	(void)read_text(body, arena, &sample, &err);
	ck_assert_str_eq(err.code, "unknown_member");
	ck_assert_uint_eq(strlen(err.pointer), 1 + 2 * 59);
}
END_TEST

START_TEST(full_arena_is_said_so)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(16);
	struct sample sample = { .text = NULL };
	struct err err;

	ck_assert_int_eq(read_text("{\"text\":\"a\",\"leaves\":[{\"n/a~\":1}]}",
			     arena, &sample, &err),
	    RC_TOO_LARGE);
	ck_assert_str_eq(err.code, "request_too_large");
}
END_TEST

Suite *
json_reader_suite(void)
{
	Suite *suite = suite_create("json_reader");
	TCase *tcase = tcase_create("json_reader");

	tcase_add_loop_test(tcase, wrong_body_is_refused_with_its_pointer, 0,
	    (int)COUNT(refused));
	tcase_add_loop_test(
	    tcase, text_is_read_unescaped, 0, (int)COUNT(texts));
	tcase_add_test(tcase, every_kind_is_read);
	tcase_add_test(tcase, absent_member_leaves_its_place_alone);
	tcase_add_test(tcase, nesting_is_refused_before_parsing);
	tcase_add_test(tcase, brackets_inside_text_are_no_nesting);
	tcase_add_test(tcase, place_is_named_but_content_is_not);
	tcase_add_test(tcase, long_unknown_name_is_cut_at_a_character);
	tcase_add_test(tcase, full_arena_is_said_so);
	suite_add_tcase(suite, tcase);
	return suite;
}
