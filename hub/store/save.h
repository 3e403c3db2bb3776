/*
 * The parts of a save: each queues the statements of one sort of rows, those
 * that have rows, in the pipeline of effects_save.h.  Inside the store only.
 */
#pragma once

#include "hub/domain/effects.h"
#include "hub/store/pipeline.h"

/* Cases, payments, requests, targets and clocks that are new or changed. */
NODISCARD enum rc
save_rows(struct db *db, const struct snapshot *snapshot, struct err *err);

/* Answers, leads, events, messages, taken rows and replies. */
NODISCARD enum rc
save_records(struct db *db, const struct effects *effects, struct err *err);

/* Signals, watch entries and payment holds, which belong to no case. */
NODISCARD enum rc
save_risk(struct db *db, const struct effects *effects, struct err *err);

/* Changes of the registry. */
void save_registry(struct db *db, const struct effects *effects);

/* Room for pointers to `count` rows; RC_TOO_LARGE `batch_too_large`. */
NODISCARD enum rc save_room(
    struct arena *arena, size_t count, const void ***rows, struct err *err);
