/*
 * An upload on its way in: hashed while it comes, cut into pieces, each
 * sealed at once under a key of its own that exists in memory only, and kept
 * in a file without a name.  What a crash leaves is nothing.  Filled by the
 * http room on a server thread, read by the intake; never by both at once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"
#include "hub/crypto/sealing.h"

enum { SPOOL_PIECE_SIZE = 128 * 1024 };

struct spool;

/* In `directory`.  RC_UNAVAILABLE `spool_failed` where no file can be made. */
NODISCARD enum rc
spool_open(const char *directory, struct spool **spool, struct err *err);
void spool_free(struct spool *spool);

/* False once the disk refused; what follows is let be. */
NODISCARD bool spool_add(struct spool *spool, const void *bytes, size_t length);

/* All has come.  RC_INVALID `empty_document`, RC_UNAVAILABLE. */
NODISCARD enum rc spool_end(struct spool *spool, struct err *err);

/* ---- after its end */

int64_t spool_size(const struct spool *spool);
int spool_pieces(const struct spool *spool);
const uint8_t *spool_sha256(const struct spool *spool);
const struct id *spool_content(const struct spool *spool);
const struct data_key *spool_key(const struct spool *spool);

/* The first bytes of the content, at most DOCUMENT_SNIFF_SIZE. */
const uint8_t *spool_head(const struct spool *spool, size_t *length);

/* A piece as it is sealed, good until the next call.  RC_UNAVAILABLE. */
NODISCARD enum rc spool_piece(struct spool *spool, int number,
    const uint8_t **sealed, size_t *length, struct err *err);

/* The whole content in the clear; the caller wipes and frees it. */
NODISCARD enum rc
spool_whole(struct spool *spool, uint8_t **bytes, struct err *err);
