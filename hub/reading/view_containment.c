/*
 * How much of the money of a case was contained, in the currency of its loss:
 * for the police and for auditors.  See view.h.
 */
#include "hub/reading/view.h"

#include <string.h>

#include "hub/domain/containment.h"
#include "hub/wire/json_values.h"

static void
write_part(struct strbuf *out, const char *name, const struct money *like,
    int64_t minor)
{
	struct money money = *like;

	money.minor = minor;
	json_write_money(out, name, &money);
}

/* What responders say went on, to accounts and out of sight, each layer
 * anew. */
static int64_t
moved_of(const struct view_case *view, const char *currency)
{
	const struct trail_rows rows = { view->file->loss, view->txns,
		view->targets, view->leads, view->txn_count, view->target_count,
		view->lead_count };
	int64_t sum = 0;

	for (size_t i = 0; i < view->lead_count; i++)
		if (trail_is_counted(&rows, &view->leads[i]) &&
		    strcmp(view->leads[i].money.currency, currency) == 0 &&
		    __builtin_add_overflow(
			sum, view->leads[i].money.minor, &sum))
			return INT64_MAX;
	return sum;
}

enum rc
view_write_containment(
    const struct view_run *run, const struct view_case *view, struct err *err)
{
	const struct money *loss = &view->file->loss;
	const struct txn **txns = arena_alloc(
	    run->arena, (view->txn_count + 1) * sizeof(struct txn *));
	const struct target **targets = arena_alloc(
	    run->arena, (view->target_count + 1) * sizeof(struct target *));
	const struct restitution **paid = arena_alloc(run->arena,
	    (view->restitution_count + 1) * sizeof(struct restitution *));
	struct containment_rows rows = { *loss, txns, targets, paid,
		view->txn_count, view->target_count, 0 };
	struct strbuf *out = &run->reply->body;
	struct containment sums;

	if (txns == NULL || targets == NULL || paid == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
	for (size_t i = 0; i < view->txn_count; i++)
		txns[i] = &view->txns[i];
	for (size_t i = 0; i < view->target_count; i++)
		targets[i] = &view->targets[i];
	for (size_t i = 0; i < view->restitution_count; i++)
		if (id_equal(&view->restitutions[i].case_id, &view->file->id))
			paid[rows.restitution_count++] = &view->restitutions[i];
	sums = containment_of(&rows, loss->currency);
	json_write_object(out, "containment");
	write_part(out, "disputed", loss, sums.disputed);
	write_part(out, "asked", loss, sums.asked);
	write_part(out, "held", loss, sums.held);
	write_part(out, "moved", loss, moved_of(view, loss->currency));
	write_part(out, "returned", loss, sums.returned);
	json_write_int(out, "percent", containment_percent(&sums));
	json_write_object_end(out);
	return RC_OK;
}
