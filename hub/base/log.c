/*
 * The log: see log.h.
 */
#include "hub/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/base/strbuf.h"

enum { LINE_LIMIT = 4096 };

static const char *const level_names[] = {
	[LOG_DEBUG] = "debug",
	[LOG_INFO] = "info",
	[LOG_WARN] = "warn",
	[LOG_ERROR] = "error",
	[LOG_PANIC] = "panic",
};

static enum log_level threshold = LOG_INFO;

void
log_threshold(enum log_level level)
{
	threshold = level;
}

static void
append_quoted(struct strbuf *line, const char *text)
{
	strbuf_append_char(line, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			strbuf_printf(line, "\\%c", c);
		else if (c < 0x20)
			strbuf_printf(line, "\\u%04x", c);
		else
			strbuf_append_char(line, (char)c);
	}
	strbuf_append_char(line, '"');
}

static void
log_write(enum log_level level, const char *phrase, va_list pairs)
{
	char at[CLOCK_TEXT_SIZE];
	SCOPED(strbuf_clear) struct strbuf line = { .bytes = NULL };
	const char *key, *value;

	if (level < threshold)
		return;
	strbuf_init(&line, LINE_LIMIT);
	strbuf_printf(&line, "{\"at\":\"%s\",\"level\":\"%s\",\"message\":",
	    clock_format(clock_now(), 3, at), level_names[level]);
	append_quoted(&line, phrase);
	while ((key = va_arg(pairs, const char *)) != NULL) {
		value = va_arg(pairs, const char *);
		strbuf_append_char(&line, ',');
		append_quoted(&line, key);
		strbuf_append_char(&line, ':');
		append_quoted(&line, value != NULL ? value : "");
	}
	strbuf_append(&line, "}\n");
	/* One write, so that lines of several threads do not mix; nothing
	 * to be done where it fails. */
	if (write(STDERR_FILENO, line.bytes, line.length) < 0)
		return;
}

#define LOG_FUNCTION(name, level)                \
	void name(const char *phrase, ...)       \
	{                                        \
		va_list pairs;                   \
                                                 \
		va_start(pairs, phrase);         \
		log_write(level, phrase, pairs); \
		va_end(pairs);                   \
	}

LOG_FUNCTION(log_debug, LOG_DEBUG)
LOG_FUNCTION(log_info, LOG_INFO)
LOG_FUNCTION(log_warn, LOG_WARN)
LOG_FUNCTION(log_error, LOG_ERROR)

void
log_panic(const char *phrase, ...)
{
	va_list pairs;

	va_start(pairs, phrase);
	log_write(LOG_PANIC, phrase, pairs);
	va_end(pairs);
	abort();
}

char *
log_redact(const char *text, char *out)
{
	size_t length = strlen(text);

	(void)snprintf(out, 16, "…%s", length > 8 ? text + length - 4 : "");
	return out;
}
