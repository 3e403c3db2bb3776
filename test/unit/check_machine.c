/*
 * machine: every pair of state and event of every machine, SQL's rows and the
 * printed page.
 */
#include "test/unit/unit.h"

#include <glob.h>
#include <stdio.h>

#include "hub/base/common.h"
#include "hub/domain/case_state.h"
#include "hub/domain/machine.h"
#include "hub/domain/request_state.h"
#include "hub/domain/target_state.h"
#include "test/unit/moves_text.h"

/* What is expected, by state: " event>to" for all that is allowed.  Written
 * from docs/domain.md, not from the tables. */
struct expectation {
	const char *machine, *from, *moves;
};

/* clang-format off */
#define BEFORE_A_HOLD " withdrawn>cancelled merged>superseded"
#define AN_ANSWER " pending>in_review held_full>held_full held_part>held_partial" \
	" blocked>blocked not_held>not_held rejected>rejected" \
	" rejected_final>rejected_final" BEFORE_A_HOLD
#define A_RELEASE " release_ordered>release_pending expired>release_pending" \
	" withdrawn>release_pending"

#define FORGIVEN " waived>waived superseded>superseded"

static const struct expectation expectations[] = {
	{ "case", "new",         " submitted>validated dispatched>dispatched rejected>rejected" },
	{ "case", "received",    " submitted>validated rejected>rejected withdrawn>withdrawn merged>merged" },
	{ "case", "validated",   " dispatched>dispatched withdrawn>withdrawn merged>merged" },
	{ "case", "dispatched",  " answered>in_progress withdrawn>withdrawn merged>merged" },
	{ "case", "in_progress", " closed>closed withdrawn>withdrawn merged>merged" },
	{ "case", "closed", "" },
	{ "case", "rejected", "" },
	{ "case", "withdrawn", "" },
	{ "case", "merged", "" },

	{ "request", "new",              " drafted>draft approval_asked>pending_approval issued>issued" },
	{ "request", "draft",            " approval_asked>pending_approval issued>issued withdrawn>withdrawn expired>expired" },
	{ "request", "pending_approval", " issued>issued refused>refused withdrawn>withdrawn expired>expired" },
	{ "request", "issued",           " confirmed>issued amended>issued completed>completed suspended>suspended withdrawn>withdrawn expired>expired" },
	{ "request", "suspended",        " issued>issued withdrawn>withdrawn expired>expired" },
	{ "request", "completed", "" },
	{ "request", "refused", "" },
	{ "request", "withdrawn", "" },
	{ "request", "expired", "" },

	{ "document", "new",        " filed>filed" },
	{ "document", "filed",      " verified>verified found_defective>defective rejected>rejected superseded>superseded" },
	{ "document", "verified",   "" },
	{ "document", "defective",  " superseded>superseded" },
	{ "document", "rejected",   " superseded>superseded" },
	{ "document", "superseded", "" },

	{ "formality", "new",          " not_required>not_required owed>due" },
	{ "formality", "not_required", "" },
	{ "formality", "due",          " submitted>submitted time_over>overdue" FORGIVEN },
	{ "formality", "submitted",    " submitted>submitted verified>verified found_defective>defective rejected>rejected" FORGIVEN },
	{ "formality", "verified",     "" },
	{ "formality", "defective",    " submitted>submitted time_over>overdue" FORGIVEN },
	{ "formality", "rejected",     " submitted>submitted time_over>overdue" FORGIVEN },
	{ "formality", "overdue",      " submitted>submitted" FORGIVEN },
	{ "formality", "waived",       "" },
	{ "formality", "superseded",   "" },

	{ "watch_entry", "new",       " listed>active" },
	{ "watch_entry", "active",    " disputed>disputed withdrawn>withdrawn time_over>expired" },
	{ "watch_entry", "disputed",  " kept>active delisted>delisted withdrawn>withdrawn time_over>expired" },
	{ "watch_entry", "delisted",  "" },
	{ "watch_entry", "withdrawn", "" },
	{ "watch_entry", "expired",   "" },

	{ "payment_hold", "new",       " placed>held" },
	{ "payment_hold", "held",      " confirmed>executed confirmed_listed>confirmed refused>refused term_over>released" },
	{ "payment_hold", "confirmed", " refused>refused term_over>executed" },
	{ "payment_hold", "executed",  "" },
	{ "payment_hold", "refused",   "" },
	{ "payment_hold", "released",  "" },

	{ "target", "new",             " proposed>proposed duplicate>superseded issued>queued" },
	{ "target", "proposed",        " issued>queued dismissed>cancelled" BEFORE_A_HOLD },
	{ "target", "queued",          " attempted>sent delivered>delivered escalated>undeliverable receipt>acknowledged" AN_ANSWER },
	{ "target", "sent",            " delivered>delivered escalated>undeliverable receipt>acknowledged" AN_ANSWER },
	{ "target", "delivered",       " receipt>acknowledged" AN_ANSWER },
	{ "target", "undeliverable",   " delivered>delivered receipt>acknowledged" AN_ANSWER },
	{ "target", "acknowledged",    AN_ANSWER },
	{ "target", "in_review",       AN_ANSWER },
	{ "target", "held_full",       " extended>held_full reduced>held_full attached>attached restored>restored part_restored>held_full" A_RELEASE },
	{ "target", "held_partial",    " held_full>held_full held_part>held_partial extended>held_partial reduced>held_partial attached>attached restored>restored part_restored>held_partial" A_RELEASE },
	{ "target", "blocked",         " extended>blocked" A_RELEASE },
	{ "target", "rejected",        " corrected>queued window_over>rejected_final" BEFORE_A_HOLD },
	{ "target", "release_pending", " released>released" },
	{ "target", "attached",        " attached>attached expired>release_pending restored>restored part_restored>attached" },
	{ "target", "not_held", "" },
	{ "target", "rejected_final", "" },
	{ "target", "released", "" },
	{ "target", "restored", "" },
	{ "target", "cancelled", "" },
	{ "target", "superseded", "" },

	{ "grievance", "new",              " filed>filed" },
	{ "grievance", "filed",            " endorsed>bank_endorsed taken>with_officer release_decided>decided_release time_over>with_officer" },
	{ "grievance", "bank_endorsed",    " taken>with_officer release_decided>decided_release time_over>escalated_1" },
	{ "grievance", "with_officer",     " release_decided>decided_release continue_decided>decided_continue escalated>escalated_1 time_over>escalated_1" },
	{ "grievance", "decided_continue", " escalated>escalated_1 closed>closed" },
	{ "grievance", "escalated_1",      " release_decided>decided_release escalated>escalated_2 closed>closed time_over>escalated_2" },
	{ "grievance", "escalated_2",      " release_decided>decided_release closed>closed" },
	{ "grievance", "decided_release",  " closed>closed" },
	{ "grievance", "closed", "" },

	{ "restitution", "new",      " proposed>proposed" },
	{ "restitution", "proposed", " ordered>ordered refused>failed" },
	{ "restitution", "ordered",  " begun>paying paid>paid failed>failed" },
	{ "restitution", "paying",   " paid>paid failed>failed" },
	{ "restitution", "paid",     "" },
	{ "restitution", "failed",   "" },
};
/* clang-format on */

static const struct machine *
machine_named(const char *name)
{
	for (size_t i = 0; machines[i] != NULL; i++)
		if (strcmp(machines[i]->name, name) == 0)
			return machines[i];
	ck_abort_msg("no machine %s", name);
}

static int
state_named(const struct machine *machine, const char *name)
{
	int state = STATE_NEW;

	if (strcmp(name, "new") != 0)
		ck_assert(words_find(machine->states, name, &state));
	return state;
}

/* The state that the list expects for an event, or NULL. */
static const char *
expected_to(const char *moves, const char *event, char *to, size_t size)
{
	char key[64];
	const char *found;

	(void)snprintf(key, sizeof(key), " %s>", event);
	found = strstr(moves, key);
	if (found == NULL)
		return NULL;
	found += strlen(key);
	(void)snprintf(to, size, "%.*s", (int)strcspn(found, " "), found);
	return to;
}

START_TEST(every_pair_is_decided_as_expected)
{
	const struct expectation *row = &expectations[_i];
	const struct machine *machine = machine_named(row->machine);
	int from = state_named(machine, row->from), to;
	size_t allowed = 0, listed = 0;
	struct err err;
	char wanted[64];

	for (const char *at = row->moves; *at != '\0'; at++)
		listed += *at == '>';
	for (int event = 0; event < (int)machine->events->count; event++) {
		const char *word = words_name(machine->events, event);
		const char *expected = expected_to(
		    row->moves, word, wanted, sizeof(wanted));

		to = 1234;
		if (expected == NULL) {
			ck_assert_int_eq(
			    machine_next(machine, from, event, &to, &err),
			    RC_CONFLICT);
			ck_assert_str_eq(err.code, "move_not_allowed");
			ck_assert_int_eq(to, 1234);
			continue;
		}
		ck_assert_int_eq(
		    machine_next(machine, from, event, &to, &err), RC_OK);
		ck_assert_str_eq(machine_state_name(machine, to), expected);
		allowed++;
	}
	ck_assert_uint_eq(allowed, listed);
}
END_TEST

START_TEST(every_state_is_expected_once)
{
	size_t states = 0;

	for (size_t i = 0; machines[i] != NULL; i++)
		states += machines[i]->states->count + 1;
	ck_assert_uint_eq(states, COUNT(expectations));
	for (size_t i = 0; i < COUNT(expectations); i++)
		for (size_t n = 0; n < i; n++)
			ck_assert(strcmp(expectations[i].machine,
				      expectations[n].machine) != 0 ||
			    strcmp(expectations[i].from,
				expectations[n].from) != 0);
}
END_TEST

START_TEST(no_machine_has_a_pair_twice)
{
	for (size_t i = 0; machines[i] != NULL; i++)
		for (size_t a = 0; a < machines[i]->move_count; a++)
			for (size_t b = 0; b < a; b++)
				ck_assert(machines[i]->moves[a].from !=
					machines[i]->moves[b].from ||
				    machines[i]->moves[a].event !=
					machines[i]->moves[b].event);
}
END_TEST

START_TEST(unknown_states_and_events_lead_nowhere)
{
	static const int wrong[] = { -2, TARGET_STATE_COUNT, 1000 };
	struct err err;
	int to;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		ck_assert_int_eq(machine_next(&target_machine, wrong[i],
				     TARGET_EVENT_ISSUED, &to, &err),
		    RC_CONFLICT);
		ck_assert_int_eq(
		    machine_next(&target_machine, TARGET_QUEUED,
			wrong[i] == TARGET_STATE_COUNT ? TARGET_EVENT_COUNT
						       : wrong[i],
			&to, &err),
		    RC_CONFLICT);
		ck_assert_str_eq(
		    machine_state_name(&target_machine, wrong[i]), "?");
	}
	ck_assert_str_eq(machine_state_name(&target_machine, STATE_NEW), "new");
}
END_TEST

/* A target is held, over, or neither; never both. */
static const struct {
	const char *states;
	bool held, over;
} kinds[] = {
	{ " held_full held_partial blocked ", true, false },
	{ " superseded cancelled rejected_final not_held released restored ",
	    false, true },
	{ " proposed queued sent delivered undeliverable acknowledged"
	  " in_review rejected release_pending attached ",
	    false, false },
};

START_TEST(every_target_state_is_held_or_over_or_neither)
{
	const char *name = words_name(target_machine.states, _i);
	char key[64];

	(void)snprintf(key, sizeof(key), " %s ", name);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strstr(kinds[i].states, key) == NULL)
			continue;
		ck_assert_int_eq(
		    target_state_is_held((enum target_state)_i), kinds[i].held);
		ck_assert_int_eq(
		    target_state_is_over((enum target_state)_i), kinds[i].over);
		return;
	}
	ck_abort_msg("%s is in no list", name);
}
END_TEST

/* ---- SQL and the page */

static void
file_read(const char *path, struct strbuf *text)
{
	FILE *file = fopen(path, "r");
	char part[4096];
	size_t length;

	ck_assert_msg(file != NULL, "cannot open %s", path);
	while ((length = fread(part, 1, sizeof(part), file)) > 0)
		strbuf_append_bytes(text, part, length);
	(void)fclose(file);
	ck_assert(!text->failed);
}

/* The statements of all migrations that fill allowed_move. */
static void
read_allowed_moves(struct strbuf *rows)
{
	struct strbuf text;
	glob_t files;

	ck_assert_int_eq(glob("sql/migrations/*.sql", 0, NULL, &files), 0);
	strbuf_init(&text, 1024 * 1024);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		const char *at;

		strbuf_reset(&text);
		file_read(files.gl_pathv[i], &text);
		for (at = text.bytes;
		     (at = strstr(at, "INSERT INTO allowed_move")) != NULL;
		     at++)
			strbuf_append_bytes(rows, at, strcspn(at, ";"));
	}
	strbuf_clear(&text);
	globfree(&files);
}

START_TEST(sql_allows_the_same_moves)
{
	struct strbuf rows;
	size_t in_sql = 0, in_code = 0;
	char row[256];

	strbuf_init(&rows, 1024 * 1024);
	read_allowed_moves(&rows);
	for (const char *at = rows.bytes; (at = strstr(at, "    ('")); at++)
		in_sql++;
	for (size_t i = 0; machines[i] != NULL; i++)
		for (size_t n = 0; n < machines[i]->move_count; n++) {
			const struct machine *machine = machines[i];
			const struct move *move = &machine->moves[n];

			(void)snprintf(row, sizeof(row),
			    "    ('%s', '%s', '%s', '%s')", machine->name,
			    machine_state_name(machine, move->from),
			    words_name(machine->events, move->event),
			    machine_state_name(machine, move->to));
			ck_assert_msg(strstr(rows.bytes, row) != NULL,
			    "SQL lacks %s", row);
			in_code++;
		}
	ck_assert_uint_eq(in_sql, in_code);
	ck_assert_uint_gt(in_code, 100);
	strbuf_clear(&rows);
}
END_TEST

START_TEST(printed_page_is_current)
{
	struct strbuf page, wanted;

	strbuf_init(&page, 1024 * 1024);
	strbuf_init(&wanted, 1024 * 1024);
	file_read("docs/state-machine.md", &page);
	moves_text_markdown(&wanted);
	ck_assert_msg(strcmp(page.bytes, wanted.bytes) == 0,
	    "docs/state-machine.md is out of date: make moves");
	strbuf_clear(&page);
	strbuf_clear(&wanted);
}
END_TEST

Suite *
machine_suite(void)
{
	Suite *suite = suite_create("machine");
	TCase *tests = tcase_create("machine");

	tcase_add_loop_test(tests, every_pair_is_decided_as_expected, 0,
	    (int)COUNT(expectations));
	tcase_add_test(tests, every_state_is_expected_once);
	tcase_add_test(tests, no_machine_has_a_pair_twice);
	tcase_add_test(tests, unknown_states_and_events_lead_nowhere);
	tcase_add_loop_test(tests,
	    every_target_state_is_held_or_over_or_neither, 0,
	    TARGET_STATE_COUNT);
	tcase_add_test(tests, sql_allows_the_same_moves);
	tcase_add_test(tests, printed_page_is_current);
	suite_add_tcase(suite, tests);
	return suite;
}
