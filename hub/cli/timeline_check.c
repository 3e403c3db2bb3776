/*
 * Checking a timeline offline: see timeline_check.h.
 */
#include "hub/cli/timeline_check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/arena.h"
#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/crypto/commitment.h"
#include "hub/wire/json_canonical.h"

enum { WHERE_SIZE = 96, PROBLEM_SIZE = 320, VALUE_LIMIT = 1024 * 1024 };

/* One event under the lamp. */
struct lamp {
	const struct json_view *event, *leaf; /* leaf: its document */
	char where[WHERE_SIZE];
	timeline_check_report *report;
	void *context;
	struct timeline_check_result *result;
};

static void say(struct lamp *lamp, const char *format, ...) PRINTF_LIKE(2, 3);

static void
say(struct lamp *lamp, const char *format, ...)
{
	char problem[PROBLEM_SIZE];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(problem, sizeof(problem), format, arguments);
	va_end(arguments);
	lamp->result->problems++;
	lamp->report(lamp->context, lamp->where, problem);
}

/* ---- the leaf's bytes */

static enum rc
canonical_of(const char *json, size_t length, struct strbuf *out)
{
	struct arena *arena = arena_new(16 * VALUE_LIMIT);
	enum rc rc = json_canonical_text(out, json, length, arena, NULL);

	arena_free(arena);
	return rc;
}

static void
check_form(struct lamp *lamp, const char *leaf)
{
	SCOPED(strbuf_clear) struct strbuf form = { .bytes = NULL };

	strbuf_init(&form, VALUE_LIMIT);
	if (canonical_of(leaf, strlen(leaf), &form) != RC_OK ||
	    strcmp(form.bytes, leaf) != 0)
		say(lamp, "the leaf is not in RFC 8785 form");
}

/* The keys that a leaf has, and whether they may be null. */
static const struct {
	const char *name;
	bool may_be_null;
} leaf_keys[] = {
	{ "actor", true },
	{ "case", true },
	{ "commitments", false },
	{ "event_id", false },
	{ "happened_at", false },
	{ "recorded_at", false },
	{ "type", false },
	{ "v", false },
};

static bool
is_leaf_key(const char *name)
{
	for (size_t i = 0; i < COUNT(leaf_keys); i++)
		if (strcmp(leaf_keys[i].name, name) == 0)
			return true;
	return false;
}

static void
check_keys(struct lamp *lamp)
{
	const char *name = NULL;

	for (size_t i = 0; i < COUNT(leaf_keys); i++) {
		const struct json_view *value = json_view_at(
		    lamp->leaf, leaf_keys[i].name);

		if (value == NULL)
			say(lamp, "the leaf has no %s", leaf_keys[i].name);
		else if (json_view_is_null(value) && !leaf_keys[i].may_be_null)
			say(lamp, "the leaf's %s is null", leaf_keys[i].name);
	}
	for (size_t i = 0; json_view_member(lamp->leaf, i, &name) != NULL; i++)
		if (!is_leaf_key(name))
			say(lamp, "the leaf has a key %.40s that none has",
			    name);
	if (json_view_int(lamp->leaf, "v", 0) != 1)
		say(lamp, "the leaf's version is not 1");
	if (!json_view_is_object(json_view_at(lamp->leaf, "commitments")))
		say(lamp, "the leaf's commitments are no object");
}

/* ---- what is shown beside the leaf */

/* An id may be shown as text, or as an object with it; null and absent are
 * the hub itself, or no single case. */
static const char *
shown_text(const struct json_view *event, const char *name)
{
	char inside[64];

	(void)snprintf(inside, sizeof(inside), "%s/id", name);
	return json_view_text(event, name, json_view_text(event, inside, ""));
}

static void
check_text(struct lamp *lamp, const char *name)
{
	const char *leaf = json_view_text(lamp->leaf, name, "");
	const char *shown = shown_text(lamp->event, name);

	if (strcmp(leaf, shown) != 0)
		say(lamp, "%s is shown as \"%.60s\", the leaf says \"%.60s\"",
		    name, shown, leaf);
}

/* Shown with milliseconds, kept with microseconds: equal as far as shown. */
static void
check_time(struct lamp *lamp, const char *name)
{
	const char *shown = json_view_text(lamp->event, name, "");
	const char *leaf = json_view_text(lamp->leaf, name, "");
	int64_t shown_at, leaf_at;
	char text[CLOCK_TEXT_SIZE];

	if (!clock_parse(leaf, &leaf_at) ||
	    strcmp(clock_format(leaf_at, 6, text), leaf) != 0) {
		say(lamp, "the leaf's %s is no time with six decimals", name);
		return;
	}
	if (strcmp(shown, leaf) == 0)
		return;
	if (!clock_parse(shown, &shown_at) ||
	    shown_at != leaf_at - leaf_at % 1000)
		say(lamp, "%s is shown as %.40s, the leaf says %.40s", name,
		    shown, leaf);
}

static void
check_event_id(struct lamp *lamp)
{
	const char *leaf = json_view_text(lamp->leaf, "event_id", "");
	const char *shown = json_view_text(lamp->event, "event_id", NULL);
	char number[24];

	(void)snprintf(number, sizeof(number), "%" PRId64,
	    json_view_int(lamp->event, "event_id", -1));
	if (strcmp(shown != NULL ? shown : number, leaf) != 0)
		say(lamp, "event_id is shown as %.40s, the leaf says %.40s",
		    shown != NULL ? shown : number, leaf);
}

/* A case may be shown as `case` or `case_id`, or not at all: it is the one
 * that was asked for. */
static void
check_case(struct lamp *lamp)
{
	const char *leaf = json_view_text(lamp->leaf, "case", "");
	const char *shown = json_view_text(
	    lamp->event, "case_id", json_view_text(lamp->event, "case", leaf));

	if (strcmp(leaf, shown) != 0)
		say(lamp, "case is shown as %.60s, the leaf says %.60s", shown,
		    leaf);
}

/* ---- commitments */

/* The commitment of a value: HMAC over its RFC 8785 form. */
static bool
commit(const struct json_view *item, const char *field,
    char text[COMMITMENT_TEXT_SIZE])
{
	SCOPED(strbuf_clear) struct strbuf plain = { .bytes = NULL };
	SCOPED(strbuf_clear) struct strbuf form = { .bytes = NULL };
	const char *salt_text = json_view_text(item, "salt", "");
	const struct json_view *value = json_view_at(item, "value");
	uint8_t salt[COMMITMENT_SALT_SIZE];

	strbuf_init(&plain, VALUE_LIMIT);
	strbuf_init(&form, VALUE_LIMIT);
	if (value == NULL || !hex_decode(salt_text, salt, sizeof(salt)))
		return false;
	/* A bare value needs brackets to be parsed; they are cut off again. */
	strbuf_append_char(&plain, '[');
	json_view_write(&plain, value);
	strbuf_append_char(&plain, ']');
	if (plain.failed ||
	    canonical_of(plain.bytes, plain.length, &form) != RC_OK)
		return false;
	(void)commitment_make(
	    salt, field, form.bytes + 1, form.length - 2, text);
	return true;
}

static void
check_value(struct lamp *lamp, const struct json_view *item,
    const struct json_view *commitments)
{
	const char *field = json_view_text(item, "field", "");
	const char *committed = NULL, *name = NULL;
	const struct json_view *found;
	char text[COMMITMENT_TEXT_SIZE];

	/* By hand: a field's name is no path. */
	for (size_t i = 0;
	     (found = json_view_member(commitments, i, &name)) != NULL; i++)
		if (strcmp(name, field) == 0)
			committed = json_view_text(found, "", "");
	lamp->result->values++;
	if (committed == NULL)
		say(lamp, "the leaf does not commit to %.60s", field);
	else if (!commit(item, field, text))
		say(lamp, "%.60s has no value or no salt of 64 hex digits",
		    field);
	else if (strcmp(text, committed) != 0)
		say(lamp, "%.60s is not what the leaf commits to", field);
}

/* Each value is committed to, each field there once.  Fewer than commitments
 * are no problem, only counted: they were erased, and the leaf outlives them,
 * or are not for who asked. */
static void
check_values(struct lamp *lamp)
{
	const struct json_view *commitments = json_view_at(
	    lamp->leaf, "commitments");
	const struct json_view *values = json_view_at(lamp->event, "values");
	size_t count = json_view_count(values);

	if (!json_view_is_array(values)) {
		say(lamp, "there is no list of values");
		return;
	}
	if (count < json_view_count(commitments))
		lamp->result->bare++;
	for (size_t i = 0; i < count; i++) {
		const struct json_view *item = json_view_item(values, i);

		check_value(lamp, item, commitments);
		for (size_t n = 0; n < i; n++)
			if (strcmp(json_view_text(item, "field", ""),
				json_view_text(json_view_item(values, n),
				    "field", "")) == 0)
				say(lamp, "%.60s is there twice",
				    json_view_text(item, "field", ""));
	}
}

/* ---- the events */

static void
check_event(struct lamp *lamp)
{
	const char *text = json_view_text(lamp->event, "leaf", NULL);
	SCOPED(json_view_cleanup) struct json_view *leaf = NULL;

	if (text == NULL ||
	    json_view_parse(text, strlen(text), &leaf, NULL) != RC_OK ||
	    !json_view_is_object(leaf)) {
		say(lamp, "there is no readable leaf");
		return;
	}
	lamp->leaf = leaf;
	check_form(lamp, text);
	check_keys(lamp);
	check_event_id(lamp);
	check_text(lamp, "type");
	check_text(lamp, "actor");
	check_case(lamp);
	check_time(lamp, "happened_at");
	check_time(lamp, "recorded_at");
	check_values(lamp);
}

static void
check_order(struct lamp *lamp, int64_t *last)
{
	int64_t index = json_view_int(lamp->event, "leaf_index", -1);

	if (index < 0)
		say(lamp, "there is no leaf index");
	else if (index <= *last)
		say(lamp, "its leaf index does not follow %" PRId64, *last);
	if (index > *last)
		*last = index;
}

enum rc
timeline_check(const struct json_view *timeline, timeline_check_report *report,
    void *context, struct timeline_check_result *result, struct err *err)
{
	const struct json_view *events = json_view_at(timeline, "items");
	int64_t last = -1;

	memset(result, 0, sizeof(*result));
	if (!json_view_is_array(events) || json_view_count(events) == 0)
		return err_set(err, RC_INVALID, "not_a_timeline",
		    "there are no events in it: save one with "
		    "case show ID --timeline --json");
	for (size_t i = 0; i < json_view_count(events); i++) {
		struct lamp lamp = { .event = json_view_item(events, i),
			.report = report,
			.context = context,
			.result = result };

		(void)snprintf(lamp.where, sizeof(lamp.where),
		    "event %zu (leaf %" PRId64 ", %.40s)", i + 1,
		    json_view_int(lamp.event, "leaf_index", -1),
		    json_view_text(lamp.event, "type", "?"));
		result->events++;
		check_order(&lamp, &last);
		check_event(&lamp);
	}
	return RC_OK;
}
