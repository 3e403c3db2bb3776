/*
 * docs/examples: bodies that are ready to post are read by the hub's readers.
 */
#include "test/unit/unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

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
	tcase_add_test(tcase, corrections_are_read);
	suite_add_tcase(suite, tcase);
	return suite;
}
