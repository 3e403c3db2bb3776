/*
 * Signs deliveries: see signer.h.
 */
#include "hub/crypto/signer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "hub/base/encode.h"
#include "hub/base/strbuf.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/digest.h"

enum { SIGNATURE_SIZE = 64, HEAD_SIZE = 160, ID_LIMIT = 120 };

/* Exactly one of the two is set. */
struct signer_key {
	struct hmac_key *v1;
	EVP_PKEY *v1a;
};

struct signer {
	struct signer_key keys[SIGNER_KEY_LIMIT];
	size_t count;
};

static enum rc
add_key(struct signer *signer, const struct signing_key *key, struct err *err)
{
	struct signer_key *added = &signer->keys[signer->count];

	if (key->algorithm == SIGNING_V1) {
		added->v1 = hmac_key_new(key->bytes, key->length);
		signer->count++;
		return RC_OK;
	}
	if (key->length != SIGNING_KEY_SIZE)
		return err_set(err, RC_INVALID, "bad_signing_key",
		    "signing key %s is a public key", key->key_id);
	added->v1a = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, key->bytes, SIGNING_KEY_SEED_SIZE);
	if (added->v1a == NULL)
		return crypto_failed(err, "an Ed25519 key");
	signer->count++;
	return RC_OK;
}

/* v1a first: a reader that knows both should meet the stronger first. */
static enum rc
add_keys(struct signer *signer, const struct signing_key *keys, size_t count,
    struct err *err)
{
	static const enum signing_algorithm order[] = { SIGNING_V1A,
		SIGNING_V1 };

	for (size_t i = 0; i < COUNT(order); i++)
		for (size_t k = 0; k < count; k++)
			if (keys[k].algorithm == order[i])
				TRY(add_key(signer, &keys[k], err));
	return RC_OK;
}

enum rc
signer_new(const struct signing_key *keys, size_t count, struct signer **signer,
    struct err *err)
{
	struct signer *made;
	enum rc rc;

	if (count == 0 || count > SIGNER_KEY_LIMIT)
		return err_set(err, RC_INVALID, "bad_signing_key",
		    "a signer has 1 to %d keys", SIGNER_KEY_LIMIT);
	made = calloc(1, sizeof(*made));
	if (made == NULL)
		abort();
	rc = add_keys(made, keys, count, err);
	if (rc != RC_OK) {
		signer_free(made);
		return rc;
	}
	*signer = made;
	return RC_OK;
}

void
signer_free(struct signer *signer)
{
	if (signer == NULL)
		return;
	for (size_t i = 0; i < signer->count; i++) {
		hmac_key_free(signer->keys[i].v1);
		EVP_PKEY_free(signer->keys[i].v1a);
	}
	free(signer);
}

void
signer_cleanup(struct signer **signer)
{
	signer_free(*signer);
}

static void
context_cleanup(EVP_MD_CTX **context)
{
	EVP_MD_CTX_free(*context);
}

/* Ed25519 (RFC 8032) reads its message twice and so wants it in one piece. */
static enum rc
sign_v1a(EVP_PKEY *key, const struct digest_part *parts, uint8_t *signature,
    struct err *err)
{
	SCOPED(context_cleanup) EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t length = SIGNATURE_SIZE;
	SCOPED(strbuf_clear) struct strbuf text;

	strbuf_init(&text, parts[0].length + parts[1].length);
	strbuf_append_bytes(&text, parts[0].bytes, parts[0].length);
	strbuf_append_bytes(&text, parts[1].bytes, parts[1].length);
	if (context == NULL ||
	    EVP_DigestSignInit(context, NULL, NULL, NULL, key) != 1 ||
	    EVP_DigestSign(context, signature, &length,
		(const uint8_t *)text.bytes, text.length) != 1)
		return crypto_failed(err, "signing");
	return RC_OK;
}

static enum rc
sign(const struct signer_key *key, const struct digest_part *parts,
    struct strbuf *header, struct err *err)
{
	uint8_t signature[SIGNATURE_SIZE];
	size_t length = SIGNATURE_SIZE;
	char digits[BASE64_SIZE(SIGNATURE_SIZE)];

	if (key->v1 != NULL) {
		hmac_key_sign(key->v1, parts, 2, signature);
		length = DIGEST_SIZE;
	} else {
		TRY(sign_v1a(key->v1a, parts, signature, err));
	}
	strbuf_printf(header, "%s%s,%s", header->length > 0 ? " " : "",
	    signing_key_version(key->v1 != NULL ? SIGNING_V1 : SIGNING_V1A),
	    base64_encode(signature, length, digits));
	return RC_OK;
}

enum rc
signer_header(const struct signer *signer, const struct signer_message *message,
    char *header, size_t size, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf made;
	char head[HEAD_SIZE];
	struct digest_part parts[2] = { { head, 0 },
		{ message->body, message->length } };
	size_t id_length = strlen(message->id);

	strbuf_init(&made, SIGNER_HEADER_SIZE);
	if (id_length == 0 || id_length > ID_LIMIT ||
	    strpbrk(message->id, ". \r\n") != NULL)
		return err_set(err, RC_INVALID, "bad_message_id",
		    "a message id has 1 to %d characters and no full stop",
		    ID_LIMIT);
	parts[0].length = (size_t)snprintf(head, sizeof(head),
	    "%s.%" PRId64 ".", message->id, message->timestamp);
	for (size_t i = 0; i < signer->count; i++)
		TRY(sign(&signer->keys[i], parts, &made, err));
	if (made.failed || made.length >= size)
		return err_set(err, RC_FAILED, "header_too_small",
		    "no room for %zu signatures", signer->count);
	memcpy(header, made.bytes, made.length + 1);
	return RC_OK;
}
