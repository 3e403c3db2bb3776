/*
 * Clocks of which a stage has come, for the clerk.
 */
#pragma once

#include <stddef.h>

#include "hub/base/id.h"
#include "hub/domain/vocabulary.h"
#include "hub/store/db.h"

struct due {
	struct id subject;
	enum deadline_kind kind;
	int64_t at;
	struct id request; /* of a document owed; else zero */
};

/* At most `limit` that have come at `now`, behind `after`, the oldest first.
 * `after` all zero: from the first. */
NODISCARD enum rc due_find(struct db *db, int64_t now, const struct due *after,
    struct due *dues, size_t limit, size_t *count, struct err *err);
