/*
 * Volumes: how much one officer, unit or complainant asks for in a while, and
 * what of it is too much (docs/decisions/0014-velocity.md).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/money.h"
#include "hub/domain/words.h"

enum volume_kind {
	VOLUME_OFFICER_REQUESTS,  /* in an hour */
	VOLUME_UNIT_REQUESTS,     /* in an hour */
	VOLUME_OFFICER_AMOUNT,    /* in a day, of one currency */
	VOLUME_COMPLAINANT_CASES, /* in thirty days */
	VOLUME_KIND_COUNT
};

enum volume_grade {
	VOLUME_USUAL,
	VOLUME_ALERT,   /* above the limit */
	VOLUME_EXTREME, /* above its hard multiple: a second person approves */
	VOLUME_GRADE_COUNT
};

extern const struct words volume_kind_words, volume_grade_words;

enum { VOLUME_SUBJECT_SIZE = 32 };

/* What was asked for before, and by the commands of this batch since. */
struct volume {
	enum volume_kind kind;
	/* An id with zeroes behind it, or a complainant's keyed hash. */
	uint8_t subject[VOLUME_SUBJECT_SIZE];
	char currency[MONEY_CURRENCY_SIZE]; /* "" : it is no money */
	int64_t figure;
};

/* One volume against its limits. */
struct volume_state {
	enum volume_kind kind;
	enum volume_grade grade;
	int64_t figure, limit, hard_limit;
	char currency[MONEY_CURRENCY_SIZE];
	bool is_crossed; /* by this very command */
};

/* A crossing, on record. */
struct alert_row {
	struct id id, unit, told, principal, case_id; /* told zero: nobody */
	enum volume_kind kind;
	enum volume_grade grade;
	int64_t figure, limit, raised_at;
	char currency[MONEY_CURRENCY_SIZE];
};

/* The span that a kind looks back, in microseconds. */
int64_t volume_span(enum volume_kind kind);

/* `figure` against a limit (0: there is none) and its multiple; `before` is
 * what it was without the present command. */
void volume_judge(struct volume_state *state, int64_t before, int64_t figure,
    int64_t limit, int64_t multiple);
