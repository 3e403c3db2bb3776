/*
 * Commitments and leaf hashes: see commitment.h.
 */
#include "hub/crypto/commitment.h"

#include <string.h>

#include "hub/base/encode.h"
#include "hub/crypto/digest.h"

char *
commitment_make(const uint8_t *salt, const char *field, const void *value,
    size_t length, char *text)
{
	/* The field's own NUL is the 0x00 that ends it. */
	const struct digest_part parts[] = {
		{ field, strlen(field) + 1 },
		{ value, length },
	};
	uint8_t mac[DIGEST_SIZE];

	digest_hmac_parts(salt, COMMITMENT_SALT_SIZE, parts, COUNT(parts), mac);
	return hex_encode(mac, sizeof(mac), text);
}

void
commitment_leaf_hash(const void *leaf, size_t length, uint8_t *out)
{
	const struct digest_part parts[] = { { "\x00", 1 }, { leaf, length } };

	digest_sha256_parts(parts, COUNT(parts), out);
}
