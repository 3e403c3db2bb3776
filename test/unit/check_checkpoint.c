/*
 * checkpoint_inbox: stored is delivered, not received; only one's own; as
 * often as the inbox is read.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

enum { KIND_MESSAGE = 20 };
static struct id messages[4];

/* A message that waits for `to` about one target. */
static struct pending_message *
pending(int number, enum place to, const struct target *target)
{
	struct pending_message *row = snapshot_add_pending(&world.snapshot);
	struct id *ids = arena_alloc(world.arena, sizeof *ids);

	*ids = target->id;
	row->id = world_id(KIND_MESSAGE, number);
	row->institution = world_place(to);
	row->case_id = target->case_id;
	row->seq = 100 + number;
	row->endpoint = (int32_t)to;
	row->type = MESSAGE_FREEZE_REQUESTED;
	row->generation = target->generation;
	row->targets = ids;
	row->target_count = 1;
	return row;
}

static void
checkpoint(enum person person, size_t count)
{
	struct checkpoint_inbox *checkpoint =
	    &world_command(COMMAND_CHECKPOINT_INBOX, person)->checkpoint;

	for (size_t i = 0; i < count; i++)
		messages[i] = world_id(KIND_MESSAGE, (int)i + 1);
	checkpoint->messages = messages;
	checkpoint->message_count = count;
}

static const enum person readers[] = { BANK_NODAL, BANK_SERVICE };

START_TEST(own_messages_are_taken_and_targets_delivered)
{
	const struct target *target = world_target(1, TARGET_QUEUED);

	pending(1, BANK, target);
	checkpoint(readers[_i], 1);
	world_done(200);
	ck_assert_int_eq(world.reply.count, 1);
	ck_assert_int_eq(target->state, TARGET_DELIVERED);
	ck_assert_int_eq(target->delivered_at, world.now);
	ck_assert_int_eq(target->acknowledged_at, 0);
	ck_assert_uint_eq(world.effects.taken_count, 1);
	ck_assert_int_eq(world.effects.taken[0].seq, 101);
	ck_assert_int_eq(world.effects.taken[0].endpoint, BANK);
}
END_TEST

START_TEST(named_twice_is_taken_once)
{
	pending(1, BANK, world_target(1, TARGET_QUEUED));
	checkpoint(BANK_NODAL, 2);
	messages[1] = messages[0];
	world_done(200);
	ck_assert_int_eq(world.reply.count, 1);
	ck_assert_uint_eq(world.effects.taken_count, 1);
	ck_assert_uint_eq(world_events("target.delivered"), 1);
}
END_TEST

/* Two commands of one batch read the same inbox. */
START_TEST(taken_in_this_batch_is_not_taken_again)
{
	pending(1, BANK, world_target(1, TARGET_QUEUED));
	checkpoint(BANK_NODAL, 1);
	world_done(200);
	checkpoint(BANK_SERVICE, 1);
	world_done(200);
	ck_assert_int_eq(world.reply.count, 0);
	ck_assert_uint_eq(world.effects.taken_count, 1);
}
END_TEST

START_TEST(unknown_and_anothers_are_passed_over_in_silence)
{
	const struct target *target = world_target(2, TARGET_QUEUED);

	pending(2, OTHER_BANK, target);
	checkpoint(BANK_NODAL, 3);
	world_done(200);
	ck_assert_int_eq(world.reply.count, 0);
	ck_assert_int_eq(target->state, TARGET_QUEUED);
	ck_assert_uint_eq(world.effects.event_count, 0);
}
END_TEST

START_TEST(old_generation_is_taken_and_moves_nothing)
{
	struct target *target = world_target(1, TARGET_QUEUED);

	pending(1, BANK, target);
	target->generation = 2;
	checkpoint(BANK_NODAL, 1);
	world_done(200);
	ck_assert_int_eq(world.reply.count, 1);
	ck_assert_int_eq(target->state, TARGET_QUEUED);
}
END_TEST

static const enum person strangers[] = { AUDITOR, ADMIN, DISPATCHER };

START_TEST(others_have_no_inbox)
{
	pending(1, BANK, world_target(1, TARGET_QUEUED));
	checkpoint(strangers[_i], 1);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

Suite *
checkpoint_suite(void)
{
	Suite *suite = suite_create("checkpoint");
	TCase *tcase = tcase_create("checkpoint");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(tcase, own_messages_are_taken_and_targets_delivered,
	    0, (int)COUNT(readers));
	tcase_add_test(tcase, named_twice_is_taken_once);
	tcase_add_test(tcase, taken_in_this_batch_is_not_taken_again);
	tcase_add_test(tcase, unknown_and_anothers_are_passed_over_in_silence);
	tcase_add_test(tcase, old_generation_is_taken_and_moves_nothing);
	tcase_add_loop_test(
	    tcase, others_have_no_inbox, 0, (int)COUNT(strangers));
	suite_add_tcase(suite, tcase);
	return suite;
}
