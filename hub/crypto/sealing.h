/*
 * Sealed fields: AES-256-GCM (NIST SP 800-38D) under a data key, which is
 * itself wrapped by a key-encryption key of the keyring.  Any thread; no
 * allocation.  Nonces are random: at most 2^32 seals under one data key, so
 * a key that is not a case's must be replaced in time.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

struct keyring;

enum {
	SEALING_KEY_SIZE = 32,
	SEALING_NONCE_SIZE = 12,
	SEALING_TAG_SIZE = 16,
	/* version, nonce, tag */
	SEALING_OVERHEAD = 1 + SEALING_NONCE_SIZE + SEALING_TAG_SIZE,
	/* number of the key-encryption key, nonce, key, tag */
	SEALING_WRAPPED_SIZE = 4 + SEALING_NONCE_SIZE + SEALING_KEY_SIZE +
	    SEALING_TAG_SIZE,
};

struct data_key {
	uint8_t bytes[SEALING_KEY_SIZE];
};

/* A fresh random key; wipe it with sealing_forget. */
void sealing_new_key(struct data_key *key);
void sealing_forget(struct data_key *key);

/* Wrap under the newest key-encryption key; `out` gets SEALING_WRAPPED_SIZE
 * bytes. */
NODISCARD enum rc sealing_wrap(const struct keyring *keyring,
    const struct data_key *key, uint8_t *out, struct err *err);

/* RC_FAILED: "wrapped_key_damaged", or "key_encryption_key_missing" where
 * the keyring no longer has the key of that number. */
NODISCARD enum rc
sealing_unwrap(const struct keyring *keyring, const uint8_t *wrapped,
    size_t length, struct data_key *key, struct err *err);

/* What is sealed and what it is bound to (the row's id, the column's name):
 * a sealed value that is moved to another row does not open. */
struct sealing_input {
	const void *aad;
	size_t aad_length;
	const void *bytes;
	size_t length;
};

/* `out` gets input->length + SEALING_OVERHEAD bytes.  RC_TOO_LARGE over
 * 1 GiB. */
NODISCARD enum rc sealing_seal(const struct data_key *key,
    const struct sealing_input *input, uint8_t *out, struct err *err);

/* input->bytes is what sealing_seal made; `out` gets input->length -
 * SEALING_OVERHEAD bytes (at least one byte of room), the number in
 * `*length`.  RC_FAILED, "sealed_data_damaged", for a wrong key, binding,
 * version or byte; then `out` is wiped. */
NODISCARD enum rc
sealing_open(const struct data_key *key, const struct sealing_input *input,
    uint8_t *out, size_t *length, struct err *err);
