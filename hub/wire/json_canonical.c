/*
 * RFC 8785: see json_canonical.h.
 */
#include "hub/wire/json_canonical.h"

#include <stdlib.h>
#include <string.h>

#include "hub/wire/json_parse.h"
#include "hub/wire/json_writer.h"
#include "hub/wire/utf8.h"

static enum rc
not_canonical(struct err *err, const char *why)
{
	return err_set(err, RC_INVALID, "not_canonical", "%s", why);
}

/* RFC 8785, section 3.2.3: keys are compared as UTF-16 code units.  Bytes of
 * UTF-8 give that order except that the surrogates of a four-byte sequence
 * (D800 to DFFF) come before the three-byte E000 to FFFF. */
static int
compare_keys(const void *left, const void *right)
{
	const unsigned char *a =
	    (const void *)((const struct canonical_member *)left)->key;
	const unsigned char *b =
	    (const void *)((const struct canonical_member *)right)->key;

	for (; *a != 0 && *a == *b; a++)
		b++;
	if (*a >= 0xee && *b >= 0xee && (*a >= 0xf0) != (*b >= 0xf0))
		return *a >= 0xf0 ? -1 : 1;
	return *a - *b;
}

static enum rc
write_text(struct strbuf *out, const char *text, struct err *err)
{
	size_t length = strlen(text);

	if (!utf8_is_valid(text, length))
		return not_canonical(err, "a text is not UTF-8");
	json_write_quoted(out, text, length);
	return RC_OK;
}

static enum rc
write_object(struct strbuf *out, const struct canonical *value, struct err *err)
{
	struct canonical_member *members = value->members;

	if (value->count > 1)
		qsort(members, value->count, sizeof(*members), compare_keys);
	strbuf_append_char(out, '{');
	for (size_t i = 0; i < value->count; i++) {
		if (i > 0 && strcmp(members[i - 1].key, members[i].key) == 0)
			return not_canonical(err, "a member is there twice");
		if (i > 0)
			strbuf_append_char(out, ',');
		TRY(write_text(out, members[i].key, err));
		strbuf_append_char(out, ':');
		TRY(json_canonical_write(out, &members[i].value, err));
	}
	strbuf_append_char(out, '}');
	return RC_OK;
}

static enum rc
write_array(struct strbuf *out, const struct canonical *value, struct err *err)
{
	strbuf_append_char(out, '[');
	for (size_t i = 0; i < value->count; i++) {
		if (i > 0)
			strbuf_append_char(out, ',');
		TRY(json_canonical_write(out, &value->items[i], err));
	}
	strbuf_append_char(out, ']');
	return RC_OK;
}

static enum rc
write_int(struct strbuf *out, int64_t number, struct err *err)
{
	if (number > JSON_SAFE_INTEGER || number < -JSON_SAFE_INTEGER)
		return not_canonical(err, "an integer has more than 53 bits");
	strbuf_append_int(out, number);
	return RC_OK;
}

static enum rc
write_value(struct strbuf *out, const struct canonical *value, struct err *err)
{
	switch (value->kind) {
	case CANONICAL_NULL:
		strbuf_append(out, "null");
		return RC_OK;
	case CANONICAL_TEXT:
		return write_text(out, value->text, err);
	case CANONICAL_INT:
		return write_int(out, value->number, err);
	case CANONICAL_BOOL:
		strbuf_append(out, value->truth ? "true" : "false");
		return RC_OK;
	case CANONICAL_ARRAY:
		return write_array(out, value, err);
	case CANONICAL_OBJECT:
		return write_object(out, value, err);
	}
	return not_canonical(err, "a value of no kind");
}

enum rc
json_canonical_write(
    struct strbuf *out, const struct canonical *value, struct err *err)
{
	TRY(write_value(out, value, err));
	if (out->failed)
		return err_set(err, RC_TOO_LARGE, "canonical_too_large",
		    "the canonical form is over %zu bytes", out->limit);
	return RC_OK;
}

/* ---- from jansson's tree, whose texts are borrowed */

static enum rc
work_too_large(struct err *err)
{
	return err_set(err, RC_TOO_LARGE, "request_too_large",
	    "the value needs more memory than one may have");
}

static enum rc convert(const json_t *json, struct arena *arena,
    struct canonical *value, struct err *err);

static enum rc
convert_object(const json_t *json, struct arena *arena, struct canonical *value,
    struct err *err)
{
	const char *key;
	json_t *member;

	value->kind = CANONICAL_OBJECT;
	value->members = arena_alloc(
	    arena, (json_object_size(json) + 1) * sizeof(*value->members));
	if (value->members == NULL)
		return work_too_large(err);
	json_object_foreach((json_t *)json, key, member)
	{
		value->members[value->count].key = key;
		TRY(convert(
		    member, arena, &value->members[value->count].value, err));
		value->count++;
	}
	return RC_OK;
}

static enum rc
convert_array(const json_t *json, struct arena *arena, struct canonical *value,
    struct err *err)
{
	value->kind = CANONICAL_ARRAY;
	value->count = json_array_size(json);
	value->items = arena_alloc(
	    arena, (value->count + 1) * sizeof(*value->items));
	if (value->items == NULL)
		return work_too_large(err);
	for (size_t i = 0; i < value->count; i++)
		TRY(convert(
		    json_array_get(json, i), arena, &value->items[i], err));
	return RC_OK;
}

/* As deep as json_parse allows, and no deeper. */
static enum rc
convert(const json_t *json, struct arena *arena, struct canonical *value,
    struct err *err)
{
	*value = (struct canonical){ .kind = CANONICAL_NULL };
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return convert_object(json, arena, value, err);
	case JSON_ARRAY:
		return convert_array(json, arena, value, err);
	case JSON_STRING:
		value->kind = CANONICAL_TEXT;
		value->text = json_string_value(json);
		return RC_OK;
	case JSON_INTEGER:
		value->kind = CANONICAL_INT;
		value->number = json_integer_value(json);
		return RC_OK;
	case JSON_REAL:
		return not_canonical(err, "a number has a fraction");
	case JSON_TRUE:
	case JSON_FALSE:
		value->kind = CANONICAL_BOOL;
		value->truth = json_is_true(json);
		return RC_OK;
	case JSON_NULL:
		return RC_OK;
	}
	return not_canonical(err, "a value of no kind");
}

enum rc
json_canonical_text(struct strbuf *out, const char *json, size_t length,
    struct arena *arena, struct err *err)
{
	SCOPED(json_parse_cleanup) json_t *tree = NULL;
	struct canonical value;

	TRY(json_parse(json, length, &tree, err));
	TRY(convert(tree, arena, &value, err));
	return json_canonical_write(out, &value, err);
}
