/*
 * The money trail of a case as a graph: accounts and exits, payments and
 * leads between them, sums by layer, and the ledger over it.  Pure; for the
 * views.  It masks nothing: who writes it does.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/domain/effects.h"
#include "hub/domain/ledger.h"
#include "hub/domain/snapshot.h"

enum trail_node_kind {
	TRAIL_SOURCE,   /* where a disputed payment began */
	TRAIL_ACCOUNT,  /* asked about (a target), or only named */
	TRAIL_EXIT,     /* out of the hub's sight: cash, goods, abroad … */
	TRAIL_UNKNOWN,  /* an account at who cannot be asked */
	TRAIL_RESIDUAL, /* what an answer could not or did not follow */
	TRAIL_NODE_KIND_COUNT
};

enum trail_edge_kind {
	TRAIL_TRANSACTION, /* disputed by the complainant */
	TRAIL_LEAD,        /* found by a responder */
	TRAIL_REST,        /* to a residual */
	TRAIL_EDGE_KIND_COUNT
};

extern const struct words trail_node_kind_words, trail_edge_kind_words;

struct trail_node {
	enum trail_node_kind kind;
	int layer;                           /* 0: before the first payment */
	const struct target *target;         /* or NULL: nobody was asked */
	const struct ledger_hop *hop;        /* with a target */
	const struct lead_row *lead;         /* of an exit */
	const struct identifier *identifier; /* or NULL: not known */
	struct money money; /* of an exit, an unknown one, a residual */
	const struct trail_node *same; /* earlier, of the same account */
};

struct trail_edge {
	enum trail_edge_kind kind;
	size_t from, to; /* nodes */
	int layer;       /* of what it leads to */
	struct money money;
	int64_t at;            /* 0: not known */
	bool is_counted;       /* not: a later answer told of the same money */
	bool is_certain;       /* not: nobody at its end has said so */
	const struct txn *txn; /* or NULL */
	const struct lead_row *lead; /* of a lead */
};

/* What became of the money: asked = held + moved_on + exited + residual +
 * released + open.  Leads told while a decision is pending need not add up,
 * and a reduction lowers what is asked. */
enum trail_part {
	TRAIL_DISPUTED, /* came in by payments and leads; the case: at first */
	TRAIL_ASKED,    /* for targets that were not dropped */
	TRAIL_HELD,
	TRAIL_MOVED_ON, /* to accounts of the next layer */
	TRAIL_EXITED,
	TRAIL_UNTRACED, /* the residuals */
	TRAIL_RELEASED, /* let go again, reversed, or given back */
	TRAIL_OPEN,     /* not answered, refused, or no money stopped */
	TRAIL_PART_COUNT
};

extern const struct words trail_part_words;

struct trail_sum {
	int layer; /* 0: the case */
	char currency[MONEY_CURRENCY_SIZE];
	int64_t minor[TRAIL_PART_COUNT];
};

/* The rows of one case; payments open, targets' identifiers open. */
struct trail_rows {
	struct money loss;
	const struct txn *txns;
	const struct target *targets;
	const struct lead_row *leads; /* the oldest first */
	size_t txn_count, target_count, lead_count;
};

struct trail {
	const struct trail_rows *rows;
	struct trail_node *nodes; /* targets first, in their order */
	struct trail_edge *edges;
	struct trail_sum *layers; /* by layer, then by currency's first use */
	struct trail_sum *totals; /* one a currency */
	struct ledger_hop *hops;  /* of the payments, then of the targets */
	size_t node_count, edge_count, layer_count, total_count, hop_count;
};

/* A target as a hop of the ledger.  What came in is its payment, or the loss
 * where none is named (`txn` NULL): not what is asked, which a reduction
 * lowers.  Only what is held and not ordered away counts; what a court has
 * attached is fixed. */
struct ledger_hop trail_hop(const struct target *target, const struct txn *txn,
    const struct money *loss, size_t parent);

/* Does this lead tell of money that no later answer tells of again? */
bool
trail_is_counted(const struct trail_rows *rows, const struct lead_row *lead);

/* All of it in `arena`, pointing into `rows`.  RC_TOO_LARGE `view_too_large`
 * at the arena's limit. */
NODISCARD enum rc trail_build(const struct trail_rows *rows,
    struct arena *arena, struct trail *trail, struct err *err);
