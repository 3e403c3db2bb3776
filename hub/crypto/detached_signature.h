/*
 * Detached Ed25519 signatures (RFC 8032) over whole documents, under a raw
 * public key.  Any thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"

enum { DETACHED_KEY_SIZE = 32, DETACHED_SIGNATURE_SIZE = 64 };

/* Did this key sign these bytes? */
NODISCARD bool detached_signature_is_good(const uint8_t key[DETACHED_KEY_SIZE],
    const uint8_t signature[DETACHED_SIGNATURE_SIZE], const void *bytes,
    size_t length);

/* SHA-256 of the key's SubjectPublicKeyInfo (RFC 8410, 4), as people's keys
 * are known by; `out` gets 32 bytes. */
void
detached_signature_key_hash(const uint8_t key[DETACHED_KEY_SIZE], uint8_t *out);
