/*
 * effects: moves with their events, fields and records.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/ids.h"
#include "test/unit/batch.h"

static void
assert_event(const struct event *event, const char *type, const char *prefix,
    int from, int to)
{
	const struct id case_id = batch_id(CASE, 1);

	ck_assert_str_eq(event->type, type);
	ck_assert_str_eq(event->subject_prefix, prefix);
	ck_assert(id_equal(&event->case_id, &case_id));
	ck_assert(id_equal(&event->actor, &batch.command.actor.principal));
	ck_assert_int_eq(event->happened_at, NOW);
	ck_assert_int_eq(event->recorded_at, NOW);
	ck_assert_int_eq(event->from, from);
	ck_assert_int_eq(event->to, to);
	ck_assert_uint_eq(event->field_count, 0);
}

START_TEST(move_changes_row_and_case_and_leaves_its_event)
{
	struct target *target = batch_target(1, TARGET_DELIVERED);
	struct event *event = effects_move_target(
	    &batch.effects, &batch.command, target, TARGET_EVENT_HELD_FULL);

	assert_event(event, "target.held_full", ID_TARGET, TARGET_DELIVERED,
	    TARGET_HELD_FULL);
	ck_assert(id_equal(&event->subject, &target->id));
	ck_assert_ptr_eq(event->machine, &target_machine);
	ck_assert_int_eq(event->move, TARGET_EVENT_HELD_FULL);
	ck_assert_int_eq(target->state, TARGET_HELD_FULL);
	ck_assert_int_eq(target->updated_at, NOW);
	ck_assert(target->row.is_dirty && !target->row.is_new);
	ck_assert(batch.snapshot.cases[0]->row.is_dirty);
	ck_assert_int_eq(batch.snapshot.cases[0]->updated_at, NOW);
	ck_assert(!batch.snapshot.requests[0]->row.is_dirty);
	ck_assert_uint_eq(batch.effects.event_count, 1);
	ck_assert(!batch.effects.failed);
}
END_TEST

START_TEST(case_and_request_move_alike)
{
	assert_event(effects_move_case(&batch.effects, &batch.command,
			 batch.snapshot.cases[0], CASE_EVENT_ANSWERED),
	    "case.answered", ID_CASE, CASE_DISPATCHED, CASE_IN_PROGRESS);
	assert_event(effects_move_request(&batch.effects, &batch.command,
			 batch.snapshot.requests[0], REQUEST_EVENT_WITHDRAWN),
	    "request.withdrawn", ID_REQUEST, REQUEST_ISSUED, REQUEST_WITHDRAWN);
	ck_assert_int_eq(batch.snapshot.cases[0]->state, CASE_IN_PROGRESS);
	ck_assert(batch.snapshot.cases[0]->row.is_dirty);
	ck_assert_int_eq(batch.snapshot.requests[0]->state, REQUEST_WITHDRAWN);
	ck_assert(batch.snapshot.requests[0]->row.is_dirty);
	ck_assert(!batch.effects.failed);
}
END_TEST

START_TEST(move_to_the_same_state_is_saved_too)
{
	struct target *target = batch_target(1, TARGET_HELD_FULL);

	assert_event(effects_move_target(&batch.effects, &batch.command, target,
			 TARGET_EVENT_EXTENDED),
	    "target.extended", ID_TARGET, TARGET_HELD_FULL, TARGET_HELD_FULL);
	ck_assert(target->row.is_dirty);
}
END_TEST

START_TEST(new_rows_enter_from_nowhere)
{
	struct case_file *case_file = effects_add_case(&batch.effects);
	struct freeze_request *request = effects_add_request(&batch.effects);
	struct target *target = effects_add_target(&batch.effects);
	struct event *event;

	case_file->id = batch_id(CASE, 2);
	request->id = batch_id(REQUEST, 2);
	target->id = batch_id(TARGET, 2);
	request->case_id = target->case_id = case_file->id;
	event = effects_enter_case(
	    &batch.effects, &batch.command, case_file, CASE_EVENT_DISPATCHED);
	ck_assert_int_eq(event->from, STATE_NEW);
	ck_assert_int_eq(event->to, CASE_DISPATCHED);
	event = effects_enter_request(
	    &batch.effects, &batch.command, request, REQUEST_EVENT_ISSUED);
	ck_assert_str_eq(event->type, "request.issued");
	event = effects_enter_target(
	    &batch.effects, &batch.command, target, TARGET_EVENT_DUPLICATE);
	ck_assert_str_eq(event->type, "target.duplicate");
	ck_assert_int_eq(case_file->state, CASE_DISPATCHED);
	ck_assert_int_eq(request->state, REQUEST_ISSUED);
	ck_assert_int_eq(target->state, TARGET_SUPERSEDED);
	/* New rows are inserted, not updated. */
	ck_assert(case_file->row.is_new && !case_file->row.is_dirty);
	ck_assert(target->row.is_new && !target->row.is_dirty);
	ck_assert(request->row.is_new && !request->row.is_dirty);
	ck_assert(effects_add_txn(&batch.effects)->row.is_new);
	ck_assert(!batch.effects.failed);
}
END_TEST

static const struct {
	enum target_state from;
	enum target_event event;
} refused[] = {
	{ TARGET_RELEASED, TARGET_EVENT_HELD_FULL },
	{ TARGET_RELEASE_PENDING, TARGET_EVENT_EXTENDED },
	{ TARGET_HELD_FULL, TARGET_EVENT_ISSUED },
	{ TARGET_QUEUED, TARGET_EVENT_RELEASED },
};

START_TEST(move_that_is_not_allowed_fails_the_effects)
{
	struct target *target = batch_target(1, refused[_i].from);
	struct event *event = effects_move_target(
	    &batch.effects, &batch.command, target, refused[_i].event);

	ck_assert_ptr_nonnull(event);
	ck_assert(batch.effects.failed);
	ck_assert_int_eq(target->state, refused[_i].from);
}
END_TEST

START_TEST(entry_that_is_not_allowed_fails_the_effects)
{
	struct target *target = effects_add_target(&batch.effects);

	target->case_id = batch_id(CASE, 1);
	(void)effects_enter_target(
	    &batch.effects, &batch.command, target, TARGET_EVENT_HELD_FULL);
	ck_assert(batch.effects.failed);
	ck_assert_int_eq(target->state, TARGET_PROPOSED);
}
END_TEST

START_TEST(row_without_its_case_fails_the_effects)
{
	struct target *target = batch_target(1, TARGET_QUEUED);

	target->case_id = batch_id(CASE, 77);
	(void)effects_move_target(
	    &batch.effects, &batch.command, target, TARGET_EVENT_RECEIPT);
	ck_assert(batch.effects.failed);
}
END_TEST

START_TEST(correction_is_seen_by_the_search_for_live_targets)
{
	struct target *target = batch_target(1, TARGET_REJECTED);
	uint8_t hash[SNAPSHOT_HASH_SIZE] = { 7 };

	for (int n = 2; n < 20; n++)
		batch_target(n, TARGET_QUEUED)->dedupe_hash[0] = (uint8_t)(90 +
		    n);
	target->dedupe_hash[0] = 6;
	ck_assert_ptr_null(snapshot_live(&batch.snapshot, hash, NULL));
	(void)effects_move_target(
	    &batch.effects, &batch.command, target, TARGET_EVENT_CORRECTED);
	memcpy(target->dedupe_hash, hash, sizeof(hash));
	ck_assert(id_equal(
	    &snapshot_live(&batch.snapshot, hash, NULL)->id, &target->id));
}
END_TEST

/* ---- events without a move, and fields */

START_TEST(note_is_an_event_without_a_move)
{
	const struct id message = batch_id(50, 1);
	struct event *event = effects_note(&batch.effects, &batch.command,
	    "inbox.read", NULL, ID_MESSAGE, &message);

	ck_assert_ptr_null(event->machine);
	ck_assert(id_is_zero(&event->case_id));
	ck_assert_str_eq(event->type, "inbox.read");
	ck_assert(!batch.snapshot.cases[0]->row.is_dirty);
}
END_TEST

START_TEST(fields_are_texts_and_numbers)
{
	const struct id case_id = batch_id(CASE, 1), none = { { 0 } };
	const struct money money = { 20000005, "INR" };
	struct event *event = effects_note(&batch.effects, &batch.command,
	    "case.read", &case_id, ID_CASE, &case_id);
	char text[ID_TEXT_SIZE];

	event_text(event, "reason", "because");
	event_text(event, "nothing", NULL);
	event_text(event, "empty", "");
	event_number(event, "count", -3);
	effects_event_money(&batch.effects, event, "held", &money);
	effects_event_id(&batch.effects, event, "case", ID_CASE, &case_id);
	effects_event_id(&batch.effects, event, "none", ID_CASE, &none);
	ck_assert_uint_eq(event->field_count, 4);
	ck_assert_str_eq(event->fields[0].name, "reason");
	ck_assert_str_eq(event->fields[0].text, "because");
	ck_assert_ptr_null(event->fields[1].text);
	ck_assert_int_eq(event->fields[1].number, -3);
	ck_assert_str_eq(event->fields[2].text, "200000.05 INR");
	ck_assert_str_eq(
	    event->fields[3].text, id_format(ID_CASE, &case_id, text));
}
END_TEST

START_TEST(mark_tells_what_a_command_added)
{
	struct effects_mark before = effects_mark(&batch.effects), after;
	struct target *target = batch_target(1, TARGET_QUEUED);
	const struct id bank = batch_id(INSTITUTION, BANK);
	size_t count;

	(void)effects_move_target(
	    &batch.effects, &batch.command, target, TARGET_EVENT_RECEIPT);
	effects_add_response(&batch.effects)->held_minor = 5;
	effects_add_lead(&batch.effects)->created_at = NOW;
	effects_add_taken(&batch.effects)->seq = 1;
	effects_add_change(&batch.effects)->at = NOW;
	effects_add_reply(&batch.effects)->status = 201;
	(void)effects_enqueue(&batch.effects, &batch.command,
	    MESSAGE_FREEZE_REQUESTED, 0, &bank, &target, 1, &count);
	after = effects_mark(&batch.effects);
	ck_assert_uint_eq(after.events - before.events, 1);
	ck_assert_uint_eq(after.responses - before.responses, 1);
	ck_assert_uint_eq(after.leads - before.leads, 1);
	ck_assert_uint_eq(after.taken - before.taken, 1);
	ck_assert_uint_eq(after.changes - before.changes, 1);
	ck_assert_uint_eq(after.messages - before.messages, 1);
	ck_assert_uint_eq(batch.effects.reply_count, 1);
	ck_assert_int_eq(batch.effects.responses[0].held_minor, 5);
}
END_TEST

START_TEST(ids_of_a_command_do_not_repeat)
{
	struct id before = { { 0 } };

	for (uint32_t n = 0; n < 1000; n++) {
		struct id id = command_next_id(&batch.command);

		ck_assert(id_equal(&id,
		    (const struct id[]){ id_nth(&batch.command.base, n) }));
		ck_assert(n == 0 || id_compare(&before, &id) < 0);
		before = id;
	}
	ck_assert_uint_eq(batch.command.ids_used, 1000);
}
END_TEST

Suite *
effects_suite(void)
{
	Suite *suite = suite_create("effects");
	TCase *tests = tcase_create("effects");

	tcase_add_checked_fixture(tests, batch_set_up, batch_tear_down);
	tcase_add_test(tests, move_changes_row_and_case_and_leaves_its_event);
	tcase_add_test(tests, case_and_request_move_alike);
	tcase_add_test(tests, move_to_the_same_state_is_saved_too);
	tcase_add_test(tests, new_rows_enter_from_nowhere);
	tcase_add_loop_test(tests, move_that_is_not_allowed_fails_the_effects,
	    0, (int)COUNT(refused));
	tcase_add_test(tests, entry_that_is_not_allowed_fails_the_effects);
	tcase_add_test(tests, row_without_its_case_fails_the_effects);
	tcase_add_test(
	    tests, correction_is_seen_by_the_search_for_live_targets);
	tcase_add_test(tests, note_is_an_event_without_a_move);
	tcase_add_test(tests, fields_are_texts_and_numbers);
	tcase_add_test(tests, mark_tells_what_a_command_added);
	tcase_add_test(tests, ids_of_a_command_do_not_repeat);
	suite_add_tcase(suite, tests);
	return suite;
}
