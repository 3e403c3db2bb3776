/*
 * Keyed hashes of identifiers: see lookup_hash.h.
 */
#include "hub/crypto/lookup_hash.h"

#include "hub/crypto/hmac_key.h"

void
lookup_hash(const struct hmac_key *key, const char *canonical, size_t length,
    uint8_t *out)
{
	const struct digest_part part = { canonical, length };

	hmac_key_sign(key, &part, 1, out);
}
