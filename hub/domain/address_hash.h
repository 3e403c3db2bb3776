/*
 * The two hash functions that crypto addresses check themselves with.  Only
 * for that: everything that must be secure uses hub/crypto (OpenSSL), which
 * this room may not include.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { ADDRESS_HASH_SIZE = 32 };

/* SHA-256 (FIPS 180-4) of the SHA-256 of the bytes. */
void address_hash_sha256d(
    const void *bytes, size_t length, uint8_t hash[ADDRESS_HASH_SIZE]);

/* Keccak-256 as Ethereum uses it (padding 0x01, before FIPS 202), of at most
 * 135 bytes. */
void address_hash_keccak256(
    const void *bytes, size_t length, uint8_t hash[ADDRESS_HASH_SIZE]);
