/*
 * Records of a batch that are only ever added: see save.h.
 */
#include "hub/store/save.h"

#include <stdlib.h>
#include <string.h>

#include "hub/store/row_columns.h"

/* One array of the parameters, of an expression of each `row` of a list.
 * Written out it would be four lines a column. */
#define PUT_ALL(type, list, count, put)                              \
	do {                                                         \
		params_array(params, type);                          \
		for (size_t i = 0; i < (count); i++) {               \
			const __typeof__(*(list)) *row = &(list)[i]; \
			put;                                         \
		}                                                    \
		params_array_end(params);                            \
	} while (0)

static enum rc
save_table(struct db *db, enum statement statement,
    const struct column_list *list, const void *first, size_t size,
    size_t count, struct arena *arena, struct err *err)
{
	struct params *params = db_params(db);
	const void **rows;

	if (count == 0)
		return RC_OK;
	TRY(save_room(arena, count, &rows, err));
	for (size_t i = 0; i < count; i++)
		rows[i] = (const char *)first + i * size;
	column_put(params, list->columns, list->count, rows, count);
	(void)pipeline_add(db, statement, params);
	return RC_OK;
}

static const char *
machine_name(const struct event *event)
{
	return event->machine == NULL ? NULL : event->machine->name;
}

/* NULL where the event is no move. */
static const char *
state_name(const struct event *event, int state)
{
	return event->machine == NULL
	    ? NULL
	    : machine_state_name(event->machine, state);
}

static const char *
move_name(const struct event *event)
{
	return event->machine == NULL
	    ? NULL
	    : words_name(event->machine->events, event->move);
}

/* The number of the hub data key that sealed; NULL: the case's key did. */
static void
put_key_no(struct params *params, int key_no)
{
	if (key_no == 0)
		params_null(params);
	else
		params_int4(params, key_no);
}

static void
put_bytes_or_null(struct params *params, const void *bytes, size_t length)
{
	if (length == 0)
		params_null(params);
	else
		params_bytea(params, bytes, length);
}

static void
save_events(struct db *db, const struct event *events, size_t count)
{
	struct params *params = db_params(db);

	if (count == 0)
		return;
	PUT_ALL(PARAM_INT8, events, count, params_int8(params, row->id));
	PUT_ALL(
	    PARAM_TIME, events, count, params_time(params, row->recorded_at));
	PUT_ALL(
	    PARAM_TIME, events, count, params_time(params, row->happened_at));
	PUT_ALL(PARAM_UUID, events, count,
	    params_id_or_null(params, &row->case_id));
	PUT_ALL(PARAM_TEXT, events, count, params_text(params, row->type));
	PUT_ALL(
	    PARAM_UUID, events, count, params_id_or_null(params, &row->actor));
	PUT_ALL(PARAM_UUID, events, count,
	    params_id_or_null(params, &row->subject));
	PUT_ALL(
	    PARAM_TEXT, events, count, params_text(params, machine_name(row)));
	PUT_ALL(PARAM_TEXT, events, count,
	    params_text(params, state_name(row, row->from)));
	PUT_ALL(PARAM_TEXT, events, count, params_text(params, move_name(row)));
	PUT_ALL(PARAM_TEXT, events, count,
	    params_text(params, state_name(row, row->to)));
	PUT_ALL(PARAM_BYTEA, events, count,
	    params_bytea(params, row->leaf, row->leaf_length));
	PUT_ALL(PARAM_INT4, events, count, put_key_no(params, row->key_no));
	PUT_ALL(PARAM_BYTEA, events, count,
	    put_bytes_or_null(params, row->sealed, row->sealed_length));
	(void)pipeline_add(db, SQL_SAVE_EVENTS, params);
}

static const struct id *
case_of(const struct message_row *row)
{
	static const struct id none;

	return row->envelope.case_file == NULL ? &none
					       : &row->envelope.case_file->id;
}

static const struct id *
request_of(const struct message_row *row)
{
	static const struct id none;

	return row->envelope.request == NULL ? &none
					     : &row->envelope.request->id;
}

/* A message is about one generation of its targets: what a late "delivered"
 * is compared with. */
static int
generation_of(const struct message_row *row)
{
	if (row->envelope.target_count > 0)
		return row->envelope.targets[0]->generation;
	return row->envelope.request == NULL
	    ? 1
	    : row->envelope.request->generation;
}

/* A freeze, its change and its release must come in the order in which they
 * were decided; what is only told need not.  The random end of the id of the
 * target, or of the request where a message may hold several targets. */
static int64_t
order_key_of(const struct message_row *row)
{
	const struct id *of;
	int64_t key;

	if (row->priority != 0 || row->envelope.target_count == 0)
		return 0;
	of = row->endpoint->max_batch > 1 ? request_of(row)
					  : &row->envelope.targets[0]->id;
	memcpy(&key, of->bytes + sizeof(of->bytes) - sizeof(key), sizeof(key));
	return key;
}

/* The slices of the list of all target ids, counted from 1 as SQL does, and
 * the list. */
static void
put_message_targets(
    struct params *params, const struct message_row *messages, size_t count)
{
	int32_t first = 1, last = 0;

	PUT_ALL(PARAM_INT4, messages, count, {
		params_int4(params, first);
		first += (int32_t)row->envelope.target_count;
	});
	PUT_ALL(PARAM_INT4, messages, count, {
		last += (int32_t)row->envelope.target_count;
		params_int4(params, last);
	});
	PUT_ALL(PARAM_UUID, messages, count, {
		for (size_t n = 0; n < row->envelope.target_count; n++)
			params_id(params, &row->envelope.targets[n]->id);
	});
}

static void
save_messages(struct db *db, const struct message_row *messages, size_t count)
{
	struct params *params = db_params(db);

	if (count == 0)
		return;
	PUT_ALL(
	    PARAM_UUID, messages, count, params_id(params, &row->envelope.id));
	PUT_ALL(PARAM_TIME, messages, count,
	    params_time(params, row->envelope.created_at));
	PUT_ALL(PARAM_INT8, messages, count, params_int8(params, row->seq));
	PUT_ALL(PARAM_UUID, messages, count,
	    params_id_or_null(params, case_of(row)));
	PUT_ALL(PARAM_INT4, messages, count, put_key_no(params, row->key_no));
	PUT_ALL(
	    PARAM_UUID, messages, count, params_id(params, &row->institution));
	PUT_ALL(PARAM_INT4, messages, count,
	    params_int4(params, row->endpoint->number));
	PUT_ALL(PARAM_UUID, messages, count,
	    params_id_or_null(params, request_of(row)));
	PUT_ALL(PARAM_INT4, messages, count,
	    params_int4(params, generation_of(row)));
	PUT_ALL(PARAM_TEXT, messages, count,
	    params_text(params,
		words_name(&message_type_words, (int)row->envelope.type)));
	PUT_ALL(PARAM_BYTEA, messages, count,
	    params_bytea(params, row->sealed.bytes, row->sealed.length));
	PUT_ALL(PARAM_INT2, messages, count,
	    params_int2(params, row->endpoint->shard));
	PUT_ALL(
	    PARAM_INT2, messages, count, params_int2(params, row->priority));
	put_message_targets(params, messages, count);
	PUT_ALL(PARAM_INT8, messages, count,
	    params_int8(params, order_key_of(row)));
	(void)pipeline_add(db, SQL_SAVE_MESSAGES, params);
}

static void
save_taken(struct db *db, const struct taken_row *taken, size_t count)
{
	struct params *params = db_params(db);

	if (count == 0)
		return;
	PUT_ALL(PARAM_INT8, taken, count, params_int8(params, row->seq));
	PUT_ALL(PARAM_INT4, taken, count, params_int4(params, row->endpoint));
	(void)pipeline_add(db, SQL_SAVE_TAKEN, params);
}

static int
compare_replies(const void *a, const void *b)
{
	const struct kept_reply *left = a, *right = b;
	int order = id_compare(&left->principal, &right->principal);

	return order != 0
	    ? order
	    : strcmp(left->idempotency.key, right->idempotency.key);
}

/* Sorted, so that two desks that insert the same keys cannot deadlock. */
static enum rc
save_replies(struct db *db, const struct effects *effects, struct err *err)
{
	struct params *params = db_params(db);
	size_t count = effects->reply_count;
	struct kept_reply *replies;

	if (count == 0)
		return RC_OK;
	replies = arena_memdup(effects->snapshot->arena, effects->replies,
	    count * sizeof(*replies));
	if (replies == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_too_large",
		    "the batch does not fit into its memory");
	qsort(replies, count, sizeof(*replies), compare_replies);
	PUT_ALL(PARAM_UUID, replies, count, params_id(params, &row->principal));
	PUT_ALL(PARAM_TEXT, replies, count,
	    params_text(params, row->idempotency.key));
	PUT_ALL(PARAM_BYTEA, replies, count,
	    params_bytea(params, row->idempotency.fingerprint,
		sizeof(row->idempotency.fingerprint)));
	PUT_ALL(PARAM_UUID, replies, count,
	    params_id_or_null(params, &row->case_id));
	PUT_ALL(PARAM_INT4, replies, count, put_key_no(params, row->key_no));
	PUT_ALL(PARAM_INT2, replies, count, params_int2(params, row->status));
	PUT_ALL(PARAM_TEXT, replies, count,
	    params_text(params, row->location != NULL ? row->location : ""));
	PUT_ALL(PARAM_BYTEA, replies, count,
	    params_bytea(params, row->sealed.bytes, row->sealed.length));
	(void)pipeline_add(db, SQL_SAVE_REPLIES, params);
	return RC_OK;
}

enum rc
save_records(struct db *db, const struct effects *effects, struct err *err)
{
	struct arena *arena = effects->snapshot->arena;

	TRY(save_table(db, SQL_SAVE_RESPONSES, &response_columns,
	    effects->responses, sizeof(*effects->responses),
	    effects->response_count, arena, err));
	TRY(save_table(db, SQL_SAVE_LEADS, &lead_columns, effects->leads,
	    sizeof(*effects->leads), effects->lead_count, arena, err));
	TRY(save_table(db, SQL_SAVE_EVIDENCE, &evidence_columns,
	    effects->evidence, sizeof(*effects->evidence),
	    effects->evidence_count, arena, err));
	TRY(save_table(db, SQL_SAVE_ALERTS, &alert_columns, effects->alerts,
	    sizeof(*effects->alerts), effects->alert_count, arena, err));
	TRY(save_table(db, SQL_SAVE_ATTACHMENTS, &attachment_columns,
	    effects->attachments, sizeof(*effects->attachments),
	    effects->attachment_count, arena, err));
	save_events(db, effects->events, effects->event_count);
	save_messages(db, effects->messages, effects->message_count);
	save_taken(db, effects->taken, effects->taken_count);
	return save_replies(db, effects, err);
}
