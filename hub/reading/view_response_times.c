/*
 * The league table: how fast institutions acknowledge and hold, the same for
 * all who may read reports.  See view.h.
 */
#include "hub/reading/view_report.h"

#include <inttypes.h>

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

/* In thousandths; -1 where no clock is decided yet. */
static int64_t
share(const struct report_speed *speed)
{
	return speed->due == 0
	    ? -1
	    : (speed->in_time * 1000 + speed->due / 2) / speed->due;
}

static void
write_decimal(struct strbuf *out, const char *key, int64_t thousandths)
{
	char text[REPORT_DECIMAL_SIZE];

	if (thousandths >= 0)
		json_write_raw(
		    out, key, view_report_decimal(thousandths, text));
}

static void
write_span(struct strbuf *out, const char *key, int64_t p50, int64_t p95)
{
	if (p50 < 0)
		return;
	json_write_object(out, key);
	write_decimal(out, "p50_seconds", p50);
	write_decimal(out, "p95_seconds", p95);
	json_write_object_end(out);
}

static void
write_item(const struct view_run *run, const struct report_speed *speed)
{
	const struct institution *institution = registry_institution(
	    run->registry, &speed->institution);
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	view_write_institution(run, "institution", &speed->institution);
	if (institution != NULL)
		json_write_word(out, "kind", &institution_kind_words,
		    (int)institution->kind);
	json_write_int(out, "asked", speed->asked);
	json_write_int(out, "acknowledged", speed->acknowledged);
	json_write_int(out, "held", speed->held);
	json_write_int(out, "due", speed->due);
	json_write_int(out, "in_time", speed->in_time);
	write_decimal(out, "in_time_share", share(speed));
	write_span(out, "acknowledgement", speed->ack_p50, speed->ack_p95);
	write_span(out, "hold", speed->hold_p50, speed->hold_p95);
	json_write_object_end(out);
}

static void
write_row(const struct view_run *run, const struct report_speed *speed)
{
	const int64_t counts[] = { speed->asked, speed->acknowledged,
		speed->held, speed->due, speed->in_time };
	const int64_t decimals[] = { share(speed), speed->ack_p50,
		speed->ack_p95, speed->hold_p50, speed->hold_p95 };
	const struct institution *institution = registry_institution(
	    run->registry, &speed->institution);
	char id[ID_TEXT_SIZE], text[REPORT_DECIMAL_SIZE];
	struct strbuf *out = &run->reply->body;

	strbuf_printf(out, "%s,%s",
	    view_report_slug(run, &speed->institution, id),
	    institution == NULL
		? ""
		: words_name(&institution_kind_words, (int)institution->kind));
	for (size_t i = 0; i < COUNT(counts); i++)
		strbuf_printf(out, ",%" PRId64, counts[i]);
	for (size_t i = 0; i < COUNT(decimals); i++)
		strbuf_printf(
		    out, ",%s", view_report_decimal(decimals[i], text));
	strbuf_append(out, "\r\n");
}

enum rc
view_response_times_run(struct view_run *run, struct err *err)
{
	const struct report_query *query = &run->request->report;
	struct report_institutions institutions, units = { .is_all = true };
	struct report_speed *speeds;
	size_t count;

	TRY(view_report_institutions(run, &institutions, err));
	/* Of everybody's cases unless a part of them is asked for. */
	if (view_has_scope(run))
		TRY(view_report_units(run, &units, err));
	TRY(report_load_speeds(run->db, query, &institutions, &units, run->at,
	    run->arena, &speeds, &count, err));
	run->has_news = true;
	if (query->as_csv) {
		view_report_begin_csv(run,
		    "institution,kind,asked,acknowledged,held,due,in_time,"
		    "in_time_share,acknowledgement_p50_seconds,"
		    "acknowledgement_p95_seconds,hold_p50_seconds,"
		    "hold_p95_seconds");
		for (size_t i = 0; i < count; i++)
			write_row(run, &speeds[i]);
		return RC_OK;
	}
	view_report_begin(run);
	for (size_t i = 0; i < count; i++)
		write_item(run, &speeds[i]);
	view_report_end(run);
	return RC_OK;
}
