/*
 * Alerts: what officers, units and complainants asked for above the limits,
 * for the supervisors above them.  Nothing on the page is sealed.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

static void
write_alert(const struct view_run *run, const struct view_alert *seen)
{
	const struct alert_row *alert = &seen->alert;
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_ALERT, &alert->id);
	json_write_word(out, "kind", &volume_kind_words, (int)alert->kind);
	json_write_word(out, "grade", &volume_grade_words, (int)alert->grade);
	json_write_volume(out, alert->figure, alert->limit, alert->currency);
	view_write_institution(run, "unit", &alert->unit);
	json_write_id(out, "officer_id", ID_PRINCIPAL, &alert->principal);
	if (!id_is_zero(&alert->told))
		view_write_institution(run, "told", &alert->told);
	json_write_id(out, "case_id", ID_CASE, &alert->case_id);
	json_write_text(out, "case_ref", seen->ref);
	json_write_time(out, "raised_at", alert->raised_at);
	json_write_object_end(out);
}

static void
write_page(
    const struct view_run *run, const struct view_alert *alerts, size_t count)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		write_alert(run, &alerts[i]);
	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
}

enum rc
view_alerts_run(struct view_run *run, struct err *err)
{
	const struct view_request *request = run->request;
	struct view_alert_query query = {
		.limit = request->limit + 1, /* is there a next page? */
		.before = request->cursor.number,
		.before_id = request->cursor.id,
	};
	struct cursor next = { .kind = CURSOR_ALERTS };
	struct view_alert *alerts;
	size_t count;

	TRY(view_units(run, &query.units, &query.unit_count, err));
	TRY(view_load_alerts(
	    run->db, &query, run->arena, &alerts, &count, err));
	if (count > (size_t)request->limit) {
		count = (size_t)request->limit;
		next.number = alerts[count - 1].alert.raised_at;
		next.id = alerts[count - 1].alert.id;
		(void)cursor_format(&next, run->reply->next);
	}
	/* Each names a case. */
	run->reply->case_count = (int64_t)count;
	run->has_news = true;
	write_page(run, alerts, count);
	return RC_OK;
}
