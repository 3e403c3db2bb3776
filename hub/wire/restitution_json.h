/*
 * POST /v1/restitution-plans in both directions: what is held and what is
 * claimed, and who would pay whom.  Nothing of it is stored.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/base/strbuf.h"
#include "hub/domain/apportion.h"
#include "hub/domain/money.h"

enum { RESTITUTION_SIDE_LIMIT = 200 };

/* One that holds, or one who claims, under the caller's own name. */
struct restitution_share {
	const char *id;
	struct money amount;
};

struct restitution_input {
	struct restitution_share *held, *claims;
	size_t held_count, claim_count;
	struct apportion_plan plan; /* of these, made by the call */
};

/* Read and plan, with all memory from the arena.  RC_MALFORMED or RC_INVALID
 * with the pointer; beside the reader's and apportion's codes other_currency,
 * duplicate_id, card_number_refused. */
NODISCARD enum rc restitution_json_read(const char *body, size_t length,
    struct arena *arena, struct restitution_input *input, struct err *err);

void restitution_json_write(
    struct strbuf *out, const struct restitution_input *input);
