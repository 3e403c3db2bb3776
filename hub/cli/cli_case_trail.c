/*
 * `freezeline case trail`: where the money went, as a tree of hops with its
 * sums below; see cli_case.h.
 */
#include "hub/cli/cli_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/cli/hub_call.h"
#include "hub/cli/text_table.h"

enum { CELL_SIZE = 200, DEPTH_LIMIT = 40, INDENT = 2 };

struct tree {
	const struct json_view *nodes, *edges;
	struct text_table *table;
	bool *is_shown; /* by node */
};

static const char *
money_cell(const struct json_view *money, char cell[CELL_SIZE])
{
	cell[0] = '\0';
	if (money != NULL)
		(void)snprintf(cell, CELL_SIZE, "%s %s",
		    json_view_text(money, "amount", "?"),
		    json_view_text(money, "currency", ""));
	return cell;
}

/* The number of a node's name, or the count where there is none. */
static size_t
node_index(const struct tree *tree, const char *name)
{
	size_t count = json_view_count(tree->nodes);

	for (size_t i = 0; i < count; i++)
		if (strcmp(json_view_text(
			       json_view_item(tree->nodes, i), "id", ""),
			name) == 0)
			return i;
	return count;
}

/* ---- one row */

static void
add_label(const struct tree *tree, const struct json_view *node,
    const struct json_view *edge, int depth)
{
	const char *kind = json_view_text(node, "kind", "?");
	const char *slug = json_view_text(node, "institution/slug", NULL);
	const char *type = json_view_text(node, "identifier/type", NULL);
	char cell[CELL_SIZE];

	/* What nobody at its end has confirmed is marked. */
	(void)snprintf(cell, sizeof(cell), "%*s%s%s %s%s%s", depth * INDENT, "",
	    json_view_bool(edge, "certain", true) ? "" : "~",
	    slug != NULL ? slug : kind,
	    type != NULL ? type : json_view_text(node, "code", ""),
	    type != NULL ? " " : "",
	    json_view_text(node, "identifier/masked", ""));
	text_table_cell(tree->table, cell);
}

/* `edge` NULL: the tree begins here. */
static void
add_row(const struct tree *tree, const struct json_view *node,
    const struct json_view *edge, int depth, bool is_again)
{
	char cell[CELL_SIZE];

	add_label(tree, node, edge, depth);
	text_table_cell(
	    tree->table, money_cell(json_view_at(edge, "amount"), cell));
	text_table_cell(tree->table,
	    money_cell(json_view_at(node, "amount_requested"), cell));
	text_table_cell(
	    tree->table, money_cell(json_view_at(node, "amount_held"), cell));
	text_table_cell(tree->table,
	    money_cell(json_view_at(node, "over_held/reduce_by"), cell));
	text_table_cell(tree->table, json_view_text(node, "status", ""));
	text_table_cell(tree->table,
	    is_again ? "(see above)"
		     : json_view_text(node, "response_code", ""));
	text_table_cell(tree->table, json_view_text(edge, "at", ""));
	text_table_cell(
	    tree->table, json_view_text(edge, "reference/masked", ""));
}

/* ---- the tree */

/* Two trails may meet in one account: it is shown once with what is behind
 * it, and only named after that. */
static void
add_branch(
    struct tree *tree, size_t index, const struct json_view *edge, int depth)
{
	const struct json_view *node = json_view_item(tree->nodes, index);
	const char *name = json_view_text(node, "id", "");
	bool is_again;

	if (node == NULL || depth > DEPTH_LIMIT)
		return;
	is_again = tree->is_shown[index];
	tree->is_shown[index] = true;
	add_row(tree, node, edge, depth, is_again);
	for (size_t i = 0; i < json_view_count(tree->edges) && !is_again; i++) {
		const struct json_view *next = json_view_item(tree->edges, i);

		if (strcmp(json_view_text(next, "from", "?"), name) == 0)
			add_branch(tree,
			    node_index(tree, json_view_text(next, "to", "?")),
			    next, depth + 1);
	}
}

static bool
has_way_in(const struct tree *tree, const struct json_view *node)
{
	const char *name = json_view_text(node, "id", "");

	for (size_t i = 0; i < json_view_count(tree->edges); i++)
		if (strcmp(json_view_text(
			       json_view_item(tree->edges, i), "to", "?"),
			name) == 0)
			return true;
	return false;
}

static void
print_tree(const struct json_view *trail)
{
	static const char *const titles[] = { "TRAIL", ">AMOUNT", ">ASKED",
		">HELD", ">LET GO", "STATUS", "ANSWER", "AT", "REFERENCE",
		NULL };
	struct text_table table;
	struct tree tree = { json_view_at(trail, "nodes"),
		json_view_at(trail, "edges"), &table, NULL };
	size_t count = json_view_count(tree.nodes);

	tree.is_shown = calloc(count + 1, sizeof(*tree.is_shown));
	if (tree.is_shown == NULL)
		return;
	text_table_init(&table, titles);
	for (size_t i = 0; i < count; i++)
		if (!has_way_in(&tree, json_view_item(tree.nodes, i)))
			add_branch(&tree, i, NULL, 0);
	/* What goes round in a circle begins nowhere. */
	for (size_t i = 0; i < count; i++)
		if (!tree.is_shown[i])
			add_branch(&tree, i, NULL, 0);
	text_table_print(&table, stdout);
	text_table_clear(&table);
	free(tree.is_shown);
}

/* ---- sums */

static const char *const parts[] = { "disputed", "asked", "held", "moved_on",
	"exited", "residual", "released", "open" };

static void
add_sums(
    struct text_table *table, const struct json_view *sums, const char *label)
{
	for (size_t i = 0; i < json_view_count(sums); i++) {
		const struct json_view *sum = json_view_item(sums, i);
		char cell[CELL_SIZE];

		(void)snprintf(cell, sizeof(cell), "%lld",
		    (long long)json_view_int(sum, "layer", 0));
		text_table_cell(table, label != NULL ? label : cell);
		for (size_t part = 0; part < COUNT(parts); part++)
			text_table_cell(table,
			    money_cell(json_view_at(sum, parts[part]), cell));
	}
}

static void
print_sums(const struct json_view *trail)
{
	static const char *const titles[] = { ">LAYER", ">DISPUTED", ">ASKED",
		">HELD", ">MOVED ON", ">EXITED", ">RESIDUAL", ">RELEASED",
		">OPEN", NULL };
	struct text_table table;

	text_table_init(&table, titles);
	add_sums(&table, json_view_at(trail, "layers"), NULL);
	add_sums(&table, json_view_at(trail, "totals"), "case");
	text_table_print(&table, stdout);
	text_table_clear(&table);
}

static void
print_surplus(const struct json_view *trail)
{
	const struct json_view *surplus = json_view_at(trail, "over_held");

	for (size_t i = 0; i < json_view_count(surplus); i++) {
		const struct json_view *one = json_view_item(surplus, i);
		char held[CELL_SIZE], disputed[CELL_SIZE], more[CELL_SIZE];

		(void)printf("over_held: %s of %s is held behind %s: %s too "
			     "much\n",
		    money_cell(json_view_at(one, "held"), held),
		    money_cell(json_view_at(one, "disputed"), disputed),
		    json_view_text(
			one, "target_id", json_view_text(one, "txn_id", "?")),
		    money_cell(json_view_at(one, "surplus"), more));
	}
}

int
cli_case_trail(const struct args *args)
{
	char path[HUB_CALL_PATH_SIZE];
	struct hub_call call;
	enum exit_code code;

	if (!hub_call_path(path, "/v1/cases/", args_operand(args, 0), "/trail"))
		return EXIT_CODE_USAGE;
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(&call, path, NULL);
	if (code == EXIT_CODE_OK && call.as_json) {
		hub_call_print_json(&call);
	} else if (code == EXIT_CODE_OK) {
		(void)printf("%s\n\n", json_view_text(call.view, "ref", "?"));
		print_tree(call.view);
		(void)putchar('\n');
		print_sums(call.view);
		print_surplus(call.view);
	}
	hub_call_clear(&call);
	return code;
}
