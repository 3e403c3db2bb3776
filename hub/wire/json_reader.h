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
#include "hub/domain/words.h"

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

/* In the place of a need: optional, and `*flag` becomes whether it was
 * there. */
#define JSON_FLAGGED(flag) JSON_OPTIONAL, .is_there = (flag)

enum json_kind {
	JSON_KIND_TEXT,
	JSON_KIND_INT,
	JSON_KIND_BOOL,
	JSON_KIND_TIME,
	JSON_KIND_ID,
	JSON_KIND_WORD,
	JSON_KIND_WORD_SET,
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
	enum json_need need;
	enum json_kind kind, item;  /* item: of a list */
	bool *is_there;             /* or NULL */
	const char *prefix;         /* id */
	const struct words *words;  /* word, word set */
	JSON_READS(read);           /* object, list of objects */
	int64_t min, max;           /* int; text: bytes */
	size_t limit, size, *count; /* list: items; one item; int: its bytes */
};

/* Nothing but a pointer to `type`, or to one of two. */
#define MEMBER_TYPED_(type, out) _Generic((out), type * : (out))
#define MEMBER_EITHER_(a, b, out) _Generic((out), a * : (out), b * : (out))

/* `const char *out`: a copy of 1 to `max_bytes` bytes. */
#define MEMBER_TEXT(name_, need_, max_bytes, out_)                           \
	{                                                                    \
		.kind = JSON_KIND_TEXT, .name = (name_), .need = need_,      \
		.out = MEMBER_TYPED_(const char *, out_), .max = (max_bytes) \
	}

/* `int out` or `int64_t out` from `low` to `high`. */
#define MEMBER_INT(name_, need_, low, high, out_)                      \
	{                                                              \
		.kind = JSON_KIND_INT, .name = (name_), .need = need_, \
		.out = MEMBER_EITHER_(int, int64_t, out_),             \
		.size = sizeof(*(out_)), .min = (low), .max = (high)   \
	}

#define MEMBER_BOOL(name_, need_, out_)                                 \
	{                                                               \
		.kind = JSON_KIND_BOOL, .name = (name_), .need = need_, \
		.out = MEMBER_TYPED_(bool, out_)                        \
	}

/* `int64_t out` in microseconds from RFC 3339 text. */
#define MEMBER_TIME(name_, need_, out_)                                 \
	{                                                               \
		.kind = JSON_KIND_TIME, .name = (name_), .need = need_, \
		.out = MEMBER_TYPED_(int64_t, out_)                     \
	}

/* `struct id out` from "prefix_…" (hub/domain/ids.h). */
#define MEMBER_ID(name_, need_, prefix_, out_)                             \
	{                                                                  \
		.kind = JSON_KIND_ID, .name = (name_), .need = need_,      \
		.out = MEMBER_TYPED_(struct id, out_), .prefix = (prefix_) \
	}

/* An enumeration, or an `int out`, by the list of its words. */
#define MEMBER_WORD(name_, need_, words_, out_)                               \
	{                                                                     \
		.kind = JSON_KIND_WORD, .name = (name_), .need = need_,       \
		.out = MEMBER_EITHER_(int, unsigned, out_), .words = (words_) \
	}

/* `uint32_t out`: an array of words as a bit for each. */
#define MEMBER_WORD_SET(name_, need_, words_, out_)                         \
	{                                                                   \
		.kind = JSON_KIND_WORD_SET, .name = (name_), .need = need_, \
		.out = MEMBER_TYPED_(uint32_t, out_), .words = (words_)     \
	}

/* Whatever `read_` reads into `out`. */
#define MEMBER_OBJECT(name_, need_, read_, out_)                          \
	{                                                                 \
		.kind = JSON_KIND_OBJECT, .name = (name_), .need = need_, \
		.out = (out_), .read = (read_)                            \
	}

/* `struct x *out` and `size_t count`: at most `limit` objects, each zeroed
 * and then read by `read_`; in the arena. */
#define MEMBER_LIST(name_, need_, limit_, read_, out_, count_)               \
	{                                                                    \
		MEMBER_LIST_(name_, limit_, out_, count_),                   \
		    .need = need_, .item = JSON_KIND_OBJECT, .read = (read_) \
	}

/* `const char **out`: at most `limit` texts of 1 to `max_bytes` bytes. */
#define MEMBER_TEXTS(name_, need_, limit_, max_bytes, out_, count_)           \
	{                                                                     \
		MEMBER_LIST_(name_, limit_,                                   \
		    MEMBER_TYPED_(const char **, out_), count_),              \
		    .need = need_, .item = JSON_KIND_TEXT, .max = (max_bytes) \
	}

/* `struct id *out`: at most `limit` ids. */
#define MEMBER_IDS(name_, need_, limit_, prefix_, out_, count_)               \
	{                                                                     \
		MEMBER_LIST_(                                                 \
		    name_, limit_, MEMBER_TYPED_(struct id *, out_), count_), \
		    .need = need_, .item = JSON_KIND_ID, .prefix = (prefix_)  \
	}

#define MEMBER_LIST_(name_, limit_, out_, count_)                   \
	.kind = JSON_KIND_LIST, .name = (name_), .limit = (limit_), \
	.out = (out_), .size = sizeof(**(out_)), .count = (count_)

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
