/*
 * The way of a message from the line to the worker, the same for webhook and
 * inbox: both signatures, then the durable store, then the worker.
 */
#pragma once

#include <stddef.h>

#include "adapters/nodal/answers.h"
#include "adapters/nodal/journal.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/crypto/signing_key.h"
#include "hub/crypto/verifier.h"

enum { INTAKE_KEY_LIMIT = 16 };

struct intake {
	struct signing_key keys[INTAKE_KEY_LIMIT];
	size_t key_count;
	struct journal *journal;
	struct answers *answers;
};

/* Read keys, one a line: "whsec_…" (v1) and "whpk_…" (v1a); '#' begins a
 * comment.  During a rotation old and new stand there.  The file must have
 * mode 0600 or 0400.  RC_INVALID unless both kinds are there. */
NODISCARD enum rc
intake_read_keys(struct intake *intake, const char *path, struct err *err);

/* Both signatures are good, the time is within 300 s and the body is JSON
 * with the same id.  RC_FORBIDDEN, RC_MALFORMED. */
NODISCARD enum rc intake_check(const struct intake *intake,
    const struct verifier_message *message, int64_t now, struct err *err);

/* Store a checked message and hand it to the worker unless it is a repeat;
 * then `done` on the journal's thread.  Text is copied. */
void intake_store(struct intake *intake, const char *id, const char *body,
    void (*done)(void *context, enum journal_outcome outcome), void *context);
