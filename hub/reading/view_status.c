/*
 * How a case stands, for the police to read out to the victim: nothing in it
 * tells where the money is or who holds it.  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/access.h"
#include "hub/domain/case_status.h"
#include "hub/wire/json_values.h"

static void
write_sums(struct strbuf *out, const struct case_status *status)
{
	json_write_array(out, "held");
	for (size_t i = 0; i < status->held_count; i++)
		json_write_money(out, NULL, &status->held[i]);
	json_write_array_end(out);
	json_write_array(out, "returned");
	for (size_t i = 0; i < status->returned_count; i++)
		json_write_money(out, NULL, &status->returned[i]);
	json_write_array_end(out);
	json_write_object(out, "steps");
	for (int step = 0; step < STEP_COUNT; step++)
		json_write_int(out, words_name(&case_status_step_words, step),
		    (int64_t)status->counts[step]);
	json_write_object_end(out);
}

enum rc
view_status_run(struct view_run *run, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct case_status status;
	struct view_case view;
	struct id case_id;

	TRY(view_case_id(run, &case_id, err));
	TRY(view_load_case(run->db, &case_id, NULL, run->arena, &view, err));
	if (!access_sees_case(
		&run->request->actor, run->registry, &view.file->unit, false))
		return view_missing(err);
	run->reply->case_id = view.file->id;
	run->has_news = true;
	case_status_sum(&status, view.targets, view.target_count);
	case_status_add_paid(
	    &status, &case_id, view.restitutions, view.restitution_count);
	json_write_object(out, NULL);
	json_write_text(out, "ref", view.file->ref);
	json_write_text(out, "status",
	    machine_state_name(&case_machine, (int)view.file->state));
	json_write_time(out, "received_at", view.file->received_at);
	json_write_time(out, "updated_at", view.file->updated_at);
	json_write_money(out, "loss", &view.file->loss);
	write_sums(out, &status);
	json_write_object_end(out);
	return RC_OK;
}
