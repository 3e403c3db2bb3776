/*
 * Loads and saves: what goes in comes out, conflicts run again, guards hold.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

#include "hub/base/clock.h"
#include "hub/domain/ids.h"
#include "hub/store/integrity.h"
#include "hub/store/registry_load.h"
#include "hub/store/sealed_keys.h"

static struct world world;
static struct db *desk;
static struct batch batch;

static void
setup(void)
{
	SCOPED(db_cleanup) struct db *owner = NULL;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "INSERT INTO hub_data_key VALUES (1, 'wrapped')");
	desk = db_as_hub(SESSION_DESK);
	world_make(&world, desk);
	batch_init(&batch, desk);
}

/* Whatever a test saved must fit together. */
static void
teardown(void)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1 << 20);
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);
	struct integrity_check *checks;
	int64_t broken;
	size_t count;
	struct err err;

	ck_assert_int_eq(
	    integrity_run(tool, arena, &checks, &count, &broken, &err), RC_OK);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(checks[i].broken == 0, "%s: %lld", checks[i].name,
		    (long long)checks[i].broken);
	batch_clear(&batch);
	world_clear(&world);
	db_close(desk);
}

/* A saved case; its id and those of its request and targets. */
struct saved {
	struct id case_id, request, targets[BATCH_TARGETS],
	    messages[BATCH_TARGETS];
};

static void
save_case(struct saved *saved, unsigned number)
{
	struct load_keys keys = { .case_numbers = 1 };

	batch_begin(&batch, &world, &keys);
	saved->case_id = batch_add_case(&batch, &world, number)->id;
	saved->request = batch.snapshot.requests[0]->id;
	for (size_t i = 0; i < BATCH_TARGETS; i++) {
		saved->targets[i] = batch.snapshot.targets[i]->id;
		saved->messages[i] = batch.effects.messages[i].envelope.id;
	}
	batch_must(&batch);
}

START_TEST(numbers_are_drawn_for_each_batch)
{
	struct load_keys keys = { .case_numbers = 3 };
	int64_t number;

	batch_begin(&batch, &world, &keys);
	ck_assert_uint_eq(batch.snapshot.case_number_count, 3);
	ck_assert_int_eq(
	    batch.snapshot.case_numbers[2], batch.snapshot.case_numbers[0] + 2);
	number = batch.snapshot.batch_number;
	db_rollback(desk);
	batch_begin(&batch, &world, &keys);
	ck_assert_int_gt(batch.snapshot.batch_number, number);
	db_rollback(desk);
}
END_TEST

static void
expect_case(const struct saved *saved)
{
	const struct case_file *row = snapshot_case(
	    &batch.snapshot, &saved->case_id);

	ck_assert_ptr_nonnull(row);
	ck_assert(!row->row.is_new && !row->row.is_dirty);
	ck_assert_str_eq(row->ref, "IN-KL-2026-000001-C");
	ck_assert(id_equal(&row->unit, &world.unit));
	ck_assert(id_equal(&row->created_by, &world.officer));
	ck_assert_int_eq(row->state, CASE_DISPATCHED);
	ck_assert_ptr_null(row->outcome);
	ck_assert_str_eq(row->profile, "IN");
	ck_assert_str_eq(row->language, "en");
	ck_assert_int_eq(row->loss.minor, 4999900);
	ck_assert_str_eq(row->loss.currency, "INR");
	ck_assert_int_gt(row->occurred_at, INT64_C(1700000000000000));
	ck_assert_int_eq(row->occurred_at, row->received_at);
	ck_assert_uint_eq(row->wrapped_key.length, 60);
	ck_assert_int_eq(row->row_version, 1);
}

static void
expect_target(const struct saved *saved, size_t n)
{
	const struct target *row = snapshot_target(
	    &batch.snapshot, &saved->targets[n]);

	ck_assert_ptr_nonnull(row);
	ck_assert(id_equal(&row->case_id, &saved->case_id));
	ck_assert(id_equal(&row->request, &saved->request));
	ck_assert(id_equal(&row->institution, &world.bank));
	ck_assert_ptr_nonnull(snapshot_txn(&batch.snapshot, &row->txn));
	ck_assert(id_is_zero(&row->parent));
	ck_assert(id_is_zero(&row->duplicate_of));
	ck_assert_int_eq(row->position, (int)n);
	ck_assert_int_eq(row->state, TARGET_QUEUED);
	ck_assert_int_eq(row->identifier.type, IDENTIFIER_IN_ACCOUNT);
	ck_assert_mem_eq(row->dedupe_hash, row->id.bytes, 16);
	ck_assert_int_eq(row->dedupe_hash[31], 1);
	ck_assert_int_eq(row->requested.minor, 4999900);
	ck_assert_int_eq(row->response_code, -1);
	ck_assert_uint_eq(row->sealed_hold_ref.length, 0);
	ck_assert_int_eq(row->held_at, 0);
	ck_assert_int_eq(row->queued_at, row->created_at);
	ck_assert_uint_eq(row->sealed.length, 64);
	ck_assert_int_eq(row->row_version, 1);
}

START_TEST(new_case_comes_back_whole)
{
	const struct freeze_request *request;
	struct load_keys keys = { 0 };
	struct saved saved;

	save_case(&saved, 1);
	keys.requests = &saved.request;
	keys.request_count = 1;
	batch_begin(&batch, &world, &keys);
	expect_case(&saved);
	ck_assert_uint_eq(batch.snapshot.target_count, BATCH_TARGETS);
	for (size_t i = 0; i < BATCH_TARGETS; i++)
		expect_target(&saved, i);
	ck_assert_uint_eq(batch.snapshot.txn_count, 1);
	request = snapshot_request(&batch.snapshot, &saved.request);
	ck_assert_ptr_nonnull(request);
	ck_assert_int_eq(request->state, REQUEST_ISSUED);
	ck_assert_int_eq(request->desired_state, REQUEST_ISSUED);
	ck_assert_str_eq(request->profile, "IN@2026-01-02");
	ck_assert(id_is_zero(&request->approved_by));
	ck_assert_int_eq(request->confirm_by, 0);
	db_rollback(desk);
	ck_assert_int_eq(db_number("SELECT count(*) FROM external_ref"), 2);
	ck_assert_int_eq(db_number("SELECT count(*) FROM event"
				   " WHERE case_id IS NOT NULL"),
	    2 + BATCH_TARGETS);
	ck_assert_int_eq(db_number("SELECT count(*) FROM outbox o"
				   " JOIN endpoint e USING (endpoint_no, shard)"
				   " WHERE o.priority = 0"
				   " AND escalate_at - o.created_at = '60 s'"),
	    BATCH_TARGETS);
}
END_TEST

START_TEST(each_key_brings_what_belongs_to_it)
{
	struct saved saved;
	struct load_message_key message;
	struct load_keys by_target = { .targets = &saved.targets[1],
		.target_count = 1 };
	struct load_keys by_case = { .cases = &saved.case_id, .case_count = 1 };
	struct load_keys by_message = { .messages = &message,
		.message_count = 1 };
	struct pending_message *pending;

	save_case(&saved, 1);
	batch_begin(&batch, &world, &by_target);
	ck_assert_uint_eq(batch.snapshot.case_count, 1);
	ck_assert_uint_eq(batch.snapshot.target_count, 1);
	ck_assert_uint_eq(batch.snapshot.request_count, 1);
	ck_assert_uint_eq(batch.snapshot.txn_count, 1);
	db_rollback(desk);
	batch_begin(&batch, &world, &by_case);
	ck_assert_uint_eq(batch.snapshot.case_count, 1);
	ck_assert_uint_eq(batch.snapshot.target_count, 0);
	db_rollback(desk);
	message.message = saved.messages[2];
	message.institution = world.bank;
	batch_begin(&batch, &world, &by_message);
	ck_assert_uint_eq(batch.snapshot.case_count, 1);
	ck_assert_uint_eq(batch.snapshot.target_count, 1);
	pending = snapshot_pending(&batch.snapshot, &message.message);
	ck_assert_ptr_nonnull(pending);
	ck_assert_int_eq(pending->type, MESSAGE_FREEZE_REQUESTED);
	ck_assert_int_eq(pending->generation, 1);
	ck_assert_uint_eq(pending->target_count, 1);
	ck_assert(id_equal(&pending->targets[0], &saved.targets[2]));
	ck_assert(id_equal(&pending->institution, &world.bank));
	db_rollback(desk);
	/* Another institution's message is not there. */
	message.institution = world.unit;
	batch_begin(&batch, &world, &by_message);
	ck_assert_uint_eq(batch.snapshot.pending_count, 0);
	ck_assert_uint_eq(batch.snapshot.case_count, 0);
	ck_assert_uint_eq(batch.snapshot.target_count, 0);
	db_rollback(desk);
}
END_TEST

START_TEST(unknown_and_repeated_keys_do_no_harm)
{
	struct id ids[3] = { id_new() };
	struct load_keys keys = { .cases = ids,
		.case_count = 3,
		.requests = ids,
		.request_count = 3,
		.targets = ids,
		.target_count = 3 };

	ids[1] = ids[2] = ids[0];
	batch_begin(&batch, &world, &keys);
	ck_assert_uint_eq(batch.snapshot.case_count, 0);
	ck_assert_uint_eq(batch.snapshot.target_count, 0);
	db_rollback(desk);
}
END_TEST

static const struct blob hold_ref = { (const uint8_t *)"H-1, sealed", 11 };

/* Answer a loaded target: a held one with everything set. */
static void
hold(struct target *target)
{
	target->held_minor = 100;
	target->response_code = RESPONSE_HLD_PART;
	target->sealed_hold_ref = hold_ref;
	target->held_at = batch.command.at;
	target->expires_at = batch.command.at + CLOCK_SECOND;
	target->eta = target->held_at + 1;
	target->reminders = 2;
	(void)effects_move_target(
	    &batch.effects, &batch.command, target, TARGET_EVENT_HELD_PART);
}

static void
answer(const struct target *target, const struct id *child)
{
	struct response_row *response = effects_add_response(&batch.effects);
	struct lead_row *lead;

	response->id = command_next_id(&batch.command);
	response->case_id = target->case_id;
	response->target = target->id;
	response->principal = world.nodal;
	response->institution = world.bank;
	response->generation = target->generation;
	response->code = RESPONSE_HLD_PART;
	memcpy(response->key, world.nodal_key, ACTOR_KEY_SIZE);
	response->held_minor = 100;
	response->received_at = batch.command.at;
	response->sealed = target->sealed;
	lead = effects_add_lead(&batch.effects);
	lead->id = command_next_id(&batch.command);
	lead->case_id = target->case_id;
	lead->response = response->id;
	lead->target = target->id;
	if (child != NULL)
		lead->child = *child;
	lead->code = RESPONSE_OUT_XFER;
	lead->money = (struct money){ 50, "INR" };
	lead->created_at = batch.command.at;
}

START_TEST(answers_change_their_target_and_raise_the_etag)
{
	struct saved saved;
	struct load_keys keys = { .requests = &saved.request,
		.request_count = 1 };
	struct target *target;

	save_case(&saved, 1);
	batch_begin(&batch, &world, &keys);
	target = snapshot_target(&batch.snapshot, &saved.targets[0]);
	hold(target);
	answer(target, NULL);
	batch_must(&batch);
	batch_begin(&batch, &world, &keys);
	target = snapshot_target(&batch.snapshot, &saved.targets[0]);
	ck_assert_int_eq(target->state, TARGET_HELD_PARTIAL);
	ck_assert_int_eq(target->held_minor, 100);
	ck_assert_int_eq(target->response_code, RESPONSE_HLD_PART);
	ck_assert_mem_eq(
	    target->sealed_hold_ref.bytes, hold_ref.bytes, hold_ref.length);
	ck_assert_int_eq(target->eta, target->held_at + 1);
	ck_assert_int_eq(target->reminders, 2);
	ck_assert_int_eq(target->row_version, 2);
	ck_assert_int_eq(
	    snapshot_target(&batch.snapshot, &saved.targets[1])->row_version,
	    1);
	ck_assert_int_eq(
	    snapshot_case(&batch.snapshot, &saved.case_id)->row_version, 2);
	db_rollback(desk);
	ck_assert_int_eq(db_number("SELECT count(*) FROM lead JOIN response"
				   " USING (response_id, target_id)"
				   " WHERE lead.amount_minor = 50"),
	    1);
}
END_TEST

START_TEST(guard_refuses_a_row_that_changed_without_the_lock)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	struct saved saved;
	struct load_keys keys = { .targets = &saved.targets[0],
		.target_count = 1 };
	struct err err;

	save_case(&saved, 1);
	batch_begin(&batch, &world, &keys);
	hold(batch.snapshot.targets[0]);
	db_must(owner, "UPDATE target SET row_version = 9");
	ck_assert_int_eq(batch_save(&batch, &err), RC_RETRY);
	ck_assert_int_eq(
	    db_number("SELECT count(*) FROM target WHERE held_minor > 0"), 0);
	/* Rolled back: the next batch goes through. */
	batch_begin(&batch, &world, &keys);
	hold(batch.snapshot.targets[0]);
	batch_must(&batch);
}
END_TEST

START_TEST(checkpoint_takes_rows_of_both_outboxes)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	struct saved saved;
	struct load_message_key keys[BATCH_TARGETS];
	struct load_keys load = { .messages = keys,
		.message_count = BATCH_TARGETS };

	save_case(&saved, 1);
	db_must(owner,
	    "WITH o AS (DELETE FROM outbox WHERE seq % 2 = 0 RETURNING *)"
	    " INSERT INTO outbox_retry SELECT o.seq, o.endpoint_no, o.shard,"
	    " o.priority, o.message_id, o.message_at, o.created_at,"
	    " o.escalate_at, 1, now(), 0, 503 FROM o");
	for (size_t i = 0; i < BATCH_TARGETS; i++) {
		keys[i].message = saved.messages[i];
		keys[i].institution = world.bank;
	}
	batch_begin(&batch, &world, &load);
	ck_assert_uint_eq(batch.snapshot.pending_count, BATCH_TARGETS);
	for (size_t i = 0; i + 1 < BATCH_TARGETS; i++) {
		const struct pending_message *pending = snapshot_pending(
		    &batch.snapshot, &saved.messages[i]);
		struct taken_row *taken = effects_add_taken(&batch.effects);

		taken->seq = pending->seq;
		taken->message = pending->id;
		taken->endpoint = pending->endpoint;
	}
	batch_must(&batch);
	ck_assert_int_eq(db_number("SELECT (SELECT count(*) FROM outbox)"
				   " + (SELECT count(*) FROM outbox_retry)"),
	    1);
	batch_begin(&batch, &world, &load);
	ck_assert_uint_eq(batch.snapshot.pending_count, 1);
	db_rollback(desk);
}
END_TEST

START_TEST(kept_reply_is_found_and_never_replaced)
{
	struct load_kept_key key = { world.officer, "key-1" };
	struct load_keys load = { .kept = &key, .kept_count = 1 };
	const struct kept_reply *kept;
	struct err err;

	batch_begin(&batch, &world, &load);
	ck_assert_uint_eq(batch.snapshot.kept_count, 0);
	batch_add_reply(
	    &batch, &world, &batch_add_case(&batch, &world, 1)->id, "key-1");
	batch_add_reply(&batch, &world, NULL, "key-0");
	batch_must(&batch);
	batch_begin(&batch, &world, &load);
	kept = snapshot_kept(&batch.snapshot, &world.officer, "key-1");
	ck_assert_ptr_nonnull(kept);
	ck_assert_int_eq(kept->status, 201);
	ck_assert_int_eq(kept->idempotency.fingerprint[0], 7);
	ck_assert_uint_eq(kept->wrapped_key.length, 60);
	ck_assert_uint_eq(kept->sealed.length, 64);
	batch_add_reply(&batch, &world, NULL, "key-1");
	ck_assert_int_eq(batch_save(&batch, &err), RC_RETRY);
	ck_assert_str_eq(err.code, "key_taken");
}
END_TEST

START_TEST(actor_is_loaded_as_it_is_now)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	uint8_t actor_keys[2][ACTOR_KEY_SIZE] = { { 0 } };
	struct load_keys keys = {
		.actor_keys = (const uint8_t(*)[ACTOR_KEY_SIZE])actor_keys,
		.actor_count = 2
	};
	const struct actor_row *actor;

	memcpy(actor_keys[0], world.nodal_key, ACTOR_KEY_SIZE);
	batch_begin(&batch, &world, &keys);
	ck_assert_uint_eq(batch.snapshot.actor_count, 1);
	actor = snapshot_actor(&batch.snapshot, world.nodal_key);
	ck_assert(id_equal(&actor->principal, &world.nodal));
	ck_assert_int_eq(actor->role, ROLE_NODAL);
	ck_assert_int_eq(actor->status, REGISTRY_ACTIVE);
	ck_assert_int_eq(actor->institution_status, REGISTRY_ACTIVE);
	ck_assert_int_eq(actor->valid_until, INT64_C(4102444800000000));
	ck_assert(!actor->is_revoked);
	db_rollback(desk);
	db_must(owner,
	    "UPDATE certificate SET revoked_at = now();"
	    "UPDATE institution SET status = 'suspended'");
	batch_begin(&batch, &world, &keys);
	actor = snapshot_actor(&batch.snapshot, world.nodal_key);
	ck_assert(actor->is_revoked);
	ck_assert_int_eq(actor->institution_status, REGISTRY_SUSPENDED);
	db_rollback(desk);
}
END_TEST

/* Change what is in the outbox; the save of an empty batch goes through. */
START_TEST(empty_batch_commits)
{
	struct load_keys keys = { 0 };

	batch_begin(&batch, &world, &keys);
	batch_must(&batch);
	ck_assert(!db_is_broken(desk));
}
END_TEST

Suite *
batch_suite(void)
{
	Suite *suite = suite_create("batch");
	TCase *tcase = tcase_create("batch");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, numbers_are_drawn_for_each_batch);
	tcase_add_test(tcase, new_case_comes_back_whole);
	tcase_add_test(tcase, each_key_brings_what_belongs_to_it);
	tcase_add_test(tcase, unknown_and_repeated_keys_do_no_harm);
	tcase_add_test(tcase, answers_change_their_target_and_raise_the_etag);
	tcase_add_test(
	    tcase, guard_refuses_a_row_that_changed_without_the_lock);
	tcase_add_test(tcase, checkpoint_takes_rows_of_both_outboxes);
	tcase_add_test(tcase, kept_reply_is_found_and_never_replaced);
	tcase_add_test(tcase, actor_is_loaded_as_it_is_now);
	tcase_add_test(tcase, empty_batch_commits);
	suite_add_tcase(suite, tcase);
	return suite;
}
