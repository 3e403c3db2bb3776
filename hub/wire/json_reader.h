/*
 * Reads a bounded JSON body into plain values by tables of members.  Called
 * by whoever takes a body (http, adapters, the nodal program); decides
 * nothing about what the values mean.
 *
 *	static enum rc
 *	read_txn(const struct json_node *node, void *out, struct err *err)
 *	{
 *		struct txn *txn = out;
 *		const struct json_member members[] = {
 *			MEMBER_TEXT("value", JSON_REQUIRED, 64, &txn->value),
 *			MEMBER_TIME("at", JSON_OPTIONAL, &txn->at),
 *		};
 *		return json_read_members(node, members, COUNT(members), err);
 *	}
 *
 * A member that no table names is refused, so is one that is there twice.
 * Every error carries the JSON pointer (RFC 6901) of what is wrong and never
 * echoes a value.  RC_INVALID codes: not_an_object, unknown_member,
 * missing_member, wrong_type, text_empty, text_too_long, out_of_range,
 * bad_time, bad_id, not_one_of, too_many_items; RC_TOO_LARGE:
 * request_too_large when the arena is full.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"

enum { JSON_DEPTH_LIMIT = 32 };

/* A value being read; lives as long as the callback that is handed it. */
struct json_node {
	struct json_t *value;
	struct arena *arena; /* texts and lists are copied into it */
};

enum json_need {
	JSON_REQUIRED,
	JSON_OPTIONAL, /* absent leaves *out alone; null is a wrong_type */
	JSON_NULLABLE, /* null counts as absent */
};

enum json_kind {
	JSON_KIND_TEXT,
	JSON_KIND_INT,
	JSON_KIND_BOOL,
	JSON_KIND_TIME,
	JSON_KIND_ID,
	JSON_KIND_WORD,
	JSON_KIND_OBJECT,
	JSON_KIND_LIST,
	JSON_KIND_COUNT
};

/* Reads an object into `out`; pointers in `err` are relative to the node. */
#define JSON_READS(name) \
	enum rc (*name)(const struct json_node *, void *, struct err *)

/* One row of a table; made by the macros below, which check the type of
 * `out` at compile time. */
struct json_member {
	const char *name;
	void *out;
	const char *prefix;            /* id */
	const char *(*word)(unsigned); /* word: its name, or `words` */
	const char *const *words;
	JSON_READS(read); /* object, list of objects */
	int64_t min, max; /* int; text: bytes; word: how many */
	size_t item_limit, item_size;
	size_t *count; /* list */
	enum json_need need;
	enum json_kind kind, item; /* item: of a list */
};

#define MEMBER_ROW_(kind_, name_, need_, out_, type)       \
	.name = (name_), .need = (need_), .kind = (kind_), \
	.out = 1 ? (out_) : (type *)0

/* `const char *out`: a copy of 1 to `max_bytes` bytes. */
#define MEMBER_TEXT(name, need, max_bytes, out)                             \
	{                                                                   \
		MEMBER_ROW_(JSON_KIND_TEXT, name, need, out, const char *), \
		    .max = (max_bytes)                                      \
	}

/* `int64_t out` from `low` to `high`. */
#define MEMBER_INT(name, need, low, high, out)                        \
	{                                                             \
		MEMBER_ROW_(JSON_KIND_INT, name, need, out, int64_t), \
		    .min = (low), .max = (high)                       \
	}

#define MEMBER_BOOL(name, need, out)                               \
	{                                                          \
		MEMBER_ROW_(JSON_KIND_BOOL, name, need, out, bool) \
	}

/* `int64_t out` in microseconds from RFC 3339 text. */
#define MEMBER_TIME(name, need, out)                                  \
	{                                                             \
		MEMBER_ROW_(JSON_KIND_TIME, name, need, out, int64_t) \
	}

/* `struct id out` from "prefix_…". */
#define MEMBER_ID(name, need, prefix_, out)                            \
	{                                                              \
		MEMBER_ROW_(JSON_KIND_ID, name, need, out, struct id), \
		    .prefix = (prefix_)                                \
	}

/* `enum x out` below `x_COUNT` whose name is word_of(x); NULL names are
 * skipped. */
#define MEMBER_WORD(name, need, word_of, x_COUNT, out)                  \
	{                                                               \
		MEMBER_ROW_(JSON_KIND_WORD, name, need, out, unsigned), \
		    .word = (word_of), .max = (x_COUNT)                 \
	}

/* The same from an array of names. */
#define MEMBER_ONE_OF(name, need, words_, out)                          \
	{                                                               \
		MEMBER_ROW_(JSON_KIND_WORD, name, need, out, unsigned), \
		    .words = (words_), .max = (int64_t)COUNT(words_)    \
	}

/* Anything that `read_` reads into `out`. */
#define MEMBER_OBJECT(name, need, read_, out)                         \
	{                                                             \
		MEMBER_ROW_(JSON_KIND_OBJECT, name, need, out, void), \
		    .read = (read_)                                   \
	}

/* `struct x *out` and `size_t count`: at most `limit` objects, each zeroed
 * and then read by `read_`; both in the arena. */
#define MEMBER_LIST(name, need, limit, read_, out, count_)             \
	{                                                              \
		MEMBER_LIST_(                                          \
		    JSON_KIND_OBJECT, name, need, limit, out, count_), \
		    .read = (read_)                                    \
	}

/* `const char **out`: at most `limit` texts of 1 to `max_bytes` bytes. */
#define MEMBER_TEXTS(name, need, limit, max_bytes, out, count_) \
	{                                                       \
		MEMBER_LIST_(JSON_KIND_TEXT, name, need, limit, \
		    1 ? (out) : (const char ***)0, count_),     \
		    .max = (max_bytes)                          \
	}

/* `struct id *out`. */
#define MEMBER_IDS(name, need, limit, prefix_, out, count_)   \
	{                                                     \
		MEMBER_LIST_(JSON_KIND_ID, name, need, limit, \
		    1 ? (out) : (struct id **)0, count_),     \
		    .prefix = (prefix_)                       \
	}

#define MEMBER_LIST_(item_, name, need, limit, out, count_) \
	MEMBER_ROW_(JSON_KIND_LIST, name, need, out, void), \
	    .item = (item_), .item_limit = (limit),         \
	    .item_size = sizeof(**(out)), .count = (count_)

/* Parse a body and hand its object to `read`.  RC_MALFORMED bad_json (with
 * line and column), json_too_deep or duplicate_member; else what `read`
 * says.  Nothing in `out` points into the body. */
NODISCARD enum rc json_read(const char *body, size_t length,
    struct arena *arena, JSON_READS(read), void *out, struct err *err);

/* Read all members of an object; any other member is an unknown_member. */
NODISCARD enum rc json_read_members(const struct json_node *node,
    const struct json_member *members, size_t count, struct err *err);

/* Read one member and look at no other: for objects whose table depends on
 * it ("type", "code"). */
NODISCARD enum rc json_read_member(const struct json_node *node,
    const struct json_member *member, struct err *err);
