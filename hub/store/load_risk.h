/*
 * The part of a load that belongs to no case: watch entries, payment holds and
 * signals.  Called by snapshot_load and load_rows only.
 */
#pragma once

#include "hub/domain/snapshot.h"
#include "hub/store/db.h"
#include "hub/store/rows.h"

/* What the commands of a batch name; duplicates are allowed. */
struct load_risk_keys {
	const struct id *watches, *holds, *signals;
	size_t watch_count, hold_count, signal_count;
	/* Of identifiers: what is listed, and the signals about them. */
	const uint8_t (*hashes)[RISK_HASH_SIZE];
	size_t hash_count;
};

struct load_results;

/* Queue the statements that have keys; rows are locked in the order of ids,
 * payment holds before watch entries. */
void load_risk_send(struct db *db, const struct load_risk_keys *keys,
    struct load_results *results);

/* Rows of those statements. */
NODISCARD enum rc load_risk_watch(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err);
NODISCARD enum rc load_risk_hold(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err);
NODISCARD enum rc load_risk_signal(const struct rows *rows, size_t row,
    struct snapshot *snapshot, struct err *err);
