/*
 * What lies over the targets of a case at this moment, as one list
 * (docs/domain.md, section 2).  See view.h.
 */
#include "hub/reading/view.h"

#include "hub/domain/clocks.h"
#include "hub/wire/json_values.h"

enum overlay {
	LATE_TO_ACKNOWLEDGE,
	LATE_TO_DECIDE,
	UNPERFECTED,
	OVER_HELD,
	DISPUTED,
	ALL_COUNT
};
static const char *const names[ALL_COUNT] = {
	[LATE_TO_ACKNOWLEDGE] = "overdue_ack",
	[LATE_TO_DECIDE] = "overdue_decision",
	[UNPERFECTED] = "unperfected",
	[OVER_HELD] = "over_held",
	[DISPUTED] = "disputed",
};

bool
view_is_over_held(const struct target *target)
{
	return target->reduce_to_minor > 0 &&
	    target_state_is_held(target->state);
}

static bool
is_late(const struct view_run *run, const struct view_case *view,
    const struct target *target, const struct freeze_request *request,
    enum clock_overlay overlay)
{
	int64_t due_at = clocks_overlay_at(
	    overlay, target, request, profile_find(view->file->profile));

	return due_at != 0 && due_at <= run->at;
}

static void
look_at(const struct view_run *run, const struct view_case *view,
    const struct target *target, bool *is_over)
{
	for (size_t i = 0; i < view->request_count; i++) {
		const struct freeze_request *request = &view->requests[i];

		if (!id_equal(&request->id, &target->request))
			continue;
		is_over[LATE_TO_ACKNOWLEDGE] |= is_late(
		    run, view, target, request, OVERLAY_OVERDUE_ACK);
		is_over[LATE_TO_DECIDE] |= is_late(
		    run, view, target, request, OVERLAY_OVERDUE_DECISION);
		is_over[UNPERFECTED] |= view_is_unperfected(run,
		    view->formalities, view->formality_count, &request->id);
	}
	is_over[OVER_HELD] |= view_is_over_held(target);
	is_over[DISPUTED] |= target->is_disputed;
}

void
view_write_case_overlays(
    const struct view_run *run, const struct view_case *view)
{
	bool is_over[ALL_COUNT] = { false };
	struct strbuf *out = &run->reply->body;

	for (size_t i = 0; i < view->target_count; i++)
		look_at(run, view, &view->targets[i], is_over);
	json_write_array(out, "overlays");
	for (int i = 0; i < ALL_COUNT; i++)
		if (is_over[i])
			json_write_text(out, NULL, names[i]);
	json_write_array_end(out);
}
