/*
 * Randomness, wiping, errors: see crypto.h.
 */
#include "hub/crypto/crypto.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include "hub/base/log.h"

/* RAND_bytes counts in int. */
enum { RANDOM_CHUNK = 1 << 20 };

void
crypto_random(void *bytes, size_t length)
{
	unsigned char *to = bytes;

	while (length > 0) {
		size_t chunk = length < RANDOM_CHUNK ? length : RANDOM_CHUNK;

		if (RAND_bytes(to, (int)chunk) != 1)
			log_panic("no random bytes", NULL);
		to += chunk;
		length -= chunk;
	}
}

void
crypto_wipe(void *bytes, size_t length)
{
	OPENSSL_cleanse(bytes, length);
}

enum rc
crypto_failed(struct err *err, const char *what)
{
	unsigned long number = ERR_peek_last_error();
	const char *reason = number != 0 ? ERR_reason_error_string(number) : 0;

	ERR_clear_error();
	return err_set(err, RC_FAILED, "crypto_failed", "%s failed%s%s", what,
	    reason != NULL ? ": " : "", reason != NULL ? reason : "");
}
