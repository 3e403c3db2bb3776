/*
 * verify: a good timeline agrees; every tampered leaf, salt, value, shown
 * member or order is found, and named.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "hub/base/encode.h"
#include "hub/cli/timeline_check.h"
#include "hub/crypto/commitment.h"
#include "hub/wire/json_writer.h"

enum { TEXT_SIZE = 8192 };

#define SALT "d40d00d3c52d8c9b0f23ec2ea7215a788333ffca7eb163fec6e89e327ddf8a50"
#define OTHER_SALT \
	"e40d00d3c52d8c9b0f23ec2ea7215a788333ffca7eb163fec6e89e327ddf8a50"

/* One event with one value, put together from parts that a test changes. */
struct parts {
	const char *leaf; /* NULL: made from `committed` */
	const char *event_id, *type, *actor, *happened_at, *salt, *field,
	    *value, *committed, *extra;
	int64_t leaf_index, last_index;
};

static const struct parts good = {
	.event_id = "\"42\"",
	.type = "target.held_full",
	.actor = "\"prn_1\"",
	.happened_at = "2026-11-24T12:19:26.123Z",
	.salt = SALT,
	.field = "amount",
	/* Its RFC 8785 form has the members the other way round. */
	.value = "{\"currency\":\"INR\",\"amount\":\"5.00\"}",
	.committed = "{\"amount\":\"5.00\",\"currency\":\"INR\"}",
	.extra = "",
	.leaf_index = 7,
	.last_index = 8,
};

static void
write_leaf(char *leaf, size_t size, const char *committed)
{
	uint8_t salt[COMMITMENT_SALT_SIZE];
	char text[COMMITMENT_TEXT_SIZE];

	ck_assert(hex_decode(SALT, salt, sizeof(salt)));
	(void)commitment_make(
	    salt, "amount", committed, strlen(committed), text);
	(void)snprintf(leaf, size,
	    "{\"actor\":\"prn_1\",\"case\":\"case_1\",\"commitments\":{"
	    "\"amount\":\"%s\"},\"event_id\":\"42\",\"happened_at\":"
	    "\"2026-11-24T12:19:26.123456Z\",\"recorded_at\":"
	    "\"2026-11-24T12:19:27.000000Z\",\"type\":\"target.held_full\","
	    "\"v\":1}",
	    text);
}

#define LAST_LEAF                                                         \
	"{\"actor\":null,\"case\":null,\"commitments\":{},\"event_id\":"  \
	"\"43\",\"happened_at\":\"2026-11-24T12:19:28.000000Z\","         \
	"\"recorded_at\":\"2026-11-24T12:19:28.000000Z\",\"type\":\"hub." \
	"noted\",\"v\":1}"

static struct json_view *
timeline_of(const struct parts *parts)
{
	struct json_view *view = NULL;
	struct strbuf out;
	char leaf[TEXT_SIZE], values[TEXT_SIZE];

	write_leaf(leaf, sizeof(leaf), parts->committed);
	strbuf_init(&out, 64 * 1024);
	strbuf_printf(&out,
	    "{\"items\":[{\"leaf_index\":%d,\"event_id\":%s,\"type\":\"%s\","
	    "\"actor\":%s,\"happened_at\":\"%s\",\"recorded_at\":"
	    "\"2026-11-24T12:19:27.000Z\",\"case_id\":\"case_1\",%s\"leaf\":",
	    (int)parts->leaf_index, parts->event_id, parts->type, parts->actor,
	    parts->happened_at, parts->extra);
	json_write_quoted(&out, parts->leaf != NULL ? parts->leaf : leaf,
	    strlen(parts->leaf != NULL ? parts->leaf : leaf));
	(void)snprintf(values, sizeof(values),
	    ",\"values\":[{\"field\":\"%s\",\"salt\":\"%s\",\"value\":%s}]},",
	    parts->field, parts->salt, parts->value);
	strbuf_append(&out, values);
	strbuf_printf(&out,
	    "{\"leaf_index\":%d,\"event_id\":\"43\",\"type\":\"hub.noted\","
	    "\"actor\":null,\"happened_at\":\"2026-11-24T12:19:28.000Z\","
	    "\"recorded_at\":\"2026-11-24T12:19:28.000Z\",\"values\":[],"
	    "\"leaf\":",
	    (int)parts->last_index);
	json_write_quoted(&out, LAST_LEAF, strlen(LAST_LEAF));
	strbuf_append(&out, "}],\"next_cursor\":\"x\"}");
	ck_assert_int_eq(
	    json_view_parse(out.bytes, out.length, &view, NULL), RC_OK);
	strbuf_clear(&out);
	return view;
}

static void
note(void *context, const char *where, const char *problem)
{
	char *notes = context;
	size_t used = strlen(notes);

	(void)snprintf(
	    notes + used, TEXT_SIZE - used, "%s: %s\n", where, problem);
}

static size_t
problems_of(const struct json_view *timeline, char *notes)
{
	struct timeline_check_result result;

	notes[0] = '\0';
	ck_assert_int_eq(
	    timeline_check(timeline, note, notes, &result, NULL), RC_OK);
	ck_assert_uint_eq(result.events, 2);
	return result.problems;
}

START_TEST(good_timeline_agrees)
{
	struct parts parts = good;
	SCOPED(json_view_cleanup)
	struct json_view *timeline = timeline_of(&parts);
	char notes[TEXT_SIZE];

	ck_assert_uint_eq(problems_of(timeline, notes), 0);
	ck_assert_str_eq(notes, "");
}
END_TEST

START_TEST(actor_and_id_may_be_shown_in_other_forms)
{
	struct parts parts = good;
	SCOPED(json_view_cleanup) struct json_view *timeline = NULL;
	char notes[TEXT_SIZE];

	parts.actor = "{\"id\":\"prn_1\",\"name\":\"L. Menon\"}";
	parts.event_id = "42";
	parts.happened_at = "2026-11-24T12:19:26.123456Z";
	timeline = timeline_of(&parts);
	ck_assert_uint_eq(problems_of(timeline, notes), 0);
}
END_TEST

#define LEAF_HEAD "{\"actor\":\"prn_1\",\"case\":\"case_1\",\"commitments\":{},"
#define LEAF_TAIL                                                              \
	"\"event_id\":\"42\",\"happened_at\":\"2026-11-24T12:19:26.123456Z\"," \
	"\"recorded_at\":\"2026-11-24T12:19:27.000000Z\",\"type\":"            \
	"\"target.held_full\",\"v\":1}"

/* What replaces a part of the good one, and what must be said. */
static const struct {
	struct parts change;
	const char *said;
} tampered[] = {
	{ { .value = "{\"amount\":\"6.00\",\"currency\":\"INR\"}" },
	    "amount is not what the leaf commits to" },
	{ { .value = "{\"amount\":\"5.00\",\"currency\":\"INR\",\"x\":1}" },
	    "amount is not what the leaf commits to" },
	{ { .value = "1.5" }, "amount has no value" },
	{ { .value = "null" }, "amount is not what the leaf commits to" },
	{ { .salt = OTHER_SALT }, "amount is not what the leaf commits to" },
	{ { .salt = "d40d" }, "no salt of 64 hex digits" },
	{ { .salt = "" }, "no salt of 64 hex digits" },
	{ { .field = "amounts" }, "the leaf does not commit to amounts" },
	{ { .field = "" }, "the leaf does not commit to" },
	{ { .committed = "{\"amount\":\"9.00\",\"currency\":\"INR\"}" },
	    "amount is not what the leaf commits to" },
	{ { .event_id = "\"41\"" }, "event_id is shown as 41" },
	{ { .event_id = "43" }, "event_id is shown as 43" },
	{ { .type = "target.not_held" }, "type is shown as" },
	{ { .actor = "\"prn_2\"" }, "actor is shown as" },
	{ { .actor = "null" }, "actor is shown as" },
	{ { .happened_at = "2026-11-24T12:19:26.124Z" },
	    "happened_at is shown as" },
	{ { .happened_at = "yesterday" }, "happened_at is shown as" },
	{ { .extra = "\"case\":\"case_1\"," }, NULL },
	{ { .leaf_index = 8 }, "its leaf index does not follow 8" },
	{ { .leaf_index = 9 }, "its leaf index does not follow 9" },
	{ { .leaf_index = -1 }, "there is no leaf index" },
	{ { .leaf = "nothing" }, "there is no readable leaf" },
	{ { .leaf = "[]" }, "there is no readable leaf" },
	{ { .leaf = LEAF_HEAD LEAF_TAIL },
	    "the leaf does not commit to amount" },
	{ { .leaf = LEAF_HEAD " " LEAF_TAIL }, "not in RFC 8785 form" },
	{ { .leaf = LEAF_HEAD "\"extra\":1," LEAF_TAIL },
	    "the leaf has a key extra" },
	{ { .leaf = LEAF_HEAD "\"v\":1}" }, "the leaf has no recorded_at" },
	{ { .leaf = "{\"v\":2}" }, "the leaf's version is not 1" },
	{ { .leaf = "{\"commitments\":null}" },
	    "the leaf's commitments is null" },
};

START_TEST(tampering_is_found_and_named)
{
	const struct parts *change = &tampered[_i].change;
	struct parts parts = good;
	SCOPED(json_view_cleanup) struct json_view *timeline = NULL;
	char notes[TEXT_SIZE];

#define TAKE(member)             \
	if (change->member != 0) \
	parts.member = change->member
	TAKE(leaf);
	TAKE(event_id);
	TAKE(type);
	TAKE(actor);
	TAKE(happened_at);
	TAKE(salt);
	TAKE(field);
	TAKE(value);
	TAKE(committed);
	TAKE(extra);
	TAKE(leaf_index);
#undef TAKE
	timeline = timeline_of(&parts);
	if (tampered[_i].said == NULL) {
		ck_assert_uint_eq(problems_of(timeline, notes), 0);
		return;
	}
	ck_assert_uint_gt(problems_of(timeline, notes), 0);
	ck_assert_msg(strstr(notes, tampered[_i].said) != NULL, "%s", notes);
}
END_TEST

START_TEST(erased_values_are_counted_and_no_problem)
{
	SCOPED(json_view_cleanup) struct json_view *timeline = NULL;
	struct timeline_check_result result;
	char leaf[TEXT_SIZE], notes[TEXT_SIZE] = "";
	struct strbuf out;

	write_leaf(leaf, sizeof(leaf), good.committed);
	strbuf_init(&out, TEXT_SIZE);
	strbuf_append(&out,
	    "{\"items\":[{\"leaf_index\":0,\"event_id\":\"42\",\"type\":"
	    "\"target.held_full\",\"actor\":\"prn_1\",\"happened_at\":"
	    "\"2026-11-24T12:19:26.123Z\",\"recorded_at\":"
	    "\"2026-11-24T12:19:27.000Z\",\"values\":[],\"leaf\":");
	json_write_quoted(&out, leaf, strlen(leaf));
	strbuf_append(&out, "}]}");
	ck_assert_int_eq(
	    json_view_parse(out.bytes, out.length, &timeline, NULL), RC_OK);
	ck_assert_int_eq(
	    timeline_check(timeline, note, notes, &result, NULL), RC_OK);
	ck_assert_str_eq(notes, "");
	ck_assert_uint_eq(result.bare, 1);
	strbuf_clear(&out);
}
END_TEST

static const char *const no_timelines[] = { "{}", "[]", "{\"items\":[]}",
	"{\"items\":{}}", "{\"events\":[{}]}" };

START_TEST(what_is_no_timeline_is_refused)
{
	SCOPED(json_view_cleanup) struct json_view *view = NULL;
	struct timeline_check_result result;
	struct err err;

	ck_assert_int_eq(json_view_parse(no_timelines[_i],
			     strlen(no_timelines[_i]), &view, NULL),
	    RC_OK);
	ck_assert_int_eq(
	    timeline_check(view, note, NULL, &result, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "not_a_timeline");
}
END_TEST

/* Fractions are RFC 8785 too, but no event carries one and the hub's own
 * canonical form refuses them. */
static bool
has_fractions(const struct json_view *inputs)
{
	for (size_t i = 0; i < json_view_count(inputs); i++)
		if (strcmp(
			json_view_text(json_view_item(inputs, i), "field", ""),
			"numbers") == 0)
			return true;
	return false;
}

/* The same vectors that the JavaScript oracle made. */
START_TEST(leaves_of_the_vectors_agree)
{
	FILE *file = fopen("test/vectors/leaf.json", "re");
	SCOPED(json_view_cleanup) struct json_view *vectors = NULL;
	char *text = calloc(1, 64 * 1024);
	size_t length;

	ck_assert_ptr_nonnull(file);
	length = fread(text, 1, 64 * 1024 - 1, file);
	(void)fclose(file);
	ck_assert_int_eq(json_view_parse(text, length, &vectors, NULL), RC_OK);
	for (size_t i = 0; i < json_view_count(vectors); i++) {
		const struct json_view *vector = json_view_item(vectors, i);
		const struct json_view *inputs = json_view_at(vector, "inputs");
		SCOPED(json_view_cleanup) struct json_view *timeline = NULL;
		struct timeline_check_result result;
		char notes[TEXT_SIZE] = "";
		struct strbuf out;

		strbuf_init(&out, 64 * 1024);
		strbuf_append(&out, "{\"items\":[");
		json_view_write(&out, json_view_at(vector, "event"));
		strbuf_drop(&out, 1);
		json_write_int(&out, "leaf_index", (int64_t)i);
		json_write_text(
		    &out, "leaf", json_view_text(vector, "leaf", ""));
		json_write_array(&out, "values");
		for (size_t n = 0; n < json_view_count(inputs); n++) {
			const struct json_view *input = json_view_item(
			    inputs, n);

			json_write_object(&out, NULL);
			json_write_text(
			    &out, "field", json_view_text(input, "field", ""));
			json_write_text(
			    &out, "salt", json_view_text(input, "salt", ""));
			json_write_raw(
			    &out, "value", json_view_text(input, "value", ""));
			json_write_object_end(&out);
		}
		strbuf_append(&out, "]}]}");
		ck_assert_int_eq(
		    json_view_parse(out.bytes, out.length, &timeline, NULL),
		    RC_OK);
		ck_assert_int_eq(
		    timeline_check(timeline, note, notes, &result, NULL),
		    RC_OK);
		ck_assert_uint_eq(
		    result.problems, has_fractions(inputs) ? 1 : 0);
		strbuf_clear(&out);
	}
	free(text);
}
END_TEST

Suite *
verify_suite(void)
{
	Suite *suite = suite_create("verify");
	TCase *tcase = tcase_create("verify");

	tcase_add_test(tcase, good_timeline_agrees);
	tcase_add_test(tcase, actor_and_id_may_be_shown_in_other_forms);
	tcase_add_loop_test(
	    tcase, tampering_is_found_and_named, 0, (int)COUNT(tampered));
	tcase_add_test(tcase, erased_values_are_counted_and_no_problem);
	tcase_add_loop_test(
	    tcase, what_is_no_timeline_is_refused, 0, (int)COUNT(no_timelines));
	tcase_add_test(tcase, leaves_of_the_vectors_agree);
	suite_add_tcase(suite, tcase);
	return suite;
}
