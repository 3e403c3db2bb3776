/*
 * Reading by tables: see json_reader.h.
 */
#include "hub/wire/json_reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/card_scan.h"
#include "hub/wire/json_parse.h"
#include "hub/wire/utf8.h"

enum { NAME_SHOWN = 60 }; /* bytes of an unknown member's name */

static enum rc
request_too_large(struct err *err)
{
	return err_set(err, RC_TOO_LARGE, "request_too_large",
	    "the request needs more memory than one may have");
}

/* ---- one function for each kind; the type has been checked */

static enum rc
take_text(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	const char *text = json_string_value(node->value);
	size_t length = json_string_length(node->value);

	if (length == 0)
		return err_set(
		    err, RC_INVALID, "text_empty", "must not be empty");
	if (length > (size_t)member->max)
		return err_set(err, RC_INVALID, "text_too_long",
		    "%zu bytes, at most %" PRId64, length, member->max);
	text = arena_strndup(node->arena, text, length);
	if (text == NULL)
		return request_too_large(err);
	*(const char **)member->out = text;
	return RC_OK;
}

static enum rc
take_int(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	int64_t number = json_integer_value(node->value);

	if (number < member->min || number > member->max)
		return err_set(err, RC_INVALID, "out_of_range",
		    "must be from %" PRId64 " to %" PRId64, member->min,
		    member->max);
	if (member->size == sizeof(int))
		*(int *)member->out = (int)number;
	else
		*(int64_t *)member->out = number;
	return RC_OK;
}

static enum rc
take_bool(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	(void)err;
	*(bool *)member->out = json_is_true(node->value);
	return RC_OK;
}

static enum rc
take_time(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	int64_t at;

	if (!clock_parse(json_string_value(node->value), &at))
		return err_set(err, RC_INVALID, "bad_time",
		    "must be an RFC 3339 time with an offset");
	*(int64_t *)member->out = at;
	return RC_OK;
}

static enum rc
take_id(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	if (!id_parse(
		member->prefix, json_string_value(node->value), member->out))
		return err_set(err, RC_INVALID, "bad_id",
		    "must be an id that begins with %s_", member->prefix);
	return RC_OK;
}

/* "a, b, c", cut at a whole word. */
static const char *
list_words(const struct words *words, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];

		if (used + strlen(word) + sizeof(", ...") > size) {
			(void)snprintf(text + used, size - used, "...");
			break;
		}
		used += (size_t)snprintf(text + used, size - used, "%s%s", word,
		    i + 1 < words->count ? ", " : "");
	}
	return text;
}

static enum rc
find_word(
    const struct words *words, const json_t *value, int *found, struct err *err)
{
	char list[ERR_TEXT_SIZE - sizeof("must be one of ")];

	if (words_find(words, json_string_value(value), found))
		return RC_OK;
	return err_set(err, RC_INVALID, "not_one_of", "must be one of %s",
	    list_words(words, list, sizeof(list)));
}

static enum rc
take_word(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	return find_word(member->words, node->value, member->out, err);
}

static enum rc
take_object(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	return member->read(node, member->out, err);
}

static enum rc take_value(const struct json_member *member,
    const struct json_node *node, struct err *err);

static enum rc
take_word_set(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	int word = 0;
	struct json_member item = {
		.kind = JSON_KIND_WORD, .words = member->words, .out = &word
	};
	uint32_t set = 0;

	for (size_t i = 0; i < json_array_size(node->value); i++) {
		struct json_node at = { json_array_get(node->value, i),
			node->arena };
		enum rc rc = take_value(&item, &at, err);

		if (rc != RC_OK) {
			err_prefix(err, "/%zu", i);
			return rc;
		}
		set |= UINT32_C(1) << word;
	}
	*(uint32_t *)member->out = set;
	return RC_OK;
}

static enum rc
take_list(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	size_t count = json_array_size(node->value);
	struct json_member item = *member;
	char *items;

	if (count > member->limit)
		return err_set(err, RC_INVALID, "too_many_items",
		    "%zu items, at most %zu", count, member->limit);
	items = arena_alloc(node->arena, (count + 1) * member->size);
	if (items == NULL)
		return request_too_large(err);
	item.kind = member->item;
	for (size_t i = 0; i < count; i++) {
		struct json_node at = { json_array_get(node->value, i),
			node->arena };
		enum rc rc;

		item.out = items + i * member->size;
		rc = take_value(&item, &at, err);
		if (rc != RC_OK) {
			err_prefix(err, "/%zu", i);
			return rc;
		}
	}
	/* `out` is a pointer to a pointer to any type. */
	memcpy(member->out, &items, sizeof(items));
	*member->count = count;
	return RC_OK;
}

/* ---- the kinds as a table */

static const struct {
	json_type type;
	enum rc (*take)(const struct json_member *member,
	    const struct json_node *node, struct err *err);
} kinds[JSON_KIND_COUNT] = {
	[JSON_KIND_TEXT] = { JSON_STRING, take_text },
	[JSON_KIND_INT] = { JSON_INTEGER, take_int },
	[JSON_KIND_BOOL] = { JSON_TRUE, take_bool },
	[JSON_KIND_TIME] = { JSON_STRING, take_time },
	[JSON_KIND_ID] = { JSON_STRING, take_id },
	[JSON_KIND_WORD] = { JSON_STRING, take_word },
	[JSON_KIND_WORD_SET] = { JSON_ARRAY, take_word_set },
	[JSON_KIND_OBJECT] = { JSON_OBJECT, take_object },
	[JSON_KIND_LIST] = { JSON_ARRAY, take_list },
};

static const char *const type_names[] = {
	[JSON_OBJECT] = "an object",
	[JSON_ARRAY] = "an array",
	[JSON_STRING] = "a string",
	[JSON_INTEGER] = "an integer",
	[JSON_REAL] = "a number with a fraction",
	[JSON_TRUE] = "true or false",
	[JSON_FALSE] = "true or false",
	[JSON_NULL] = "null",
};

static enum rc
take_value(const struct json_member *member, const struct json_node *node,
    struct err *err)
{
	json_type is = json_typeof(node->value),
		  want = kinds[member->kind].type;

	if (is != want && !(want == JSON_TRUE && is == JSON_FALSE))
		return err_set(err, RC_INVALID, "wrong_type",
		    "must be %s, not %s", type_names[want], type_names[is]);
	return kinds[member->kind].take(member, node, err);
}

/* ---- members */

/* The name as a reference token of RFC 6901, cut where it is long. */
static void
point_at(struct err *err, const char *name)
{
	char text[2 * NAME_SHOWN + 4];
	size_t used = 0, length = strlen(name);

	if (length > NAME_SHOWN)
		length = utf8_trim(name, NAME_SHOWN);
	for (size_t i = 0; i < length; i++) {
		if (name[i] != '~' && name[i] != '/') {
			text[used++] = name[i];
			continue;
		}
		text[used++] = '~';
		text[used++] = name[i] == '~' ? '0' : '1';
	}
	text[used] = '\0';
	err_prefix(err, "/%s", text);
}

enum rc
json_read_member(const struct json_node *node, const struct json_member *member,
    struct err *err)
{
	struct json_node at = { json_object_get(node->value, member->name),
		node->arena };
	enum rc rc = RC_OK;
	bool is_there = at.value != NULL &&
	    !(json_is_null(at.value) && member->need == JSON_NULLABLE);

	if (member->is_there != NULL)
		*member->is_there = is_there;
	if (is_there)
		rc = take_value(member, &at, err);
	else if (member->need == JSON_REQUIRED)
		rc = err_set(err, RC_INVALID, "missing_member",
		    "the member %s is missing", member->name);
	if (rc != RC_OK)
		point_at(err, member->name);
	return rc;
}

static bool
is_named(const char *name, const struct json_member *members, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, members[i].name) == 0)
			return true;
	return false;
}

/* The name is the client's: a card number in it is not echoed. */
static void
point_at_unknown(struct err *err, const char *name)
{
	char shown[NAME_SHOWN + 1];
	size_t length = strlen(name);

	if (length > NAME_SHOWN)
		length = utf8_trim(name, NAME_SHOWN);
	memcpy(shown, name, length);
	(void)card_scan_mask(shown, &length);
	shown[length] = '\0';
	point_at(err, shown);
}

/* Before missing members: a name with a typo in it is both, and the typo is
 * what the client wants to see. */
static enum rc
refuse_unknown(const struct json_node *node, const struct json_member *members,
    size_t count, struct err *err)
{
	const char *name;
	json_t *value;

	json_object_foreach(node->value, name, value)
	{
		if (is_named(name, members, count))
			continue;
		(void)err_set(err, RC_INVALID, "unknown_member",
		    "no such member is known here");
		point_at_unknown(err, name);
		return RC_INVALID;
	}
	return RC_OK;
}

enum rc
json_read_members(const struct json_node *node,
    const struct json_member *members, size_t count, struct err *err)
{
	TRY(refuse_unknown(node, members, count, err));
	for (size_t i = 0; i < count; i++)
		TRY(json_read_member(node, &members[i], err));
	return RC_OK;
}

enum rc
json_read(const char *body, size_t length, struct arena *arena,
    JSON_READS(read), void *out, struct err *err)
{
	SCOPED(json_parse_cleanup) json_t *value = NULL;
	struct json_node node = { .arena = arena };

	TRY(json_parse(body, length, &value, err));
	if (!json_is_object(value))
		return err_set(err, RC_INVALID, "not_an_object",
		    "must be an object, not %s", type_names[JSON_ARRAY]);
	node.value = value;
	return read(&node, out, err);
}
