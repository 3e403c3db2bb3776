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
