/*
 * The one way to report a failure.  A function that can fail returns an
 * `enum rc` and fills a `struct err` that the caller owns; reporting never
 * allocates.  Codes are part of the API: snake_case, never renamed.
 */
#pragma once

#include "hub/base/common.h"

enum rc {
	RC_OK,
	RC_MALFORMED,   /* not even readable: bad JSON, bad framing (400) */
	RC_INVALID,     /* readable, but a field is wrong (422) */
	RC_MISSING,     /* no such thing, or not yours (404) */
	RC_FORBIDDEN,   /* known, but not allowed (403) */
	RC_CONFLICT,    /* the thing is not in a state for this (409) */
	RC_STALE,       /* If-Match does not match (412) */
	RC_UNGUARDED,   /* If-Match is needed (428; RFC 6585, 3) */
	RC_TOO_LARGE,   /* over a size limit (413) */
	RC_LIMITED,     /* too many, too fast (429) */
	RC_UNAVAILABLE, /* try again with the same key (503) */
	RC_RETRY,       /* internal: run the transaction again */
	RC_FAILED,      /* our fault, or the system's (500) */
	RC_COUNT
};

enum {
	ERR_CODE_SIZE = 48,
	ERR_TEXT_SIZE = 320,
	ERR_POINTER_SIZE = 160,
};

struct err {
	enum rc rc;
	char code[ERR_CODE_SIZE];       /* stable, snake_case */
	char text[ERR_TEXT_SIZE];       /* one short sentence, no period */
	char pointer[ERR_POINTER_SIZE]; /* JSON pointer to the field, or "" */
};

/* Fill `err` and return `rc`, so that a caller can `return err_set(...)`.
 * The pointer is cleared.  `err` may be NULL. */
enum rc err_set(struct err *err, enum rc rc, const char *code,
    const char *format, ...) PRINTF_LIKE(4, 5);

/* The same, with the JSON pointer of the field that is wrong. */
enum rc err_at(struct err *err, enum rc rc, const char *pointer,
    const char *code, const char *format, ...) PRINTF_LIKE(5, 6);

/* Put `prefix` in front of the pointer that a callee has set. */
void err_prefix(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Leave this function with the callee's rc unless it is RC_OK.  The only
 * macro that returns. */
#define TRY(call)                         \
	do {                              \
		enum rc try_rc_ = (call); \
		if (try_rc_ != RC_OK)     \
			return try_rc_;   \
	} while (0)
