/*
 * The outbox: see outbox.h.
 */
#include "hub/store/outbox.h"

#define ARRAY(params, element, count, put, value)  \
	do {                                       \
		params_array(params, element);     \
		for (size_t i = 0; i < count; i++) \
			put(params, value);        \
		params_array_end(params);          \
	} while (0)

enum rc
outbox_fetch(struct ask *ask, const struct outbox_want *wants, size_t count,
    struct err *err)
{
	struct params *params = db_params(ask->db);

	ARRAY(params, PARAM_INT4, count, params_int4, wants[i].endpoint);
	ARRAY(params, PARAM_INT2, count, params_int2, wants[i].priority);
	ARRAY(params, PARAM_INT8, count, params_int8, wants[i].floor);
	ARRAY(params, PARAM_INT4, count, params_int4, wants[i].fresh);
	ARRAY(params, PARAM_INT4, count, params_int4, wants[i].due);
	return ask_send(ask, SQL_OUTBOX_FETCH, params, err);
}

static enum rc
read_type(const struct rows *rows, size_t number, int column,
    enum message_type *type, struct err *err)
{
	const char *word = rows_text(rows, number, column);
	int value;

	if (!words_find(&message_type_words, word, &value))
		return err_set(err, RC_FAILED, "bad_row",
		    "a message of the unknown type %.60s", word);
	*type = (enum message_type)value;
	return RC_OK;
}

static enum rc
read_targets(const struct rows *rows, size_t number, int column,
    struct arena *arena, const struct id **targets, size_t *count,
    struct err *err)
{
	*targets = rows_ids(rows, number, column, arena, count);
	if (*targets == NULL && *count > 0)
		return err_set(err, RC_TOO_LARGE, "too_many_rows",
		    "the rows do not fit into their memory");
	return RC_OK;
}

static struct blob
read_blob(const struct rows *rows, size_t number, int column)
{
	struct blob blob;

	blob.bytes = rows_bytes(rows, number, column, &blob.length);
	return blob;
}

enum rc
outbox_row(const struct rows *rows, size_t number, struct arena *arena,
    struct outbox_row *row, struct err *err)
{
	*row = (struct outbox_row){
		.seq = rows_int(rows, number, 0),
		.endpoint = (int32_t)rows_int(rows, number, 1),
		.shard = (int)rows_int(rows, number, 2),
		.priority = (int)rows_int(rows, number, 3),
		.attempts = (int)rows_int(rows, number, 4),
		.level = (int)rows_int(rows, number, 5),
		.created_at = rows_time(rows, number, 6),
		.escalate_at = rows_time(rows, number, 7),
		.message = rows_id(rows, number, 8),
		.generation = (int)rows_int(rows, number, 10),
		.key_no = rows_is_null(rows, number, 12)
		    ? -1
		    : (int)rows_int(rows, number, 12),
		.wrapped_key = read_blob(rows, number, 13),
		.sealed = read_blob(rows, number, 14),
		.order_key = rows_int(rows, number, 15),
	};
	TRY(read_type(rows, number, 9, &row->type, err));
	return read_targets(
	    rows, number, 11, arena, &row->targets, &row->target_count, err);
}

static void
put_attempts(
    struct params *params, const struct outbox_attempt *const *of, size_t count)
{
	ARRAY(params, PARAM_INT8, count, params_int8, of[i]->seq);
	ARRAY(params, PARAM_INT2, count, params_int2, of[i]->shard);
	ARRAY(params, PARAM_INT8, count, params_int8, of[i]->epoch);
	ARRAY(params, PARAM_UUID, count, params_id, &of[i]->message);
	ARRAY(params, PARAM_INT4, count, params_int4, of[i]->endpoint);
	ARRAY(params, PARAM_INT4, count, params_int4, of[i]->n);
	ARRAY(params, PARAM_TIME, count, params_time, of[i]->at);
	ARRAY(params, PARAM_INT4, count, params_int4, of[i]->status);
	ARRAY(params, PARAM_TEXT, count, params_text, of[i]->error);
	ARRAY(params, PARAM_INT4, count, params_int4, of[i]->milliseconds);
	ARRAY(params, PARAM_TEXT, count, params_text, of[i]->remote);
	ARRAY(params, PARAM_INT4, count, params_int4, of[i]->response_length);
}

static void
put_hashes(
    struct params *params, const struct outbox_attempt *const *of, size_t count)
{
	params_array(params, PARAM_BYTEA);
	for (size_t i = 0; i < count; i++)
		if (of[i]->response_sha256 == NULL)
			params_null(params);
		else
			params_bytea(params, of[i]->response_sha256, 32);
	params_array_end(params);
}

enum rc
outbox_complete(struct ask *ask, const struct id *owner,
    const struct outbox_attempt *const *attempts, size_t count, bool again,
    struct err *err)
{
	struct params *params = db_params(ask->db);

	params_id(params, owner);
	put_attempts(params, attempts, count);
	put_hashes(params, attempts, count);
	ARRAY(params, PARAM_TEXT, count, params_text, attempts[i]->key_ids);
	ARRAY(
	    params, PARAM_BOOL, count, params_bool, attempts[i]->is_delivered);
	ARRAY(params, PARAM_TIME, count, params_time, attempts[i]->next_at);
	ARRAY(params, PARAM_INT2, count, params_int2, attempts[i]->level);
	params_bool(params, again);
	return ask_send(ask, SQL_OUTBOX_COMPLETE, params, err);
}

int64_t
outbox_recorded(const struct rows *rows, size_t number)
{
	return rows_int(rows, number, 0);
}

static enum rc
read_fact(const struct rows *rows, size_t number, struct arena *arena,
    struct outbox_fact *fact, struct err *err)
{
	static const char *const names[DELIVERY_FACT_COUNT] = {
		[DELIVERY_ATTEMPTED] = "attempted",
		[DELIVERY_DELIVERED] = "delivered",
		[DELIVERY_ESCALATED] = "escalated",
	};
	static const struct words words = { "fact of delivery", names,
		DELIVERY_FACT_COUNT };
	int value;

	if (!words_find(&words, rows_text(rows, number, 0), &value))
		return err_set(err, RC_FAILED, "bad_row", "an unknown fact");
	*fact = (struct outbox_fact){
		.fact = (enum delivery_fact)value,
		.message = rows_id(rows, number, 1),
		.endpoint = (int32_t)rows_int(rows, number, 2),
		.generation = (int)rows_int(rows, number, 4),
		.at = rows_time(rows, number, 5),
		.status = (int)rows_int(rows, number, 6),
		.error = arena_strdup(arena, rows_text(rows, number, 7)),
	};
	if (fact->error == NULL)
		return err_set(err, RC_TOO_LARGE, "too_many_rows",
		    "the rows do not fit into their memory");
	TRY(read_type(rows, number, 3, &fact->type, err));
	return read_targets(
	    rows, number, 8, arena, &fact->targets, &fact->target_count, err);
}

static enum rc
read_facts(const struct rows *rows, struct arena *arena,
    struct outbox_fact **facts, size_t *count, struct err *err)
{
	*count = rows_count(rows);
	*facts = arena_alloc(arena, (*count + 1) * sizeof(**facts));
	if (*facts == NULL)
		return err_set(err, RC_TOO_LARGE, "too_many_rows",
		    "the rows do not fit into their memory");
	for (size_t i = 0; i < *count; i++)
		TRY(read_fact(rows, i, arena, &(*facts)[i], err));
	return RC_OK;
}

enum rc
outbox_escalate(struct db *db, const struct id *owner, const int32_t *endpoints,
    size_t endpoint_count, struct arena *arena, struct outbox_fact **facts,
    size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_id(params, owner);
	ARRAY(params, PARAM_INT4, endpoint_count, params_int4, endpoints[i]);
	TRY(db_query(db, SQL_OUTBOX_ESCALATE, params, &rows, err));
	return read_facts(rows, arena, facts, count, err);
}

enum rc
outbox_release(
    struct db *db, const struct id *owner, int32_t endpoint, struct err *err)
{
	struct params *params = db_params(db);

	params_id(params, owner);
	params_int4(params, endpoint);
	return db_query(db, SQL_OUTBOX_RELEASE, params, NULL, err);
}

enum rc
outbox_unreported(struct db *db, int64_t since, struct arena *arena,
    struct outbox_fact **facts, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_time(params, since);
	TRY(db_query(db, SQL_OUTBOX_UNREPORTED, params, &rows, err));
	return read_facts(rows, arena, facts, count, err);
}

enum rc
outbox_oldest(struct db *db, const int32_t *endpoints, size_t endpoint_count,
    struct outbox_age *ages, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	ARRAY(params, PARAM_INT4, endpoint_count, params_int4, endpoints[i]);
	TRY(db_query(db, SQL_OUTBOX_OLDEST, params, &rows, err));
	*count = rows_count(rows);
	for (size_t i = 0; i < *count; i++)
		ages[i] = (struct outbox_age){ (int32_t)rows_int(rows, i, 0),
			(int)rows_int(rows, i, 1), rows_time(rows, i, 2) };
	return RC_OK;
}
