/*
 * Rows of a batch that belong to no case: watch entries, payment holds, and
 * the signals that an institution was sent.  Part of the snapshot; few in a
 * batch, so they are searched from end to end.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/base/id.h"
#include "hub/domain/identifier.h"
#include "hub/domain/money.h"
#include "hub/domain/payment_hold_state.h"
#include "hub/domain/risk_command.h"
#include "hub/domain/row.h"
#include "hub/domain/watch_state.h"

struct watch_entry {
	struct row_state row;
	struct id id, institution, created_by;
	struct id holder;               /* of the account; zero: not known */
	struct id disputed_by, kept_by; /* zero: nobody */
	int source, reason;
	enum watch_state state;
	enum identifier_type type;
	char mask[IDENTIFIER_MASK_SIZE];
	uint8_t hash[RISK_HASH_SIZE];
	int64_t expires_at, disputed_at; /* disputed_at 0: not */
	int64_t created_at, updated_at, row_version;
	const struct add_watch *draft; /* only of new rows */
	const char *dispute;           /* only where it came in this batch */
	int key_no, dispute_key_no;
	struct blob sealed, sealed_dispute;
};

struct payment_hold {
	struct row_state row;
	struct id id, institution, created_by;
	struct id signal; /* zero: none */
	enum payment_hold_state state;
	int ground;
	enum identifier_type type;
	char mask[IDENTIFIER_MASK_SIZE];
	uint8_t hash[RISK_HASH_SIZE]; /* the payee's */
	struct money money;
	int64_t term_ends_at, answered_at, ended_at; /* 0: not */
	int64_t created_at, updated_at, row_version;
	const struct place_payment_hold *draft; /* only of new rows */
	int key_no;
	struct blob sealed;
};

/* A signal and one of those to whom it went. */
struct received_signal {
	struct id id, source, institution;
	int kind;
	uint8_t hash[RISK_HASH_SIZE];
	int64_t expires_at;
};

struct risk_rows {
	struct arena *arena;
	struct watch_entry **watches;
	struct payment_hold **holds;
	struct received_signal *received;
	size_t watch_count, watch_capacity, hold_count, hold_capacity;
	size_t received_count, received_capacity;
};

/* A zeroed row; NULL when the arena is full. */
struct watch_entry *risk_rows_add_watch(struct risk_rows *rows);
struct payment_hold *risk_rows_add_hold(struct risk_rows *rows);
struct received_signal *risk_rows_add_received(struct risk_rows *rows);

/* NULL when there is none. */
struct watch_entry *
risk_rows_watch(const struct risk_rows *rows, const struct id *id);
struct payment_hold *
risk_rows_hold(const struct risk_rows *rows, const struct id *id);
/* The one of this id that went to this institution. */
const struct received_signal *risk_rows_received(const struct risk_rows *rows,
    const struct id *id, const struct id *institution);

/* The next entry of this hash that is listed at `at`, from number `*next` on;
 * NULL: no more. */
const struct watch_entry *risk_rows_listed(const struct risk_rows *rows,
    const uint8_t hash[RISK_HASH_SIZE], int64_t at, size_t *next);

/* The same of signals that are good at `at` and went to this institution. */
const struct received_signal *
risk_rows_told(const struct risk_rows *rows, const uint8_t hash[RISK_HASH_SIZE],
    const struct id *institution, int64_t at, size_t *next);
