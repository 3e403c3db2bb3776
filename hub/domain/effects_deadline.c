/*
 * Clocks that a decision begins and ends: see effects.h.
 */
#include "hub/domain/effects.h"

/* A row of the snapshot; NULL when the arena is full. */
static struct deadline *
deadline_of(struct effects *effects, const struct id *subject,
    enum deadline_kind kind, bool is_new)
{
	struct deadline *deadline = is_new
	    ? NULL
	    : snapshot_deadline(effects->snapshot, subject, kind);

	if (deadline == NULL) {
		deadline = snapshot_add_deadline(
		    effects->snapshot, subject, kind);
		if (deadline != NULL)
			deadline->is_end_only = true;
	}
	if (deadline == NULL)
		effects->failed = true;
	else
		deadline->row.is_dirty = true;
	return deadline;
}

void
effects_set_deadline(struct effects *effects, const struct id *subject,
    const struct deadline *begun, bool is_new)
{
	struct deadline *deadline = deadline_of(
	    effects, subject, begun->kind, is_new);

	if (deadline == NULL)
		return;
	deadline->case_id = begun->case_id;
	deadline->owed_by = begun->owed_by;
	deadline->status = begun->status;
	deadline->stage = begun->stage;
	deadline->started_at = begun->started_at;
	deadline->due_at = begun->due_at;
	deadline->next_at = begun->next_at;
	deadline->row.is_new |= is_new;
	deadline->is_end_only = false;
}

void
effects_end_deadline(
    struct effects *effects, const struct id *subject, enum deadline_kind kind)
{
	struct deadline *deadline = deadline_of(effects, subject, kind, false);

	if (deadline == NULL)
		return;
	deadline->status = DEADLINE_ENDED;
	deadline->next_at = 0;
}
