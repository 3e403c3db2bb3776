/*
 * RFC 8785 (JCS) for what is hashed or signed: event leaves, the values
 * below commitments, an officer's request.  Strings, integers of at most 53
 * bits, booleans, null, arrays, objects; fractions are refused, so no number
 * has two spellings.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

enum canonical_kind {
	CANONICAL_NULL,
	CANONICAL_TEXT,
	CANONICAL_INT,
	CANONICAL_BOOL,
	CANONICAL_ARRAY,
	CANONICAL_OBJECT,
};

/* A value made by hand; all pointers are borrowed. */
struct canonical {
	enum canonical_kind kind;
	bool truth;
	int64_t number;
	const char *text;
	struct canonical *items;          /* array */
	struct canonical_member *members; /* object; sorted in place */
	size_t count;
};

struct canonical_member {
	const char *key;
	struct canonical value;
};

/* Initialisers: { "actor", CANONICAL_TEXT_OF(actor) } */
#define CANONICAL_TEXT_OF(text_)                        \
	{                                               \
		.kind = CANONICAL_TEXT, .text = (text_) \
	}
#define CANONICAL_INT_OF(number_)                          \
	{                                                  \
		.kind = CANONICAL_INT, .number = (number_) \
	}
#define CANONICAL_BOOL_OF(truth_)                         \
	{                                                 \
		.kind = CANONICAL_BOOL, .truth = (truth_) \
	}
#define CANONICAL_ARRAY_OF(items_, count_)                                    \
	{                                                                     \
		.kind = CANONICAL_ARRAY, .items = (items_), .count = (count_) \
	}
#define CANONICAL_OBJECT_OF(members_, count_)                    \
	{                                                        \
		.kind = CANONICAL_OBJECT, .members = (members_), \
		.count = (count_)                                \
	}

/* Append the canonical form.  RC_INVALID not_canonical: a key twice, text
 * that is no UTF-8, an integer beyond 53 bits; RC_TOO_LARGE over `out`'s
 * limit.  What was appended until then is to be thrown away. */
NODISCARD enum rc json_canonical_write(
    struct strbuf *out, const struct canonical *value, struct err *err);

/* The same of JSON text, which json_parse's rules hold for; `arena` is for
 * work.  RC_MALFORMED too. */
NODISCARD enum rc json_canonical_text(struct strbuf *out, const char *json,
    size_t length, struct arena *arena, struct err *err);
