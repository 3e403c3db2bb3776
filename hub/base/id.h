/*
 * Ids: UUIDv7 (RFC 9562) inside, TypeID text ("case_" + 26 characters of
 * Crockford's base32) outside.  Made at the edge, never by the database.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"

struct id {
	uint8_t bytes[16];
};

/* Prefix of at most 8 letters, '_', 26 characters, NUL. */
enum { ID_TEXT_SIZE = 40 };

/* A fresh UUIDv7 for the present millisecond.  Its last 16 bits are zero:
 * they are the room of id_nth. */
struct id id_new(void);

/* The n-th id (below 65536) that belongs to a base from id_new: a command
 * carries one base, and a decision numbers what it makes.  The 58 random
 * bits of the base keep bases apart. */
struct id id_nth(const struct id *base, uint32_t n);

/* `text` has ID_TEXT_SIZE bytes.  Returns it. */
char *id_format(const char *prefix, const struct id *id, char *text);

/* False unless `text` is exactly prefix, '_' and 26 valid characters. */
NODISCARD bool id_parse(const char *prefix, const char *text, struct id *id);

/* The 36-character form of RFC 9562; `text` has 37 bytes.  Returns it. */
char *id_uuid(const struct id *id, char *text);

int id_compare(const struct id *a, const struct id *b);
bool id_equal(const struct id *a, const struct id *b);
bool id_is_zero(const struct id *id);
