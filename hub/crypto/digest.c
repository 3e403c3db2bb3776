/*
 * Hashes: see digest.h.
 */
#include "hub/crypto/digest.h"

#include <openssl/crypto.h>

#include "hub/base/log.h"
#include "hub/crypto/scratch.h"

/* SHA-256 of `head` (one block, or NULL) and then the parts. */
static void
hash(const uint8_t *head, const struct digest_part *parts, size_t count,
    uint8_t *out)
{
	EVP_MD_CTX *context = scratch_digest();
	int ok = EVP_DigestInit_ex2(context, scratch_sha256(), NULL);

	if (head != NULL)
		ok &= EVP_DigestUpdate(context, head, HMAC_KEY_BLOCK_SIZE);
	for (size_t i = 0; i < count; i++)
		ok &= EVP_DigestUpdate(
		    context, parts[i].bytes, parts[i].length);
	ok &= EVP_DigestFinal_ex(context, out, NULL);
	if (ok != 1)
		log_panic("SHA-256 failed", NULL);
}

void
digest_sha256_parts(const struct digest_part *parts, size_t count, uint8_t *out)
{
	hash(NULL, parts, count, out);
}

void
digest_sha256(const void *bytes, size_t length, uint8_t *out)
{
	const struct digest_part part = { bytes, length };

	hash(NULL, &part, 1, out);
}

/* RFC 2104: H(key ^ opad, H(key ^ ipad, text)). */
void
digest_hmac_parts(const void *key, size_t key_length,
    const struct digest_part *parts, size_t count, uint8_t *out)
{
	uint8_t block[HMAC_KEY_BLOCK_SIZE];
	const struct digest_part inner = { out, DIGEST_SIZE };

	hmac_key_pad(key, key_length, HMAC_KEY_INNER, block);
	hash(block, parts, count, out);
	hmac_key_pad(key, key_length, HMAC_KEY_OUTER, block);
	hash(block, &inner, 1, out);
	crypto_wipe(block, sizeof(block));
}

void
digest_hmac(const void *key, size_t key_length, const void *bytes,
    size_t length, uint8_t *out)
{
	const struct digest_part part = { bytes, length };

	digest_hmac_parts(key, key_length, &part, 1, out);
}

bool
digest_equal(const void *a, const void *b, size_t length)
{
	return CRYPTO_memcmp(a, b, length) == 0;
}
