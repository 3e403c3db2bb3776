/*
 * Problems: see problem_json.h.
 */
#include "hub/wire/problem_json.h"

#include <string.h>

#include "hub/wire/json_writer.h"
#include "hub/wire/utf8.h"

static const struct {
	int status;
	const char *title;
	const char *detail; /* said instead of the error's own sentence */
} problems[RC_COUNT] = {
	[RC_OK] = { 200, "no problem", NULL },
	[RC_MALFORMED] = { 400, "the request cannot be read", NULL },
	[RC_INVALID] = { 422, "a part of the request is wrong", NULL },
	[RC_MISSING] = { 404, "there is no such thing", NULL },
	[RC_FORBIDDEN] = { 403, "this is not allowed", NULL },
	[RC_CONFLICT] = { 409, "the state does not allow it", NULL },
	[RC_STALE] = { 412, "it has changed in the meantime", NULL },
	[RC_UNGUARDED] = { 428, "an If-Match header is needed", NULL },
	[RC_TOO_LARGE] = { 413, "the request is too large", NULL },
	[RC_LIMITED] = { 429, "too many requests", NULL },
	[RC_UNAVAILABLE] = { 503, "try again with the same key", NULL },
	[RC_RETRY] = { 503, "try again with the same key",
	    "the work collided with other work" },
	[RC_FAILED] = { 500, "the hub failed",
	    "this is the hub's fault, and logged under the trace id" },
};

int
problem_status(enum rc rc)
{
	return problems[rc].status;
}

/* The fixed sizes of struct err may have cut a character in two. */
static void
write_cut(struct strbuf *out, const char *key, const char *text)
{
	json_write_text_bytes(out, key, text, utf8_trim(text, strlen(text)));
}

static void
write_errors(struct strbuf *out, const struct err *err, const char *detail)
{
	json_write_array(out, "errors");
	if (err->pointer[0] != '\0' || err->rc == RC_INVALID) {
		json_write_object(out, NULL);
		write_cut(out, "pointer", err->pointer);
		json_write_text(out, "code", err->code);
		write_cut(out, "detail", detail);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

void
problem_json_write_as(struct strbuf *out, int status, const char *title,
    const struct err *err, const char *instance, const char *trace_id)
{
	const char *detail = problems[err->rc].detail;

	if (detail == NULL)
		detail = err->text;
	json_write_object(out, NULL);
	json_write_raw(out, "type", "\"/problems/");
	strbuf_append(out, err->code);
	strbuf_append_char(out, '"');
	json_write_text(out, "title", title);
	json_write_int(out, "status", status);
	write_cut(out, "detail", detail);
	json_write_text(out, "code", err->code);
	if (instance != NULL)
		json_write_text(out, "instance", instance);
	write_errors(out, err, detail);
	if (trace_id != NULL)
		json_write_text(out, "trace_id", trace_id);
	json_write_object_end(out);
}

void
problem_json_write(struct strbuf *out, const struct err *err,
    const char *instance, const char *trace_id)
{
	problem_json_write_as(out, problems[err->rc].status,
	    problems[err->rc].title, err, instance, trace_id);
}
