/*
 * Problems: see problem.h.
 */
#include "hub/listener/problem.h"

static void
write_text(struct strbuf *out, const char *name, const char *text)
{
	strbuf_printf(out, "\"%s\":\"", name);
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			strbuf_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			strbuf_printf(out, "\\u%04x", c);
		else
			strbuf_append_char(out, (char)c);
	}
	strbuf_append_char(out, '"');
}

/* The code as words: a title is the same for every problem of its kind. */
static void
write_title(struct strbuf *out, const char *code)
{
	strbuf_append(out, "\"title\":\"");
	for (; *code != '\0'; code++)
		strbuf_append_char(out, *code == '_' ? ' ' : *code);
	strbuf_append(out, "\",");
}

void
problem_write(struct strbuf *out, const struct problem *problem)
{
	strbuf_printf(out, "{\"type\":\"/problems/%s\",", problem->code);
	write_title(out, problem->code);
	strbuf_printf(out, "\"status\":%d,", problem->status);
	write_text(out, "detail", problem->detail);
	strbuf_append(out, ",");
	write_text(out, "code", problem->code);
	strbuf_append(out, ",\"errors\":[]");
	if (problem->trace_id != NULL) {
		strbuf_append(out, ",");
		write_text(out, "trace_id", problem->trace_id);
	}
	strbuf_append(out, "}");
}
