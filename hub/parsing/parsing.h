/*
 * Pasted text to draft payments: a bank's SMS, a UPI alert, a wallet's
 * message, an e-mail, lines of a statement.  Called by http (POST /v1/parse)
 * and the command line.  Pure: it keeps nothing, asks nobody and never says
 * that a guess is sure.
 *
 * Spans count Unicode code points of the text as it came in; a byte that is
 * no UTF-8 counts as one.  Confidence is 0 (the fact is not there) to 100;
 * PARSING_SURE and above only where a form and a second thing (a length, a
 * check digit, being the only candidate) agree.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/identifier.h"
#include "hub/domain/money.h"
#include "hub/domain/words.h"

enum {
	PARSING_TEXT_LIMIT = 20 * 1024, /* bytes */
	PARSING_ARENA_LIMIT = 1024 * 1024,
	PARSING_DRAFT_LIMIT = 32,
	PARSING_ASIDE_LIMIT = 64,
	PARSING_CARD_LIMIT = 64,
	PARSING_WORD_SIZE = 64,
	PARSING_NAME_SIZE = 128,
	PARSING_TIME_SIZE = 24,
	PARSING_SURE = 90,
};

/* What a message tells.  The first four become drafts, of which only a debit
 * is a payment to dispute; the others are set aside. */
enum parsed_kind {
	PARSED_DEBIT,
	PARSED_CREDIT,
	PARSED_REFUND,
	PARSED_UNCLEAR, /* money is named, but not which way it went */
	PARSED_FAILED,
	PARSED_REQUEST, /* asked for or announced, not paid */
	PARSED_BALANCE,
	PARSED_ONE_TIME_PASSWORD,
	PARSED_PROMOTION,
	PARSED_KIND_COUNT
};

/* What a reference is: domain.md's types, or one of a kind that has none. */
enum parsed_reference_type {
	PARSED_RRN,
	PARSED_UTR,
	PARSED_UETR,
	PARSED_ARN,
	PARSED_PIX_E2E,
	PARSED_OTHER,
	PARSED_REFERENCE_TYPE_COUNT
};

struct parsed_span {
	size_t start, end; /* code points; `end` is behind the last */
};

struct parsed_amount {
	int confidence;
	struct parsed_span span;
	struct money money;
};

/* `text` is local and says as much as the message does: "2026-03-14",
 * "2026-03-14T09:26", "2026-03-14T09:26:05", "--03-14" (no year), "T09:26"
 * (no date).  `instant` is there where date, time and zone are. */
struct parsed_time {
	int confidence;
	struct parsed_span span;
	char text[PARSING_TIME_SIZE];
	bool has_instant;
	int64_t instant;
};

struct parsed_reference {
	int confidence;
	struct parsed_span span;
	enum parsed_reference_type type;
	char value[PARSING_WORD_SIZE];
};

/* The victim's own account or card: its visible digits.  Or a name. */
struct parsed_text {
	int confidence;
	struct parsed_span span;
	char text[PARSING_NAME_SIZE];
};

struct parsed_address {
	int confidence;
	struct parsed_span span;
	struct identifier identifier;
};

struct parsed_channel {
	int confidence;
	struct parsed_span span;
	int channel; /* of channel_words */
};

struct parsed_draft {
	enum parsed_kind kind;
	int confidence; /* of the kind */
	struct parsed_span span;
	struct parsed_amount amount;
	struct parsed_time at;
	struct parsed_text account;
	struct parsed_text counterparty;
	struct parsed_address to;
	struct parsed_reference reference;
	struct parsed_channel channel;
};

struct parsed_aside {
	enum parsed_kind kind;
	struct parsed_span span;
};

struct parsed {
	const char *country; /* whose grammar was used: "IN", or "" (generic) */
	struct parsed_draft drafts[PARSING_DRAFT_LIMIT];
	size_t draft_count;
	struct parsed_aside asides[PARSING_ASIDE_LIMIT];
	size_t aside_count;
	struct parsed_span cards[PARSING_CARD_LIMIT]; /* masked first of all */
	size_t card_count;
	bool is_cut; /* there was more than fits into the limits */
};

struct parsing_input {
	const char *text; /* need not be valid UTF-8 */
	size_t length;
	const char *country; /* ISO 3166 of a grammar, or NULL: by the text */
};

/* Read it.  No fact holds a digit of a whole card number but the last four.
 * `arena` is for scratch.  RC_TOO_LARGE text_too_long or request_too_large. */
NODISCARD enum rc parsing_parse(const struct parsing_input *input,
    struct arena *arena, struct parsed *parsed, struct err *err);

extern const struct words parsed_kind_words, parsed_reference_words;
