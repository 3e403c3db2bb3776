/*
 * effects_queue: messages, cut for their endpoints; and effects in a full
 * arena.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "test/unit/batch.h"

/* ---- messages */

/* Targets, the receiver's max_batch, and how they must be cut. */
static const struct {
	int institution;
	size_t targets, messages, last;
} cuts[] = {
	{ UNIT, 1, 1, 1 },
	{ UNIT, 4, 4, 1 },
	{ BANK, 1, 1, 1 },
	{ BANK, 3, 1, 3 },
	{ BANK, 4, 2, 1 },
	{ BANK, 20, 7, 2 },
	/* A batch of nothing is a batch of one. */
	{ WALLET, 2, 2, 1 },
	{ BANK, 0, 1, 0 },
};

START_TEST(targets_are_cut_by_the_endpoints_batch)
{
	const struct id to = batch_id(INSTITUTION, cuts[_i].institution);
	struct target *targets[20];
	struct message_row *rows;
	size_t count = 0, next = 0;

	for (size_t n = 0; n < cuts[_i].targets; n++)
		targets[n] = batch_target((int)n + 1, TARGET_QUEUED);
	rows = effects_enqueue(&batch.effects, &batch.command,
	    MESSAGE_FREEZE_REQUESTED, 1, &to, targets, cuts[_i].targets,
	    &count);
	memset(targets, 0, sizeof(targets));
	ck_assert(!batch.effects.failed);
	ck_assert_uint_eq(count, cuts[_i].messages);
	ck_assert_uint_eq(batch.effects.message_count, count);
	ck_assert_ptr_eq(rows, batch.effects.messages);
	for (size_t i = 0; i < count; i++) {
		const struct envelope *envelope = &rows[i].envelope;
		const struct id id = id_nth(&batch.command.base, (uint32_t)i);

		ck_assert(id_equal(&envelope->id, &id));
		ck_assert(id_equal(&rows[i].institution, &to));
		ck_assert_int_eq(
		    rows[i].endpoint->number, cuts[_i].institution);
		ck_assert_int_eq(rows[i].priority, 1);
		for (size_t n = 0; n < envelope->target_count; n++)
			ck_assert_ptr_eq(envelope->targets[n],
			    batch.snapshot.targets[next++]);
	}
	ck_assert_uint_eq(next, cuts[_i].targets);
	ck_assert_uint_eq(rows[count - 1].envelope.target_count, cuts[_i].last);
}
END_TEST

START_TEST(envelope_has_all_that_stands_about_its_targets)
{
	struct target *target = batch_target(1, TARGET_QUEUED);
	const struct id bank = batch_id(INSTITUTION, BANK);
	struct txn *txn = snapshot_add_txn(&batch.snapshot);
	const struct envelope *envelope;
	size_t count;

	txn->id = target->txn = batch_id(TXN, 1);
	envelope = &effects_enqueue(&batch.effects, &batch.command,
	    MESSAGE_FREEZE_REQUESTED, 0, &bank, &target, 1, &count)
			->envelope;
	ck_assert_int_eq(envelope->type, MESSAGE_FREEZE_REQUESTED);
	ck_assert_int_eq(envelope->created_at, NOW);
	ck_assert_ptr_eq(envelope->case_file, batch.snapshot.cases[0]);
	ck_assert_ptr_eq(envelope->request, batch.snapshot.requests[0]);
	ck_assert_ptr_eq(envelope->txns[0], txn);
	ck_assert_str_eq(envelope->institutions[0]->slug, "bank");
	ck_assert_str_eq(envelope->unit->slug, "unit");
	ck_assert_ptr_eq(envelope->officer, &batch.command.actor);
	ck_assert_str_eq(envelope->note, "");
	ck_assert_ptr_null(envelope->answer);
	ck_assert_ptr_null(envelope->about);
}
END_TEST

START_TEST(only_police_officers_are_named_as_officer)
{
	static const struct {
		enum role role;
		enum institution_kind kind;
		bool is_officer;
	} actors[] = {
		{ ROLE_OFFICER, INSTITUTION_POLICE_UNIT, true },
		{ ROLE_SUPERVISOR, INSTITUTION_POLICE_UNIT, true },
		{ ROLE_SERVICE, INSTITUTION_POLICE_UNIT, false },
		{ ROLE_ADMIN, INSTITUTION_POLICE_UNIT, false },
		{ ROLE_NODAL, INSTITUTION_BANK, false },
		{ ROLE_OFFICER, INSTITUTION_BANK, false },
		{ ROLE_HUB, INSTITUTION_HUB, false },
	};
	struct target *target = batch_target(1, TARGET_QUEUED);
	const struct id unit = batch_id(INSTITUTION, UNIT);

	for (size_t i = 0; i < COUNT(actors); i++) {
		size_t count;
		const struct message_row *row;

		batch.command.actor.role = actors[i].role;
		batch.command.actor.kind = actors[i].kind;
		row = effects_enqueue(&batch.effects, &batch.command,
		    MESSAGE_RESPONSE_RECORDED, 1, &unit, &target, 1, &count);
		ck_assert_int_eq(
		    row->envelope.officer != NULL, actors[i].is_officer);
		ck_assert_ptr_null(row->envelope.txns[0]);
	}
}
END_TEST

START_TEST(institution_without_an_endpoint_fails_the_effects)
{
	static const int nowhere[] = { MUTE, 77 };

	for (size_t i = 0; i < COUNT(nowhere); i++) {
		struct target *target = batch_target((int)i + 1, TARGET_QUEUED);
		const struct id to = batch_id(INSTITUTION, nowhere[i]);
		size_t count = 0;
		struct message_row *row;

		batch.effects.failed = false;
		row = effects_enqueue(&batch.effects, &batch.command,
		    MESSAGE_FREEZE_REQUESTED, 0, &to, &target, 1, &count);
		ck_assert(batch.effects.failed);
		ck_assert_uint_eq(count, 1);
		row->envelope.note = "a caller may write here";
		ck_assert_uint_eq(batch.effects.message_count, 0);
	}
}
END_TEST

START_TEST(target_without_its_request_fails_the_effects)
{
	struct target *target = batch_target(1, TARGET_QUEUED);
	const struct id bank = batch_id(INSTITUTION, BANK);
	size_t count;

	target->request = batch_id(REQUEST, 77);
	(void)effects_enqueue(&batch.effects, &batch.command,
	    MESSAGE_FREEZE_REQUESTED, 0, &bank, &target, 1, &count);
	ck_assert(batch.effects.failed);
}
END_TEST

/* ---- a full arena: whatever is asked for, something is given */

START_TEST(full_arena_fails_the_effects_and_gives_rows_in_vain)
{
	struct arena *small = arena_new(40 * 1024);
	const struct id bank = batch_id(INSTITUTION, BANK);
	struct target *target;
	size_t count;

	snapshot_init(&batch.snapshot, small, batch.registry);
	effects_init(&batch.effects, &batch.snapshot);
	while (!batch.effects.failed)
		effects_add_target(&batch.effects)->id = batch_id(TARGET, 1);
	while (arena_alloc(small, 16) != NULL)
		;
	target = effects_add_target(&batch.effects);
	target->case_id = effects_add_case(&batch.effects)->id;
	effects_add_request(&batch.effects)->generation = 1;
	effects_add_txn(&batch.effects)->layer = 1;
	effects_add_response(&batch.effects)->generation = 1;
	effects_add_lead(&batch.effects)->created_at = 1;
	effects_add_taken(&batch.effects)->seq = 1;
	effects_add_change(&batch.effects)->at = 1;
	effects_add_reply(&batch.effects)->status = 201;
	event_text(effects_enter_target(&batch.effects, &batch.command, target,
		       TARGET_EVENT_ISSUED),
	    "reason", "full");
	effects_enqueue(&batch.effects, &batch.command,
	    MESSAGE_FREEZE_REQUESTED, 0, &bank, &target, 1, &count)
	    ->priority = 1;
	ck_assert_uint_eq(count, 1);
	ck_assert_uint_eq(batch.effects.event_count, 0);
	ck_assert_uint_eq(batch.effects.message_count, 0);
	ck_assert(batch.effects.failed);
	arena_free(small);
}
END_TEST

Suite *
effects_queue_suite(void)
{
	Suite *suite = suite_create("effects_queue");
	TCase *tests = tcase_create("effects_queue");

	tcase_add_checked_fixture(tests, batch_set_up, batch_tear_down);
	tcase_add_loop_test(
	    tests, targets_are_cut_by_the_endpoints_batch, 0, (int)COUNT(cuts));
	tcase_add_test(tests, envelope_has_all_that_stands_about_its_targets);
	tcase_add_test(tests, only_police_officers_are_named_as_officer);
	tcase_add_test(
	    tests, institution_without_an_endpoint_fails_the_effects);
	tcase_add_test(tests, target_without_its_request_fails_the_effects);
	tcase_add_test(
	    tests, full_arena_fails_the_effects_and_gives_rows_in_vain);
	suite_add_tcase(suite, tests);
	return suite;
}
