/*
 * Keys of Standard Webhooks: v1 is HMAC-SHA-256 under a shared secret
 * ("whsec_…"), v1a is Ed25519 ("whsk_…" private, "whpk_…" public; RFC 8032).
 * A plain value; whoever holds a private one wipes it with signing_key_clear.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum signing_algorithm {
	SIGNING_V1,  /* secret of 24 to 64 bytes */
	SIGNING_V1A, /* seed + public key (64 bytes), or public key (32) */
	SIGNING_ALGORITHM_COUNT
};

enum {
	SIGNING_KEY_SIZE = 64,
	SIGNING_KEY_SEED_SIZE = 32,
	SIGNING_KEY_PUBLIC_SIZE = 32,
	SIGNING_KEY_ID_SIZE = 48,
	SIGNING_KEY_TEXT_SIZE = 96, /* prefix, base64, NUL */
};

struct signing_key {
	char key_id[SIGNING_KEY_ID_SIZE]; /* recorded with each attempt */
	enum signing_algorithm algorithm;
	uint8_t bytes[SIGNING_KEY_SIZE];
	size_t length;
};

/* Read "whsec_…", "whsk_…", "whpk_…" or the bare base64 of 64 bytes (v1a).
 * RC_INVALID, "bad_signing_key", for all else and for a private key whose
 * halves do not belong together; the text never holds the key. */
NODISCARD enum rc signing_key_parse(const char *key_id, const char *text,
    struct signing_key *key, struct err *err);

/* A fresh private key or secret. */
NODISCARD enum rc signing_key_generate(const char *key_id,
    enum signing_algorithm algorithm, struct signing_key *key, struct err *err);

/* The text that signing_key_parse reads; `text` has SIGNING_KEY_TEXT_SIZE
 * bytes.  Returns it. */
char *signing_key_format(const struct signing_key *key, char *text);

/* What a receiver may know: "whpk_…" of a v1a key.  `text` as above. */
char *signing_key_format_public(const struct signing_key *key, char *text);

/* The 32 bytes of a v1a key's public half. */
const uint8_t *signing_key_public(const struct signing_key *key);

/* "v1" or "v1a". */
const char *signing_key_version(enum signing_algorithm algorithm);

void signing_key_clear(struct signing_key *key);
