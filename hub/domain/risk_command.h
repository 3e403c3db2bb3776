/*
 * Commands about risks: agreements and signals, watch entries and look-ups,
 * a bank's own payment holds.  Part of command.h, which includes it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/identifier.h"
#include "hub/domain/money.h"
#include "hub/domain/risk_rule.h"
#include "hub/domain/signal_kind.h"

enum { RISK_HASH_SIZE = 32, LOOKUP_LIMIT = 20 };

struct agreement_draft {
	const char *source_text, *destination_text;
	struct id source, destination; /* set by prepare */
	const char *purpose;
	uint32_t kinds;     /* bit per enum signal_kind */
	int64_t valid_from; /* 0: at once */
	int64_t valid_until;
};

struct withdraw_agreement {
	struct id agreement;
	const char *reason;
};

struct send_signal {
	struct id id; /* set by the decision */
	enum signal_kind kind;
	const char *to_text; /* one institution; NULL: all with an agreement */
	struct id to;        /* set by prepare; zero: all */
	struct identifier subject;
	struct signal_facts facts;
	int64_t observed_from, observed_until, expires_at;
	uint8_t subject_hash[RISK_HASH_SIZE]; /* set by the desk */
};

struct add_watch {
	enum watch_source source;
	int reason; /* watch_reason_words */
	struct identifier subject;
	const char *reference; /* of the case, document or third party, or "" */
	const char *note;      /* or "" */
	int64_t expires_at;
	struct id holder; /* set by prepare; zero: not known */
	uint8_t subject_hash[RISK_HASH_SIZE]; /* set by the desk */
};

struct withdraw_watch {
	struct id entry;
	int64_t row_version; /* of If-Match */
};

struct dispute_watch {
	struct id entry;
	const char *text;
};

struct decide_watch {
	struct id entry;
	enum watch_decision decision;
	const char *reason;
};

struct sought {
	struct identifier identifier;
	uint8_t hash[RISK_HASH_SIZE]; /* set by the desk */
};

struct look_up {
	enum lookup_purpose purpose;
	struct sought *sought;
	size_t sought_count;
};

struct place_payment_hold {
	struct identifier payee;
	struct money money;
	const char *reference, *note; /* the bank's own; or "" */
	bool has_signal;
	struct id signal;
	uint8_t payee_hash[RISK_HASH_SIZE]; /* set by the desk */
};

struct answer_payment_hold {
	struct id hold;
	enum payment_answer answer; /* the customer's */
};
