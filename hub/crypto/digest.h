/*
 * SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), comparison in constant
 * time.  Any thread, no allocation.  For many HMACs under one key see
 * hmac_key.h; for random bytes crypto.h.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/hmac_key.h"

enum { DIGEST_SIZE = 32 };

/* `out` gets DIGEST_SIZE bytes. */
void digest_sha256(const void *bytes, size_t length, uint8_t *out);

/* Of the parts one after another, with nothing between them. */
void digest_sha256_parts(
    const struct digest_part *parts, size_t count, uint8_t *out);

/* HMAC-SHA-256 under a key of any length; `out` gets DIGEST_SIZE bytes. */
void digest_hmac(const void *key, size_t key_length, const void *bytes,
    size_t length, uint8_t *out);
void digest_hmac_parts(const void *key, size_t key_length,
    const struct digest_part *parts, size_t count, uint8_t *out);

/* The time depends on `length` alone. */
NODISCARD bool digest_equal(const void *a, const void *b, size_t length);
