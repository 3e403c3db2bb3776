/*
 * Inside this room: the books of an authority, DIR/index.txt, one line for
 * each thing it did, appended and fsynced before the thing leaves its hands:
 *
 *	issued SERIAL NOT_AFTER FINGERPRINT NAME
 *	revoked SERIAL AT
 *	list NUMBER AT NEXT
 *
 * Times are seconds since 1970.  The lock is held while it is open.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/crypto/cert_authority.h"

struct authority_index {
	int fd;
	const char *path; /* borrowed */
	struct cert_revocation *revoked;
	size_t revoked_count, revoked_capacity;
	int64_t last_list; /* the highest number, 0 before the first */
};

/* Lock and read it.  A last line that a crash cut short is dropped: what it
 * announced was never done.  RC_FAILED, "authority_index_damaged". */
NODISCARD enum rc authority_index_open(
    const char *path, struct authority_index *index, struct err *err);
void authority_index_close(struct authority_index *index);

bool authority_index_is_revoked(
    const struct authority_index *index, const char *serial);

NODISCARD enum rc authority_index_issued(struct authority_index *index,
    const struct cert *cert, const char *name, struct err *err);
NODISCARD enum rc authority_index_revoked(struct authority_index *index,
    const char *serial, int64_t at, struct err *err);
NODISCARD enum rc authority_index_list(struct authority_index *index,
    int64_t number, int64_t at, int64_t next_at, struct err *err);
