/*
 * The hub's data keys: see hub_keys_load.h.
 */
#include "hub/desk/hub_keys_load.h"

#include "hub/base/arena.h"
#include "hub/store/db.h"
#include "hub/store/sealed_keys.h"

enum { KEYS_ARENA_LIMIT = 1 << 20, FIRST_KEY = 1 };

static enum rc
read_keys(struct db *db, struct arena *arena, const struct keyring *keyring,
    struct hub_keys *keys, struct err *err)
{
	struct wrapped_data_key *rows;
	size_t count;

	TRY(sealed_keys_of_hub(db, arena, &rows, &count, err));
	for (size_t i = 0; i < count; i++)
		TRY(hub_keys_add(keys, keyring, rows[i].key_no,
		    rows[i].wrapped.bytes, rows[i].wrapped.length, err));
	return RC_OK;
}

static enum rc
make_first(struct db *db, const struct keyring *keyring, struct err *err)
{
	uint8_t wrapped[SEALING_WRAPPED_SIZE];
	struct wrapped_data_key row = { FIRST_KEY,
		{ wrapped, sizeof wrapped } };
	struct data_key key;
	enum rc rc;

	sealing_new_key(&key);
	rc = sealing_wrap(keyring, &key, wrapped, err);
	sealing_forget(&key);
	return rc != RC_OK ? rc : sealed_keys_add(db, &row, err);
}

enum rc
hub_keys_load(const char *conninfo, const struct keyring *keyring,
    struct hub_keys **keys, struct err *err)
{
	struct db_settings settings = { .conninfo = conninfo,
		.application = "freezeline start",
		.session = SESSION_TOOL };
	SCOPED(arena_cleanup) struct arena *arena = arena_new(KEYS_ARENA_LIMIT);
	SCOPED(hub_keys_cleanup) struct hub_keys *loaded = hub_keys_new();
	SCOPED(db_cleanup) struct db *db = NULL;

	TRY(db_open(&settings, &db, err));
	TRY(read_keys(db, arena, keyring, loaded, err));
	if (hub_keys_newest(loaded) == 0) {
		TRY(make_first(db, keyring, err));
		TRY(read_keys(db, arena, keyring, loaded, err));
	}
	*keys = loaded;
	loaded = NULL;
	return RC_OK;
}
