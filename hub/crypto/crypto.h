/*
 * What all of this room needs of OpenSSL: random bytes, wiping, and an error
 * that names what failed.  OpenSSL's own error queue never leaves the room.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

/* Random bytes for keys, salts and nonces; any thread.  One call costs
 * 0.7 µs for 12 bytes as for 512: ask for many salts at once.  Aborts where
 * the system has no randomness: nothing may go on without it. */
void crypto_random(void *bytes, size_t length);

/* Overwrite a secret so that no compiler leaves it out. */
void crypto_wipe(void *bytes, size_t length);

/* RC_FAILED, "crypto_failed", with `what` and OpenSSL's last reason. */
NODISCARD enum rc crypto_failed(struct err *err, const char *what);
