/*
 * Detached signatures: see detached_signature.h.
 */
#include "hub/crypto/detached_signature.h"

#include <openssl/evp.h>

#include "hub/base/log.h"
#include "hub/crypto/digest.h"

bool
detached_signature_is_good(const uint8_t key[DETACHED_KEY_SIZE],
    const uint8_t signature[DETACHED_SIGNATURE_SIZE], const void *bytes,
    size_t length)
{
	EVP_PKEY *public = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, key, DETACHED_KEY_SIZE);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool is_good;

	if (context == NULL)
		log_panic("out of memory", NULL);
	is_good = public != NULL &&
	    EVP_DigestVerifyInit(context, NULL, NULL, NULL, public) == 1 &&
	    EVP_DigestVerify(context, signature, DETACHED_SIGNATURE_SIZE, bytes,
		length) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(public);
	return is_good;
}

void
detached_signature_key_hash(const uint8_t key[DETACHED_KEY_SIZE], uint8_t *out)
{
	/* SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING } */
	static const uint8_t head[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
		0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };
	const struct digest_part parts[] = { { head, sizeof(head) },
		{ key, DETACHED_KEY_SIZE } };

	digest_sha256_parts(parts, COUNT(parts), out);
}
