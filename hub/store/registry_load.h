/*
 * The registry as the database has it now.  Used by whoever keeps a view:
 * serve at its start and every second, the tools once.
 */
#pragma once

#include "hub/domain/registry.h"
#include "hub/store/db.h"

/* A new view with one reference, of one moment, in one round trip.
 * RC_UNAVAILABLE; RC_FAILED `bad_row` for a word unknown here. */
NODISCARD enum rc
registry_load(struct db *db, struct registry **registry, struct err *err);

/* The version in the database: a view of another one is old. */
NODISCARD enum rc
registry_load_version(struct db *db, int64_t *version, struct err *err);
