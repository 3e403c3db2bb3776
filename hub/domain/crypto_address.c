/*
 * Crypto addresses: see crypto_address.h.
 */
#include "hub/domain/crypto_address.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "hub/domain/address_hash.h"
#include "hub/domain/text.h"

enum {
	ADDRESS_MAX = 90, /* BIP 173's limit, the longest of all */
	CHECKSUM_BYTES = 4,
	KEY_HASH_BYTES = 20,
	DECODED_MAX = 64,
	VERSIONS_MAX = 3,
	EVM_DIGITS = 40,
	WITNESS_VERSION_MAX = 16,
};

#define BITCOIN_ALPHABET \
	"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#define RIPPLE_ALPHABET \
	"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
#define BECH32_ALPHABET "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
#define HEX_DIGITS TEXT_DIGITS "abcdefABCDEF"

/* How a chain writes addresses.  `base58`: its alphabet; `version_bytes`
 * before the key hash, of these values; 0 bytes: a bare key of 32 without a
 * checksum (Solana).  `hrp`: the human-readable part of its bech32. */
struct chain {
	const char *name;
	const char *base58;
	size_t version_bytes;
	uint16_t versions[VERSIONS_MAX];
	size_t version_count;
	const char *hrp;
	bool is_evm;
};

static const struct chain chains[] = {
	{ .name = "bitcoin",
	    .base58 = BITCOIN_ALPHABET,
	    .version_bytes = 1,
	    .versions = { 0x00, 0x05 },
	    .version_count = 2,
	    .hrp = "bc" },
	{ .name = "litecoin",
	    .base58 = BITCOIN_ALPHABET,
	    .version_bytes = 1,
	    .versions = { 0x30, 0x32, 0x05 },
	    .version_count = 3,
	    .hrp = "ltc" },
	{ .name = "dogecoin",
	    .base58 = BITCOIN_ALPHABET,
	    .version_bytes = 1,
	    .versions = { 0x1e, 0x16 },
	    .version_count = 2 },
	{ .name = "dash",
	    .base58 = BITCOIN_ALPHABET,
	    .version_bytes = 1,
	    .versions = { 0x4c, 0x10 },
	    .version_count = 2 },
	{ .name = "zcash",
	    .base58 = BITCOIN_ALPHABET,
	    .version_bytes = 2,
	    .versions = { 0x1cb8, 0x1cbd },
	    .version_count = 2 },
	{ .name = "tron",
	    .base58 = BITCOIN_ALPHABET,
	    .version_bytes = 1,
	    .versions = { 0x41 },
	    .version_count = 1 },
	{ .name = "ripple",
	    .base58 = RIPPLE_ALPHABET,
	    .version_bytes = 1,
	    .versions = { 0x00 },
	    .version_count = 1 },
	{ .name = "solana", .base58 = BITCOIN_ALPHABET },
	{ .name = "ethereum", .is_evm = true },
	{ .name = "bnb", .is_evm = true },
	{ .name = "polygon", .is_evm = true },
	{ .name = "arbitrum", .is_evm = true },
	{ .name = "optimism", .is_evm = true },
	{ .name = "base", .is_evm = true },
	{ .name = "avalanche", .is_evm = true },
};

static enum rc
bad(struct err *err, const char *code, const char *sentence)
{
	return err_at(err, RC_INVALID, "/value", code, "%s", sentence);
}

static enum rc
bad_checksum(struct err *err)
{
	return bad(err, "bad_check_digit", "the address's checksum is wrong");
}

/* Big-endian bytes of base-58 text; false when a character is none of the
 * alphabet or the number does not fit.  A leading zero is a zero byte. */
static bool
base58_decode(const char *text, const char *alphabet, uint8_t *bytes,
    size_t capacity, size_t *length)
{
	size_t zeros = strspn(text, (const char[]){ alphabet[0], '\0' });
	uint8_t number[DECODED_MAX] = { 0 };
	size_t used = 0;

	for (const char *c = text + zeros; *c != '\0'; c++) {
		const char *place = strchr(alphabet, *c);
		unsigned carry;

		if (place == NULL)
			return false;
		carry = (unsigned)(place - alphabet);
		for (size_t i = 0; i < used || carry > 0; i++) {
			if (i == sizeof(number))
				return false;
			carry += number[i] * 58u;
			number[i] = (uint8_t)carry;
			carry >>= 8;
			used = i + 1 > used ? i + 1 : used;
		}
	}
	*length = zeros + used;
	if (*length > capacity)
		return false;
	memset(bytes, 0, zeros);
	for (size_t i = 0; i < used; i++)
		bytes[zeros + i] = number[used - 1 - i];
	return true;
}

static bool
has_version(const struct chain *chain, const uint8_t *bytes)
{
	uint16_t version = bytes[0];

	if (chain->version_bytes == 2)
		version = (uint16_t)(version << 8 | bytes[1]);
	for (size_t i = 0; i < chain->version_count; i++)
		if (chain->versions[i] == version)
			return true;
	return false;
}

static enum rc
base58_check(const struct chain *chain, const char *address, struct err *err)
{
	uint8_t bytes[DECODED_MAX], hash[ADDRESS_HASH_SIZE];
	size_t length, body = chain->version_bytes + KEY_HASH_BYTES;

	if (!text_only(address, chain->base58))
		return bad(err, "bad_character",
		    "the address has a character that base58 has not");
	if (!base58_decode(
		address, chain->base58, bytes, sizeof(bytes), &length))
		return bad(err, "bad_length", "the address is too long");
	if (chain->version_bytes == 0)
		return length == 32
		    ? RC_OK
		    : bad(err, "bad_length", "the address is no 32 bytes");
	if (length != body + CHECKSUM_BYTES)
		return bad(err, "bad_length",
		    "the address has too many or too few characters");
	address_hash_sha256d(bytes, body, hash);
	if (memcmp(hash, bytes + body, CHECKSUM_BYTES) != 0)
		return bad_checksum(err);
	if (!has_version(chain, bytes))
		return bad(
		    err, "bad_form", "the address belongs to another chain");
	return RC_OK;
}

static uint32_t
bech32_step(uint32_t sum, unsigned value)
{
	static const uint32_t generator[] = { 0x3b6a57b2, 0x26508e6d,
		0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
	uint32_t top = sum >> 25;

	sum = (sum & 0x1ffffff) << 5 ^ value;
	for (unsigned i = 0; i < COUNT(generator); i++)
		if (top >> i & 1)
			sum ^= generator[i];
	return sum;
}

static unsigned
bech32_value(char c)
{
	return (unsigned)(strchr(BECH32_ALPHABET, c) - BECH32_ALPHABET);
}

static uint32_t
bech32_sum(const char *hrp, const char *data)
{
	uint32_t sum = 1;

	for (const char *c = hrp; *c != '\0'; c++)
		sum = bech32_step(sum, (unsigned char)*c >> 5);
	sum = bech32_step(sum, 0);
	for (const char *c = hrp; *c != '\0'; c++)
		sum = bech32_step(sum, *c & 31);
	for (const char *c = data; *c != '\0'; c++)
		sum = bech32_step(sum, bech32_value(*c));
	return sum;
}

/* BIP 173: the program's bits in groups of five; what is left over is less
 * than a group and zero.  Lengths by witness version. */
static bool
is_witness_program(unsigned version, const char *data, size_t count)
{
	size_t bits = count * 5, bytes = bits / 8;

	if (count == 0 || bits % 8 > 4)
		return false;
	if ((bech32_value(data[count - 1]) & ((1u << bits % 8) - 1)) != 0)
		return false;
	return version == 0 ? bytes == 20 || bytes == 32
			    : bytes >= 2 && bytes <= 40;
}

static enum rc
bech32_check(const struct chain *chain, char *address, struct err *err)
{
	enum { BECH32 = 1, BECH32M = 0x2bc830a3, SUM_LENGTH = 6 };
	const char *data = address + strlen(chain->hrp) + 1;
	char lower[ADDRESS_MAX + 1];
	size_t length = strlen(data);
	unsigned version;

	memcpy(lower, address, strlen(address) + 1);
	text_to_lower(lower);
	if (text_only(address, TEXT_UPPER TEXT_DIGITS))
		memcpy(address, lower, strlen(lower));
	if (strcmp(address, lower) != 0 || !text_only(data, BECH32_ALPHABET))
		return bad(err, "bad_character",
		    "a bech32 address is in one case and of its alphabet");
	if (length < 1 + SUM_LENGTH)
		return bad(err, "bad_length", "the address is too short");
	version = bech32_value(data[0]);
	if (bech32_sum(chain->hrp, data) !=
	    (version == 0 ? (uint32_t)BECH32 : (uint32_t)BECH32M))
		return bad_checksum(err);
	if (version > WITNESS_VERSION_MAX ||
	    !is_witness_program(version, data + 1, length - 1 - SUM_LENGTH))
		return bad(
		    err, "bad_form", "the address holds no witness program");
	return RC_OK;
}

/* EIP-55: a letter is a capital where the hash of the lower-case address has
 * a digit of 8 or more. */
static void
evm_capitals(char *digits)
{
	uint8_t hash[ADDRESS_HASH_SIZE];

	text_to_lower(digits);
	address_hash_keccak256(digits, EVM_DIGITS, hash);
	for (size_t i = 0; i < EVM_DIGITS; i++) {
		unsigned nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;

		if (digits[i] >= 'a' && nibble >= 8)
			digits[i] = (char)(digits[i] - 'a' + 'A');
	}
}

/* All in one case is an address without a checksum, which EIP-55 allows. */
static enum rc
evm_check(char *address, struct err *err)
{
	char *digits = address + 2, given[EVM_DIGITS + 1];

	if (strncmp(address, "0x", 2) != 0)
		return bad(err, "bad_form", "the address begins with 0x");
	if (!text_only(digits, HEX_DIGITS))
		return bad(err, "bad_character",
		    "the address has hexadecimal digits only after 0x");
	if (strlen(digits) != EVM_DIGITS)
		return bad(err, "bad_length", "the address has 40 digits");
	memcpy(given, digits, sizeof(given));
	evm_capitals(digits);
	if (!text_only(given, TEXT_DIGITS "abcdef") &&
	    !text_only(given, TEXT_DIGITS "ABCDEF") &&
	    strcmp(given, digits) != 0)
		return bad_checksum(err);
	return RC_OK;
}

static const struct chain *
chain_find(const char *name)
{
	for (size_t i = 0; i < COUNT(chains); i++)
		if (strcmp(chains[i].name, name) == 0)
			return &chains[i];
	return NULL;
}

/* Whether the address begins with the chain's bech32 part, "bc1". */
static bool
is_bech32(const struct chain *chain, const char *address)
{
	size_t length = chain->hrp == NULL ? 0 : strlen(chain->hrp);

	return length > 0 && strncasecmp(address, chain->hrp, length) == 0 &&
	    address[length] == '1';
}

enum rc
crypto_address_check(char *name, char *address, struct err *err)
{
	const struct chain *chain;

	text_trim(name);
	text_to_lower(name);
	text_trim(address);
	chain = chain_find(name);
	if (chain == NULL)
		return err_at(err, RC_INVALID, "/chain", "unknown_chain",
		    "addresses of this chain are not known here");
	if (strlen(address) > ADDRESS_MAX || address[0] == '\0')
		return bad(
		    err, "bad_length", "an address has 1 to 90 characters");
	if (chain->is_evm)
		return evm_check(address, err);
	if (is_bech32(chain, address))
		return bech32_check(chain, address, err);
	return base58_check(chain, address, err);
}
