/*
 * What a victim may be told of a case: sums and counts, no institution, no
 * identifier (docs/domain.md, R14).  Pure.
 */
#pragma once

#include <stddef.h>

#include "hub/domain/snapshot.h"

/* How targets stand, as a victim would ask. */
enum case_status_step {
	STEP_WAITING,  /* asked, or about to be; no decision yet */
	STEP_HELD,     /* money or an instrument is stopped */
	STEP_NOT_HELD, /* moved on, or nothing was there */
	STEP_REFUSED,
	STEP_RELEASED, /* or about to be */
	STEP_RETURNED, /* to the victim */
	STEP_DROPPED,  /* withdrawn, or asked elsewhere already */
	STEP_COUNT
};

extern const struct words case_status_step_words;

enum { CASE_STATUS_CURRENCY_LIMIT = 8 };

struct case_status {
	size_t counts[STEP_COUNT];
	struct money held[CASE_STATUS_CURRENCY_LIMIT]; /* one a currency */
	size_t held_count;
	/* Paid back to this victim, wherever it was held. */
	struct money returned[CASE_STATUS_CURRENCY_LIMIT];
	size_t returned_count;
};

/* Sums of more currencies than there is room for are left out. */
void case_status_sum(struct case_status *status, const struct target *targets,
    size_t target_count);

/* Add what was paid to the victim of the case. */
void case_status_add_paid(struct case_status *status, const struct id *case_id,
    const struct restitution *restitutions, size_t count);
