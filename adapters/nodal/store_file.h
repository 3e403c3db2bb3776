/*
 * The institution's durable memory: an append file, one record a line, each
 * with a checksum of its own:
 *
 *	<16 hex digits of SHA-256> SP <one JSON object> LF
 *
 * A crash can tear only what was not yet acknowledged, at the end of the
 * file; it is cut off at the next start.  Damage anywhere else is refused:
 * somebody must look.  Not thread-safe: the journal owns it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum {
	STORE_FILE_ID_SIZE = 64,
	STORE_FILE_BODY_LIMIT = 256 * 1024, /* of one body */
};

enum store_kind {
	STORE_MESSAGE, /* a request as it came: id, at, body */
	STORE_PLAN,    /* what the program answered: id, body */
	STORE_STEP,    /* an answer before it is posted: id, target, n, body */
	STORE_POSTED,  /* the hub's word on it: id, target, n, status */
	STORE_DONE,    /* nothing is left to do for the message: id */
	STORE_KIND_COUNT
};

/* Members that a kind does not name are "" and 0.  Text is borrowed. */
struct store_record {
	enum store_kind kind;
	const char *id, *target;
	int n, status;
	int64_t at;
	const char *body;
};

struct store_file;

/* Open or create the file (0600), lock it against a second process, hand
 * every record to `replay` in order and cut a torn end off.  RC_CONFLICT
 * `store_in_use`, RC_INVALID `store_damaged`, RC_FAILED. */
NODISCARD enum rc store_file_open(const char *path,
    enum rc (*replay)(
	void *context, const struct store_record *record, struct err *err),
    void *context, struct store_file **store, struct err *err);
void store_file_free(struct store_file *store);
void store_file_cleanup(struct store_file **store);

/* Add a record to the batch.  RC_INVALID where it is too large. */
NODISCARD enum rc store_file_append(struct store_file *store,
    const struct store_record *record, struct err *err);

/* Write the batch and fsync it.  On RC_FAILED nothing of the batch counts
 * as stored.  A file whose state is unknown after that (fsync failed, or
 * its end could not be cut back) takes nothing more: `store_broken`. */
NODISCARD enum rc store_file_sync(struct store_file *store, struct err *err);

/* Forget the batch. */
void store_file_discard(struct store_file *store);
