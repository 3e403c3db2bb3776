/*
 * What the server and the hub's role look like from inside: facts for
 * `freezeline check`, which judges them.  Of a SESSION_TOOL session.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/store/db.h"

struct health_server {
	int64_t version; /* 150008: 15.8 */
	const char *role;
	bool is_powerful; /* superuser, or may make roles */
	int64_t at;       /* the server's clock */
	bool is_durable;  /* fsync and full_page_writes */
	const char *synchronous_commit;
	bool has_checksums;
	int64_t connection_limit, connections, busy_hubs;
};

/* Text is in `arena`. */
NODISCARD enum rc health_server(struct db *db, struct arena *arena,
    struct health_server *server, struct err *err);

/* A right that is not as it should be: too much (`is_missing` false) or
 * missing, "UPDATE on event". */
struct health_right {
	bool is_missing;
	const char *what;
};
NODISCARD enum rc health_rights(struct db *db, struct arena *arena,
    struct health_right **rights, size_t *count, struct err *err);

/* Tables whose next period has no partition. */
NODISCARD enum rc health_partitions(struct db *db, struct arena *arena,
    const char ***tables, size_t *count, struct err *err);
