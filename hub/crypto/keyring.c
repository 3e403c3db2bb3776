/*
 * The hub's keys: see keyring.h.
 */
#include "hub/crypto/keyring.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/encode.h"
#include "hub/base/strbuf.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/digest.h"
#include "hub/crypto/secret_file.h"

enum { FILE_LIMIT = 16384, KEK_LIMIT = 64, ID_DIGITS = 9 };

struct kek {
	uint32_t id;
	uint8_t bytes[KEYRING_KEY_SIZE];
};

struct keyring {
	struct kek keks[KEK_LIMIT];
	size_t kek_count;
	struct hmac_key *lookup;
	struct signing_key signing, checkpoint; /* length 0: not there */
};

/* One line of the file; `words` is the rest of it. */
struct line {
	struct keyring *keyring;
	char *words;
	int number;
};

static enum rc
bad_line(const struct line *line, const char *what, struct err *err)
{
	return err_set(err, RC_INVALID, "bad_key_file",
	    "line %d of the key file: %s", line->number, what);
}

static bool
decode_key(const char *text, uint8_t *bytes)
{
	size_t length;

	return base64_decode(
		   text, strlen(text), bytes, KEYRING_KEY_SIZE, &length) &&
	    length == KEYRING_KEY_SIZE;
}

/* Decimal, positive, no leading zero; NULL unless a blank follows. */
static const char *
read_number(const char *text, uint32_t *number)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > ID_DIGITS || text[0] == '0' ||
	    text[digits] != ' ')
		return NULL;
	*number = (uint32_t)strtoul(text, NULL, 10);
	return text + digits + 1;
}

static enum rc
read_kek(struct line *line, struct err *err)
{
	struct keyring *keyring = line->keyring;
	struct kek *kek = &keyring->keks[keyring->kek_count];
	uint32_t id = 0;
	const char *text = read_number(line->words, &id);

	if (keyring->kek_count == KEK_LIMIT)
		return bad_line(line, "too many key-encryption keys", err);
	if (text == NULL)
		return bad_line(line, "a kek has a number from 1", err);
	if (keyring_kek(keyring, id) != NULL)
		return bad_line(line, "this kek number is taken", err);
	if (!decode_key(text, kek->bytes))
		return bad_line(line, "a kek is base64 of 32 bytes", err);
	kek->id = id;
	keyring->kek_count++;
	return RC_OK;
}

static enum rc
read_lookup(struct line *line, struct err *err)
{
	uint8_t bytes[KEYRING_KEY_SIZE];

	if (line->keyring->lookup != NULL)
		return bad_line(line, "a second lookup key", err);
	if (!decode_key(line->words, bytes))
		return bad_line(
		    line, "a lookup key is base64 of 32 bytes", err);
	line->keyring->lookup = hmac_key_new(bytes, sizeof(bytes));
	crypto_wipe(bytes, sizeof(bytes));
	return RC_OK;
}

/* The id follows from the key, so two hubs with one file agree. */
static enum rc
read_pair(struct line *line, const char *kind, struct signing_key *key,
    struct err *err)
{
	uint8_t hash[DIGEST_SIZE];
	char hex[HEX_SIZE(4)];

	if (key->length != 0)
		return bad_line(line, "a second key of this kind", err);
	if (signing_key_parse(kind, line->words, key, NULL) != RC_OK ||
	    key->length != SIGNING_KEY_SIZE || key->algorithm != SIGNING_V1A)
		return bad_line(line,
		    "not base64 of an Ed25519 seed and its public key", err);
	digest_sha256(signing_key_public(key), SIGNING_KEY_PUBLIC_SIZE, hash);
	(void)snprintf(key->key_id, sizeof(key->key_id), "%s-%s", kind,
	    hex_encode(hash, 4, hex));
	return RC_OK;
}

static enum rc
read_signing(struct line *line, struct err *err)
{
	return read_pair(line, "hub", &line->keyring->signing, err);
}

static enum rc
read_checkpoint(struct line *line, struct err *err)
{
	return read_pair(line, "checkpoint", &line->keyring->checkpoint, err);
}

static const struct {
	const char *word;
	enum rc (*read)(struct line *line, struct err *err);
} kinds[] = {
	{ "kek", read_kek },
	{ "lookup", read_lookup },
	{ "signing", read_signing },
	{ "checkpoint", read_checkpoint },
};

static enum rc
read_line(struct line *line, struct err *err)
{
	char *blank = strchr(line->words, ' ');

	if (line->words[0] == '\0' || line->words[0] == '#')
		return RC_OK;
	if (blank == NULL)
		return bad_line(line, "a kind, a blank and a key", err);
	*blank = '\0';
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(line->words, kinds[i].word) != 0)
			continue;
		line->words = blank + 1;
		return kinds[i].read(line, err);
	}
	return bad_line(line, "not a kind of key", err);
}

static enum rc
read_lines(struct keyring *keyring, char *text, size_t length, struct err *err)
{
	struct line line = { keyring, text, 0 };

	if (strlen(text) != length)
		return err_set(err, RC_INVALID, "bad_key_file",
		    "the key file has a NUL byte");
	while (text != NULL) {
		char *end = strchr(text, '\n');

		if (end != NULL)
			*end++ = '\0';
		line.words = text;
		line.number++;
		TRY(read_line(&line, err));
		text = end;
	}
	if (keyring->kek_count == 0 || keyring->lookup == NULL ||
	    keyring->signing.length == 0)
		return err_set(err, RC_INVALID, "bad_key_file",
		    "the key file needs a kek, a lookup and a signing key");
	return RC_OK;
}

enum rc
keyring_load(const char *path, struct keyring **keyring, struct err *err)
{
	struct keyring *made;
	char text[FILE_LIMIT];
	size_t length;
	enum rc rc;

	TRY(secret_file_read(path, text, sizeof(text), &length, err));
	made = calloc(1, sizeof(*made));
	if (made == NULL)
		abort();
	rc = read_lines(made, text, length, err);
	crypto_wipe(text, sizeof(text));
	if (rc != RC_OK) {
		keyring_free(made);
		return rc;
	}
	*keyring = made;
	return RC_OK;
}

static enum rc
add_pair(struct strbuf *text, const char *kind, struct err *err)
{
	char digits[BASE64_SIZE(SIGNING_KEY_SIZE)];
	struct signing_key key;

	TRY(signing_key_generate(kind, SIGNING_V1A, &key, err));
	strbuf_printf(text, "%s %s\n", kind,
	    base64_encode(key.bytes, key.length, digits));
	signing_key_clear(&key);
	crypto_wipe(digits, sizeof(digits));
	return RC_OK;
}

enum rc
keyring_generate(const char *path, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text;
	uint8_t keys[2][KEYRING_KEY_SIZE];
	char digits[BASE64_SIZE(KEYRING_KEY_SIZE)];
	enum rc rc;

	strbuf_init(&text, FILE_LIMIT);
	crypto_random(keys, sizeof(keys));
	strbuf_append(&text,
	    "# The keys of a hub.  Whoever reads this file "
	    "reads everything.\n");
	strbuf_printf(&text, "kek 1 %s\n",
	    base64_encode(keys[0], KEYRING_KEY_SIZE, digits));
	strbuf_printf(&text, "lookup %s\n",
	    base64_encode(keys[1], KEYRING_KEY_SIZE, digits));
	rc = add_pair(&text, "signing", err);
	if (rc == RC_OK)
		rc = add_pair(&text, "checkpoint", err);
	if (rc == RC_OK)
		rc = secret_file_create(
		    path, 0600, text.bytes, text.length, err);
	crypto_wipe(keys, sizeof(keys));
	crypto_wipe(digits, sizeof(digits));
	crypto_wipe(text.bytes, text.length);
	return rc;
}

void
keyring_free(struct keyring *keyring)
{
	if (keyring == NULL)
		return;
	hmac_key_free(keyring->lookup);
	crypto_wipe(keyring, sizeof(*keyring));
	free(keyring);
}

void
keyring_cleanup(struct keyring **keyring)
{
	keyring_free(*keyring);
}

const uint8_t *
keyring_newest_kek(const struct keyring *keyring, uint32_t *id)
{
	const struct kek *newest = &keyring->keks[0];

	for (size_t i = 1; i < keyring->kek_count; i++)
		if (keyring->keks[i].id > newest->id)
			newest = &keyring->keks[i];
	*id = newest->id;
	return newest->bytes;
}

const uint8_t *
keyring_kek(const struct keyring *keyring, uint32_t id)
{
	for (size_t i = 0; i < keyring->kek_count; i++)
		if (keyring->keks[i].id == id)
			return keyring->keks[i].bytes;
	return NULL;
}

const struct hmac_key *
keyring_lookup(const struct keyring *keyring)
{
	return keyring->lookup;
}

const struct signing_key *
keyring_signing(const struct keyring *keyring)
{
	return &keyring->signing;
}

const struct signing_key *
keyring_checkpoint(const struct keyring *keyring)
{
	return keyring->checkpoint.length != 0 ? &keyring->checkpoint : NULL;
}
