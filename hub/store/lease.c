/*
 * Leases: see lease.h.
 */
#include "hub/store/lease.h"

#include <string.h>

static void
read_shards(const struct rows *rows, struct lease_shards *shards)
{
	memset(shards, 0, sizeof(*shards));
	shards->count = rows_count(rows);
	for (size_t i = 0; i < shards->count; i++)
		shards->epochs[rows_int(rows, i, 0) % LEASE_SHARDS] = rows_int(
		    rows, i, 1);
}

enum rc
lease_renew_shards(struct db *db, const struct id *owner,
    struct lease_shards *shards, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_id(params, owner);
	TRY(db_query(db, SQL_LEASE_RENEW_SHARDS, params, &rows, err));
	read_shards(rows, shards);
	return RC_OK;
}

enum rc
lease_hold(
    struct db *db, const struct id *owner, bool *is_held, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_id(params, owner);
	TRY(db_query(db, SQL_LEASE_HOLD, params, &rows, err));
	*is_held = rows_bool(rows, 0, 0);
	return RC_OK;
}

enum rc
lease_take_shards(struct db *db, const struct id *owner,
    struct lease_shards *shards, size_t *taken, int64_t *since, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	*since = 0;
	params_id(params, owner);
	TRY(db_query(db, SQL_LEASE_TAKE_SHARDS, params, &rows, err));
	*taken = rows_count(rows);
	for (size_t i = 0; i < *taken; i++) {
		int64_t last = rows_time(rows, i, 0);

		if (last > 0 && (*since == 0 || last < *since))
			*since = last;
	}
	return lease_renew_shards(db, owner, shards, err);
}

enum rc
lease_release_shards(struct db *db, const struct id *owner, struct err *err)
{
	struct params *params = db_params(db);

	params_id(params, owner);
	return db_query(db, SQL_LEASE_RELEASE_SHARDS, params, NULL, err);
}

enum rc
lease_take(struct db *db, const char *name, const struct id *owner,
    int64_t *epoch, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	*epoch = 0;
	params_text(params, name);
	params_id(params, owner);
	TRY(db_query(db, SQL_LEASE_TAKE, params, &rows, err));
	if (rows_count(rows) > 0)
		*epoch = rows_int(rows, 0, 0);
	return RC_OK;
}

enum rc
lease_release(
    struct db *db, const char *name, const struct id *owner, struct err *err)
{
	struct params *params = db_params(db);

	params_text(params, name);
	params_id(params, owner);
	return db_query(db, SQL_LEASE_RELEASE, params, NULL, err);
}
