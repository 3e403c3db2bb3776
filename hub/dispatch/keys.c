/*
 * Keys of delivery: see keys.h.
 */
#include "hub/dispatch/keys.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/log.h"
#include "hub/crypto/hub_keys.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealed_column.h"
#include "hub/domain/ids.h"
#include "hub/store/sealed_keys.h"

enum { KEYS_BYTES = 16 * 1024 * 1024, BODY_BYTES = 4 * 1024 * 1024 };

struct endpoint_key {
	int32_t endpoint;
	int64_t sign_from, sign_until;
	struct signing_key key;
};

struct keys {
	const struct keyring *keyring;
	const struct hub_keys *hub_keys;
	struct endpoint_key *items; /* by endpoint */
	size_t count;
	struct arena *scratch;
};

struct keys *
keys_new(const struct keyring *keyring, const struct hub_keys *hub_keys)
{
	struct keys *keys = calloc(1, sizeof(*keys));

	if (keys == NULL)
		abort();
	keys->keyring = keyring;
	keys->hub_keys = hub_keys;
	keys->scratch = arena_new(BODY_BYTES);
	return keys;
}

static void
keys_forget(struct keys *keys)
{
	for (size_t i = 0; i < keys->count; i++)
		signing_key_clear(&keys->items[i].key);
	free(keys->items);
	keys->items = NULL;
	keys->count = 0;
}

void
keys_free(struct keys *keys)
{
	if (keys == NULL)
		return;
	keys_forget(keys);
	arena_free(keys->scratch);
	free(keys);
}

/* ---- signing */

static enum rc
open_secret(const struct keys *keys, const struct sealed_endpoint_key *sealed,
    struct arena *arena, struct endpoint_key *opened, struct err *err)
{
	const struct data_key *key = hub_keys_find(
	    keys->hub_keys, sealed->key_no);
	struct sealed_place place = sealed_place_of(SEALED_SECRET, &sealed->id);
	struct blob plain;

	if (key == NULL)
		return err_set(err, RC_FAILED, "hub_key_missing",
		    "hub data key %d is not known here", sealed->key_no);
	TRY(sealed_column_open(
	    key, &place, &sealed->secret, arena, &plain, err));
	if (plain.length > sizeof(opened->key.bytes))
		return err_set(err, RC_FAILED, "bad_signing_key",
		    "a signing secret is too long");
	opened->endpoint = sealed->endpoint;
	opened->sign_from = sealed->sign_from;
	opened->sign_until = sealed->sign_until;
	opened->key.algorithm = strcmp(sealed->algorithm, "v1a") == 0
	    ? SIGNING_V1A
	    : SIGNING_V1;
	memcpy(opened->key.bytes, plain.bytes, plain.length);
	opened->key.length = plain.length;
	id_format(ID_KEY, &sealed->id, opened->key.key_id);
	memset((void *)(uintptr_t)plain.bytes, 0, plain.length);
	return RC_OK;
}

enum rc
keys_load(struct keys *keys, struct db *db, struct err *err)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(KEYS_BYTES);
	struct sealed_endpoint_key *sealed;
	struct endpoint_key *items;
	size_t count;

	TRY(sealed_keys_of_endpoints(db, arena, &sealed, &count, err));
	items = calloc(count + 1, sizeof(*items));
	if (items == NULL)
		abort();
	keys_forget(keys);
	keys->items = items;
	for (size_t i = 0; i < count; i++) {
		struct err why;
		char id[ID_TEXT_SIZE];

		if (open_secret(keys, &sealed[i], arena, &items[keys->count],
			&why) == RC_OK)
			keys->count++;
		else
			log_error("a signing secret does not open", "key",
			    id_format(ID_KEY, &sealed[i].id, id), "why",
			    why.text, NULL);
	}
	return RC_OK;
}

void
keys_signer_clear(struct keys_signer *signer)
{
	signer_free(signer->signer);
	signer->signer = NULL;
	signer->until = 0;
}

static void
sooner(int64_t *until, int64_t at)
{
	if (*until == 0 || at < *until)
		*until = at;
}

/* Those that sign at `now`, and until when. */
static size_t
choose(const struct keys *keys, int64_t now, struct keys_signer *signer,
    struct signing_key *chosen)
{
	size_t count = 0;

	chosen[count++] = *keyring_signing(keys->keyring);
	for (size_t i = 0; i < keys->count; i++) {
		const struct endpoint_key *item = &keys->items[i];

		if (item->endpoint != signer->endpoint)
			continue;
		if (item->sign_until != 0 && item->sign_until <= now)
			continue;
		if (item->sign_from > now) {
			sooner(&signer->until, item->sign_from);
			continue;
		}
		if (item->sign_until != 0)
			sooner(&signer->until, item->sign_until);
		if (count < SIGNER_KEY_LIMIT)
			chosen[count++] = item->key;
	}
	return count;
}

static void
name(struct keys_signer *signer, const struct signing_key *keys, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(keys[i].key_id);

		if (at > 0)
			signer->ids[at++] = ' ';
		memcpy(signer->ids + at, keys[i].key_id, length + 1);
		at += length;
	}
}

enum rc
keys_sign_for(const struct keys *keys, int64_t now, struct keys_signer *signer,
    struct err *err)
{
	struct signing_key chosen[SIGNER_KEY_LIMIT];
	size_t count;
	enum rc rc;

	if (signer->signer != NULL &&
	    (signer->until == 0 || now < signer->until))
		return RC_OK;
	keys_signer_clear(signer);
	count = choose(keys, now, signer, chosen);
	name(signer, chosen, count);
	rc = signer_new(chosen, count, &signer->signer, err);
	for (size_t i = 0; i < count; i++)
		signing_key_clear(&chosen[i]);
	return rc;
}

/* ---- opening */

static enum rc
find_key(const struct keys *keys, int key_no, const struct blob *wrapped,
    struct data_key *key, struct err *err)
{
	const struct data_key *found;

	if (key_no < 0)
		return sealing_unwrap(
		    keys->keyring, wrapped->bytes, wrapped->length, key, err);
	found = hub_keys_find(keys->hub_keys, key_no);
	if (found == NULL)
		return err_set(err, RC_FAILED, "hub_key_missing",
		    "hub data key %d is not known here", key_no);
	*key = *found;
	return RC_OK;
}

enum rc
keys_open(const struct keys *keys, const struct id *message, int key_no,
    const struct blob *wrapped_key, const struct blob *sealed, uint8_t **body,
    size_t *length, struct err *err)
{
	struct sealed_place place = sealed_place_of(SEALED_MESSAGE, message);
	struct data_key key;
	struct blob plain;
	enum rc rc;

	TRY(find_key(keys, key_no, wrapped_key, &key, err));
	arena_reset(keys->scratch);
	rc = sealed_column_open(
	    &key, &place, sealed, keys->scratch, &plain, err);
	sealing_forget(&key);
	if (rc != RC_OK)
		return rc;
	*body = malloc(plain.length + 1);
	if (*body == NULL)
		abort();
	memcpy(*body, plain.bytes, plain.length);
	*length = plain.length;
	return RC_OK;
}
