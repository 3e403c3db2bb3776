/*
 * The money trail of a case as nodes and edges, with sums by layer and what
 * is held in excess: for the police of the case and for auditors.  All
 * identifiers are masked.  See view.h.
 */
#include "hub/reading/view.h"

#include <stdio.h>

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/trail.h"
#include "hub/wire/json_values.h"
#include "hub/wire/secret_json.h"

enum { NODE_SIZE = 24 };

/* ---- opening */

static enum rc
open_rows(const struct view_run *run, struct view_case *view,
    const struct data_key *key, struct err *err)
{
	struct blob plain;

	for (size_t i = 0; i < view->txn_count; i++) {
		struct txn *txn = &view->txns[i];

		TRY(view_open_text(
		    run, key, SEALED_TXN, &txn->id, &txn->sealed, &plain, err));
		TRY(secret_json_read_txn((const char *)plain.bytes,
		    plain.length, run->arena, txn, err));
	}
	for (size_t i = 0; i < view->target_count; i++) {
		struct target *target = &view->targets[i];

		TRY(view_open_text(run, key, SEALED_TARGET, &target->id,
		    &target->sealed, &plain, err));
		TRY(secret_json_read_target((const char *)plain.bytes,
		    plain.length, run->arena, target, err));
	}
	return RC_OK;
}

/* ---- pieces */

static void
write_node_name(struct strbuf *out, const char *key, size_t node)
{
	char name[NODE_SIZE];

	(void)snprintf(name, sizeof(name), "n%zu", node);
	json_write_text(out, key, name);
}

static void
write_minor(struct strbuf *out, const char *key, const struct money *like,
    int64_t minor)
{
	struct money money = *like;

	money.minor = minor;
	json_write_money(out, key, &money);
}

static void
write_masked(
    struct strbuf *out, const char *key, const struct identifier *identifier)
{
	char mask[IDENTIFIER_MASK_SIZE];

	json_write_masked(
	    out, key, identifier->type, identifier_mask(identifier, mask));
}

/* ---- nodes */

static void
write_target(const struct view_run *run, const struct trail_node *node)
{
	const struct target *target = node->target;
	const struct ledger_hop *hop = node->hop;
	struct strbuf *out = &run->reply->body;

	json_write_id(out, "target_id", ID_TARGET, &target->id);
	view_write_institution(run, "institution", &target->institution);
	json_write_masked(
	    out, "identifier", target->identifier.type, target->mask);
	json_write_text(out, "status",
	    machine_state_name(&target_machine, (int)target->state));
	if (target->response_code >= 0)
		json_write_word(out, "response_code", &response_code_words,
		    target->response_code);
	json_write_money(out, "amount_requested", &target->requested);
	write_minor(out, "amount_held", &target->requested, target->held_minor);
	view_write_time(out, "expires_at", target->expires_at);
	if (hop->reduce_minor == 0)
		return;
	json_write_object(out, "over_held");
	write_minor(out, "reduce_by", &target->requested, hop->reduce_minor);
	write_minor(out, "reduce_to", &target->requested,
	    hop->held_minor - hop->reduce_minor);
	json_write_object_end(out);
}

static void
write_nodes(const struct view_run *run, const struct trail *trail)
{
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "nodes");
	for (size_t i = 0; i < trail->node_count; i++) {
		const struct trail_node *node = &trail->nodes[i];

		json_write_object(out, NULL);
		write_node_name(out, "id", i);
		json_write_word(
		    out, "kind", &trail_node_kind_words, (int)node->kind);
		json_write_int(out, "layer", node->layer);
		if (node->target != NULL)
			write_target(run, node);
		else if (node->identifier != NULL)
			write_masked(out, "identifier", node->identifier);
		if (node->same != NULL)
			write_node_name(out, "same_account_as",
			    (size_t)(node->same - trail->nodes));
		if (node->lead != NULL)
			json_write_word(out, "code", &response_code_words,
			    (int)node->lead->code);
		if (node->kind == TRAIL_EXIT || node->kind == TRAIL_UNKNOWN ||
		    node->kind == TRAIL_RESIDUAL)
			json_write_money(out, "amount", &node->money);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* ---- edges */

static void
write_payment(struct strbuf *out, const struct txn *txn)
{
	json_write_id(out, "txn_id", ID_TXN, &txn->id);
	json_write_word(out, "channel", &channel_words, txn->channel);
	if (txn->has_reference)
		write_masked(out, "reference", &txn->reference);
}

static void
write_edges(struct strbuf *out, const struct trail *trail)
{
	json_write_array(out, "edges");
	for (size_t i = 0; i < trail->edge_count; i++) {
		const struct trail_edge *edge = &trail->edges[i];

		json_write_object(out, NULL);
		write_node_name(out, "from", edge->from);
		write_node_name(out, "to", edge->to);
		json_write_word(
		    out, "kind", &trail_edge_kind_words, (int)edge->kind);
		json_write_int(out, "layer", edge->layer);
		json_write_money(out, "amount", &edge->money);
		json_write_bool(out, "counted", edge->is_counted);
		json_write_bool(out, "certain", edge->is_certain);
		view_write_time(out, "at", edge->at);
		if (edge->lead != NULL) {
			json_write_word(out, "code", &response_code_words,
			    (int)edge->lead->code);
			json_write_time(out, "told_at", edge->lead->created_at);
		}
		if (edge->txn != NULL)
			write_payment(out, edge->txn);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* ---- sums */

static void
write_sums(struct strbuf *out, const char *key, const struct trail_sum *sums,
    size_t count)
{
	json_write_array(out, key);
	for (size_t i = 0; i < count; i++) {
		struct money like = { 0 };

		(void)snprintf(like.currency, sizeof(like.currency), "%s",
		    sums[i].currency);
		json_write_object(out, NULL);
		if (sums[i].layer > 0)
			json_write_int(out, "layer", sums[i].layer);
		for (int part = 0; part < TRAIL_PART_COUNT; part++)
			write_minor(out, words_name(&trail_part_words, part),
			    &like, sums[i].minor[part]);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* The hops behind which more is held than came in over them. */
static void
write_surplus(struct strbuf *out, const struct trail *trail)
{
	const struct trail_rows *rows = trail->rows;

	json_write_array(out, "over_held");
	for (size_t i = 0; i < trail->hop_count; i++) {
		const struct ledger_hop *hop = &trail->hops[i];
		const struct money *disputed = &hop->disputed;

		if (hop->surplus_minor == 0)
			continue;
		json_write_object(out, NULL);
		if (i < rows->txn_count)
			json_write_id(out, "txn_id", ID_TXN, &rows->txns[i].id);
		else
			json_write_id(out, "target_id", ID_TARGET,
			    &rows->targets[i - rows->txn_count].id);
		json_write_money(out, "disputed", disputed);
		write_minor(out, "held", disputed, hop->below_minor);
		write_minor(out, "surplus", disputed, hop->surplus_minor);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

enum rc
view_trail_run(struct view_run *run, struct err *err)
{
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct strbuf *out = &run->reply->body;
	struct view_case view;
	struct trail_rows rows;
	struct trail trail;
	struct id case_id;

	TRY(view_case_id(run, &case_id, err));
	TRY(view_load_case(run->db, &case_id, NULL, run->arena, &view, err));
	if (!access_sees_case(
		&run->request->actor, run->registry, &view.file->unit, false))
		return view_missing(err);
	run->reply->case_id = view.file->id;
	run->row_version = view.file->row_version;
	if (view_is_known(run, view.file->row_version))
		return RC_OK;
	TRY(view_open_case_key(run, &view.file->wrapped_key, &key, err));
	TRY(open_rows(run, &view, &key, err));
	rows = (struct trail_rows){ view.file->loss, view.txns, view.targets,
		view.leads, view.txn_count, view.target_count,
		view.lead_count };
	TRY(trail_build(&rows, run->arena, &trail, err));
	json_write_object(out, NULL);
	json_write_id(out, "case_id", ID_CASE, &view.file->id);
	json_write_text(out, "ref", view.file->ref);
	json_write_time(out, "updated_at", view.file->updated_at);
	write_nodes(run, &trail);
	write_edges(out, &trail);
	write_sums(out, "layers", trail.layers, trail.layer_count);
	write_sums(out, "totals", trail.totals, trail.total_count);
	write_surplus(out, &trail);
	json_write_object_end(out);
	return RC_OK;
}
