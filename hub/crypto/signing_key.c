/*
 * Keys of Standard Webhooks: see signing_key.h.
 */
#include "hub/crypto/signing_key.h"

#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "hub/base/encode.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/digest.h"

enum { SECRET_MIN = 24, SECRET_MAX = 64 };

static const struct form {
	const char *prefix;
	enum signing_algorithm algorithm;
	size_t min, max;
} forms[] = {
	/* prefix    algorithm     bytes */
	{ "whsec_", SIGNING_V1, SECRET_MIN, SECRET_MAX },
	{ "whsk_", SIGNING_V1A, SIGNING_KEY_SIZE, SIGNING_KEY_SIZE },
	{ "whpk_", SIGNING_V1A, SIGNING_KEY_PUBLIC_SIZE,
	    SIGNING_KEY_PUBLIC_SIZE },
	{ "", SIGNING_V1A, SIGNING_KEY_SIZE, SIGNING_KEY_SIZE },
};

static const struct form *
find_form(const char *text)
{
	size_t i = 0;

	/* The last prefix is empty and fits any text. */
	while (strncmp(text, forms[i].prefix, strlen(forms[i].prefix)) != 0)
		i++;
	return &forms[i];
}

static enum rc
derive_public(const uint8_t *seed, uint8_t *public, struct err *err)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, seed, SIGNING_KEY_SEED_SIZE);
	size_t length = SIGNING_KEY_PUBLIC_SIZE;
	int ok = key != NULL &&
	    EVP_PKEY_get_raw_public_key(key, public, &length);

	EVP_PKEY_free(key);
	return ok ? RC_OK : crypto_failed(err, "an Ed25519 key");
}

static enum rc
check_halves(const struct signing_key *key, struct err *err)
{
	uint8_t public[SIGNING_KEY_PUBLIC_SIZE];

	TRY(derive_public(key->bytes, public, err));
	if (!digest_equal(public, signing_key_public(key), sizeof(public)))
		return err_set(err, RC_INVALID, "bad_signing_key",
		    "the halves of signing key %s do not belong together",
		    key->key_id);
	return RC_OK;
}

static enum rc
set_key_id(struct signing_key *key, const char *key_id, struct err *err)
{
	int size = snprintf(key->key_id, sizeof(key->key_id), "%s", key_id);

	if (size <= 0 || (size_t)size >= sizeof(key->key_id))
		return err_set(err, RC_INVALID, "bad_signing_key",
		    "a key id has 1 to %d characters", SIGNING_KEY_ID_SIZE - 1);
	return RC_OK;
}

static enum rc
parse(const char *key_id, const char *text, struct signing_key *key,
    struct err *err)
{
	const struct form *form = find_form(text);
	const char *digits = text + strlen(form->prefix);

	TRY(set_key_id(key, key_id, err));
	key->algorithm = form->algorithm;
	if (!base64_decode(digits, strlen(digits), key->bytes,
		sizeof(key->bytes), &key->length) ||
	    key->length < form->min || key->length > form->max)
		return err_set(err, RC_INVALID, "bad_signing_key",
		    "signing key %s is not %s and base64 of %zu to %zu bytes",
		    key_id, form->prefix, form->min, form->max);
	if (key->algorithm == SIGNING_V1A && key->length == SIGNING_KEY_SIZE)
		return check_halves(key, err);
	return RC_OK;
}

enum rc
signing_key_parse(const char *key_id, const char *text, struct signing_key *key,
    struct err *err)
{
	enum rc rc;

	*key = (struct signing_key){ .length = 0 };
	rc = parse(key_id, text, key, err);
	if (rc != RC_OK)
		signing_key_clear(key);
	return rc;
}

enum rc
signing_key_generate(const char *key_id, enum signing_algorithm algorithm,
    struct signing_key *key, struct err *err)
{
	*key = (struct signing_key){ .algorithm = algorithm };
	TRY(set_key_id(key, key_id, err));
	key->length = SIGNING_KEY_SEED_SIZE;
	crypto_random(key->bytes, key->length);
	if (algorithm == SIGNING_V1)
		return RC_OK;
	key->length = SIGNING_KEY_SIZE;
	return derive_public(
	    key->bytes, key->bytes + SIGNING_KEY_SEED_SIZE, err);
}

char *
signing_key_format(const struct signing_key *key, char *text)
{
	const char *prefix = key->algorithm == SIGNING_V1 ? "whsec_"
	    : key->length == SIGNING_KEY_SIZE             ? "whsk_"
							  : "whpk_";

	memcpy(text, prefix, strlen(prefix));
	(void)base64_encode(key->bytes, key->length, text + strlen(prefix));
	return text;
}

char *
signing_key_format_public(const struct signing_key *key, char *text)
{
	static const char prefix[] = "whpk_";

	memcpy(text, prefix, sizeof(prefix));
	(void)base64_encode(signing_key_public(key), SIGNING_KEY_PUBLIC_SIZE,
	    text + strlen(prefix));
	return text;
}

const uint8_t *
signing_key_public(const struct signing_key *key)
{
	return key->bytes + key->length - SIGNING_KEY_PUBLIC_SIZE;
}

const char *
signing_key_version(enum signing_algorithm algorithm)
{
	static const char *const versions[SIGNING_ALGORITHM_COUNT] = {
		[SIGNING_V1] = "v1",
		[SIGNING_V1A] = "v1a",
	};

	return versions[algorithm];
}

void
signing_key_clear(struct signing_key *key)
{
	crypto_wipe(key, sizeof(*key));
}
