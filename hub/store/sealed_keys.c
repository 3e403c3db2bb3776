/*
 * Sealed keys: see sealed_keys.h.
 */
#include "hub/store/sealed_keys.h"

#include "hub/store/column.h"

#define AT(field) offsetof(struct sealed_endpoint_key, field)
static const struct column endpoint_key_columns[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_INT, AT(endpoint), NULL, 0 },
	{ COLUMN_TEXT, AT(algorithm), NULL, 0 },
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB, AT(secret), NULL, 0 },
	{ COLUMN_TIME, AT(sign_from), NULL, 0 },
	{ COLUMN_TIME_OR_NULL, AT(sign_until), NULL, 0 },
};
#undef AT

#define AT(field) offsetof(struct wrapped_data_key, field)
static const struct column data_key_columns[] = {
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB, AT(wrapped), NULL, 0 },
};
#undef AT

static enum rc
too_many(struct err *err)
{
	return err_set(err, RC_TOO_LARGE, "too_many_keys",
	    "the keys do not fit into their memory");
}

static enum rc
read_endpoint_keys(const struct rows *rows, struct arena *arena,
    struct sealed_endpoint_key **keys, size_t *count, struct err *err)
{
	*count = rows_count(rows);
	*keys = arena_alloc(arena, (*count + 1) * sizeof(**keys));
	if (*keys == NULL)
		return too_many(err);
	for (size_t i = 0; i < *count; i++)
		TRY(column_get(rows, i, 0, endpoint_key_columns,
		    COUNT(endpoint_key_columns), &(*keys)[i], arena, err));
	return RC_OK;
}

enum rc
sealed_keys_of_endpoints(struct db *db, struct arena *arena,
    struct sealed_endpoint_key **keys, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_ENDPOINT_KEYS, NULL, &rows, err));
	return read_endpoint_keys(rows, arena, keys, count, err);
}

enum rc
sealed_keys_at(struct db *db, const int32_t *endpoints, size_t endpoint_count,
    int64_t at, struct arena *arena, struct sealed_endpoint_key **keys,
    size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_array(params, PARAM_INT4);
	for (size_t i = 0; i < endpoint_count; i++)
		params_int4(params, endpoints[i]);
	params_array_end(params);
	params_time(params, at);
	TRY(db_query(db, SQL_VIEW_ENDPOINT_KEYS, params, &rows, err));
	return read_endpoint_keys(rows, arena, keys, count, err);
}

enum rc
sealed_keys_of_hub(struct db *db, struct arena *arena,
    struct wrapped_data_key **keys, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;

	TRY(db_query(db, SQL_HUB_DATA_KEYS, NULL, &rows, err));
	*count = rows_count(rows);
	*keys = arena_alloc(arena, (*count + 1) * sizeof(**keys));
	if (*keys == NULL)
		return too_many(err);
	for (size_t i = 0; i < *count; i++)
		TRY(column_get(rows, i, 0, data_key_columns,
		    COUNT(data_key_columns), &(*keys)[i], arena, err));
	return RC_OK;
}

enum rc
sealed_keys_add(
    struct db *db, const struct wrapped_data_key *key, struct err *err)
{
	struct params *params = db_params(db);

	params_int4(params, key->key_no);
	params_bytea(params, key->wrapped.bytes, key->wrapped.length);
	return db_query(db, SQL_HUB_DATA_KEY_ADD, params, NULL, err);
}
