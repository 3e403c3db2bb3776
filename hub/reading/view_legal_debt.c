/*
 * The legal debt now: what is owed of documents, by whom, since when, summed
 * by case, unit or institution, in the cases that the reader sees.  See
 * view.h.
 */
#include "hub/reading/view_report.h"

#include <inttypes.h>

#include "hub/base/clock.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/wire/json_values.h"

static const char *
label_of(const struct report_debt *debt)
{
	const struct profile *profile = profile_find(debt->profile);
	const struct profile_document *document = profile == NULL
	    ? NULL
	    : profile_document(profile, debt->type);

	return document == NULL ? debt->type : document->label;
}

/* ---- JSON */

static void
write_debtor(const struct view_run *run, const struct report_debt *debt)
{
	struct strbuf *out = &run->reply->body;

	switch (run->request->by) {
	case REPORT_OF_CASE:
		json_write_id(out, "case_id", ID_CASE, &debt->key);
		json_write_text(out, "case_ref", debt->ref);
		view_write_institution(run, "unit", &debt->unit);
		break;
	case REPORT_OF_UNIT:
		view_write_institution(run, "unit", &debt->key);
		break;
	case REPORT_OF_INSTITUTION:
		view_write_institution(run, "institution", &debt->key);
		break;
	case REPORT_DEBTOR_COUNT:
		break;
	}
}

static void
write_document(const struct view_run *run, const struct report_debt *debt)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_text(out, "profile", debt->profile);
	json_write_text(out, "type", debt->type);
	json_write_text(out, "label", label_of(debt));
	json_write_int(out, "owed", debt->type_owed);
	json_write_int(out, "overdue", debt->type_overdue);
	json_write_time(out, "since", debt->type_since);
	json_write_time(out, "due_at", debt->type_due_at);
	json_write_object_end(out);
}

/* One group: rows that stand together. */
static void
write_group(
    const struct view_run *run, const struct report_debt *debts, size_t count)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	write_debtor(run, debts);
	json_write_int(out, "cases", debts->cases);
	json_write_int(out, "owed", debts->owed);
	json_write_int(out, "overdue", debts->overdue);
	json_write_time(out, "since", debts->since);
	json_write_time(out, "due_at", debts->due_at);
	json_write_array(out, "documents");
	for (size_t i = 0; i < count; i++)
		write_document(run, &debts[i]);
	json_write_array_end(out);
	json_write_object_end(out);
}

static size_t
group_length(const struct report_debt *debts, size_t count)
{
	size_t length = 1;

	while (length < count && id_equal(&debts[length].key, &debts[0].key))
		length++;
	return length;
}

static void
write_json(
    const struct view_run *run, const struct report_debt *debts, size_t count)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_word(out, "by", &report_debtor_words, (int)run->request->by);
	json_write_time(out, "at", run->at);
	json_write_array(out, "items");
	for (size_t i = 0; i < count;) {
		size_t length = group_length(debts + i, count - i);

		write_group(run, debts + i, length);
		i += length;
	}
	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
}

/* ---- CSV: a row for each document */

static void
write_row(const struct view_run *run, const struct report_debt *debt)
{
	struct strbuf *out = &run->reply->body;
	char id[ID_TEXT_SIZE], since[CLOCK_TEXT_SIZE], due[CLOCK_TEXT_SIZE];

	view_report_cell(run,
	    run->request->by == REPORT_OF_CASE
		? debt->ref
		: view_report_slug(run, &debt->key, id));
	strbuf_printf(out, ",%s,%s,%" PRId64 ",%" PRId64 ",%s,%s\r\n",
	    debt->profile, debt->type, debt->type_owed, debt->type_overdue,
	    clock_format(debt->type_since, 3, since),
	    clock_format(debt->type_due_at, 3, due));
}

static void
write_csv(
    const struct view_run *run, const struct report_debt *debts, size_t count)
{
	view_report_begin_csv(
	    run, "group,profile,document,owed,overdue,since,due_at");
	for (size_t i = 0; i < count; i++)
		write_row(run, &debts[i]);
}

/* ---- the page */

/* Cut behind `limit` groups; how many rows are left.  The last group's key is
 * the next page's begin. */
static size_t
cut_page(struct view_run *run, const struct report_debt *debts, size_t count,
    size_t *groups)
{
	struct cursor next = { .kind = CURSOR_LEGAL_DEBT };
	size_t at = 0;

	for (*groups = 0; at < count; (*groups)++) {
		if (*groups == (size_t)run->request->limit) {
			next.number = debts[at - 1].since;
			next.id = debts[at - 1].key;
			(void)cursor_format(&next, run->reply->next);
			break;
		}
		at += group_length(debts + at, count - at);
	}
	return at;
}

enum rc
view_legal_debt_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct report_institutions units;
	struct report_debt_query query = { .by = request->by,
		.units = &units,
		.at = run->at,
		.after = request->cursor.number,
		.after_key = request->cursor.id,
		.limit = request->limit + 1 };
	struct report_debt *debts;
	size_t count, groups;

	TRY(view_report_units(run, &units, err));
	TRY(view_asked_institution(run, &query.institution, err));
	TRY(report_load_debts(
	    run->db, &query, run->arena, &debts, &count, err));
	count = cut_page(run, debts, count, &groups);
	/* By case it names cases: a reading of them. */
	if (request->by == REPORT_OF_CASE)
		run->reply->case_count = (int64_t)groups;
	run->has_news = true;
	if (request->report.as_csv)
		write_csv(run, debts, count);
	else
		write_json(run, debts, count);
	return RC_OK;
}
