/*
 * The tolerant look: see json_view.h.  A view is jansson's value under
 * another name, so that nobody outside this room needs jansson.
 */
#include "hub/wire/json_view.h"

#include <string.h>

#include "hub/wire/json_parse.h"

enum { NAME_SIZE = 128 };

static const json_t *
plain(const struct json_view *view)
{
	return (const json_t *)view;
}

static const struct json_view *
view_of(const json_t *value)
{
	return (const struct json_view *)value;
}

enum rc
json_view_parse(const char *text, size_t length, struct json_view **document,
    struct err *err)
{
	json_t *root = NULL;

	TRY(json_parse(text, length, &root, err));
	*document = (struct json_view *)root;
	return RC_OK;
}

void
json_view_free(struct json_view *document)
{
	json_decref((json_t *)document);
}

void
json_view_cleanup(struct json_view **document)
{
	json_view_free(*document);
}

const struct json_view *
json_view_at(const struct json_view *value, const char *path)
{
	const json_t *at = plain(value);

	while (*path != '\0' && at != NULL) {
		size_t length = strcspn(path, "/");
		char name[NAME_SIZE];

		if (length >= sizeof(name))
			return NULL;
		memcpy(name, path, length);
		name[length] = '\0';
		at = json_object_get(at, name);
		path += length + (path[length] == '/' ? 1 : 0);
	}
	return view_of(at);
}

const char *
json_view_text(
    const struct json_view *value, const char *path, const char *fallback)
{
	const char *text = json_string_value(plain(json_view_at(value, path)));

	return text != NULL ? text : fallback;
}

int64_t
json_view_int(const struct json_view *value, const char *path, int64_t fallback)
{
	const json_t *at = plain(json_view_at(value, path));

	return json_is_integer(at) ? json_integer_value(at) : fallback;
}

bool
json_view_bool(const struct json_view *value, const char *path, bool fallback)
{
	const json_t *at = plain(json_view_at(value, path));

	return json_is_boolean(at) ? json_is_true(at) : fallback;
}

bool
json_view_is_text(const struct json_view *value)
{
	return json_is_string(plain(value));
}

bool
json_view_is_null(const struct json_view *value)
{
	return json_is_null(plain(value));
}

bool
json_view_is_object(const struct json_view *value)
{
	return json_is_object(plain(value));
}

bool
json_view_is_array(const struct json_view *value)
{
	return json_is_array(plain(value));
}

size_t
json_view_count(const struct json_view *value)
{
	return json_is_array(plain(value)) ? json_array_size(plain(value))
					   : json_object_size(plain(value));
}

const struct json_view *
json_view_item(const struct json_view *value, size_t n)
{
	return view_of(json_array_get(plain(value), n));
}

const struct json_view *
json_view_member(const struct json_view *value, size_t n, const char **name)
{
	json_t *object = (json_t *)value;
	void *at = json_object_iter(object);

	while (at != NULL && n-- > 0)
		at = json_object_iter_next(object, at);
	if (at == NULL)
		return NULL;
	*name = json_object_iter_key(at);
	return view_of(json_object_iter_value(at));
}

static int
append(const char *bytes, size_t length, void *context)
{
	strbuf_append_bytes(context, bytes, length);
	return 0;
}

void
json_view_write(struct strbuf *out, const struct json_view *value)
{
	if (json_dump_callback(
		plain(value), append, out, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
		out->failed = true;
}
