/*
 * Pages for the reading room: lists of cases, inboxes, and who of the waiting
 * has news.  See view_load.h.
 */
#include "hub/store/view_load.h"

#include "hub/domain/case_state.h"
#include "hub/store/pipeline.h"
#include "hub/store/view_rows.h"

/* Later than every case: 9999-01-01. */
#define FROM_THE_TOP INT64_C(253370764800000000)

/* ---- cases */

#define AT(field) offsetof(struct view_list_item, field)
static const struct column list_columns[] = {
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_CHARS, AT(ref), NULL, SNAPSHOT_REF_SIZE },
	{ COLUMN_ID, AT(unit), NULL, 0 },
	{ COLUMN_STATE, AT(state), &case_machine, 0 },
	{ COLUMN_TEXT_OR_NULL, AT(outcome), NULL, 0 },
	{ COLUMN_WORD, AT(typology), &typology_words, 0 },
	{ COLUMN_WORD, AT(authorised), &authorised_words, 0 },
	{ COLUMN_TEXT, AT(profile), NULL, 0 },
	{ COLUMN_WORD, AT(priority), &priority_words, 0 },
	{ COLUMN_CHARS, AT(loss.currency), NULL, MONEY_CURRENCY_SIZE },
	{ COLUMN_LONG, AT(loss.minor), NULL, 0 },
	{ COLUMN_TIME, AT(occurred_at), NULL, 0 },
	{ COLUMN_TIME, AT(reported_at), NULL, 0 },
	{ COLUMN_TIME, AT(received_at), NULL, 0 },
	{ COLUMN_TIME, AT(updated_at), NULL, 0 },
	{ COLUMN_TIME, AT(key_at), NULL, 0 },
	{ COLUMN_ID, AT(key_id), NULL, 0 },
	{ COLUMN_LONG, AT(targets), NULL, 0 },
};
#undef AT

static void
put_list(struct params *params, const struct view_list_query *query)
{
	if (query->institution != NULL)
		params_id(params, query->institution);
	else
		params_ids(params, query->units, query->unit_count);
	params_int4(params, query->limit);
	params_time(params, query->before == 0 ? FROM_THE_TOP : query->before);
	params_id(params, &query->after);
	if (query->state_count == 0) {
		params_null(params);
		return;
	}
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < query->state_count; i++)
		params_text(params, query->states[i]);
	params_array_end(params);
}

enum rc
view_load_list(struct db *db, const struct view_list_query *query,
    struct arena *arena, struct view_list_item **items, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	put_list(params, query);
	TRY(db_query(db,
	    query->institution != NULL ? SQL_VIEW_CASES_OF_INSTITUTION
				       : SQL_VIEW_CASES_OF_UNITS,
	    params, &rows, err));
	return VIEW_ROWS_READ(
	    rows, list_columns, COUNT(list_columns), arena, items, count, err);
}

/* ---- inboxes */

#define AT(field) offsetof(struct view_message, field)
static const struct column message_columns[] = {
	{ COLUMN_LONG, AT(seq), NULL, 0 },
	{ COLUMN_INT, AT(endpoint), NULL, 0 },
	{ COLUMN_ID, AT(id), NULL, 0 },
	{ COLUMN_TIME, AT(created_at), NULL, 0 },
	{ COLUMN_WORD, AT(type), &message_type_words, 0 },
	{ COLUMN_ID_OR_NULL, AT(case_id), NULL, 0 },
	{ COLUMN_INT, AT(key_no), NULL, 0 },
	{ COLUMN_BLOB, AT(sealed), NULL, 0 },
	{ COLUMN_BLOB_OR_NULL, AT(wrapped_key), NULL, 0 },
};
#undef AT

static void
put_endpoints(struct params *params, const int32_t *endpoints, size_t count)
{
	params_array(params, PARAM_INT4);
	for (size_t i = 0; i < count; i++)
		params_int4(params, endpoints[i]);
	params_array_end(params);
}

enum rc
view_load_inbox(struct db *db, const struct view_inbox_query *query,
    struct arena *arena, struct view_message **messages, size_t *count,
    struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	put_endpoints(params, query->endpoints, query->endpoint_count);
	params_int4(params, query->limit);
	params_int8(params, query->after);
	TRY(db_query(db, SQL_VIEW_INBOX, params, &rows, err));
	return VIEW_ROWS_READ(rows, message_columns, COUNT(message_columns),
	    arena, messages, count, err);
}

/* ---- those who wait */

/* A row names a case or, with a zero id, an endpoint. */
struct news {
	struct id case_id;
	int32_t endpoint;
};

static const struct column news_columns[] = {
	{ COLUMN_ID_OR_NULL, offsetof(struct news, case_id), NULL, 0 },
	{ COLUMN_INT, offsetof(struct news, endpoint), NULL, 0 },
};

static void
put_waiting(struct params *params, const struct view_waiting *waiting)
{
	params_array(params, PARAM_UUID);
	for (size_t i = 0; i < waiting->case_count; i++)
		params_id(params, &waiting->cases[i].id);
	params_array_end(params);
	params_array(params, PARAM_INT8);
	for (size_t i = 0; i < waiting->case_count; i++)
		params_int8(params, waiting->cases[i].row_version);
	params_array_end(params);
	put_endpoints(params, waiting->endpoints, waiting->endpoint_count);
}

enum rc
view_load_waiting(struct db *db, const struct view_waiting *waiting,
    struct arena *arena, struct id **cases, size_t *case_count,
    int32_t **endpoints, size_t *endpoint_count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);
	struct news *news;
	size_t count;

	put_waiting(params, waiting);
	TRY(db_query(db, SQL_VIEW_WAITING, params, &rows, err));
	TRY(VIEW_ROWS_READ(rows, news_columns, COUNT(news_columns), arena,
	    &news, &count, err));
	*cases = arena_alloc(arena, (count + 1) * sizeof(**cases));
	*endpoints = arena_alloc(arena, (count + 1) * sizeof(**endpoints));
	*case_count = *endpoint_count = 0;
	if (*cases == NULL || *endpoints == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "too many wait at once");
	for (size_t i = 0; i < count; i++)
		if (id_is_zero(&news[i].case_id))
			(*endpoints)[(*endpoint_count)++] = news[i].endpoint;
		else
			(*cases)[(*case_count)++] = news[i].case_id;
	return RC_OK;
}
