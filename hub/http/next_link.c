/*
 * Addresses of next pages: see next_link.h.
 */
#include "hub/http/next_link.h"

#include <stdlib.h>
#include <string.h>

/* Longer than any query that the listener takes, with each byte encoded;
 * next_cursor in the body says the same. */
enum { LINK_LIMIT = 32 * 1024 };

/* RFC 3986, 2.3. */
static bool
is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

static void
write_encoded(struct strbuf *out, const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		if (is_unreserved((unsigned char)*text))
			strbuf_append_char(out, *text);
		else
			strbuf_printf(out, "%%%02X", (unsigned char)*text);
}

static void
write_query(struct strbuf *out, const char *name, const char *value)
{
	strbuf_append_char(out, '&');
	write_encoded(out, name);
	strbuf_append_char(out, '=');
	write_encoded(out, value);
}

void
next_link_write(struct strbuf *out, const char *path,
    const struct exchange_field *queries, size_t count, int limit,
    const char *cursor)
{
	strbuf_printf(out, "<%s?limit=%d", path, limit);
	for (size_t i = 0; i < count; i++)
		if (strcmp(queries[i].name, "limit") != 0 &&
		    strcmp(queries[i].name, "cursor") != 0)
			write_query(out, queries[i].name, queries[i].value);
	write_query(out, "cursor", cursor);
	strbuf_append(out, ">; rel=\"next\"");
}

void
next_link_add(const struct call *call, struct response *response, int limit,
    const char *cursor)
{
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };
	const struct exchange_field *queries;
	size_t count;
	char *link;

	if (cursor[0] == '\0')
		return;
	strbuf_init(&out, LINK_LIMIT);
	queries = exchange_queries(call->exchange, &count);
	next_link_write(
	    &out, exchange_path(call->exchange), queries, count, limit, cursor);
	link = out.failed ? NULL : arena_strdup(call_arena(call), out.bytes);
	if (link != NULL)
		reply_header(response, "Link", link);
}
