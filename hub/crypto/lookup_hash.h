/*
 * How the hub finds an identifier without storing it in the clear: a hash
 * under the look-up key.  Without that key nobody can guess phone numbers
 * against the database.  Any thread.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct hmac_key;

enum { LOOKUP_HASH_SIZE = 32 };

/* HMAC-SHA-256(key, canonical text) of an identifier in its canonical form;
 * `key` is keyring_lookup.  `out` gets LOOKUP_HASH_SIZE bytes. */
void lookup_hash(const struct hmac_key *key, const char *canonical,
    size_t length, uint8_t *out);
