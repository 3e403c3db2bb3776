/*
 * Loading what belongs to no case: see load_risk.h.  Columns stand as in
 * sql/queries/risk.sql.
 */
#include "hub/store/load_risk.h"

#include "hub/store/load_rows.h"
#include "hub/store/risk_columns.h"

/* ---- sending */

static void
put_hashes(struct params *params, const struct load_risk_keys *keys)
{
	params_array(params, PARAM_BYTEA);
	for (size_t i = 0; i < keys->hash_count; i++)
		params_bytea(params, keys->hashes[i], RISK_HASH_SIZE);
	params_array_end(params);
}

static void
send_holds(struct db *db, const struct load_risk_keys *keys,
    struct load_results *results)
{
	struct params *params = db_params(db);

	params_ids(params, keys->holds, keys->hold_count);
	results->of[LOAD_HOLDS] = pipeline_add(
	    db, SQL_LOAD_PAYMENT_HOLDS, params);
}

static void
send_watches(struct db *db, const struct load_risk_keys *keys,
    struct load_results *results)
{
	struct params *params = db_params(db);

	params_ids(params, keys->watches, keys->watch_count);
	put_hashes(params, keys);
	params_ids(params, keys->holds, keys->hold_count);
	results->of[LOAD_WATCHES] = pipeline_add(
	    db, SQL_LOAD_WATCH_ENTRIES, params);
}

static void
send_signals(struct db *db, const struct load_risk_keys *keys,
    struct load_results *results)
{
	struct params *params = db_params(db);

	params_ids(params, keys->signals, keys->signal_count);
	put_hashes(params, keys);
	results->of[LOAD_SIGNALS] = pipeline_add(db, SQL_LOAD_SIGNALS, params);
}

void
load_risk_send(struct db *db, const struct load_risk_keys *keys,
    struct load_results *results)
{
	if (keys->hold_count > 0)
		send_holds(db, keys, results);
	if (keys->watch_count + keys->hash_count + keys->hold_count > 0)
		send_watches(db, keys, results);
	if (keys->signal_count + keys->hash_count > 0)
		send_signals(db, keys, results);
}

/* ---- reading */

static enum rc
read_columns(const struct rows *rows, size_t row,
    const struct column_list *list, void *into, struct snapshot *snapshot,
    struct err *err)
{
	if (into == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_too_large",
		    "the batch does not fit into its memory");
	return column_get(rows, row, 0, list->columns, list->count, into,
	    snapshot->arena, err);
}

enum rc
load_risk_watch(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &risk_columns_watch,
	    risk_rows_add_watch(&snapshot->risk), snapshot, err);
}

enum rc
load_risk_hold(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &risk_columns_hold,
	    risk_rows_add_hold(&snapshot->risk), snapshot, err);
}

enum rc
load_risk_signal(const struct rows *rows, size_t row, struct snapshot *snapshot,
    struct err *err)
{
	return read_columns(rows, row, &risk_columns_received,
	    risk_rows_add_received(&snapshot->risk), snapshot, err);
}
