/*
 * Sealed fields: see sealing.h.  A data key's schedule is not kept between
 * calls: setting it costs 0.15 of 0.5 µs.
 */
#include "hub/crypto/sealing.h"

#include <stdbool.h>
#include <string.h>

#include "hub/crypto/crypto.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/scratch.h"

/* OpenSSL counts in int. */
enum { VERSION = 1, ID_SIZE = 4, LENGTH_LIMIT = 1 << 30 };

static const char wrap_aad[] = "freezeline data key";

/* One pass of GCM.  `nonce`, text and tag lie apart. */
struct pass {
	const uint8_t *key, *nonce;
	const void *aad;
	size_t aad_length;
	const uint8_t *from;
	uint8_t *to;
	size_t length;
	uint8_t *tag;
};

static bool
encrypt(const struct pass *pass)
{
	EVP_CIPHER_CTX *context = scratch_cipher();
	uint8_t end[SEALING_TAG_SIZE];
	int n;

	return EVP_EncryptInit_ex2(context, scratch_aes_256_gcm(), pass->key,
		   pass->nonce, NULL) == 1 &&
	    EVP_EncryptUpdate(
		context, NULL, &n, pass->aad, (int)pass->aad_length) == 1 &&
	    EVP_EncryptUpdate(
		context, pass->to, &n, pass->from, (int)pass->length) == 1 &&
	    EVP_EncryptFinal_ex(context, end, &n) == 1 &&
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG,
		SEALING_TAG_SIZE, pass->tag) == 1;
}

static bool
decrypt(const struct pass *pass)
{
	EVP_CIPHER_CTX *context = scratch_cipher();
	uint8_t end[SEALING_TAG_SIZE];
	bool is_good;
	int n;

	is_good = EVP_DecryptInit_ex2(context, scratch_aes_256_gcm(), pass->key,
		      pass->nonce, NULL) == 1 &&
	    EVP_DecryptUpdate(
		context, NULL, &n, pass->aad, (int)pass->aad_length) == 1 &&
	    EVP_DecryptUpdate(
		context, pass->to, &n, pass->from, (int)pass->length) == 1 &&
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG,
		SEALING_TAG_SIZE, pass->tag) == 1 &&
	    EVP_DecryptFinal_ex(context, end, &n) == 1;
	/* What was not authenticated is never seen. */
	if (!is_good)
		crypto_wipe(pass->to, pass->length);
	return is_good;
}

void
sealing_new_key(struct data_key *key)
{
	crypto_random(key->bytes, sizeof(key->bytes));
}

void
sealing_forget(struct data_key *key)
{
	crypto_wipe(key, sizeof(*key));
}

enum rc
sealing_wrap(const struct keyring *keyring, const struct data_key *key,
    uint8_t *out, struct err *err)
{
	uint32_t id;
	const uint8_t *kek = keyring_newest_kek(keyring, &id);
	uint8_t *nonce = out + ID_SIZE, *text = nonce + SEALING_NONCE_SIZE;
	const struct pass pass = { kek, nonce, wrap_aad, strlen(wrap_aad),
		key->bytes, text, SEALING_KEY_SIZE, text + SEALING_KEY_SIZE };

	for (int i = 0; i < ID_SIZE; i++)
		out[i] = (uint8_t)(id >> (24 - 8 * i));
	scratch_nonce(nonce, SEALING_NONCE_SIZE);
	return encrypt(&pass) ? RC_OK : crypto_failed(err, "wrapping a key");
}

enum rc
sealing_unwrap(const struct keyring *keyring, const uint8_t *wrapped,
    size_t length, struct data_key *key, struct err *err)
{
	const uint8_t *nonce = wrapped + ID_SIZE;
	const uint8_t *text = nonce + SEALING_NONCE_SIZE;
	uint8_t tag[SEALING_TAG_SIZE];
	struct pass pass = { NULL, nonce, wrap_aad, strlen(wrap_aad), text,
		key->bytes, SEALING_KEY_SIZE, tag };
	uint32_t id = 0;

	if (length != SEALING_WRAPPED_SIZE)
		return err_set(err, RC_FAILED, "wrapped_key_damaged",
		    "a wrapped key has %zu bytes", length);
	for (int i = 0; i < ID_SIZE; i++)
		id = id << 8 | wrapped[i];
	memcpy(tag, text + SEALING_KEY_SIZE, sizeof(tag));
	pass.key = keyring_kek(keyring, id);
	if (pass.key == NULL)
		return err_set(err, RC_FAILED, "key_encryption_key_missing",
		    "the key file has no kek %u", (unsigned)id);
	if (!decrypt(&pass))
		return err_set(err, RC_FAILED, "wrapped_key_damaged",
		    "a data key does not unwrap with kek %u", (unsigned)id);
	return RC_OK;
}

enum rc
sealing_seal(const struct data_key *key, const struct sealing_input *input,
    uint8_t *out, struct err *err)
{
	uint8_t *nonce = out + 1, *text = nonce + SEALING_NONCE_SIZE;
	const struct pass pass = { key->bytes, nonce, input->aad,
		input->aad_length, input->bytes, text, input->length,
		text + input->length };

	if (input->length > LENGTH_LIMIT || input->aad_length > LENGTH_LIMIT)
		return err_set(err, RC_TOO_LARGE, "too_large_to_seal",
		    "%zu bytes are too many to seal", input->length);
	out[0] = VERSION;
	scratch_nonce(nonce, SEALING_NONCE_SIZE);
	return encrypt(&pass) ? RC_OK : crypto_failed(err, "sealing");
}

static enum rc
damaged(struct err *err)
{
	return err_set(
	    err, RC_FAILED, "sealed_data_damaged", "sealed data does not open");
}

enum rc
sealing_open(const struct data_key *key, const struct sealing_input *input,
    uint8_t *out, size_t *length, struct err *err)
{
	const uint8_t *sealed = input->bytes, *nonce = sealed + 1;
	const uint8_t *text = nonce + SEALING_NONCE_SIZE;
	uint8_t tag[SEALING_TAG_SIZE];
	struct pass pass = { key->bytes, nonce, input->aad, input->aad_length,
		text, out, 0, tag };

	if (input->length < SEALING_OVERHEAD ||
	    input->length > (size_t)LENGTH_LIMIT + SEALING_OVERHEAD ||
	    input->aad_length > LENGTH_LIMIT || sealed[0] != VERSION)
		return damaged(err);
	pass.length = input->length - SEALING_OVERHEAD;
	memcpy(tag, text + pass.length, sizeof(tag));
	if (!decrypt(&pass))
		return damaged(err);
	*length = pass.length;
	return RC_OK;
}
