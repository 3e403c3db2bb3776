/*
 * The hub's own keys, from one text file that nobody else may read:
 *
 *	kek 1 BASE64      32 bytes; wraps data keys.  The highest number wraps
 *	                  new ones, every one still unwraps: to rotate, append
 *	lookup BASE64     32 bytes; keyed hashes of identifiers
 *	signing BASE64    64 bytes, Ed25519 seed + public: deliveries (v1a)
 *	checkpoint BASE64 64 bytes, Ed25519: the tree's signed heads
 *
 * Constant once loaded: any thread may read it.  Nothing here is logged.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/crypto/signing_key.h"

enum { KEYRING_KEY_SIZE = 32 };

struct hmac_key;
struct keyring;

/* A new file with one fresh key of each kind: mode 0600, fsynced.
 * RC_CONFLICT, "key_file_exists", where there is one. */
NODISCARD enum rc keyring_generate(const char *path, struct err *err);

/* Read and check the file.  RC_INVALID: "key_file_exposed" for any mode but
 * 0600 and 0400, "key_file_unreadable", or "bad_key_file" with the line. */
NODISCARD enum rc
keyring_load(const char *path, struct keyring **keyring, struct err *err);

/* Wipes the keys. */
void keyring_free(struct keyring *keyring);
void keyring_cleanup(struct keyring **keyring);

/* The key-encryption key that wraps new data keys, and its number. */
const uint8_t *keyring_newest_kek(const struct keyring *keyring, uint32_t *id);

/* The key-encryption key of this number, or NULL. */
const uint8_t *keyring_kek(const struct keyring *keyring, uint32_t id);

/* For lookup_hash. */
const struct hmac_key *keyring_lookup(const struct keyring *keyring);

/* The hub's default v1a key; its key id is "hub-" and eight hex digits of
 * the hash of its public half. */
const struct signing_key *keyring_signing(const struct keyring *keyring);

/* The key of signed tree heads, id "checkpoint-…", or NULL: it is optional. */
const struct signing_key *keyring_checkpoint(const struct keyring *keyring);
