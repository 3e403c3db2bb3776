/*
 * Parts of commands: what speaks for account holders, courts' orders on what
 * is held, and money that goes back to who lost it (see command.h).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/grievance_rule.h"
#include "hub/domain/identifier.h"
#include "hub/domain/money.h"

enum {
	COMMAND_HELD_LIMIT = 50, /* targets of a restitution */
	COMMAND_CLAIM_LIMIT = 20,
};

/* What speaks for the account holder. */
struct attach_evidence {
	struct id target;
	int kind; /* evidence_kind_words */
	const char *text;
};

struct file_grievance {
	struct id target;
	const char *text; /* the holder's words */
};

struct decide_grievance {
	struct id grievance;
	enum grievance_decision decision;
	const char *reason; /* "" : none */
};

/* A court attaches what is held. */
struct attach_target {
	struct id target;
	const char *basis;
	struct id document; /* the order itself; zero: not filed here */
	int64_t expires_at; /* how long the order lasts */
	const char *order;  /* the body as received, kept sealed */
};

/* What of one target is to go back. */
struct held_draft {
	struct id target;
	bool has_amount; /* else all that is free */
	struct money amount;
};

/* What the victim of one case is to get, and where. */
struct claim_draft {
	bool has_case; /* else of the case of the path */
	struct id case_id;
	struct money amount;
	struct identifier payee;
	const char *payee_name;
};

struct propose_restitution {
	struct id case_id;
	struct held_draft *held;
	struct claim_draft *claims;
	size_t held_count, claim_count;
	const char *reason;
};

struct order_restitution {
	struct id restitution;
	bool is_refusal;
	const char *reason; /* of a refusal */
	struct id document; /* the order itself; zero: not filed here */
	const char *order;  /* the body as received, kept sealed */
};

/* What the institution says of a payment. */
struct pay_restitution {
	struct id restitution;
	int step; /* payment_step_words */
	bool has_amount;
	struct money amount;
	int64_t paid_at;
	const char *proof; /* the body as received, kept sealed */
};
