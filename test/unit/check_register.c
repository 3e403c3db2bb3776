/*
 * The registry's acts: who proposes, what is refused, and that another
 * person confirms.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct principal_draft people[2];

static void
draft_person(struct principal_draft *person, enum role role, int key)
{
	*person = (struct principal_draft){ .role = role,
		.name = "N. N.",
		.rank = "",
		.institution_text = "district",
		.certificate = { .pem = "",
		    .serial = "01",
		    .not_after = world.now + WORLD_DAY } };
	person->certificate.key[0] = (uint8_t)key;
}

static struct register_institution *
institution(enum person person)
{
	struct register_institution *draft =
	    &world_command(COMMAND_REGISTER_INSTITUTION, person)->institution;

	draft_person(&people[0], ROLE_NODAL, 201);
	draft_person(&people[1], ROLE_SERVICE, 202);
	draft->slug = "new_bank";
	draft->name = "New Bank";
	draft->country = "IN";
	draft->region = draft->phone = "";
	draft->profile = "IN";
	draft->kind = INSTITUTION_BANK;
	draft->principals = people;
	draft->principal_count = 2;
	return draft;
}

static struct principal_draft *
principal(enum person person)
{
	struct principal_draft *draft =
	    &world_command(COMMAND_REGISTER_PRINCIPAL, person)->principal;

	draft_person(draft, ROLE_OFFICER, 203);
	return draft;
}

static struct endpoint_draft *
endpoint(enum person person, const char *institution_text)
{
	struct endpoint_draft *draft =
	    &world_command(COMMAND_REGISTER_ENDPOINT, person)->endpoint;

	draft->institution_text = institution_text;
	draft->kind = ENDPOINT_WEBHOOK;
	draft->url = "https://bank.example/hook";
	draft->adapter = "json";
	draft->pinned_key = "";
	return draft;
}

/* ---- proposing */

START_TEST(institution_comes_with_people_and_an_inbox)
{
	institution(ADMIN);
	world_done(201);
	ck_assert_uint_eq(world.effects.change_count, 4);
	ck_assert_int_eq(
	    world.effects.changes[0].kind, REGISTRY_ADD_INSTITUTION);
	ck_assert_int_eq(world.effects.changes[3].kind, REGISTRY_ADD_ENDPOINT);
	ck_assert_int_eq(
	    world.effects.changes[3].endpoint->kind, ENDPOINT_INBOX);
	for (size_t i = 0; i < 4; i++)
		ck_assert(id_equal(
		    &world.effects.changes[i].institution, &world.reply.thing));
	ck_assert_uint_eq(world_events("principal.proposed"), 2);
}
END_TEST

START_TEST(institution_stands_below_its_parent)
{
	struct id district = world_place(DISTRICT);
	struct register_institution *draft = institution(ADMIN);

	draft->kind = INSTITUTION_POLICE_UNIT;
	draft->parent_text = "district";
	people[0].role = ROLE_OFFICER;
	people[1].role = ROLE_SUPERVISOR;
	world_done(201);
	ck_assert(id_equal(&draft->parent, &district));
}
END_TEST

START_TEST(admin_enrols_a_person)
{
	principal(ADMIN);
	world_done(201);
	ck_assert_uint_eq(world.effects.change_count, 1);
	ck_assert_int_eq(world.effects.changes[0].kind, REGISTRY_ADD_PRINCIPAL);
}
END_TEST

static const struct {
	enum person person;
	const char *institution;
} proposers[] = { { ADMIN, "bank" }, { BANK_NODAL, "bank" } };

START_TEST(nodal_officer_proposes_the_own_endpoint)
{
	endpoint(proposers[_i].person, proposers[_i].institution);
	world_done(201);
	ck_assert_uint_eq(world.effects.change_count, 1);
	ck_assert(!id_equal(
	    &world.effects.changes[0].key_id, &world.effects.changes[0].id));
}
END_TEST

static void
slug_taken(struct register_institution *draft)
{
	draft->slug = "bank";
}

static void
unknown_parent(struct register_institution *draft)
{
	draft->parent_text = "nobody";
}

static void
unknown_profile(struct register_institution *draft)
{
	draft->profile = "XX";
}

static void
officer_of_a_bank(struct register_institution *draft)
{
	draft->principals[1].role = ROLE_OFFICER;
}

static void
nodal_of_the_police(struct register_institution *draft)
{
	draft->kind = INSTITUTION_POLICE_UNIT;
}

static void
auditor_of_a_bank(struct register_institution *draft)
{
	draft->principals[1].role = ROLE_AUDITOR;
}

static void
admin_of_a_bank(struct register_institution *draft)
{
	draft->principals[1].role = ROLE_ADMIN;
}

static void
hub_of_the_hub(struct register_institution *draft)
{
	draft->kind = INSTITUTION_HUB;
	draft->principals[0].role = ROLE_HUB;
}

static void
key_taken(struct register_institution *draft)
{
	draft->principals[1].certificate.key[0] = (uint8_t)(OFFICER + 1);
}

static void
key_twice(struct register_institution *draft)
{
	draft->principals[1].certificate.key[0] = 201;
}

static void
expired(struct register_institution *draft)
{
	draft->principals[1].certificate.not_after = world.now;
}

static void
over_before_it_begins(struct register_institution *draft)
{
	draft->principals[1].valid_from = world.now + WORLD_DAY;
	draft->principals[1].valid_until = world.now + WORLD_DAY;
}

static void
over_by_now(struct register_institution *draft)
{
	draft->principals[1].valid_from = world.now - WORLD_DAY;
	draft->principals[1].valid_until = world.now;
}

static const struct {
	void (*bend)(struct register_institution *draft);
	enum rc rc;
	const char *code, *pointer;
} wrong[] = {
	{ slug_taken, RC_CONFLICT, "slug_taken", "/slug" },
	{ unknown_parent, RC_INVALID, "unknown_institution", "/parent" },
	{ unknown_profile, RC_INVALID, "unknown_profile", "/profile" },
	{ officer_of_a_bank, RC_INVALID, "role_not_of_kind",
	    "/principals/1/role" },
	{ nodal_of_the_police, RC_INVALID, "role_not_of_kind",
	    "/principals/0/role" },
	{ auditor_of_a_bank, RC_INVALID, "role_not_of_kind",
	    "/principals/1/role" },
	{ admin_of_a_bank, RC_INVALID, "role_not_of_kind",
	    "/principals/1/role" },
	{ hub_of_the_hub, RC_INVALID, "role_not_of_kind",
	    "/principals/0/role" },
	{ key_taken, RC_CONFLICT, "key_already_enrolled",
	    "/principals/1/certificate" },
	{ key_twice, RC_INVALID, "key_twice", "/principals/1/certificate" },
	{ expired, RC_INVALID, "expired", "/principals/1/certificate" },
	{ over_before_it_begins, RC_INVALID, "bad_span",
	    "/principals/1/valid_until" },
	{ over_by_now, RC_INVALID, "bad_span", "/principals/1/valid_until" },
};

START_TEST(wrong_institution_is_refused)
{
	wrong[_i].bend(institution(ADMIN));
	world_refused(wrong[_i].rc, wrong[_i].code, wrong[_i].pointer);
}
END_TEST

START_TEST(wrong_person_is_refused)
{
	struct principal_draft *draft = principal(ADMIN);

	switch (_i) {
	case 0:
		draft->institution_text = "nobody";
		world_refused(
		    RC_INVALID, "unknown_institution", "/institution");
		break;
	case 1:
		draft->institution_text = "bank";
		world_refused(RC_INVALID, "role_not_of_kind", "/role");
		break;
	case 2:
		draft->certificate.key[0] = (uint8_t)(BANK_NODAL + 1);
		world_refused(
		    RC_CONFLICT, "key_already_enrolled", "/certificate");
		break;
	default:
		draft->certificate.not_after = world.now;
		world_refused(RC_INVALID, "expired", "/certificate");
	}
}
END_TEST

/* Anothers' endpoint is like one that is not there. */
START_TEST(anothers_endpoint_is_not_proposed)
{
	endpoint(
	    _i == 0 ? BANK_NODAL : ADMIN, _i == 0 ? "other_bank" : "nobody");
	world_refused(RC_INVALID, "unknown_institution", "/institution");
}
END_TEST

static const enum person no_proposers[] = { OFFICER, SUPERVISOR, BANK_SERVICE,
	AUDITOR, DISPATCHER };

START_TEST(others_propose_nothing)
{
	institution(no_proposers[_i]);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
	principal(no_proposers[_i]);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
	endpoint(no_proposers[_i], "bank");
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

START_TEST(nodal_officer_proposes_no_people)
{
	institution(BANK_NODAL);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
	principal(BANK_NODAL)->institution_text = "bank";
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

/* ---- confirming */

/* A view in which a bank, a person and an endpoint wait for a confirmation. */
static void
propose_by(enum person person)
{
	struct institution bank = { .id = world_id(30, 1),
		.slug = "new_bank",
		.name = "",
		.country = "IN",
		.region = "",
		.profile = "IN",
		.phone = "",
		.kind = INSTITUTION_BANK,
		.proposed_by = world_person(person) };
	struct principal nodal = { .id = world_id(30, 2),
		.institution = bank.id,
		.role = ROLE_NODAL,
		.name = "",
		.rank = "",
		.proposed_by = bank.proposed_by };
	struct endpoint inbox = { .id = world_id(30, 3),
		.institution = bank.id,
		.number = 1,
		.kind = ENDPOINT_INBOX,
		.url = "",
		.adapter = "json",
		.pinned_key = "",
		.proposed_by = bank.proposed_by };
	const struct registry_rows rows = { .institutions = &bank,
		.institution_count = 1,
		.principals = &nodal,
		.principal_count = 1,
		.endpoints = &inbox,
		.endpoint_count = 1 };

	registry_unref(world.registry);
	world.registry = registry_new(&rows);
	world.snapshot.registry = world.registry;
}

static void
confirm(enum person person, enum registry_thing thing)
{
	struct confirm_registration *confirm =
	    &world_command(COMMAND_CONFIRM_REGISTRATION, person)->confirm;

	confirm->thing = thing;
	confirm->id = world_id(30, (int)thing + 1);
}

START_TEST(another_admin_confirms_and_the_delay_begins)
{
	static const enum registry_change_kind kinds[] = {
		REGISTRY_CONFIRM_INSTITUTION, REGISTRY_CONFIRM_PRINCIPAL,
		REGISTRY_CONFIRM_ENDPOINT
	};

	propose_by(_i % 2 == 0 ? ADMIN : BANK_NODAL);
	confirm(SECOND_ADMIN, (enum registry_thing)(_i / 2));
	world_done(200);
	ck_assert_uint_eq(world.effects.change_count, 1);
	ck_assert_int_eq(world.effects.changes[0].kind, kinds[_i / 2]);
	ck_assert_int_eq(
	    world.effects.changes[0].active_from, world.now + WORLD_DAY);
}
END_TEST

START_TEST(own_proposal_is_not_ones_own_to_confirm)
{
	propose_by(ADMIN);
	confirm(ADMIN, (enum registry_thing)_i);
	world_refused(RC_FORBIDDEN, "own_proposal", "");
}
END_TEST

START_TEST(what_is_not_there_is_not_confirmed)
{
	propose_by(ADMIN);
	confirm(SECOND_ADMIN, (enum registry_thing)_i);
	world.command.confirm.id = world_id(31, 1);
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

START_TEST(what_is_active_is_not_confirmed)
{
	confirm(ADMIN, REGISTRY_INSTITUTION);
	world.command.confirm.id = world_place(BANK);
	world_refused(RC_CONFLICT, "not_proposed", "");
}
END_TEST

static const enum person no_admins[] = { OFFICER, SUPERVISOR, BANK_NODAL,
	BANK_SERVICE, AUDITOR, DISPATCHER };

START_TEST(only_admins_confirm_and_revoke)
{
	struct revoke_certificate *revoke;

	propose_by(ADMIN);
	confirm(no_admins[_i], REGISTRY_INSTITUTION);
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
	revoke =
	    &world_command(COMMAND_REVOKE_CERTIFICATE, no_admins[_i])->revoke;
	revoke->key[0] = (uint8_t)(OFFICER + 1);
	revoke->reason = "lost";
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

/* ---- revoking */

START_TEST(one_admin_revokes_at_once)
{
	struct id officer = world_person(OFFICER);
	struct revoke_certificate *revoke =
	    &world_command(COMMAND_REVOKE_CERTIFICATE, ADMIN)->revoke;

	revoke->key[0] = (uint8_t)(OFFICER + 1);
	revoke->reason = "lost";
	world_done(200);
	ck_assert_int_eq(
	    world.effects.changes[0].kind, REGISTRY_REVOKE_CERTIFICATE);
	ck_assert(id_equal(&world.reply.thing, &officer));
	ck_assert_str_eq(
	    world_field(world_event("certificate.revoked"), "reason"), "lost");
}
END_TEST

START_TEST(unknown_key_is_not_revoked)
{
	world_command(COMMAND_REVOKE_CERTIFICATE, ADMIN)->revoke.key[0] = 250;
	world_refused(RC_MISSING, "not_found", "");
}
END_TEST

static void
add_proposals(TCase *tcase)
{
	tcase_add_test(tcase, institution_comes_with_people_and_an_inbox);
	tcase_add_test(tcase, institution_stands_below_its_parent);
	tcase_add_test(tcase, admin_enrols_a_person);
	tcase_add_loop_test(tcase, nodal_officer_proposes_the_own_endpoint, 0,
	    (int)COUNT(proposers));
	tcase_add_loop_test(
	    tcase, wrong_institution_is_refused, 0, (int)COUNT(wrong));
	tcase_add_loop_test(tcase, wrong_person_is_refused, 0, 4);
	tcase_add_loop_test(tcase, anothers_endpoint_is_not_proposed, 0, 2);
	tcase_add_loop_test(
	    tcase, others_propose_nothing, 0, (int)COUNT(no_proposers));
	tcase_add_test(tcase, nodal_officer_proposes_no_people);
}

Suite *
register_suite(void)
{
	Suite *suite = suite_create("register");
	TCase *tcase = tcase_create("register");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	add_proposals(tcase);
	tcase_add_loop_test(
	    tcase, another_admin_confirms_and_the_delay_begins, 0, 6);
	tcase_add_loop_test(
	    tcase, own_proposal_is_not_ones_own_to_confirm, 0, 3);
	tcase_add_loop_test(tcase, what_is_not_there_is_not_confirmed, 0, 3);
	tcase_add_test(tcase, what_is_active_is_not_confirmed);
	tcase_add_loop_test(
	    tcase, only_admins_confirm_and_revoke, 0, (int)COUNT(no_admins));
	tcase_add_test(tcase, one_admin_revokes_at_once);
	tcase_add_test(tcase, unknown_key_is_not_revoked);
	suite_add_tcase(suite, tcase);
	return suite;
}
