/*
 * The log: one JSON object a line on standard error, a fixed phrase plus
 * pairs.  Ids, never values: what a person could be recognised by passes
 * log_redact first.  The log is not the timeline.
 */
#pragma once

#include <stddef.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_PANIC };

/* Lines below this level are dropped.  Starts at LOG_INFO. */
void log_threshold(enum log_level level);

/* log_info("target moved", "target", id, "to", state, NULL): keys and values
 * are strings, the list ends with NULL. */
void log_debug(const char *phrase, ...) __attribute__((sentinel));
void log_info(const char *phrase, ...) __attribute__((sentinel));
void log_warn(const char *phrase, ...) __attribute__((sentinel));
void log_error(const char *phrase, ...) __attribute__((sentinel));

/* An invariant of ours broke: say so and abort. */
void log_panic(const char *phrase, ...) __attribute__((sentinel, noreturn));

/* "…4321": the last four characters of `text`; `out` has 16 bytes. */
char *log_redact(const char *text, char *out);
