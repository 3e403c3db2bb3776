/*
 * access: the whole matrix of roles and rights, and whose things are seen.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/access.h"

/* The columns: officer, supervisor, nodal, auditor, admin, service, hub. */
static const struct {
	enum right right;
	const char *roles;
} matrix[] = {
	{ RIGHT_SUBMIT_CASE, "OSN----" },
	{ RIGHT_APPROVE_REQUEST, "-S-----" },
	{ RIGHT_WITHDRAW_REQUEST, "OS-----" },
	{ RIGHT_AMEND_REQUEST, "OS-----" },
	{ RIGHT_ADD_REQUESTS, "OS-----" },
	{ RIGHT_PATCH_CASE, "OS-----" },
	{ RIGHT_WITHDRAW_CASE, "OS-----" },
	{ RIGHT_MERGE_CASE, "OS-----" },
	{ RIGHT_CLOSE_CASE, "OS-----" },
	{ RIGHT_ISSUE_TARGET, "OS-----" },
	{ RIGHT_CORRECT_TARGET, "OS-----" },
	{ RIGHT_REMIND_TARGET, "OS-----" },
	{ RIGHT_RELEASE_TARGET, "OS-----" },
	{ RIGHT_REDUCE_TARGET, "OS-----" },
	{ RIGHT_EXTEND_TARGET, "OS-----" },
	{ RIGHT_ATTACH_EVIDENCE, "OSN----" },
	{ RIGHT_FILE_GRIEVANCE, "OSN----" },
	{ RIGHT_DECIDE_GRIEVANCE, "OSN----" },
	{ RIGHT_FILE_DOCUMENT, "OSN----" },
	{ RIGHT_DECIDE_DOCUMENT, "-SN----" },
	{ RIGHT_WAIVE_FORMALITY, "-S-----" },
	{ RIGHT_READ_DOCUMENT, "OSNA-s-" },
	{ RIGHT_READ_CONTENT, "OSN--s-" },
	{ RIGHT_ATTACH_TARGET, "OS-----" },
	{ RIGHT_PROPOSE_RESTITUTION, "OS-----" },
	{ RIGHT_ORDER_RESTITUTION, "-S-----" },
	{ RIGHT_PAY_RESTITUTION, "--N----" },
	{ RIGHT_READ_RESTITUTION, "OSNA-s-" },
	{ RIGHT_RESPOND, "--N--s-" },
	{ RIGHT_CONFIRM_RELEASE, "--N----" },
	{ RIGHT_READ_CASE, "OSNA---" },
	{ RIGHT_READ_STATUS, "OS-----" },
	{ RIGHT_READ_TRAIL, "OS-A---" },
	{ RIGHT_READ_TARGET, "OSNA-s-" },
	{ RIGHT_READ_TIMELINE, "OSNA---" },
	{ RIGHT_READ_FORMALITY, "OSNA-s-" },
	{ RIGHT_READ_INBOX, "OSN--s-" },
	{ RIGHT_CHECKPOINT_INBOX, "OSN--s-" },
	{ RIGHT_READ_REGISTRY, "OSNAas-" },
	{ RIGHT_PROPOSE_REGISTRY, "----a--" },
	{ RIGHT_PROPOSE_ENDPOINT, "--N-a--" },
	{ RIGHT_CONFIRM_REGISTRY, "----a--" },
	{ RIGHT_REVOKE_CERTIFICATE, "----a--" },
	{ RIGHT_READ_SELF, "OSNAas-" },
	{ RIGHT_PARSE, "OS-----" },
	{ RIGHT_READ_REPORTS, "OS-A---" },
	{ RIGHT_READ_ALERTS, "-S-A---" },
	{ RIGHT_READ_ROSTER, "OSNAas-" },
	{ RIGHT_SET_ROSTER, "-SN-a--" },
	{ RIGHT_PLAN_RESTITUTION, "OS-----" },
	{ RIGHT_READ_AGREEMENTS, "--NAas-" },
	{ RIGHT_WITHDRAW_AGREEMENT, "--N-a--" },
	{ RIGHT_SEND_SIGNAL, "--N--s-" },
	{ RIGHT_TEST_ENDPOINT, "--N-as-" },
	{ RIGHT_READ_ATTEMPTS, "--NAas-" },
	{ RIGHT_READ_SIGNALS, "--N--s-" },
	{ RIGHT_KEEP_WATCH_LIST, "OSN----" },
	{ RIGHT_DECIDE_WATCH, "OSN-a--" },
	{ RIGHT_READ_WATCH_LIST, "OSN-as-" },
	{ RIGHT_LOOK_UP, "OSN--s-" },
	{ RIGHT_HOLD_PAYMENT, "--N--s-" },
};

START_TEST(right_belongs_to_its_roles_only)
{
	ck_assert_uint_eq(COUNT(matrix), RIGHT_COUNT);
	ck_assert_int_eq(matrix[_i].right, _i);
	for (int role = 0; role < ROLE_COUNT; role++) {
		const struct actor actor = { .role = (enum role)role };
		bool may = matrix[_i].roles[role] != '-';
		struct err err = { RC_OK, "", "", "" };

		ck_assert_int_eq(
		    (access_roles(matrix[_i].right) >> role) & 1, may);
		ck_assert_int_eq(access_check(&actor, matrix[_i].right, &err),
		    may ? RC_OK : RC_FORBIDDEN);
		ck_assert_str_eq(err.code, may ? "" : "role_not_allowed");
	}
}
END_TEST

/* ---- a state, a district below it, a station below that; a neighbour */

enum place {
	STATE = 1,
	DISTRICT,
	STATION,
	NEIGHBOUR,
	BANK,
	OTHER_BANK,
	CIRCLE
};

static struct id
place_id(int place)
{
	struct id id = { { 0 } };

	id.bytes[15] = (uint8_t)place;
	return id;
}

static struct registry *
tree_new(void)
{
	struct institution rows[] = {
		{ .slug = "state", .kind = INSTITUTION_POLICE_UNIT },
		{ .slug = "district", .kind = INSTITUTION_POLICE_UNIT },
		{ .slug = "station", .kind = INSTITUTION_POLICE_UNIT },
		{ .slug = "neighbour", .kind = INSTITUTION_POLICE_UNIT },
		{ .slug = "bank", .kind = INSTITUTION_BANK },
		{ .slug = "other_bank", .kind = INSTITUTION_BANK },
		{ .slug = "circle", .kind = INSTITUTION_POLICE_UNIT },
	};
	const struct registry_rows all = { .institutions = rows,
		.institution_count = COUNT(rows) };

	for (size_t i = 0; i < COUNT(rows); i++)
		rows[i].id = place_id((int)i + 1);
	rows[DISTRICT - 1].parent = place_id(STATE);
	rows[STATION - 1].parent = place_id(DISTRICT);
	rows[CIRCLE - 1].parent = place_id(CIRCLE);
	return registry_new(&all);
}

struct view {
	enum role role;
	enum place from, unit;
	bool has_target, sees;
};

static const struct view case_views[] = {
	{ ROLE_OFFICER, STATION, STATION, false, true },
	{ ROLE_OFFICER, STATION, NEIGHBOUR, false, false },
	{ ROLE_OFFICER, STATION, DISTRICT, false, false },
	{ ROLE_OFFICER, DISTRICT, STATION, false, false },
	{ ROLE_OFFICER, STATION, NEIGHBOUR, true, false },
	{ ROLE_OFFICER, BANK, BANK, false, false },
	{ ROLE_SUPERVISOR, STATION, STATION, false, true },
	{ ROLE_SUPERVISOR, DISTRICT, STATION, false, true },
	{ ROLE_SUPERVISOR, STATE, STATION, false, true },
	{ ROLE_SUPERVISOR, STATION, DISTRICT, false, false },
	{ ROLE_SUPERVISOR, STATE, NEIGHBOUR, false, false },
	{ ROLE_SUPERVISOR, STATE, CIRCLE, false, false },
	{ ROLE_SUPERVISOR, BANK, BANK, false, false },
	{ ROLE_NODAL, BANK, STATION, true, true },
	{ ROLE_NODAL, BANK, STATION, false, false },
	{ ROLE_NODAL, BANK, BANK, false, true },
	{ ROLE_SERVICE, BANK, STATION, true, true },
	{ ROLE_SERVICE, BANK, STATION, false, false },
	{ ROLE_AUDITOR, NEIGHBOUR, STATION, false, true },
	{ ROLE_ADMIN, STATION, STATION, false, false },
	{ ROLE_ADMIN, STATION, STATION, true, false },
	{ ROLE_HUB, STATION, STATION, true, false },
};

static struct actor
actor_of(const struct view *view)
{
	return (struct actor){ .role = view->role,
		.institution = place_id((int)view->from),
		.kind = view->from == BANK || view->from == OTHER_BANK
		    ? INSTITUTION_BANK
		    : INSTITUTION_POLICE_UNIT };
}

START_TEST(case_is_seen_by_its_own)
{
	SCOPED(registry_cleanup) struct registry *registry = tree_new();
	const struct view *view = &case_views[_i];
	const struct actor actor = actor_of(view);
	const struct id unit = place_id((int)view->unit);

	ck_assert_int_eq(
	    access_sees_case(&actor, registry, &unit, view->has_target),
	    view->sees);
}
END_TEST

/* `has_target`: the target is at BANK, else at OTHER_BANK. */
static const struct view target_views[] = {
	{ ROLE_OFFICER, STATION, STATION, true, true },
	{ ROLE_OFFICER, STATION, STATION, false, true },
	{ ROLE_OFFICER, NEIGHBOUR, STATION, true, false },
	{ ROLE_SUPERVISOR, STATE, STATION, false, true },
	{ ROLE_SUPERVISOR, NEIGHBOUR, STATION, false, false },
	{ ROLE_NODAL, BANK, STATION, true, true },
	{ ROLE_NODAL, BANK, STATION, false, false },
	{ ROLE_NODAL, BANK, BANK, false, false },
	{ ROLE_SERVICE, BANK, STATION, true, true },
	{ ROLE_SERVICE, OTHER_BANK, STATION, true, false },
	{ ROLE_AUDITOR, NEIGHBOUR, STATION, true, true },
	{ ROLE_ADMIN, BANK, STATION, true, false },
	{ ROLE_HUB, BANK, STATION, true, false },
};

START_TEST(target_is_seen_by_its_own)
{
	SCOPED(registry_cleanup) struct registry *registry = tree_new();
	const struct view *view = &target_views[_i];
	const struct actor actor = actor_of(view);
	const struct id unit = place_id((int)view->unit);
	const struct id institution = place_id(
	    view->has_target ? BANK : OTHER_BANK);

	ck_assert_int_eq(
	    access_sees_target(&actor, registry, &unit, &institution),
	    view->sees);
}
END_TEST

Suite *
access_suite(void)
{
	Suite *suite = suite_create("access");
	TCase *tests = tcase_create("access");

	tcase_add_loop_test(
	    tests, right_belongs_to_its_roles_only, 0, (int)COUNT(matrix));
	tcase_add_loop_test(
	    tests, case_is_seen_by_its_own, 0, (int)COUNT(case_views));
	tcase_add_loop_test(
	    tests, target_is_seen_by_its_own, 0, (int)COUNT(target_views));
	suite_add_tcase(suite, tests);
	return suite;
}
