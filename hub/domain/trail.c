/*
 * Nodes and edges of a money trail: see trail.h.  The sums are made by
 * trail_sums.c.
 */
#include "hub/domain/trail.h"

#include <string.h>

#include "hub/domain/trail_inside.h"

static const char *const node_kinds[] = {
	[TRAIL_SOURCE] = "source",
	[TRAIL_ACCOUNT] = "account",
	[TRAIL_EXIT] = "exit",
	[TRAIL_UNKNOWN] = "unknown",
	[TRAIL_RESIDUAL] = "residual",
};
static const char *const edge_kinds[] = {
	[TRAIL_TRANSACTION] = "transaction",
	[TRAIL_LEAD] = "lead",
	[TRAIL_REST] = "residual",
};
const struct words trail_node_kind_words = { "kind of node", node_kinds,
	TRAIL_NODE_KIND_COUNT };
const struct words trail_edge_kind_words = { "kind of edge", edge_kinds,
	TRAIL_EDGE_KIND_COUNT };

#define NO_NODE SIZE_MAX

/* ---- rows by their ids */

size_t
trail_target_index(const struct trail_rows *rows, const struct id *id)
{
	for (size_t i = 0; i < rows->target_count && !id_is_zero(id); i++)
		if (id_equal(&rows->targets[i].id, id))
			return i;
	return NO_NODE;
}

static size_t
txn_index(const struct trail_rows *rows, const struct id *id)
{
	for (size_t i = 0; i < rows->txn_count && !id_is_zero(id); i++)
		if (id_equal(&rows->txns[i].id, id))
			return i;
	return NO_NODE;
}

bool
trail_is_of_lead(const struct trail_rows *rows, const struct txn *txn)
{
	for (size_t i = 0; i < rows->target_count; i++)
		if (id_equal(&rows->targets[i].txn, &txn->id) &&
		    !id_is_zero(&rows->targets[i].parent))
			return true;
	return false;
}

/* ---- nodes */

static size_t
add_node(struct trail *trail, enum trail_node_kind kind, int layer)
{
	struct trail_node *node = &trail->nodes[trail->node_count];

	node->kind = kind;
	node->layer = layer;
	return trail->node_count++;
}

static void
add_edge(struct trail *trail, const struct trail_edge *edge)
{
	trail->edges[trail->edge_count++] = *edge;
}

static bool
is_same_account(const struct identifier *a, const struct identifier *b)
{
	char left[IDENTIFIER_CANONICAL_SIZE], right[IDENTIFIER_CANONICAL_SIZE];

	return strcmp(identifier_canonical(a, left),
		   identifier_canonical(b, right)) == 0;
}

/* The account's first node, or a new one.  NULL: an unknown one. */
static size_t
account_node(struct trail *trail, const struct identifier *identifier,
    enum trail_node_kind kind, int layer)
{
	size_t made;

	for (size_t i = 0; i < trail->node_count && identifier != NULL; i++)
		if (trail->nodes[i].identifier != NULL &&
		    is_same_account(trail->nodes[i].identifier, identifier))
			return i;
	made = add_node(trail, kind, layer);
	trail->nodes[made].identifier = identifier;
	return made;
}

static void
add_targets(struct trail *trail)
{
	const struct trail_rows *rows = trail->rows;

	for (size_t i = 0; i < rows->target_count; i++) {
		const struct target *target = &rows->targets[i];
		size_t made = add_node(trail, TRAIL_ACCOUNT, target->layer);

		trail->nodes[made].target = target;
		trail->nodes[made].hop = &trail->hops[rows->txn_count + i];
		trail->nodes[made].identifier = &target->identifier;
	}
}

/* Money comes back to an account, or meets there: each target is a node of
 * its own, and names the first one of its account. */
static void
join_targets(struct trail *trail)
{
	static const uint8_t none[SNAPSHOT_HASH_SIZE];

	for (size_t i = 0; i < trail->rows->target_count; i++) {
		const struct target *target = trail->nodes[i].target;

		if (memcmp(target->identifier_hash, none, sizeof(none)) == 0)
			continue;
		for (size_t n = 0; n < i && trail->nodes[i].same == NULL; n++)
			if (memcmp(target->identifier_hash,
				trail->nodes[n].target->identifier_hash,
				sizeof(none)) == 0 &&
			    id_equal(&target->institution,
				&trail->nodes[n].target->institution))
				trail->nodes[i].same = &trail->nodes[n];
	}
}

/* ---- disputed payments */

/* Where the payment before this one arrived: the first edge of it. */
static size_t
arrival_of(const struct trail *trail, const struct id *txn)
{
	for (size_t i = 0; i < trail->edge_count && !id_is_zero(txn); i++)
		if (trail->edges[i].txn != NULL &&
		    id_equal(&trail->edges[i].txn->id, txn))
			return trail->edges[i].to;
	return NO_NODE;
}

static size_t
origin_of(struct trail *trail, const struct txn *txn)
{
	bool is_first = id_is_zero(&txn->parent);
	size_t before = arrival_of(trail, &txn->parent);

	if (!txn->has_from && before != NO_NODE)
		return before;
	return account_node(trail, txn->has_from ? &txn->from : NULL,
	    is_first ? TRAIL_SOURCE : TRAIL_ACCOUNT, txn->layer - 1);
}

/* A payment that several targets are about has an edge to each; `to` gets
 * its own where nobody is asked about it. */
static void
add_payment(struct trail *trail, const struct txn *txn)
{
	const struct trail_rows *rows = trail->rows;
	struct trail_edge edge = { TRAIL_TRANSACTION, origin_of(trail, txn), 0,
		txn->layer, txn->money, txn->at, true, true, txn, NULL };
	bool is_asked = false, is_reached = false;

	for (size_t i = 0; i < rows->target_count; i++) {
		const struct target *target = &rows->targets[i];

		if (!id_equal(&target->txn, &txn->id))
			continue;
		edge.to = i;
		add_edge(trail, &edge);
		is_asked = true;
		is_reached = is_reached ||
		    (txn->has_to &&
			is_same_account(&txn->to, &target->identifier));
	}
	if (is_asked && (!txn->has_to || is_reached))
		return;
	edge.to = account_node(
	    trail, txn->has_to ? &txn->to : NULL, TRAIL_ACCOUNT, txn->layer);
	add_edge(trail, &edge);
}

/* ---- leads and residuals */

/* An answer given after a pending one tells of the same money again. */
bool
trail_is_counted(const struct trail_rows *rows, const struct lead_row *lead)
{
	size_t target = trail_target_index(rows, &lead->target);

	if (target == NO_NODE || trail_is_dropped(&rows->targets[target]))
		return false;
	for (size_t i = 0; i < rows->lead_count; i++)
		if (id_equal(&rows->leads[i].target, &lead->target) &&
		    rows->leads[i].created_at > lead->created_at)
			return false;
	return true;
}

static void
add_lead(struct trail *trail, const struct lead_row *lead)
{
	const struct trail_rows *rows = trail->rows;
	size_t child = trail_target_index(rows, &lead->child), txn = NO_NODE;
	struct trail_edge edge = { TRAIL_LEAD,
		trail_target_index(rows, &lead->target), child, 0, lead->money,
		0, trail_is_counted(rows, lead), child != NO_NODE, NULL, lead };

	if (edge.from == NO_NODE)
		return;
	edge.layer = rows->targets[edge.from].layer + 1;
	if (child == NO_NODE) {
		/* Cash, goods and what left the country are no account. */
		edge.is_certain = lead->code != RESPONSE_OUT_XFER;
		edge.to = add_node(trail,
		    edge.is_certain ? TRAIL_EXIT : TRAIL_UNKNOWN, edge.layer);
		trail->nodes[edge.to].lead = lead;
		trail->nodes[edge.to].money = lead->money;
	} else {
		txn = txn_index(rows, &rows->targets[child].txn);
	}
	if (txn != NO_NODE) {
		edge.txn = &rows->txns[txn];
		edge.at = rows->txns[txn].at;
	}
	add_edge(trail, &edge);
}

static void
add_residual(struct trail *trail, size_t from)
{
	const struct target *target = &trail->rows->targets[from];
	struct trail_edge edge = { TRAIL_REST, from, 0, target->layer + 1,
		target->requested, target->answered_at, true, false, NULL,
		NULL };

	if (trail_rest_part(target) != TRAIL_UNTRACED)
		return;
	edge.money.minor = trail_rest(trail->rows, target);
	if (edge.money.minor == 0)
		return;
	edge.to = add_node(trail, TRAIL_RESIDUAL, edge.layer);
	trail->nodes[edge.to].money = edge.money;
	add_edge(trail, &edge);
}

/* ---- the ledger */

struct ledger_hop
trail_hop(const struct target *target, const struct txn *txn,
    const struct money *loss, size_t parent)
{
	const struct money *came_in = txn == NULL ? loss : &txn->money;
	/* What is let go already is held no more. */
	bool is_leaving = target->state == TARGET_RELEASE_PENDING;

	if (!money_same_currency(came_in, &target->requested))
		came_in = &target->requested;
	return (struct ledger_hop){
		.parent = parent,
		.disputed = *came_in,
		.held_minor = is_leaving ? 0 : target->held_minor,
		.layer = target->layer,
		.is_fixed = !target_state_is_held(target->state),
	};
}

static void
check_ledger(struct trail *trail)
{
	const struct trail_rows *rows = trail->rows;

	trail->hop_count = rows->txn_count + rows->target_count;
	for (size_t i = 0; i < rows->txn_count; i++)
		trail->hops[i] = (struct ledger_hop){
			.parent = txn_index(rows, &rows->txns[i].parent),
			.disputed = rows->txns[i].money,
		};
	for (size_t i = 0; i < rows->target_count; i++) {
		const struct target *target = &rows->targets[i];
		size_t parent = trail_target_index(rows, &target->parent);
		size_t txn = txn_index(rows, &target->txn);

		trail->hops[rows->txn_count + i] = trail_hop(target,
		    txn == NO_NODE ? NULL : &rows->txns[txn], &rows->loss,
		    parent == NO_NODE ? txn : rows->txn_count + parent);
	}
	ledger_check(trail->hops, trail->hop_count);
}

enum rc
trail_build(const struct trail_rows *rows, struct arena *arena,
    struct trail *trail, struct err *err)
{
	size_t hops = rows->txn_count + rows->target_count;
	/* Each payment may bring two accounts; each target itself and a
	 * residual; each lead an exit, and sums of two layers.  One more: no
	 * array is empty. */
	size_t most = 2 * hops + 2 * rows->lead_count + 1;

	*trail = (struct trail){ .rows = rows };
	trail->nodes = arena_alloc(arena, most * sizeof(*trail->nodes));
	trail->edges = arena_alloc(arena, most * sizeof(*trail->edges));
	trail->layers = arena_alloc(arena, most * sizeof(*trail->layers));
	trail->totals = arena_alloc(arena, most * sizeof(*trail->totals));
	trail->hops = arena_alloc(arena, (hops + 1) * sizeof(*trail->hops));
	if (trail->nodes == NULL || trail->edges == NULL ||
	    trail->layers == NULL || trail->totals == NULL ||
	    trail->hops == NULL)
		return err_set(err, RC_TOO_LARGE, "view_too_large",
		    "there is more to see than fits into one answer");
	check_ledger(trail);
	add_targets(trail);
	join_targets(trail);
	for (size_t i = 0; i < rows->txn_count; i++)
		if (!trail_is_of_lead(rows, &rows->txns[i]))
			add_payment(trail, &rows->txns[i]);
	for (size_t i = 0; i < rows->lead_count; i++)
		add_lead(trail, &rows->leads[i]);
	for (size_t i = 0; i < rows->target_count; i++)
		add_residual(trail, i);
	trail_sum_up(trail);
	return RC_OK;
}
