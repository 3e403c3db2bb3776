/*
 * Invariants: see invariant.h.
 */
#include "test/unit/invariant.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
fail_test(const char *sentence)
{
	ck_abort_msg("%s", sentence);
}

void (*invariant_fail)(const char *sentence) = fail_test;

static void
must(bool is_so, const char *what, const char *prefix, const struct id *id)
{
	char text[ID_TEXT_SIZE], sentence[160];

	if (is_so)
		return;
	(void)snprintf(sentence, sizeof sentence, "%s: %s",
	    id_format(prefix, id, text), what);
	invariant_fail(sentence);
}

static void *
room(struct arena *arena, size_t count, size_t size)
{
	void *rows = arena_alloc(arena, (count + 1) * size);

	if (rows == NULL)
		abort();
	return rows;
}

/* One list of rows, copied whole. */
#define REMEMBER(list, one)                                              \
	do {                                                             \
		before->one##_count = snapshot->one##_count;             \
		before->list = room(                                     \
		    arena, snapshot->one##_count, sizeof *before->list); \
		for (size_t i = 0; i < snapshot->one##_count; i++)       \
			memcpy(&before->list[i], snapshot->list[i],      \
			    sizeof before->list[i]);                     \
	} while (0)

void
invariant_remember(struct invariant *before, const struct effects *effects)
{
	const struct snapshot *snapshot = effects->snapshot;
	struct arena *arena = before->arena;

	arena_reset(arena);
	before->mark = effects_mark(effects);
	before->txn_count = snapshot->txn_count;
	before->risk_count = snapshot->risk.watch_count +
	    snapshot->risk.hold_count;
	REMEMBER(cases, case);
	REMEMBER(requests, request);
	REMEMBER(targets, target);
	REMEMBER(grievances, grievance);
	REMEMBER(restitutions, restitution);
}

/* The rows were copied whole, padding too, so bytes can be compared. */
#define MUST_BE_SAME(list, one, prefix)                  \
	for (size_t i = 0; i < before->one##_count; i++) \
	must(memcmp(snapshot->list[i], &before->list[i], \
		 sizeof *before->list) == 0,             \
	    "changed by a refused command", prefix, &before->list[i].id)

void
invariant_check_refused(
    const struct invariant *before, const struct effects *effects)
{
	const struct snapshot *snapshot = effects->snapshot;
	struct effects_mark mark = effects_mark(effects);

	if (memcmp(&mark, &before->mark, sizeof mark) != 0 || effects->failed ||
	    snapshot->case_count != before->case_count ||
	    snapshot->txn_count != before->txn_count ||
	    snapshot->request_count != before->request_count ||
	    snapshot->target_count != before->target_count ||
	    snapshot->risk.watch_count + snapshot->risk.hold_count !=
		before->risk_count ||
	    snapshot->restitution_count != before->restitution_count ||
	    snapshot->grievance_count != before->grievance_count)
		invariant_fail("a refused command appended something");
	MUST_BE_SAME(cases, case, "case");
	MUST_BE_SAME(requests, request, "frq");
	MUST_BE_SAME(targets, target, "tgt");
	MUST_BE_SAME(grievances, grievance, "grv");
	MUST_BE_SAME(restitutions, restitution, "rst");
}

/* ---- one state */

static void
check_target(const struct snapshot *snapshot, const struct target *target)
{
	bool is_money_held = target->state == TARGET_HELD_FULL ||
	    target->state == TARGET_HELD_PARTIAL ||
	    target->state == TARGET_ATTACHED;
	const struct freeze_request *request = snapshot_request(
	    snapshot, &target->request);

	must(target->held_minor >= 0 &&
		target->held_minor <= target->requested.minor,
	    "holds more than was asked", "tgt", &target->id);
	must((!target_state_is_held(target->state) &&
		 target->state != TARGET_ATTACHED) ||
		target->expires_at != 0,
	    "is held without an end", "tgt", &target->id);
	must(target->state != TARGET_HELD_FULL ||
		target->held_minor == target->requested.minor,
	    "is held_full of less", "tgt", &target->id);
	must(target->state != TARGET_HELD_PARTIAL ||
		(target->held_minor > 0 &&
		    target->held_minor < target->requested.minor),
	    "is held_partial of all or nothing", "tgt", &target->id);
	must(is_money_held || target->state == TARGET_RELEASE_PENDING ||
		target->held_minor == 0,
	    "holds money in a state that has none", "tgt", &target->id);
	must(target->reduce_to_minor >= 0 &&
		(target->reduce_to_minor == 0 || target->held_minor == 0 ||
		    target->reduce_to_minor < target->held_minor),
	    "is to be reduced to no less", "tgt", &target->id);
	must(request != NULL, "has no request", "tgt", &target->id);
	must(request == NULL || !target_state_is_held(target->state) ||
		target->expires_at <= request->expires_at,
	    "is held for longer than the request", "tgt", &target->id);
	must(request == NULL || target->queued_at == 0 ||
		request->issued_at != 0,
	    "went out before its request", "tgt", &target->id);
	must(target->layer >= 1 && target->generation >= 1,
	    "has no layer or generation", "tgt", &target->id);
}

static void
check_live(const struct snapshot *snapshot, const struct target *target)
{
	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *other = snapshot->targets[i];

		must(other == target || target_state_is_over(other->state) ||
			memcmp(other->dedupe_hash, target->dedupe_hash,
			    SNAPSHOT_HASH_SIZE) != 0,
		    "is not the only live target of its triple", "tgt",
		    &target->id);
	}
}

static void
check_request(const struct freeze_request *request)
{
	must(id_is_zero(&request->approved_by) ||
		!id_equal(&request->approved_by, &request->requested_by),
	    "was approved by who asked it", "frq", &request->id);
	must(request->state != REQUEST_PENDING_APPROVAL ||
		request->issued_at == 0,
	    "waits for approval and is issued", "frq", &request->id);
}

/* What is held of a target once its bank has done what is ordered. */
static int64_t
held_in_the_end(const struct target *target)
{
	if (!target_state_is_held(target->state))
		return 0;
	return target->reduce_to_minor != 0 ? target->reduce_to_minor
					    : target->held_minor;
}

/* Is `target` the target or payment `top`, or behind it in one currency? */
static bool
is_behind(const struct snapshot *snapshot, const struct target *target,
    const struct id *top, const char *currency)
{
	const struct txn *txn;

	while (!id_equal(&target->id, top) && !id_is_zero(&target->parent))
		target = snapshot_target(snapshot, &target->parent);
	if (id_equal(&target->id, top))
		return true;
	txn = snapshot_txn(snapshot, &target->txn);
	while (txn != NULL && strcmp(txn->money.currency, currency) == 0) {
		if (id_equal(&txn->id, top))
			return true;
		txn = snapshot_txn(snapshot, &txn->parent);
	}
	return false;
}

/* Held along one disputed path <= the disputed amount. */
static void
check_path(const struct snapshot *snapshot, const struct id *case_id,
    const struct id *top, const struct money *disputed, const char *prefix)
{
	int64_t sum = 0;

	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];
		int64_t held = held_in_the_end(target);

		if (held > 0 && id_equal(&target->case_id, case_id) &&
		    strcmp(target->requested.currency, disputed->currency) ==
			0 &&
		    is_behind(snapshot, target, top, disputed->currency))
			sum += held;
	}
	must(sum <= disputed->minor,
	    "has more held behind it than came in over it", prefix, top);
}

static void
check_paths(const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->txn_count; i++)
		check_path(snapshot, &snapshot->txns[i]->case_id,
		    &snapshot->txns[i]->id, &snapshot->txns[i]->money, "txn");
	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];
		const struct txn *txn = snapshot_txn(snapshot, &target->txn);

		if (txn != NULL)
			check_path(snapshot, &target->case_id, &target->id,
			    &txn->money, "tgt");
	}
}

void
invariant_check_state(const struct snapshot *snapshot)
{
	check_paths(snapshot);
	for (size_t i = 0; i < snapshot->target_count; i++) {
		check_target(snapshot, snapshot->targets[i]);
		if (!target_state_is_over(snapshot->targets[i]->state))
			check_live(snapshot, snapshot->targets[i]);
	}
	for (size_t i = 0; i < snapshot->request_count; i++)
		check_request(snapshot->requests[i]);
}

/* ---- one step */

struct row {
	const struct machine *machine;
	const struct id *id;
	const char *prefix;
	int from, to;
	bool is_saved;
};

/* The events of a row lead from where it stood to where it stands. */
static void
check_moves(const struct invariant *before, const struct effects *effects,
    const struct row *row)
{
	int at = row->from, to;

	for (size_t i = before->mark.events; i < effects->event_count; i++) {
		const struct event *event = &effects->events[i];

		if (event->machine != row->machine ||
		    !id_equal(&event->subject, row->id))
			continue;
		must(event->from == at, "moved from where it was not",
		    row->prefix, row->id);
		must(machine_next(row->machine, event->from, event->move, &to,
			 NULL) == RC_OK &&
			to == event->to,
		    "made a move that is not allowed", row->prefix, row->id);
		must(at != TARGET_RELEASE_PENDING ||
			row->machine != &target_machine ||
			event->to == TARGET_RELEASED,
		    "left release_pending but for released", row->prefix,
		    row->id);
		at = event->to;
	}
	must(at == row->to, "changed its status without an event", row->prefix,
	    row->id);
	must(at == row->from || row->is_saved, "moved and is not saved",
	    row->prefix, row->id);
}

static bool
is_saved(const struct row_state *row)
{
	return row->is_new || row->is_dirty;
}

static void
check_case_step(
    const struct invariant *before, const struct effects *effects, size_t index)
{
	const struct case_file *now = effects->snapshot->cases[index];
	const struct row row = { &case_machine, &now->id, "case",
		index < before->case_count ? (int)before->cases[index].state
					   : STATE_NEW,
		(int)now->state, is_saved(&now->row) };

	check_moves(before, effects, &row);
}

static void
check_request_step(
    const struct invariant *before, const struct effects *effects, size_t index)
{
	const struct freeze_request *now = effects->snapshot->requests[index];
	const struct row row = { &request_machine, &now->id, "frq",
		index < before->request_count
		    ? (int)before->requests[index].state
		    : STATE_NEW,
		(int)now->state, is_saved(&now->row) };

	check_moves(before, effects, &row);
}

static void
check_grievance_step(
    const struct invariant *before, const struct effects *effects, size_t index)
{
	const struct grievance *now = effects->snapshot->grievances[index];
	const struct row row = { &grievance_machine, &now->id, "grv",
		index < before->grievance_count
		    ? (int)before->grievances[index].state
		    : STATE_NEW,
		(int)now->state, is_saved(&now->row) };

	check_moves(before, effects, &row);
	must(grievance_state_is_open(now->state) == (now->due_at != 0),
	    "waits without a clock, or the other way round", "grv", &now->id);
}

/* What is held less is what was paid in this step, to the minor unit. */
static bool
is_paid_back(const struct invariant *before, const struct effects *effects,
    const struct target *then, const struct target *now)
{
	const struct snapshot *snapshot = effects->snapshot;
	int64_t paid = 0;

	for (size_t i = 0; i < before->restitution_count; i++)
		if (id_equal(&before->restitutions[i].target, &now->id) &&
		    before->restitutions[i].state != RESTITUTION_PAID &&
		    snapshot->restitutions[i]->state == RESTITUTION_PAID)
			paid += before->restitutions[i].amount.minor;
	return paid == then->held_minor - now->held_minor &&
	    (now->state == TARGET_RESTORED ||
		paid == then->requested.minor - now->requested.minor);
}

static void
check_restitution_step(
    const struct invariant *before, const struct effects *effects, size_t index)
{
	const struct restitution *now = effects->snapshot->restitutions[index];
	const struct row row = { &restitution_machine, &now->id, "rst",
		index < before->restitution_count
		    ? (int)before->restitutions[index].state
		    : STATE_NEW,
		(int)now->state, is_saved(&now->row) };

	check_moves(before, effects, &row);
	must(now->amount.minor > 0 && now->amount.minor <= now->claim_minor,
	    "is of nothing, or of more than is claimed", "rst", &now->id);
	must(index >= before->restitution_count ||
		now->amount.minor == before->restitutions[index].amount.minor,
	    "became another sum", "rst", &now->id);
	must(!restitution_state_is_owed(now->state) || now->due_at != 0,
	    "is owed without a clock", "rst", &now->id);
	must(now->due_at == 0 || !id_equal(&now->proposed_by, &now->decided_by),
	    "was ordered by who proposed it", "rst", &now->id);
	must((now->state == RESTITUTION_PAID) == (now->paid_at != 0),
	    "is paid without a time, or the other way round", "rst", &now->id);
}

static void
check_target_step(
    const struct invariant *before, const struct effects *effects, size_t index)
{
	const struct target *now = effects->snapshot->targets[index];
	const struct target *then = index < before->target_count
	    ? &before->targets[index]
	    : NULL;
	const struct row row = { &target_machine, &now->id, "tgt",
		then != NULL ? (int)then->state : STATE_NEW, (int)now->state,
		is_saved(&now->row) };

	check_moves(before, effects, &row);
	must(then == NULL || is_saved(&now->row) ||
		memcmp(then, now, sizeof *now) == 0,
	    "changed and is not saved", "tgt", &now->id);
	/* More may be found; less is a release, what was paid back, or the
	 * reduction that was ordered, and then as much less is asked. */
	must(then == NULL || now->held_minor >= then->held_minor ||
		now->state == TARGET_RELEASED ||
		is_paid_back(before, effects, then, now) ||
		(now->held_minor == then->reduce_to_minor &&
		    now->requested.minor - now->held_minor ==
			then->requested.minor - then->held_minor),
	    "holds less without a release", "tgt", &now->id);
}

/* held + Σ leads + Σ exits never come to more than was asked. */
static void
check_sums(const struct invariant *before, const struct effects *effects)
{
	for (size_t i = before->mark.responses; i < effects->response_count;
	     i++) {
		const struct response_row *response = &effects->responses[i];
		const struct target *target = snapshot_target(
		    effects->snapshot, &response->target);
		int64_t sum = response->held_minor;

		for (size_t n = before->mark.leads; n < effects->lead_count;
		     n++)
			if (id_equal(
				&effects->leads[n].response, &response->id) &&
			    (response_code_rule(response->code)->flags &
				NEEDS_SUM) != 0)
				sum += effects->leads[n].money.minor;
		must(target != NULL && sum <= target->requested.minor,
		    "accounts for more than was asked", "rsp", &response->id);
	}
}

/* Need to know: an institution is told of its own targets alone, a unit of
 * its own cases, and nobody of what was superseded. */
static void
check_message(const struct snapshot *snapshot, const struct message_row *row)
{
	const struct envelope *envelope = &row->envelope;
	const struct case_file *file = envelope->case_file;
	bool is_unit = file != NULL && id_equal(&row->institution, &file->unit);

	/* Of an officer who asks too much, and of what comes when nobody is
	 * on duty, the unit above as well. */
	if (envelope->type == MESSAGE_ALERT_VELOCITY || envelope->to_unit)
		is_unit = registry_is_within(
		    snapshot->registry, &file->unit, &row->institution);

	for (size_t i = 0; i < envelope->target_count; i++) {
		const struct target *target = envelope->targets[i];

		must(is_unit ||
			id_equal(&target->institution, &row->institution),
		    "was told to another institution", "tgt", &target->id);
		must(is_unit || target->queued_at != 0,
		    "was told before it was issued", "tgt", &target->id);
		must(id_equal(&target->request, &envelope->request->id),
		    "shares a message with another request", "tgt",
		    &target->id);
		must(snapshot_target(snapshot, &target->id) == target,
		    "is told and not known", "tgt", &target->id);
	}
}

void
invariant_check_done(
    const struct invariant *before, const struct effects *effects)
{
	const struct snapshot *snapshot = effects->snapshot;

	if (effects->failed)
		invariant_fail("the effects have failed");
	for (size_t i = 0; i < snapshot->case_count; i++)
		check_case_step(before, effects, i);
	for (size_t i = 0; i < snapshot->request_count; i++)
		check_request_step(before, effects, i);
	for (size_t i = 0; i < snapshot->target_count; i++)
		check_target_step(before, effects, i);
	for (size_t i = 0; i < snapshot->grievance_count; i++)
		check_grievance_step(before, effects, i);
	for (size_t i = 0; i < snapshot->restitution_count; i++)
		check_restitution_step(before, effects, i);
	check_sums(before, effects);
	for (size_t i = before->mark.messages; i < effects->message_count; i++)
		check_message(snapshot, &effects->messages[i]);
	invariant_check_state(snapshot);
}
