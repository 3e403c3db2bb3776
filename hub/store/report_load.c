/*
 * Parameters and rows of sql/queries/report.sql: see report_load.h.
 */
#include "hub/store/report_load.h"

#include "hub/domain/profile.h"
#include "hub/domain/response_code.h"
#include "hub/store/view_rows.h"

#define FAMILY(family) (UINT32_C(1) << FAMILY_##family)

/* Requests for which an amount of money is at stake; to block a card or a
 * line asks for none. */
static const enum action money_actions[] = {
	ACTION_HOLD_AMOUNT,
	ACTION_HOLD_TXN_SETTLEMENT,
	ACTION_DEBIT_FREEZE,
	ACTION_RECEIVE_ONLY,
	ACTION_BLOCK_WALLET,
	ACTION_SUSPEND_MERCHANT_SETTLEMENT,
};

static void
put_codes(struct params *params, uint32_t families)
{
	params_array(params, PARAM_TEXT);
	for (int code = 0; code < RESPONSE_CODE_COUNT; code++)
		if ((families >> response_code_rule((enum response_code)code)
				     ->family &
			1) != 0)
			params_text(
			    params, words_name(&response_code_words, code));
	params_array_end(params);
}

static void
put_priority(struct params *params, const struct report_query *query)
{
	params_text(params,
	    query->priority < 0 ? NULL
				: words_name(&priority_words, query->priority));
}

static void
put_typology(struct params *params, const struct report_query *query)
{
	params_text(params,
	    query->typology < 0 ? NULL
				: words_name(&typology_words, query->typology));
}

static void
put_ids_or_all(struct params *params, const struct report_institutions *some)
{
	if (some->is_all)
		params_null(params);
	else
		params_ids(params, some->ids, some->count);
}

/* ---- speeds */

#define AT(field) offsetof(struct report_speed, field)
static const struct column speed_columns[] = {
	{ COLUMN_ID, AT(institution), NULL, 0 },
	{ COLUMN_LONG, AT(asked), NULL, 0 },
	{ COLUMN_LONG, AT(acknowledged), NULL, 0 },
	{ COLUMN_LONG, AT(held), NULL, 0 },
	{ COLUMN_LONG, AT(due), NULL, 0 },
	{ COLUMN_LONG, AT(in_time), NULL, 0 },
	{ COLUMN_LONG, AT(ack_p50), NULL, 0 },
	{ COLUMN_LONG, AT(ack_p95), NULL, 0 },
	{ COLUMN_LONG, AT(hold_p50), NULL, 0 },
	{ COLUMN_LONG, AT(hold_p95), NULL, 0 },
};
#undef AT

/* Each profile's acknowledgement clocks, as three arrays side by side. */
static void
put_clocks(struct params *params)
{
	const struct profile *profiles;
	size_t count;

	profiles = profile_list(&count);
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < count * PRIORITY_COUNT; i++)
		params_text(params, profiles[i / PRIORITY_COUNT].name);
	params_array_end(params);
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < count * PRIORITY_COUNT; i++)
		params_text(params,
		    words_name(&priority_words, (int)(i % PRIORITY_COUNT)));
	params_array_end(params);
	params_array(params, PARAM_INT8);
	for (size_t i = 0; i < count * PRIORITY_COUNT; i++)
		params_int8(params,
		    profiles[i / PRIORITY_COUNT]
			.ack_seconds[i % PRIORITY_COUNT]);
	params_array_end(params);
}

enum rc
report_load_speeds(struct db *db, const struct report_query *query,
    const struct report_institutions *institutions,
    const struct report_institutions *units, int64_t at, struct arena *arena,
    struct report_speed **speeds, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_ids(params, institutions->ids, institutions->count);
	params_time(params, query->from);
	params_time(params, query->until);
	put_priority(params, query);
	params_time(params, at);
	put_clocks(params);
	put_codes(params, FAMILY(HELD) | FAMILY(BLOCKED));
	put_ids_or_all(params, units);
	put_typology(params, query);
	TRY(db_query(db, SQL_REPORT_RESPONSE_TIMES, params, &rows, err));
	return VIEW_ROWS_READ(rows, speed_columns, COUNT(speed_columns), arena,
	    speeds, count, err);
}

/* ---- outcomes */

#define AT(field) offsetof(struct report_outcome, field)
static const struct column outcome_columns[] = {
	{ COLUMN_TEXT, AT(group), NULL, 0 },
	{ COLUMN_TEXT, AT(currency), NULL, 0 },
	{ COLUMN_LONG, AT(cases), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_ASKED].count), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_ASKED].minor), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_HELD].count), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_HELD].minor), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_MOVED].count), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_MOVED].minor), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_RETURNED].count), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_RETURNED].minor), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_REJECTED].count), NULL, 0 },
	{ COLUMN_LONG, AT(sums[FATE_REJECTED].minor), NULL, 0 },
};
#undef AT

static void
put_actions(struct params *params)
{
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < COUNT(money_actions); i++)
		params_text(
		    params, words_name(&action_words, (int)money_actions[i]));
	params_array_end(params);
}

enum rc
report_load_outcomes(struct db *db, const struct report_query *query,
    const struct report_institutions *units,
    const struct report_institutions *institutions, struct arena *arena,
    struct report_outcome **outcomes, size_t *count, struct err *err)
{
	SCOPED(rows_cleanup) struct rows *rows = NULL;
	struct params *params = db_params(db);

	params_ids(params, units->ids, units->count);
	params_time(params, query->from);
	params_time(params, query->until);
	put_ids_or_all(params, institutions);
	put_priority(params, query);
	params_text(params, words_name(&report_group_words, (int)query->group));
	put_actions(params);
	put_codes(params, FAMILY(HELD) | FAMILY(OUT));
	params_array(params, PARAM_TEXT);
	for (size_t i = 0; i < units->count; i++)
		params_text(params, units->districts[i]);
	params_array_end(params);
	put_typology(params, query);
	TRY(db_query(db, SQL_REPORT_OUTCOMES, params, &rows, err));
	return VIEW_ROWS_READ(rows, outcome_columns, COUNT(outcome_columns),
	    arena, outcomes, count, err);
}
