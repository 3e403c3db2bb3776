/*
 * Keys that the database holds sealed: the signing secrets of endpoints and
 * the hub's data keys.  The store never opens them.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/domain/snapshot.h"
#include "hub/store/db.h"

struct sealed_endpoint_key {
	struct id id;
	int32_t endpoint;      /* its number */
	const char *algorithm; /* v1, v1a */
	int key_no;            /* of the hub data key that seals it */
	struct blob secret;
	int64_t sign_from, sign_until; /* until 0: open end */
};

/* Those that are or will be in use, by endpoint and time, in `arena`
 * (RC_TOO_LARGE at its limit). */
NODISCARD enum rc sealed_keys_of_endpoints(struct db *db, struct arena *arena,
    struct sealed_endpoint_key **keys, size_t *count, struct err *err);

/* Those of some endpoints that sign at a time; the reading room's. */
NODISCARD enum rc sealed_keys_at(struct db *db, const int32_t *endpoints,
    size_t endpoint_count, int64_t at, struct arena *arena,
    struct sealed_endpoint_key **keys, size_t *count, struct err *err);

/* A data key, wrapped by the key-encryption key. */
struct wrapped_data_key {
	int key_no;
	struct blob wrapped;
};

/* All of them by number, in `arena`. */
NODISCARD enum rc sealed_keys_of_hub(struct db *db, struct arena *arena,
    struct wrapped_data_key **keys, size_t *count, struct err *err);

/* Keep a new one.  Another hub that was first with this number wins: load
 * again afterwards and use what is there. */
NODISCARD enum rc sealed_keys_add(
    struct db *db, const struct wrapped_data_key *key, struct err *err);
