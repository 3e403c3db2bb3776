/*
 * Pairs: see cert_pair.h.
 */
#include "hub/crypto/cert_pair.h"

#include <stdlib.h>
#include <string.h>

#include "hub/crypto/crypto.h"

void
cert_pair_clear(struct cert_pair *pair)
{
	if (pair->key != NULL)
		crypto_wipe(pair->key, strlen(pair->key));
	free(pair->certificate);
	free(pair->key);
	*pair = (struct cert_pair){ NULL, NULL };
}
