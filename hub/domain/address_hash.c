/*
 * Hashes of crypto addresses: see address_hash.h.
 */
#include "hub/domain/address_hash.h"

#include <string.h>

#include "hub/base/common.h"

enum {
	SHA_BLOCK = 64,
	KECCAK_RATE = 136,
	KECCAK_LANES = 25,
	KECCAK_ROUNDS = 24,
};

/* FIPS 180-4, 4.2.2: cube roots of the first 64 primes. */
static const uint32_t sha_constants[64] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf,
	0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
	0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
	0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
	0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
	0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
	0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c,
	0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee,
	0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2 };

static uint32_t
rotate_right(uint32_t word, unsigned bits)
{
	return word >> bits | word << (32 - bits);
}

static void
sha_schedule(const uint8_t *block, uint32_t words[64])
{
	for (size_t i = 0; i < 16; i++)
		words[i] = (uint32_t)block[4 * i] << 24 |
		    (uint32_t)block[4 * i + 1] << 16 |
		    (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (size_t i = 16; i < 64; i++) {
		uint32_t a = words[i - 15], b = words[i - 2];

		words[i] = words[i - 16] + words[i - 7] +
		    (rotate_right(a, 7) ^ rotate_right(a, 18) ^ a >> 3) +
		    (rotate_right(b, 17) ^ rotate_right(b, 19) ^ b >> 10);
	}
}

static void
sha_block(uint32_t state[8], const uint8_t *block)
{
	uint32_t words[64], s[8];

	sha_schedule(block, words);
	memcpy(s, state, sizeof(s));
	for (size_t i = 0; i < 64; i++) {
		uint32_t e = s[4], a = s[0];
		uint32_t one = s[7] +
		    (rotate_right(e, 6) ^ rotate_right(e, 11) ^
			rotate_right(e, 25)) +
		    ((e & s[5]) ^ (~e & s[6])) + sha_constants[i] + words[i];
		uint32_t two = (rotate_right(a, 2) ^ rotate_right(a, 13) ^
				   rotate_right(a, 22)) +
		    ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));

		memmove(s + 1, s, 7 * sizeof(s[0]));
		s[4] += one;
		s[0] = one + two;
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += s[i];
}

static void
sha256(const uint8_t *bytes, size_t length, uint8_t hash[ADDRESS_HASH_SIZE])
{
	uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	uint8_t tail[2 * SHA_BLOCK] = { 0 };
	size_t whole = length / SHA_BLOCK * SHA_BLOCK, rest = length - whole;
	size_t padded = rest + 9 <= SHA_BLOCK ? SHA_BLOCK : 2 * SHA_BLOCK;
	uint64_t bits = (uint64_t)length * 8;

	for (size_t at = 0; at < whole; at += SHA_BLOCK)
		sha_block(state, bytes + at);
	memcpy(tail, bytes + whole, rest);
	tail[rest] = 0x80;
	for (size_t i = 0; i < 8; i++)
		tail[padded - 1 - i] = (uint8_t)(bits >> 8 * i);
	for (size_t at = 0; at < padded; at += SHA_BLOCK)
		sha_block(state, tail + at);
	for (size_t i = 0; i < ADDRESS_HASH_SIZE; i++)
		hash[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void
address_hash_sha256d(
    const void *bytes, size_t length, uint8_t hash[ADDRESS_HASH_SIZE])
{
	uint8_t inner[ADDRESS_HASH_SIZE];

	sha256(bytes, length, inner);
	sha256(inner, sizeof(inner), hash);
}

static uint64_t
rotate_left(uint64_t word, unsigned bits)
{
	return bits == 0 ? word : word << bits | word >> (64 - bits);
}

/* FIPS 202, 3.2.1. */
static void
keccak_theta(uint64_t a[KECCAK_LANES])
{
	uint64_t c[5];

	for (size_t x = 0; x < 5; x++)
		c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
	for (size_t i = 0; i < KECCAK_LANES; i++)
		a[i] ^= c[(i + 4) % 5] ^ rotate_left(c[(i + 1) % 5], 1);
}

/* 3.2.2 and 3.2.3: walk the lanes, turning each one step further. */
static void
keccak_rho_pi(uint64_t a[KECCAK_LANES])
{
	size_t x = 1, y = 0;
	uint64_t carried = a[1];

	for (unsigned t = 0; t < KECCAK_ROUNDS; t++) {
		size_t next_y = (2 * x + 3 * y) % 5;
		uint64_t kept;

		x = y;
		y = next_y;
		kept = a[x + 5 * y];
		a[x + 5 * y] = rotate_left(carried, (t + 1) * (t + 2) / 2 % 64);
		carried = kept;
	}
}

/* 3.2.4. */
static void
keccak_chi(uint64_t a[KECCAK_LANES])
{
	for (size_t y = 0; y < KECCAK_LANES; y += 5) {
		uint64_t row[5];

		memcpy(row, a + y, sizeof(row));
		for (size_t x = 0; x < 5; x++)
			a[y + x] ^= ~row[(x + 1) % 5] & row[(x + 2) % 5];
	}
}

/* 3.2.5: the round constants come out of a shift register. */
static uint64_t
keccak_iota(uint8_t *shift)
{
	uint64_t constant = 0;

	for (unsigned j = 0; j <= 6; j++) {
		if (*shift & 1)
			constant ^= UINT64_C(1) << ((1u << j) - 1);
		*shift = (uint8_t)(*shift << 1 ^ (*shift >> 7) * 0x71);
	}
	return constant;
}

void
address_hash_keccak256(
    const void *bytes, size_t length, uint8_t hash[ADDRESS_HASH_SIZE])
{
	uint8_t block[KECCAK_RATE] = { 0 }, shift = 1;
	uint64_t a[KECCAK_LANES] = { 0 };

	memcpy(block, bytes, length);
	block[length] = 0x01;
	block[KECCAK_RATE - 1] |= 0x80;
	for (size_t i = 0; i < KECCAK_RATE; i++)
		a[i / 8] |= (uint64_t)block[i] << 8 * (i % 8);
	for (unsigned round = 0; round < KECCAK_ROUNDS; round++) {
		keccak_theta(a);
		keccak_rho_pi(a);
		keccak_chi(a);
		a[0] ^= keccak_iota(&shift);
	}
	for (size_t i = 0; i < ADDRESS_HASH_SIZE; i++)
		hash[i] = (uint8_t)(a[i / 8] >> 8 * (i % 8));
}
