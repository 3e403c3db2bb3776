/*
 * Staged contents: see staging.h.
 */
#include "hub/store/staging.h"

enum rc
staging_add(struct db *db, const struct id *content, int number,
    const void *sealed, size_t length, struct err *err)
{
	struct params *params = db_params(db);

	params_id(params, content);
	params_int4(params, number);
	params_bytea(params, sealed, length);
	return db_query(db, SQL_STAGE_CHUNK, params, NULL, err);
}

enum rc
staging_drop(struct db *db, const struct id *content, struct err *err)
{
	struct params *params = db_params(db);

	params_id(params, content);
	return db_query(db, SQL_UNSTAGE_CONTENT, params, NULL, err);
}
