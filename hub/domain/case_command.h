/*
 * Commands on a whole case: what an officer does to it after it was
 * submitted.  Part of command.h, which alone includes it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/money.h"
#include "hub/domain/vocabulary.h"

struct approve_request {
	struct id request;
	bool is_refusal;
	const char *reason; /* needed for a refusal */
};

struct withdraw_request {
	struct id request;
	const char *reason;
};

/* Facts of a complaint that became clear later; the rest stays. */
struct patch_case {
	struct id case_id;
	int64_t row_version; /* that the officer saw */
	bool has_priority, has_typology, has_authorised;
	enum priority priority; /* may only be raised */
	int typology;           /* typology_words */
	enum authorised authorised;
};

/* Take back everything that a case asks for. */
struct withdraw_case {
	struct id case_id;
	int reason;       /* withdrawal_reason_words */
	const char *note; /* "" : none */
};

/* Two complaints are one: `case_id` goes on in `into`. */
struct merge_case {
	struct id case_id, into;
	const char *note; /* "" : none */
};

/* Nothing of it waits any more.  Without an outcome: what was contained. */
struct close_case {
	struct id case_id;
	bool has_outcome;
	enum case_outcome outcome; /* only one that is not computed */
	const char *reason;        /* needed with an outcome; "" : none */
};

struct amended_target {
	struct id target;
	struct money amount; /* asked from now on */
};

/* What an amendment changes; the rest stays. */
struct amend_request {
	struct id request;
	struct id case_id; /* the desk's: known once the request is loaded */
	const char *basis; /* "" : as it is */
	bool has_scope, has_successor;
	enum scope scope;
	enum successor successor;
	int64_t expires_at; /* 0: as it is */
	const char *reason;
	struct amended_target *targets;
	size_t target_count;
};
