/*
 * Watch entries and payment holds: see risk_check.h.
 */
#include "test/sim/risk_check.h"

static bool
has_clock(const struct snapshot *snapshot, const struct id *subject,
    enum deadline_kind kind, int64_t due_at)
{
	const struct deadline *deadline = snapshot_deadline(
	    snapshot, subject, kind);

	return deadline != NULL && deadline->status == DEADLINE_RUNNING &&
	    deadline->next_at == due_at;
}

static const char *
check_watch(const struct snapshot *snapshot, const struct watch_entry *entry)
{
	if (watch_state_is_listed(entry->state) !=
	    has_clock(snapshot, &entry->id, DEADLINE_WATCH, entry->expires_at))
		return "an entry is listed without a clock to its end, or the "
		       "other way round";
	if (!id_is_zero(&entry->kept_by) && entry->state != WATCH_DISPUTED)
		return "an entry that nobody disputes waits for a second";
	if (entry->state == WATCH_DISPUTED && entry->disputed_at == 0)
		return "an entry is disputed by nobody";
	return entry->expires_at > entry->created_at
	    ? NULL
	    : "an entry ends before it begins";
}

/* Which of the two ends each state has. */
static bool
has_right_end(const struct payment_hold *hold)
{
	bool is_answered = hold->answered_at != 0;
	bool by_customer = is_answered && hold->ended_at == hold->answered_at;
	bool by_term = hold->ended_at >= hold->term_ends_at;

	switch (hold->state) {
	case PAYMENT_HOLD_HELD:
		return !is_answered && hold->ended_at == 0;
	case PAYMENT_HOLD_CONFIRMED:
		return is_answered && hold->ended_at == 0;
	case PAYMENT_HOLD_EXECUTED:
		return is_answered && (by_customer || by_term);
	case PAYMENT_HOLD_REFUSED:
		return by_customer;
	case PAYMENT_HOLD_RELEASED:
		return !is_answered && by_term;
	case PAYMENT_HOLD_STATE_COUNT:
		break;
	}
	return false;
}

static const char *
check_hold(const struct snapshot *snapshot, const struct payment_hold *hold)
{
	if (payment_hold_state_waits(hold->state) !=
	    has_clock(
		snapshot, &hold->id, DEADLINE_PAYMENT_HOLD, hold->term_ends_at))
		return "a payment waits without a clock, or the other way "
		       "round";
	return has_right_end(hold) ? NULL : "a payment has the wrong end";
}

const char *
risk_check(const struct snapshot *snapshot)
{
	const char *sentence = NULL;

	for (size_t i = 0; i < snapshot->risk.watch_count && sentence == NULL;
	     i++)
		sentence = check_watch(snapshot, snapshot->risk.watches[i]);
	for (size_t i = 0; i < snapshot->risk.hold_count && sentence == NULL;
	     i++)
		sentence = check_hold(snapshot, snapshot->risk.holds[i]);
	return sentence;
}
