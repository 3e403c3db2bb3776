/*
 * Keys with their pads hashed: see hmac_key.h.
 */
#include "hub/crypto/hmac_key.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/log.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/scratch.h"

/* SHA-256 having read key ^ ipad, and key ^ opad.  Only ever copied. */
struct hmac_key {
	EVP_MD_CTX *inner, *outer;
};

void
hmac_key_pad(const void *key, size_t length, uint8_t pad, uint8_t *block)
{
	memset(block, 0, HMAC_KEY_BLOCK_SIZE);
	if (length > HMAC_KEY_BLOCK_SIZE)
		digest_sha256(key, length, block);
	else if (length > 0)
		memcpy(block, key, length);
	for (size_t i = 0; i < HMAC_KEY_BLOCK_SIZE; i++)
		block[i] ^= pad;
}

static EVP_MD_CTX *
pad_new(const void *key, size_t length, uint8_t pad)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t block[HMAC_KEY_BLOCK_SIZE];

	hmac_key_pad(key, length, pad, block);
	if (context == NULL ||
	    EVP_DigestInit_ex2(context, scratch_sha256(), NULL) != 1 ||
	    EVP_DigestUpdate(context, block, sizeof(block)) != 1)
		log_panic("SHA-256 failed", NULL);
	crypto_wipe(block, sizeof(block));
	return context;
}

struct hmac_key *
hmac_key_new(const void *key, size_t length)
{
	struct hmac_key *made = calloc(1, sizeof(*made));

	if (made == NULL)
		abort();
	made->inner = pad_new(key, length, HMAC_KEY_INNER);
	made->outer = pad_new(key, length, HMAC_KEY_OUTER);
	return made;
}

void
hmac_key_free(struct hmac_key *key)
{
	if (key == NULL)
		return;
	EVP_MD_CTX_free(key->inner);
	EVP_MD_CTX_free(key->outer);
	free(key);
}

void
hmac_key_cleanup(struct hmac_key **key)
{
	hmac_key_free(*key);
}

void
hmac_key_sign(const struct hmac_key *key, const struct digest_part *parts,
    size_t count, uint8_t *out)
{
	EVP_MD_CTX *context = scratch_digest();
	int ok = EVP_MD_CTX_copy_ex(context, key->inner);

	for (size_t i = 0; i < count; i++)
		ok &= EVP_DigestUpdate(
		    context, parts[i].bytes, parts[i].length);
	ok &= EVP_DigestFinal_ex(context, out, NULL);
	ok &= EVP_MD_CTX_copy_ex(context, key->outer);
	ok &= EVP_DigestUpdate(context, out, DIGEST_SIZE);
	ok &= EVP_DigestFinal_ex(context, out, NULL);
	if (ok != 1)
		log_panic("HMAC failed", NULL);
}
