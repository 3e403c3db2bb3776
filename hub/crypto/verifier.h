/*
 * Checks a delivery's signatures (Standard Webhooks): any signature under
 * any of the keys may match, unknown versions are skipped.  Used by the
 * institution's program and by the hub for what comes back to it.  The
 * replay of an id is the caller's to see: it must remember ids.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/crypto/signing_key.h"

enum { VERIFIER_TOLERANCE_SECONDS = 300, VERIFIER_SIGNATURE_LIMIT = 16 };

/* The three headers as received (NULL where absent) and the raw body. */
struct verifier_message {
	const char *id, *timestamp, *signature;
	const void *body;
	size_t length;
};

/* The algorithms under which a signature verified. */
struct verifier_outcome {
	bool verified[SIGNING_ALGORITHM_COUNT];
};

/* RC_OK when at least one signature is good; who demands both algorithms
 * looks at the outcome.  Else RC_MALFORMED ("signature_missing",
 * "message_id_malformed", "timestamp_malformed") or RC_FORBIDDEN
 * ("timestamp_too_old", "timestamp_in_future", "signature_mismatch"). */
NODISCARD enum rc verifier_check(const struct verifier_message *message,
    const struct signing_key *keys, size_t count, int64_t now_seconds,
    int64_t tolerance_seconds, struct verifier_outcome *outcome,
    struct err *err);
