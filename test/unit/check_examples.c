/*
 * docs/examples: bodies that are ready to post are read by the hub's readers.
 */
#include "test/unit/unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "hub/base/clock.h"
#include "hub/service/service.h"
#include "hub/wire/command_json.h"

enum { ARENA = 4 << 20 };

static const struct {
	const char *file;
	size_t txns, requests, targets;
} cases[] = {
	{ "a_card_not_present", 3, 2, 3 },
	{ "b_upi_push", 1, 1, 1 },
	{ "c_bec_payment_diversion", 1, 1, 1 },
	{ "d_fake_seller", 1, 3, 3 },
	{ "e_atm_skimming", 1, 1, 1 },
	{ "f_wrong_account", 1, 1, 1 },
};

static json_t *
example(const char *name)
{
	char path[128];
	json_t *root;

	(void)snprintf(path, sizeof(path), "docs/examples/%s.json", name);
	root = json_load_file(path, 0, NULL);
	ck_assert_msg(root != NULL, "no %s", path);
	return root;
}

typedef enum rc reader(
    const char *body, size_t length, struct command *command, struct err *err);

static void
expect_read(reader *read, const json_t *body, struct command *command)
{
	char *text = json_dumps(body, JSON_COMPACT);
	struct err err = { .rc = RC_OK };
	enum rc rc = read(text, strlen(text), command, &err);

	ck_assert_msg(
	    rc == RC_OK, "%s at %s: %s", err.code, err.pointer, err.text);
	free(text);
}

START_TEST(case_is_read)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA);
	struct command command = { .arena = arena };
	json_t *body = example(cases[_i].file);
	size_t targets = 0;

	expect_read(command_json_submit, body, &command);
	ck_assert_uint_eq(command.submit.txn_count, cases[_i].txns);
	ck_assert_uint_eq(command.submit.request_count, cases[_i].requests);
	for (size_t i = 0; i < command.submit.request_count; i++)
		targets += command.submit.requests[i].target_count;
	ck_assert_uint_eq(targets, cases[_i].targets);
	json_decref(body);
}
END_TEST

static enum rc
any_certificate(
    const char *pem, struct certificate_draft *certificate, struct err *err)
{
	(void)err;
	certificate->serial = pem;
	return RC_OK;
}

static enum rc
read_institution(
    const char *body, size_t length, struct command *command, struct err *err)
{
	return command_json_institution(
	    body, length, any_certificate, command, err);
}

START_TEST(registry_is_read)
{
	json_t *root = example("registry"), *institution;
	size_t i;

	json_array_foreach(
	    json_object_get(root, "institutions"), i, institution)
	{
		SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA);
		struct command command = { .arena = arena };

		expect_read(read_institution, institution, &command);
	}
	ck_assert_uint_eq(i, 12);
	json_decref(root);
}
END_TEST

/* ---- the service's rules */

enum { PEOPLE = 12, ROUTES = 32 };

/* The registry of the examples, all of it active; `id` of the n-th is n + 1. */
static struct registry *
example_registry(struct arena *arena)
{
	static struct institution institutions[PEOPLE];
	static struct endpoint endpoints[PEOPLE];
	static struct route routes[ROUTES];
	struct registry_rows rows = { .version = 1,
		.institutions = institutions,
		.endpoints = endpoints,
		.routes = routes };
	json_t *root = example("registry"), *body;
	size_t i;

	json_array_foreach(json_object_get(root, "institutions"), i, body)
	{
		struct command command = { .arena = arena };
		const struct register_institution *draft = &command.institution;
		struct id id = { { (uint8_t)(i + 1) } };

		expect_read(read_institution, body, &command);
		institutions[i] = (struct institution){ .id = id,
			.slug = draft->slug,
			.name = draft->name,
			.country = draft->country,
			.region = draft->region,
			.profile = draft->profile,
			.phone = draft->phone,
			.kind = draft->kind,
			.status = REGISTRY_ACTIVE };
		endpoints[i] = (struct endpoint){ .id = id,
			.institution = id,
			.number = (int32_t)i,
			.kind = draft->endpoint.kind,
			.url = "",
			.adapter = "json",
			.pinned_key = "",
			.max_batch = 1,
			.status = REGISTRY_ACTIVE };
		for (size_t k = 0; k < draft->route_count; k++)
			routes[rows.route_count++] = (struct route){
				draft->routes[k].scheme, draft->routes[k].value,
				id
			};
	}
	rows.institution_count = rows.endpoint_count = i;
	json_decref(root);
	return registry_new(&rows);
}

/* An officer of the unit that expected.json names. */
static void
be_officer(struct snapshot *snapshot, struct command *command, size_t n)
{
	json_t *expected = example("expected");
	const char *who = json_string_value(json_object_get(
	    json_array_get(json_object_get(expected, "cases"), n),
	    "submitted_by"));
	char slug[64];
	const struct institution *unit;
	struct actor_row *row = snapshot_add_actor(snapshot);

	(void)snprintf(slug, sizeof(slug), "%.*s", (int)strcspn(who, "."), who);
	unit = registry_institution_named(snapshot->registry, slug);
	ck_assert_ptr_nonnull(unit);
	command->actor = (struct actor){ .principal = { { 99 } },
		.institution = unit->id,
		.role = ROLE_OFFICER,
		.kind = INSTITUTION_POLICE_UNIT,
		.rank = "SI",
		.key = { 1 } };
	row->principal = command->actor.principal;
	row->institution = unit->id;
	row->key[0] = 1;
	row->role = ROLE_OFFICER;
	row->status = row->institution_status = REGISTRY_ACTIVE;
	row->valid_until = INT64_MAX;
	json_decref(expected);
}

/* The desk's work: no two of these targets are the same. */
static void
number_targets(struct submit_case *submit)
{
	uint8_t n = 0;

	for (size_t i = 0; i < submit->request_count; i++)
		for (size_t k = 0; k < submit->requests[i].target_count; k++)
			submit->requests[i].targets[k].dedupe_hash[0] = ++n;
}

START_TEST(case_keeps_the_rules_of_its_profile)
{
	static const int64_t numbers[] = { 1 };
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA);
	SCOPED(registry_cleanup)
	struct registry *registry = example_registry(arena);
	struct command command = { .kind = COMMAND_SUBMIT_CASE,
		.arena = arena };
	struct reply reply = { .status = 0 };
	json_t *body = example(cases[_i].file);
	struct snapshot snapshot;
	struct effects effects;
	struct err err = { .rc = RC_OK };
	enum rc rc;

	expect_read(command_json_submit, body, &command);
	json_decref(body);
	snapshot_init(&snapshot, arena, registry);
	effects_init(&effects, &snapshot);
	snapshot.case_numbers = numbers;
	snapshot.case_number_count = 1;
	be_officer(&snapshot, &command, (size_t)_i);
	command.at = command.submit.reported_at + 60 * CLOCK_SECOND;
	command.base.bytes[0] = 7;
	rc = service_prepare(&command, registry, &err);
	number_targets(&command.submit);
	if (rc == RC_OK)
		rc = service_decide(&command, &effects, &reply, &err);
	ck_assert_msg(
	    rc == RC_OK, "%s at %s: %s", err.code, err.pointer, err.text);
	ck_assert(!effects.failed);
	ck_assert_uint_eq(snapshot.target_count, cases[_i].targets);
	/* (c) waits for a supervisor, all others leave at once. */
	ck_assert_uint_eq(effects.message_count,
	    cases[_i].file[0] == 'c' ? 0 : cases[_i].targets);
}
END_TEST

/* What an officer does in the demo. */
START_TEST(corrections_are_read)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA);
	struct command command = { .arena = arena };
	json_t *expected = example("expected"), *end, *act;
	size_t i, k, corrections = 0;

	json_array_foreach(json_object_get(expected, "cases"), i, end)
	    json_array_foreach(json_object_get(end, "acts"), k, act)
	{
		if (strcmp(json_string_value(json_object_get(act, "act")),
			"corrections") != 0)
			continue;
		expect_read(command_json_correct, json_object_get(act, "body"),
		    &command);
		corrections++;
	}
	ck_assert_uint_eq(corrections, 1);
	json_decref(expected);
}
END_TEST

Suite *
examples_suite(void)
{
	Suite *suite = suite_create("examples");
	TCase *tcase = tcase_create("examples");

	tcase_add_loop_test(tcase, case_is_read, 0, (int)COUNT(cases));
	tcase_add_test(tcase, registry_is_read);
	tcase_add_loop_test(
	    tcase, case_keeps_the_rules_of_its_profile, 0, (int)COUNT(cases));
	tcase_add_test(tcase, corrections_are_read);
	suite_add_tcase(suite, tcase);
	return suite;
}
