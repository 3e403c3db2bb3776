/*
 * The hub's data keys: see hub_keys.h.
 */
#include "hub/crypto/hub_keys.h"

#include <stdlib.h>

#include "hub/base/log.h"

enum { KEY_LIMIT = 64 };

struct numbered_key {
	int number;
	struct data_key key;
};

struct hub_keys {
	struct numbered_key keys[KEY_LIMIT];
	size_t count;
};

struct hub_keys *
hub_keys_new(void)
{
	struct hub_keys *keys = calloc(1, sizeof *keys);

	if (keys == NULL)
		log_panic("out of memory", NULL);
	return keys;
}

void
hub_keys_free(struct hub_keys *keys)
{
	if (keys == NULL)
		return;
	for (size_t i = 0; i < keys->count; i++)
		sealing_forget(&keys->keys[i].key);
	free(keys);
}

void
hub_keys_cleanup(struct hub_keys **keys)
{
	hub_keys_free(*keys);
}

enum rc
hub_keys_add(struct hub_keys *keys, const struct keyring *keyring, int number,
    const void *wrapped, size_t length, struct err *err)
{
	struct numbered_key *slot = &keys->keys[keys->count];

	if (keys->count == KEY_LIMIT)
		return err_set(err, RC_FAILED, "too_many_keys",
		    "more than %d hub data keys", KEY_LIMIT);
	TRY(sealing_unwrap(keyring, wrapped, length, &slot->key, err));
	slot->number = number;
	keys->count++;
	return RC_OK;
}

const struct data_key *
hub_keys_find(const struct hub_keys *keys, int number)
{
	for (size_t i = 0; i < keys->count; i++)
		if (keys->keys[i].number == number)
			return &keys->keys[i].key;
	return NULL;
}

int
hub_keys_newest(const struct hub_keys *keys)
{
	int newest = 0;

	for (size_t i = 0; i < keys->count; i++)
		if (keys->keys[i].number > newest)
			newest = keys->keys[i].number;
	return newest;
}
