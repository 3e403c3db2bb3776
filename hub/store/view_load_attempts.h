/*
 * Pages of the attempt log, for the reading room.
 */
#pragma once

#include "hub/domain/snapshot.h"
#include "hub/store/db.h"

/* How one try to deliver a message ended. */
struct view_attempt {
	int64_t at;
	struct id message;
	const char *type; /* of the message; "" when it is gone */
	int n;            /* 1: the first try */
	int status;       /* HTTP; 0: no response */
	const char *error;
	int milliseconds;
	const char *remote;
	int response_length;
	const char *key_ids; /* that it was signed with */
};

/* Of an endpoint, before this one (0: from the newest); newest first. */
NODISCARD enum rc view_load_attempts(struct db *db, int32_t endpoint,
    int64_t before, const struct id *before_id, int limit, struct arena *arena,
    struct view_attempt **attempts, size_t *count, struct err *err);
