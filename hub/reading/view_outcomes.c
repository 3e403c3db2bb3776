/*
 * What became of the money: sums of the units whose cases the reader sees, for
 * of a unit with one case the sums would tell of the case.  See view.h.
 */
#include "hub/reading/view_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

/* The unit of a group; false where its group is none. */
static bool
find_unit(const struct view_run *run, const struct report_institutions *units,
    const struct report_outcome *outcome, struct id *unit)
{
	char text[ID_TEXT_SIZE];

	if (run->request->report.group != REPORT_BY_UNIT)
		return false;
	for (size_t i = 0; i < units->count; i++)
		if (strcmp(id_uuid(&units->ids[i], text), outcome->group) ==
		    0) {
			*unit = units->ids[i];
			return true;
		}
	return false;
}

static struct money
sum_money(const struct report_outcome *outcome, int fate)
{
	struct money money = { .minor = outcome->sums[fate].minor };

	(void)snprintf(
	    money.currency, sizeof(money.currency), "%s", outcome->currency);
	return money;
}

static void
write_item(const struct view_run *run, const struct report_outcome *outcome,
    const struct id *unit)
{
	struct strbuf *out = &run->reply->body;
	struct money money;

	json_write_object(out, NULL);
	if (unit != NULL)
		view_write_institution(run, "unit", unit);
	else
		json_write_text(out,
		    words_name(
			&report_group_words, (int)run->request->report.group),
		    outcome->group);
	json_write_text(out, "currency", outcome->currency);
	json_write_int(out, "cases", outcome->cases);
	for (int fate = 0; fate < FATE_COUNT; fate++) {
		money = sum_money(outcome, fate);
		json_write_object(out, words_name(&report_fate_words, fate));
		json_write_int(out, "count", outcome->sums[fate].count);
		json_write_money(out, "sum", &money);
		json_write_object_end(out);
	}
	json_write_object_end(out);
}

static void
write_row(const struct view_run *run, const struct report_outcome *outcome,
    const struct id *unit)
{
	struct strbuf *out = &run->reply->body;
	char id[ID_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
	struct money money;

	view_report_cell(run,
	    unit == NULL ? outcome->group : view_report_slug(run, unit, id));
	strbuf_printf(out, ",%s,%" PRId64, outcome->currency, outcome->cases);
	for (int fate = 0; fate < FATE_COUNT; fate++) {
		money = sum_money(outcome, fate);
		strbuf_printf(out, ",%" PRId64 ",%s", outcome->sums[fate].count,
		    money_format(&money, amount));
	}
	strbuf_append(out, "\r\n");
}

static void
write_all(const struct view_run *run, const struct report_institutions *units,
    const struct report_outcome *outcomes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct id id;
		const struct id *unit = find_unit(run, units, &outcomes[i], &id)
		    ? &id
		    : NULL;

		if (run->request->report.as_csv)
			write_row(run, &outcomes[i], unit);
		else
			write_item(run, &outcomes[i], unit);
	}
}

enum rc
view_outcomes_run(struct view_run *run, struct err *err)
{
	const struct report_query *query = &run->request->report;
	struct report_institutions units, institutions;
	struct report_outcome *outcomes;
	size_t count;

	TRY(view_report_units(run, &units, err));
	TRY(view_report_institutions(run, &institutions, err));
	TRY(report_load_outcomes(run->db, query, &units, &institutions,
	    run->arena, &outcomes, &count, err));
	run->has_news = true;
	if (query->as_csv)
		view_report_begin_csv(run,
		    "group,currency,cases,asked,asked_sum,held,held_sum,moved,"
		    "moved_sum,returned,returned_sum,rejected,rejected_sum");
	else
		view_report_begin(run);
	write_all(run, &units, outcomes, count);
	if (!query->as_csv)
		view_report_end(run);
	return RC_OK;
}
