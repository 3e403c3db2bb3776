/*
 * reply_json: what a committed command is answered with, and what not.
 */
#include "test/unit/parts.h"
#include "test/unit/unit.h"

#include <jansson.h>

#include "hub/base/clock.h"
#include "hub/domain/ids.h"
#include "hub/wire/reply_json.h"

enum { LIMIT = 64 << 10, ARENA = 1 << 20 };

static struct arena *arena;
static struct registry *registry;
static struct snapshot snapshot;
static struct strbuf out;

static void
make_world(void)
{
	arena = arena_new(ARENA);
	registry = parts_registry();
	snapshot_init(&snapshot, arena, registry);
	parts_fill(&snapshot);
	strbuf_init(&out, LIMIT);
}

static void
end_world(void)
{
	strbuf_clear(&out);
	registry_unref(registry);
	arena_free(arena);
}

static json_t *
written(const struct command *command, const struct reply *reply)
{
	json_t *root;

	strbuf_reset(&out);
	reply_json_write(&out, command, reply, &snapshot);
	ck_assert(!out.failed);
	root = json_loads(out.bytes, 0, NULL);
	ck_assert_msg(root != NULL, "no JSON: %s", out.bytes);
	return root;
}

static const char *
text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static struct reply
reply_of_case(void)
{
	struct reply reply = { .status = 201,
		.case_id = parts_id(PARTS_CASE),
		.request = parts_id(PARTS_REQUEST),
		.target = parts_id(PARTS_TARGET),
		.response = parts_id(PARTS_RESPONSE) };

	return reply;
}

START_TEST(case_is_answered_with_its_own_rows_only)
{
	struct txn_draft txn = { .key = "t1" };
	struct command command = { .kind = COMMAND_SUBMIT_CASE };
	struct reply reply = reply_of_case();
	json_t *root, *requests, *targets;

	command.submit.txns = &txn;
	command.submit.txn_count = 1;
	root = written(&command, &reply);
	requests = json_object_get(root, "requests");
	targets = json_object_get(json_array_get(requests, 0), "targets");
	ck_assert_str_eq(text_at(root, "ref"), "IN-KL-2026-000123-C");
	ck_assert_str_eq(text_at(root, "status"), "dispatched");
	ck_assert_uint_eq(json_array_size(requests), 1);
	ck_assert_uint_eq(json_array_size(targets), 2);
	ck_assert_str_eq(
	    text_at(json_array_get(json_object_get(root, "transactions"), 0),
		"key"),
	    "t1");
	ck_assert_str_eq(
	    text_at(json_object_get(json_array_get(targets, 0), "institution"),
		"slug"),
	    "malabar_bank");
	ck_assert_ptr_null(json_object_get(root, "dry_run"));
	ck_assert_ptr_null(
	    json_object_get(json_array_get(targets, 0), "endpoint_kind"));
	ck_assert(json_is_false(
	    json_object_get(json_array_get(targets, 0), "duplicate")));
	ck_assert(json_is_true(
	    json_object_get(json_array_get(targets, 1), "duplicate")));
	json_decref(root);
}
END_TEST

START_TEST(dry_run_says_how_each_target_would_be_reached)
{
	struct command command = { .kind = COMMAND_SUBMIT_CASE,
		.is_dry_run = true };
	struct reply reply = reply_of_case();
	json_t *root = written(&command, &reply);
	json_t *targets = json_object_get(
	    json_array_get(json_object_get(root, "requests"), 0), "targets");

	ck_assert(json_is_true(json_object_get(root, "dry_run")));
	ck_assert_str_eq(
	    text_at(json_array_get(targets, 0), "endpoint_kind"), "webhook");
	ck_assert_str_eq(
	    text_at(json_array_get(targets, 1), "endpoint_kind"), "inbox");
	json_decref(root);
}
END_TEST

START_TEST(no_reply_holds_what_is_secret)
{
	static const char *const secrets[] = { "Secret", "secret", "A. Mule",
		"004410220197", "607111173345", "98765" };
	struct reply reply = reply_of_case();

	for (int kind = 0; kind < COMMAND_KIND_COUNT; kind++) {
		struct command command = { .kind = (enum command_kind)kind };

		if (kind >= COMMAND_RECORD_DELIVERY)
			continue;
		json_decref(written(&command, &reply));
		for (size_t i = 0; i < COUNT(secrets); i++)
			ck_assert_msg(strstr(out.bytes, secrets[i]) == NULL,
			    "%s in %s", secrets[i], out.bytes);
	}
}
END_TEST

START_TEST(acts_on_a_target_are_answered_with_it)
{
	static const enum command_kind kinds[] = { COMMAND_ISSUE_TARGET,
		COMMAND_CORRECT_TARGET, COMMAND_REMIND_TARGET };
	struct command command = { .kind = kinds[_i] };
	struct reply reply = reply_of_case();
	struct target *target = snapshot_target(&snapshot, &reply.target);
	json_t *root;

	target->reminders = 3;
	root = written(&command, &reply);
	ck_assert_str_eq(text_at(root, "status"), "queued");
	ck_assert_str_eq(
	    text_at(json_object_get(root, "amount_requested"), "amount"),
	    "699614.00");
	ck_assert_int_eq(
	    json_integer_value(json_object_get(root, "reminders")), 3);
	ck_assert_int_eq(strncmp(text_at(root, "case_id"), "case_", 5), 0);
	ck_assert_ptr_null(json_object_get(root, "response_code"));
	json_decref(root);
}
END_TEST

START_TEST(responder_is_told_of_his_own_target_only)
{
	struct command command = { .kind = COMMAND_RESPOND };
	struct reply reply = reply_of_case();
	struct target *target = snapshot_target(&snapshot, &reply.target);
	json_t *root, *own;

	command.respond.code = RESPONSE_HLD_PART;
	command.respond.lead_count = 2;
	target->state = TARGET_HELD_PARTIAL;
	target->response_code = RESPONSE_HLD_PART;
	target->held_minor = 20000000;
	target->expires_at = PARTS_AT;
	root = written(&command, &reply);
	own = json_object_get(root, "target");
	ck_assert_str_eq(text_at(root, "code"), "HLD_PART");
	ck_assert_int_eq(json_integer_value(json_object_get(root, "leads")), 2);
	ck_assert_str_eq(text_at(own, "status"), "held_partial");
	ck_assert_str_eq(text_at(json_object_get(own, "amount_held"), "amount"),
	    "200000.00");
	ck_assert_str_eq(
	    text_at(own, "expires_at"), "2026-03-12T07:20:00.123Z");
	ck_assert_ptr_null(strstr(out.bytes, "steppe"));
	json_decref(root);
}
END_TEST

START_TEST(checkpoint_tells_what_the_decision_took)
{
	struct id ids[] = { parts_id(PARTS_MESSAGE), { { 201 } },
		parts_id(PARTS_MESSAGE) };
	struct command command = { .kind = COMMAND_CHECKPOINT_INBOX };
	struct reply reply = { .status = 200, .count = 1 };
	json_t *root;

	command.checkpoint.messages = ids;
	command.checkpoint.message_count = COUNT(ids);
	root = written(&command, &reply);
	ck_assert_str_eq(out.bytes, "{\"delivered\":1}");
	json_decref(root);
}
END_TEST

START_TEST(secret_of_an_endpoint_is_shown_once)
{
	struct command command = { .kind = COMMAND_REGISTER_ENDPOINT };
	struct reply reply = { .thing = parts_id(PARTS_BANK) };
	json_t *root;

	command.endpoint.kind = ENDPOINT_WEBHOOK;
	memset(command.endpoint.secret, 0xff, 32);
	root = written(&command, &reply);
	ck_assert_str_eq(text_at(root, "secret"),
	    "whsec_//////////////////////////////////////////8=");
	ck_assert_str_eq(text_at(root, "status"), "proposed");
	json_decref(root);
	command.kind = COMMAND_CONFIRM_REGISTRATION;
	command.at = PARTS_AT;
	command.confirm.thing = REGISTRY_ENDPOINT;
	snapshot.registry_delay_seconds = 1;
	root = written(&command, &reply);
	ck_assert_ptr_null(json_object_get(root, "secret"));
	ck_assert_str_eq(
	    text_at(root, "active_from"), "2026-03-12T07:20:01.123Z");
	json_decref(root);
}
END_TEST

START_TEST(hubs_own_commands_have_no_body)
{
	struct command command = { .kind = COMMAND_RECORD_ACCESS };
	struct reply reply = { .status = 200 };

	reply_json_write(&out, &command, &reply, &snapshot);
	ck_assert_uint_eq(out.length, 0);
}
END_TEST

Suite *
reply_json_suite(void)
{
	Suite *suite = suite_create("reply_json");
	TCase *tcase = tcase_create("reply_json");

	tcase_add_checked_fixture(tcase, make_world, end_world);
	tcase_add_test(tcase, case_is_answered_with_its_own_rows_only);
	tcase_add_test(tcase, dry_run_says_how_each_target_would_be_reached);
	tcase_add_test(tcase, no_reply_holds_what_is_secret);
	tcase_add_loop_test(tcase, acts_on_a_target_are_answered_with_it, 0, 3);
	tcase_add_test(tcase, responder_is_told_of_his_own_target_only);
	tcase_add_test(tcase, checkpoint_tells_what_the_decision_took);
	tcase_add_test(tcase, secret_of_an_endpoint_is_shown_once);
	tcase_add_test(tcase, hubs_own_commands_have_no_body);
	suite_add_tcase(suite, tcase);
	return suite;
}
