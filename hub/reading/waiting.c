/*
 * Parking: see waiting.h.
 */
#include "hub/reading/waiting.h"

void
waiting_add(struct waiting *waiting, struct waiter *waiter)
{
	waiter->previous = NULL;
	waiter->next = waiting->first;
	if (waiting->first != NULL)
		waiting->first->previous = waiter;
	waiting->first = waiter;
	waiting->count++;
	waiter->is_listed = true;
}

static void
unpark(struct waiting *waiting, struct waiter *waiter)
{
	waiter->is_parked = false;
	waiter->is_rung = false;
	waiting->parked--;
}

void
waiting_remove(struct waiting *waiting, struct waiter *waiter)
{
	if (!waiter->is_listed)
		return;
	if (waiter->is_parked)
		unpark(waiting, waiter);
	if (waiter->previous != NULL)
		waiter->previous->next = waiter->next;
	else
		waiting->first = waiter->next;
	if (waiter->next != NULL)
		waiter->next->previous = waiter->previous;
	waiting->count--;
	waiter->is_listed = false;
}

bool
waiting_park(struct waiting *waiting, struct waiter *waiter)
{
	if (waiter->is_rung) {
		waiter->is_rung = false;
		return false;
	}
	waiter->is_parked = true;
	waiting->parked++;
	return true;
}

static size_t
ring(struct waiting *waiting, struct waiter *waiter, waiting_wake *wake,
    void *context)
{
	if (!waiter->is_parked) {
		waiter->is_rung = true;
		return 0;
	}
	unpark(waiting, waiter);
	wake(context, waiter);
	return 1;
}

size_t
waiting_ring_case(struct waiting *waiting, const struct id *case_id,
    waiting_wake *wake, void *context)
{
	size_t woken = 0;

	for (struct waiter *w = waiting->first; w != NULL; w = w->next)
		if (!w->is_inbox &&
		    (!w->has_case || id_equal(&w->case_id, case_id)))
			woken += ring(waiting, w, wake, context);
	return woken;
}

size_t
waiting_ring_mail(struct waiting *waiting, const struct id *institution,
    waiting_wake *wake, void *context)
{
	size_t woken = 0;

	for (struct waiter *w = waiting->first; w != NULL; w = w->next)
		if (w->is_inbox && id_equal(&w->institution, institution))
			woken += ring(waiting, w, wake, context);
	return woken;
}

int64_t
waiting_expire(
    struct waiting *waiting, int64_t now, waiting_wake *wake, void *context)
{
	int64_t next = INT64_MAX;

	for (struct waiter *w = waiting->first; w != NULL; w = w->next) {
		if (!w->is_parked)
			continue;
		if (w->until <= now) {
			unpark(waiting, w);
			wake(context, w);
		} else if (w->until < next) {
			next = w->until;
		}
	}
	return next;
}
