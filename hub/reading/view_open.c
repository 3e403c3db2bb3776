/*
 * Opening sealed columns: see view.h.
 */
#include "hub/reading/view.h"

#include "hub/store/sealed_keys.h"

enum rc
view_open_case_key(const struct view_run *run, const struct blob *wrapped,
    struct data_key *key, struct err *err)
{
	return sealing_unwrap(
	    run->keyring, wrapped->bytes, wrapped->length, key, err);
}

/* All of them anew: another hub may have made one. */
static enum rc
load_hub_keys(const struct view_run *run, struct err *err)
{
	SCOPED(hub_keys_cleanup) struct hub_keys *keys = hub_keys_new();
	struct wrapped_data_key *wrapped;
	size_t count;

	TRY(sealed_keys_of_hub(run->db, run->arena, &wrapped, &count, err));
	for (size_t i = 0; i < count; i++)
		TRY(hub_keys_add(keys, run->keyring, wrapped[i].key_no,
		    wrapped[i].wrapped.bytes, wrapped[i].wrapped.length, err));
	hub_keys_free(*run->hub_keys);
	*run->hub_keys = keys;
	keys = NULL;
	return RC_OK;
}

enum rc
view_open_hub_key(const struct view_run *run, int number,
    const struct data_key **key, struct err *err)
{
	*key = NULL;
	if (*run->hub_keys != NULL)
		*key = hub_keys_find(*run->hub_keys, number);
	if (*key != NULL)
		return RC_OK;
	TRY(load_hub_keys(run, err));
	*key = hub_keys_find(*run->hub_keys, number);
	if (*key == NULL)
		return err_set(err, RC_FAILED, "data_key_missing",
		    "there is no hub data key %d", number);
	return RC_OK;
}

enum rc
view_open_text(const struct view_run *run, const struct data_key *key,
    const char *column, const struct id *row, const struct blob *sealed,
    struct blob *plain, struct err *err)
{
	const struct sealed_place place = sealed_place_of(column, row);

	*plain = (struct blob){ (const uint8_t *)"", 0 };
	if (sealed->length == 0)
		return RC_OK;
	return sealed_column_open(key, &place, sealed, run->arena, plain, err);
}
