/*
 * Holds beyond what was disputed: see surplus.h.
 */
#include "hub/service/surplus.h"

#include "hub/domain/ids.h"
#include "hub/domain/trail.h"
#include "hub/service/holding.h"
#include "hub/service/issuing.h"

/* What the institutions are told as the reason. */
#define REASON "surplus"

/* The payments of a case, then its targets, as hops of the ledger. */
struct books {
	struct txn **txns;
	struct target **targets;
	struct ledger_hop *hops;
	size_t txn_count, target_count;
};

static bool
books_room(struct books *books, const struct snapshot *snapshot)
{
	size_t txns = snapshot->txn_count, targets = snapshot->target_count;

	books->txns = arena_alloc(
	    snapshot->arena, (txns + 1) * sizeof(*books->txns));
	books->targets = arena_alloc(
	    snapshot->arena, (targets + 1) * sizeof(*books->targets));
	books->hops = arena_alloc(
	    snapshot->arena, (txns + targets + 1) * sizeof(*books->hops));
	return books->txns != NULL && books->targets != NULL &&
	    books->hops != NULL;
}

static size_t
txn_hop(const struct books *books, const struct id *id)
{
	for (size_t i = 0; i < books->txn_count && !id_is_zero(id); i++)
		if (id_equal(&books->txns[i]->id, id))
			return i;
	return LEDGER_NONE;
}

static size_t
target_hop(const struct books *books, const struct id *id)
{
	for (size_t i = 0; i < books->target_count && !id_is_zero(id); i++)
		if (id_equal(&books->targets[i]->id, id))
			return books->txn_count + i;
	return LEDGER_NONE;
}

/* What is ordered away already is held no more. */
static int64_t
still_held(const struct target *target)
{
	return target->reduce_to_minor != 0 ? target->reduce_to_minor
					    : target->held_minor;
}

static void
books_write(struct books *books, const struct case_file *file)
{
	for (size_t i = 0; i < books->txn_count; i++)
		books->hops[i] = (struct ledger_hop){
			.parent = txn_hop(books, &books->txns[i]->parent),
			.disputed = books->txns[i]->money,
		};
	for (size_t i = 0; i < books->target_count; i++) {
		const struct target *target = books->targets[i];
		size_t txn = txn_hop(books, &target->txn);
		size_t parent = target_hop(books, &target->parent);
		struct ledger_hop *hop = &books->hops[books->txn_count + i];

		*hop = trail_hop(target,
		    txn == LEDGER_NONE ? NULL : books->txns[txn], &file->loss,
		    parent == LEDGER_NONE ? txn : parent);
		if (hop->held_minor > 0)
			hop->held_minor = still_held(target);
	}
}

static bool
books_open(struct books *books, const struct snapshot *snapshot,
    const struct case_file *file)
{
	if (!books_room(books, snapshot))
		return false;
	for (size_t i = 0; i < snapshot->txn_count; i++)
		if (id_equal(&snapshot->txns[i]->case_id, &file->id))
			books->txns[books->txn_count++] = snapshot->txns[i];
	for (size_t i = 0; i < snapshot->target_count; i++)
		if (id_equal(&snapshot->targets[i]->case_id, &file->id))
			books->targets[books->target_count++] =
			    snapshot->targets[i];
	books_write(books, file);
	return true;
}

/* All of a hold that is surplus is a release: nothing stays to be held. */
static void
let_go(struct command *command, struct effects *effects, struct target *target,
    const struct ledger_hop *hop)
{
	struct money stays = target->requested;

	stays.minor = hop->held_minor - hop->reduce_minor;
	if (stays.minor == 0)
		holding_release(command, effects, target, REASON);
	else
		holding_reduce(command, effects, target, &stays, REASON);
}

/* A court's hold is not the hub's to reduce: people must know of it. */
static void
note_rest(struct command *command, struct effects *effects,
    const struct target *answered, const struct ledger_hop *hops, size_t count)
{
	struct money rest = answered->requested;
	struct event *event;

	rest.minor = 0;
	for (size_t i = 0; i < count; i++)
		if (hops[i].surplus_minor > rest.minor &&
		    money_same_currency(&hops[i].disputed, &rest))
			rest.minor = hops[i].surplus_minor;
	if (rest.minor == 0)
		return;
	event = effects_note(effects, command, "target.surplus_kept",
	    &answered->case_id, ID_TARGET, &answered->id);
	issuing_describe(effects, event, answered);
	effects_event_money(effects, event, "surplus", &rest);
	event_text(event, "reason", "attached");
}

void
surplus_order(struct command *command, struct effects *effects,
    const struct target *answered)
{
	const struct case_file *file = snapshot_case(
	    effects->snapshot, &answered->case_id);
	struct books books = { 0 };
	bool has_surplus = false;
	size_t count;

	if (file == NULL || !books_open(&books, effects->snapshot, file)) {
		effects->failed = true;
		return;
	}
	count = books.txn_count + books.target_count;
	ledger_check(books.hops, count);
	for (size_t i = 0; i < books.target_count; i++) {
		const struct ledger_hop *hop = &books.hops[books.txn_count + i];

		if (hop->reduce_minor > 0)
			let_go(command, effects, books.targets[i], hop);
	}
	for (size_t i = 0; i < count; i++)
		has_surplus = has_surplus || books.hops[i].surplus_minor > 0;
	if (!has_surplus)
		return;
	books_write(&books, file);
	ledger_check(books.hops, count);
	note_rest(command, effects, answered, books.hops, count);
}
