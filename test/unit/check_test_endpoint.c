/*
 * test_endpoint: whose endpoint, and the ping that is queued.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "test/unit/world.h"

static const struct endpoint *
endpoint_of(enum place place)
{
	struct id id = world_place(place);

	return registry_endpoint_of(world.registry, &id, world.now);
}

static struct command *
test_of(enum place place, enum person person)
{
	struct command *command = world_command(COMMAND_TEST_ENDPOINT, person);

	command->test_endpoint.endpoint = endpoint_of(place)->id;
	return command;
}

static const enum person theirs[] = { BANK_NODAL, BANK_SERVICE, ADMIN };

START_TEST(ping_is_queued_to_that_very_endpoint)
{
	const struct message_row *row;

	test_of(BANK, theirs[_i]);
	world_done(202);
	ck_assert_uint_eq(world.effects.message_count, 1);
	row = &world.effects.messages[0];
	ck_assert_int_eq(row->envelope.type, MESSAGE_TEST_PING);
	ck_assert_ptr_null(row->envelope.case_file);
	ck_assert_ptr_eq(row->endpoint, endpoint_of(BANK));
	ck_assert(id_equal(&world.reply.thing, &row->envelope.id));
	ck_assert_uint_eq(world_events("endpoint.tested"), 1);
}
END_TEST

static const struct {
	enum place place;
	enum person person;
	enum rc rc;
	const char *code;
} refusals[] = {
	{ OTHER_BANK, BANK_NODAL, RC_MISSING, "not_found" },
	{ DISTRICT, BANK_SERVICE, RC_MISSING, "not_found" },
	{ BANK, WALLET_NODAL, RC_MISSING, "not_found" },
	{ BANK, OFFICER, RC_FORBIDDEN, "role_not_allowed" },
	{ DISTRICT, SUPERVISOR, RC_FORBIDDEN, "role_not_allowed" },
	{ BANK, AUDITOR, RC_FORBIDDEN, "role_not_allowed" },
};

START_TEST(others_are_refused)
{
	test_of(refusals[_i].place, refusals[_i].person);
	world_refused(refusals[_i].rc, refusals[_i].code, "");
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

START_TEST(endpoint_that_is_not_there_is_not_found)
{
	struct command *command = test_of(BANK, ADMIN);

	command->test_endpoint.endpoint = world_id(9, 9);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

Suite *
test_endpoint_suite(void)
{
	Suite *suite = suite_create("test_endpoint");
	TCase *tcase = tcase_create("test_endpoint");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(
	    tcase, ping_is_queued_to_that_very_endpoint, 0, (int)COUNT(theirs));
	tcase_add_loop_test(tcase, others_are_refused, 0, (int)COUNT(refusals));
	tcase_add_test(tcase, endpoint_that_is_not_there_is_not_found);
	suite_add_tcase(suite, tcase);
	return suite;
}
