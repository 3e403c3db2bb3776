/*
 * What an event's leaf says about a value that may be erased later: a
 * commitment, never a bare hash, because phone numbers can be guessed.  The
 * same rules stand as vectors in test/vectors/leaf.json.  Any thread.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"

enum {
	COMMITMENT_SALT_SIZE = 32,
	COMMITMENT_TEXT_SIZE = 65, /* with its NUL */
	COMMITMENT_HASH_SIZE = 32,
};

/* Lower-case hex of HMAC-SHA-256(salt, field ‖ 0x00 ‖ value); `value` is the
 * UTF-8 of its RFC 8785 form.  A fresh salt (crypto_random) for each field.
 * `text` has COMMITMENT_TEXT_SIZE bytes.  Returns it. */
char *commitment_make(const uint8_t *salt, const char *field, const void *value,
    size_t length, char *text);

/* Hash of a leaf in the tree (RFC 6962, 2.1): SHA-256(0x00 ‖ leaf). */
void commitment_leaf_hash(const void *leaf, size_t length, uint8_t *out);
