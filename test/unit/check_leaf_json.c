/*
 * leaf_json: the bytes of test/vectors/leaf.json, which another program made.
 */
#include "test/unit/unit.h"

#include <jansson.h>
#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/domain/ids.h"
#include "hub/wire/leaf_json.h"

enum { LIMIT = 64 << 10 };

static json_t *vectors;

static void
read_vectors(void)
{
	vectors = json_load_file("test/vectors/leaf.json", 0, NULL);
	ck_assert_ptr_nonnull(vectors);
}

static void
free_vectors(void)
{
	json_decref(vectors);
}

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* The event of a vector; its texts are the vector's. */
static struct event
event_of(const json_t *vector, uint8_t (*commitments)[32])
{
	const json_t *said = json_object_get(vector, "event"),
		     *inputs = json_object_get(vector, "inputs");
	struct event event = { .type = text_of(said, "type") };

	event.id = strtoll(text_of(said, "event_id"), NULL, 10);
	ck_assert(id_parse(ID_PRINCIPAL, text_of(said, "actor"), &event.actor));
	if (text_of(said, "case") != NULL)
		ck_assert(
		    id_parse(ID_CASE, text_of(said, "case"), &event.case_id));
	ck_assert(
	    clock_parse(text_of(said, "happened_at"), &event.happened_at));
	ck_assert(
	    clock_parse(text_of(said, "recorded_at"), &event.recorded_at));
	event.field_count = json_array_size(inputs);
	for (size_t i = 0; i < event.field_count; i++) {
		const json_t *input = json_array_get(inputs, i);

		event.fields[i].name = text_of(input, "field");
		ck_assert(hex_decode(
		    text_of(input, "commitment"), commitments[i], 32));
	}
	return event;
}

START_TEST(leaf_is_the_vectors)
{
	uint8_t commitments[EVENT_FIELD_LIMIT][32];

	for (size_t i = 0; i < json_array_size(vectors); i++) {
		SCOPED(strbuf_clear) struct strbuf out;
		const json_t *vector = json_array_get(vectors, i);
		struct event event = event_of(vector, commitments);

		strbuf_init(&out, LIMIT);
		leaf_json_write(
		    &out, &event, (const uint8_t(*)[32])commitments);
		ck_assert(!out.failed);
		ck_assert_str_eq(out.bytes, text_of(vector, "leaf"));
	}
	ck_assert_uint_ge(json_array_size(vectors), 3);
}
END_TEST

START_TEST(text_value_is_the_vectors)
{
	size_t compared = 0, i, k;
	json_t *vector, *input;

	json_array_foreach(vectors, i, vector)
	    json_array_foreach(json_object_get(vector, "inputs"), k, input)
	{
		SCOPED(strbuf_clear) struct strbuf out;
		json_t *value = json_loads(
		    text_of(input, "value"), JSON_DECODE_ANY, NULL);
		struct event_field field = { .text = json_string_value(value) };

		strbuf_init(&out, LIMIT);
		if (json_is_string(value)) {
			leaf_json_value(&out, &field);
			ck_assert_str_eq(out.bytes, text_of(input, "value"));
			compared++;
		}
		json_decref(value);
	}
	ck_assert_uint_ge(compared, 3);
}
END_TEST

START_TEST(number_is_an_integer)
{
	static const struct {
		int64_t number;
		const char *text;
	} numbers[] = { { 0, "0" }, { -1, "-1" },
		{ 9007199254740991, "9007199254740991" } };
	const struct event_field too_big = { "n", NULL, 9007199254740992 };
	SCOPED(strbuf_clear) struct strbuf out;

	strbuf_init(&out, LIMIT);
	for (size_t i = 0; i < COUNT(numbers); i++) {
		const struct event_field field = { "n", NULL,
			numbers[i].number };

		strbuf_reset(&out);
		leaf_json_value(&out, &field);
		ck_assert_str_eq(out.bytes, numbers[i].text);
	}
	leaf_json_value(&out, &too_big);
	ck_assert(out.failed);
}
END_TEST

START_TEST(hub_itself_is_no_actor)
{
	SCOPED(strbuf_clear) struct strbuf out;
	const struct event event = { .id = 7, .type = "hub.started" };

	strbuf_init(&out, LIMIT);
	leaf_json_write(&out, &event, NULL);
	ck_assert_str_eq(out.bytes,
	    "{\"actor\":null,\"case\":null,\"commitments\":{},"
	    "\"event_id\":\"7\",\"happened_at\":\"1970-01-01T00:00:00."
	    "000000Z\","
	    "\"recorded_at\":\"1970-01-01T00:00:00.000000Z\","
	    "\"type\":\"hub.started\",\"v\":1}");
}
END_TEST

START_TEST(fields_are_committed_to_in_order_of_their_names)
{
	SCOPED(strbuf_clear) struct strbuf out;
	const uint8_t commitments[2][32] = { { 0xaa }, { 0xbb } };
	const struct event event = { .type = "t",
		.fields = { { "zebra", "z", 0 }, { "ant", "a", 0 } },
		.field_count = 2 };

	strbuf_init(&out, LIMIT);
	leaf_json_write(&out, &event, commitments);
	ck_assert_ptr_nonnull(strstr(out.bytes, "{\"ant\":\"bb00"));
	ck_assert_ptr_nonnull(strstr(out.bytes, ",\"zebra\":\"aa00"));
}
END_TEST

START_TEST(values_are_listed_with_their_salts)
{
	SCOPED(strbuf_clear) struct strbuf out;
	const uint8_t salts[2][EVENT_SALT_SIZE] = { { 1 }, { 2 } };
	const struct event event = { .type = "t",
		.fields = { { "note", "\"\xd0\x99\"\n", 0 },
		    { "layer", NULL, 2 } },
		.field_count = 2 };
	json_t *list;

	strbuf_init(&out, LIMIT);
	leaf_json_write_values(&out, &event, salts);
	list = json_loads(out.bytes, 0, NULL);
	ck_assert_uint_eq(json_array_size(list), 2);
	ck_assert_str_eq(
	    text_of(json_array_get(list, 0), "value"), "\"\xd0\x99\"\n");
	ck_assert_str_eq(text_of(json_array_get(list, 1), "field"), "layer");
	ck_assert_int_eq(json_integer_value(
			     json_object_get(json_array_get(list, 1), "value")),
	    2);
	ck_assert_uint_eq(strlen(text_of(json_array_get(list, 1), "salt")), 64);
	json_decref(list);
}
END_TEST

START_TEST(text_that_is_no_utf8_fails_the_leaf)
{
	SCOPED(strbuf_clear) struct strbuf out;
	const struct event_field field = { "note", "\xff", 0 };

	strbuf_init(&out, LIMIT);
	leaf_json_value(&out, &field);
	ck_assert(out.failed);
}
END_TEST

Suite *
leaf_json_suite(void)
{
	Suite *suite = suite_create("leaf_json");
	TCase *tcase = tcase_create("leaf_json");

	tcase_add_unchecked_fixture(tcase, read_vectors, free_vectors);
	tcase_add_test(tcase, leaf_is_the_vectors);
	tcase_add_test(tcase, text_value_is_the_vectors);
	tcase_add_test(tcase, number_is_an_integer);
	tcase_add_test(tcase, hub_itself_is_no_actor);
	tcase_add_test(tcase, fields_are_committed_to_in_order_of_their_names);
	tcase_add_test(tcase, values_are_listed_with_their_salts);
	tcase_add_test(tcase, text_that_is_no_utf8_fails_the_leaf);
	suite_add_tcase(suite, tcase);
	return suite;
}
