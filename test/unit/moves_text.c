/*
 * The state machines as text: see moves_text.h.
 */
#include "test/unit/moves_text.h"

#include <stdbool.h>

#include "hub/domain/machine.h"

void
moves_text_sql(struct strbuf *out)
{
	const char *between = "\n";

	strbuf_append(out,
	    "INSERT INTO allowed_move"
	    " (machine, from_status, move, to_status) VALUES");
	for (size_t i = 0; machines[i] != NULL; i++)
		for (size_t n = 0; n < machines[i]->move_count; n++) {
			const struct machine *machine = machines[i];
			const struct move *move = &machine->moves[n];

			strbuf_printf(out, "%s    ('%s', '%s', '%s', '%s')",
			    between, machine->name,
			    machine_state_name(machine, move->from),
			    words_name(machine->events, move->event),
			    machine_state_name(machine, move->to));
			between = ",\n";
		}
	strbuf_append(out, ";\n");
}

/* ---- docs/state-machine.md */

static const char *
node(const struct machine *machine, int state)
{
	return state == STATE_NEW ? "[*]" : machine_state_name(machine, state);
}

static bool
is_first_of_pair(const struct machine *machine, size_t n)
{
	const struct move *move = &machine->moves[n];

	for (size_t i = 0; i < n; i++)
		if (machine->moves[i].from == move->from &&
		    machine->moves[i].to == move->to)
			return false;
	return true;
}

/* An arrow for each pair of states, with all its events. */
static void
write_arrow(struct strbuf *out, const struct machine *machine, size_t first)
{
	const struct move *move = &machine->moves[first];
	const char *between = ": ";

	strbuf_printf(out, "    %s --> %s", node(machine, move->from),
	    node(machine, move->to));
	for (size_t i = first; i < machine->move_count; i++) {
		const struct move *same = &machine->moves[i];

		if (same->from != move->from || same->to != move->to)
			continue;
		strbuf_printf(out, "%s%s", between,
		    words_name(machine->events, same->event));
		between = ", ";
	}
	strbuf_append(out, "\n");
}

static bool
has_way_out(const struct machine *machine, int state)
{
	for (size_t i = 0; i < machine->move_count; i++)
		if (machine->moves[i].from == state)
			return true;
	return false;
}

static void
write_diagram(struct strbuf *out, const struct machine *machine)
{
	strbuf_append(out, "```mermaid\nstateDiagram-v2\n");
	for (size_t i = 0; i < machine->move_count; i++)
		if (is_first_of_pair(machine, i))
			write_arrow(out, machine, i);
	for (int state = 0; state < (int)machine->states->count; state++)
		if (!has_way_out(machine, state))
			strbuf_printf(
			    out, "    %s --> [*]\n", node(machine, state));
	strbuf_append(out, "```\n\n");
}

static void
write_table(struct strbuf *out, const struct machine *machine)
{
	strbuf_append(out, "| from | event | to |\n|---|---|---|\n");
	for (int from = STATE_NEW; from < (int)machine->states->count; from++)
		for (size_t i = 0; i < machine->move_count; i++) {
			const struct move *move = &machine->moves[i];

			if (move->from == from)
				strbuf_printf(out, "| %s | %s | %s |\n",
				    machine_state_name(machine, from),
				    words_name(machine->events, move->event),
				    machine_state_name(machine, move->to));
		}
}

void
moves_text_markdown(struct strbuf *out)
{
	strbuf_append(out,
	    "# State machines\n\n"
	    "Made from the tables of hub/domain by `make moves`; a test"
	    " fails when it is out of date.  `new` is what is not there"
	    " yet.  A pair of state and event that no row names is"
	    " refused: 409 `move_not_allowed`.\n");
	for (size_t i = 0; machines[i] != NULL; i++) {
		strbuf_printf(out, "\n## %s\n\n", machines[i]->name);
		write_diagram(out, machines[i]);
		write_table(out, machines[i]);
	}
}
