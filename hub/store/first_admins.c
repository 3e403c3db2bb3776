/*
 * The first rows of a registry: see first_admins.h.
 */
#include "hub/store/first_admins.h"

enum { HASH_SIZE = 32 };

enum rc
first_admins_begin(struct db *db, int64_t *number, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	enum rc rc;

	TRY(db_begin(db, err));
	rc = db_query(db, SQL_FIRST_ADMINS_BEGIN, NULL, &rows, err);
	if (rc == RC_OK && rows_count(rows) == 0)
		rc = err_set(err, RC_CONFLICT, "registry_not_empty",
		    "somebody is registered already: admins are now proposed "
		    "by one and confirmed by another");
	if (rc != RC_OK) {
		db_rollback(db);
		return rc;
	}
	*number = rows_int(rows, 0, 0);
	return RC_OK;
}

static void
add_admins(struct params *params, const struct first_admins *first)
{
	const struct first_admin *admins = first->admins;

	params_array(params, PARAM_UUID);
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++)
		params_id(params, &admins[i].id);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++)
		params_text(params, admins[i].name);
	params_array_end(params);
	params_array(params, PARAM_TIME);
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++)
		params_time(params, admins[i].valid_until);
	params_array_end(params);
	params_array(params, PARAM_BYTEA);
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++)
		params_bytea(params, admins[i].key, HASH_SIZE);
	params_array_end(params);
	params_array(params, PARAM_BYTEA);
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++)
		params_bytea(params, admins[i].fingerprint, HASH_SIZE);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (int i = 0; i < FIRST_ADMINS_COUNT; i++)
		params_text(params, admins[i].serial);
	params_array_end(params);
}

static void
add_events(struct params *params, const struct first_admins *first)
{
	const struct first_event *events = first->events;

	params_array(params, PARAM_INT8);
	for (int i = 0; i < FIRST_ADMINS_EVENTS; i++)
		params_int8(params, events[i].id);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (int i = 0; i < FIRST_ADMINS_EVENTS; i++)
		params_text(params, events[i].type);
	params_array_end(params);
	params_array(params, PARAM_UUID);
	for (int i = 0; i < FIRST_ADMINS_EVENTS; i++)
		params_id(params, &events[i].subject);
	params_array_end(params);
	params_array(params, PARAM_BYTEA);
	for (int i = 0; i < FIRST_ADMINS_EVENTS; i++)
		params_bytea(
		    params, events[i].leaf.bytes, events[i].leaf.length);
	params_array_end(params);
	params_array(params, PARAM_INT4);
	for (int i = 0; i < FIRST_ADMINS_EVENTS; i++)
		params_int4(params, events[i].key_no);
	params_array_end(params);
	params_array(params, PARAM_BYTEA);
	for (int i = 0; i < FIRST_ADMINS_EVENTS; i++)
		params_bytea(
		    params, events[i].sealed.bytes, events[i].sealed.length);
	params_array_end(params);
}

enum rc
first_admins_save(
    struct db *db, const struct first_admins *first, struct err *err)
{
	struct params *params = db_params(db);
	enum rc rc;

	params_id(params, &first->institution);
	params_text(params, first->name);
	params_text(params, first->country);
	params_time(params, first->at);
	add_admins(params, first);
	add_events(params, first);
	rc = db_query(db, SQL_FIRST_ADMINS_SAVE, params, NULL, err);
	if (rc == RC_OK)
		return db_commit(db, err);
	db_rollback(db);
	return rc;
}
