/*
 * command_json, the registry's part: institutions, principals, endpoints.
 */
#include "test/unit/unit.h"

#include <stdio.h>

#include "hub/wire/command_json.h"

enum { ARENA_LIMIT = 1 << 20 };

#define PEM "-----BEGIN CERTIFICATE-----"
#define PIN "sha256//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

/* In the place of crypto's: a serial that the next call overwrites. */
static enum rc
read_certificate(
    const char *pem, struct certificate_draft *certificate, struct err *err)
{
	static char serial[8];

	if (strncmp(pem, PEM, strlen(PEM)) != 0)
		return err_set(err, RC_INVALID, "bad_certificate",
		    "must be a certificate in PEM");
	(void)snprintf(serial, sizeof(serial), "%s", pem + strlen(PEM));
	certificate->serial = serial;
	certificate->key[0] = 7;
	return RC_OK;
}

enum thing { INSTITUTION, PRINCIPAL, ENDPOINT };

static enum rc
read_thing(enum thing thing, const char *body, struct command *command,
    struct err *err)
{
	size_t length = strlen(body);

	*err = (struct err){ .rc = RC_OK };
	switch (thing) {
	case INSTITUTION:
		return command_json_institution(
		    body, length, read_certificate, command, err);
	case PRINCIPAL:
		return command_json_principal(
		    body, length, read_certificate, command, err);
	case ENDPOINT:
		return command_json_endpoint(body, length, command, err);
	}
	return RC_FAILED;
}

#define BANK                                                          \
	"\"slug\":\"malabar_bank\",\"name\":\"M\",\"kind\":\"bank\"," \
	"\"country\":\"IN\""
#define PERSON "\"role\":\"nodal\",\"name\":\"N\",\"certificate\":\"" PEM "a\""
#define HOOK "\"kind\":\"webhook\",\"url\":\"https://bank.example/in\""

static const struct {
	enum thing thing;
	const char *body, *code, *pointer;
} refused[] = {
	{ INSTITUTION, "{}", "missing_member", "/slug" },
	{ INSTITUTION,
	    "{\"slug\":\"Malabar\",\"name\":\"M\",\"kind\":\"bank\","
	    "\"country\":\"IN\"}",
	    "bad_form", "/slug" },
	{ INSTITUTION,
	    "{\"slug\":\"m\",\"name\":\"M\",\"kind\":\"bank\","
	    "\"country\":\"IN\"}",
	    "bad_form", "/slug" },
	{ INSTITUTION,
	    "{\"slug\":\"1bank\",\"name\":\"M\",\"kind\":\"bank\","
	    "\"country\":\"IN\"}",
	    "bad_form", "/slug" },
	{ INSTITUTION,
	    "{\"slug\":\"ins_x\",\"name\":\"M\",\"kind\":\"bank\","
	    "\"country\":\"IN\"}",
	    "bad_form", "/slug" },
	{ INSTITUTION,
	    "{\"slug\":\"mb\",\"name\":\"M\",\"kind\":\"shop\","
	    "\"country\":\"IN\"}",
	    "not_one_of", "/kind" },
	{ INSTITUTION,
	    "{\"slug\":\"mb\",\"name\":\"M\",\"kind\":\"bank\","
	    "\"country\":\"in\"}",
	    "bad_form", "/country" },
	{ INSTITUTION, "{" BANK ",\"secret\":\"x\"}", "unknown_member",
	    "/secret" },
	{ INSTITUTION,
	    "{" BANK ",\"routes\":[{\"scheme\":\"ifsc\","
	    "\"value\":\"MLBX\"}]}",
	    "not_one_of", "/routes/0/scheme" },
	{ INSTITUTION, "{" BANK ",\"routes\":[{\"scheme\":\"bic\"}]}",
	    "missing_member", "/routes/0/value" },
	{ INSTITUTION,
	    "{" BANK ",\"principals\":[{" PERSON "},"
	    "{\"role\":\"hub\",\"name\":\"H\","
	    "\"certificate\":\"" PEM "\"}]}",
	    "not_one_of", "/principals/1/role" },
	{ INSTITUTION,
	    "{" BANK ",\"principals\":[{" PERSON "},"
	    "{\"role\":\"nodal\",\"name\":\"H\","
	    "\"certificate\":\"PEM\"}]}",
	    "bad_certificate", "/principals/1/certificate" },
	{ INSTITUTION,
	    "{" BANK ",\"principals\":[{" PERSON ","
	    "\"institution\":\"malabar_bank\"}]}",
	    "unknown_member", "/principals/0/institution" },
	{ INSTITUTION, "{" BANK ",\"endpoint\":{\"kind\":\"webhook\"}}",
	    "missing_member", "/endpoint/url" },
	{ INSTITUTION,
	    "{" BANK ",\"endpoint\":{\"kind\":\"inbox\","
	    "\"url\":\"https://a.example/\"}}",
	    "not_allowed_here", "/endpoint/url" },
	{ PRINCIPAL, "{" PERSON "}", "missing_member", "/institution" },
	{ PRINCIPAL,
	    "{" PERSON ",\"institution\":\"malabar_bank\","
	    "\"valid_from\":\"2026-02-01T00:00:00Z\","
	    "\"valid_until\":\"2026-01-01T00:00:00Z\"}",
	    "bad_order", "/valid_until" },
	{ PRINCIPAL,
	    "{\"role\":\"nodal\",\"name\":\"4111111111111111\","
	    "\"certificate\":\"" PEM "\",\"institution\":\"a\"}",
	    "card_number_refused", "/name" },
	{ PRINCIPAL,
	    "{\"role\":\"nodal\",\"name\":\"N\","
	    "\"certificate\":\"x\",\"institution\":\"a\"}",
	    "bad_certificate", "/certificate" },
	{ PRINCIPAL,
	    "{\"role\":\"nodal\",\"name\":\"N\","
	    "\"institution\":\"a\"}",
	    "missing_member", "/certificate" },
	{ ENDPOINT, "{" HOOK "}", "missing_member", "/institution" },
	{ ENDPOINT,
	    "{\"kind\":\"webhook\",\"url\":\"http://b.example/\","
	    "\"institution\":\"a\"}",
	    "bad_form", "/url" },
	{ ENDPOINT,
	    "{\"kind\":\"webhook\",\"url\":\"https://u@b.example/\","
	    "\"institution\":\"a\"}",
	    "bad_form", "/url" },
	{ ENDPOINT,
	    "{\"kind\":\"webhook\",\"url\":\"https://\","
	    "\"institution\":\"a\"}",
	    "bad_form", "/url" },
	{ ENDPOINT, "{" HOOK ",\"institution\":\"a\",\"max_batch\":65}",
	    "out_of_range", "/max_batch" },
	{ ENDPOINT, "{" HOOK ",\"institution\":\"a\",\"concurrency\":0}",
	    "out_of_range", "/concurrency" },
	{ ENDPOINT, "{" HOOK ",\"institution\":\"a\",\"adapter\":\"xml\"}",
	    "not_one_of", "/adapter" },
	{ ENDPOINT, "{" HOOK ",\"institution\":\"a\",\"rate_limit\":0}",
	    "out_of_range", "/rate_limit" },
	{ ENDPOINT, "{" HOOK ",\"institution\":\"a\",\"rate_limit\":10001}",
	    "out_of_range", "/rate_limit" },
	{ ENDPOINT,
	    "{" HOOK ",\"institution\":\"a\","
	    "\"pinned_key\":\"sha256//AAEC\"}",
	    "bad_form", "/pinned_key" },
	{ ENDPOINT, "{" HOOK ",\"institution\":\"a\",\"secret\":\"whsec_\"}",
	    "unknown_member", "/secret" },
	{ ENDPOINT, "{" HOOK ",\"institution\":\"a\",\"allow_private\":0}",
	    "wrong_type", "/allow_private" },
};

START_TEST(wrong_registration_is_refused_with_its_pointer)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	struct command command = { .arena = arena };
	struct err err;

	ck_assert_int_eq(
	    read_thing(refused[_i].thing, refused[_i].body, &command, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, refused[_i].code);
	ck_assert_str_eq(err.pointer, refused[_i].pointer);
}
END_TEST

START_TEST(institution_is_read_with_people_and_endpoint)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	struct command command = { .arena = arena };
	const struct register_institution *i = &command.institution;
	struct err err;

	command.institution.endpoint.secret[31] = 42;
	ck_assert_int_eq(
	    read_thing(INSTITUTION,
		"{" BANK ",\"routes\":[{\"scheme\":\"ifsc_bank\","
		"\"value\":\"MLBX\"}],\"principals\":[{" PERSON "},"
		"{\"role\":\"service\",\"name\":\"S\",\"rank\":\"r\","
		"\"certificate\":\"" PEM "b\"}],\"endpoint\":{" HOOK ","
		"\"pinned_key\":\"" PIN "\",\"allow_private\":true}}",
		&command, &err),
	    RC_OK);
	ck_assert_str_eq(i->slug, "malabar_bank");
	ck_assert_str_eq(i->region, "");
	ck_assert_str_eq(i->profile, "IN");
	ck_assert_ptr_null(i->parent_text);
	ck_assert_uint_eq(i->route_count, 1);
	ck_assert_int_eq(i->routes[0].scheme, ROUTE_IFSC_BANK);
	ck_assert_uint_eq(i->principal_count, 2);
	ck_assert_str_eq(i->principals[0].certificate.serial, "a");
	ck_assert_str_eq(i->principals[1].certificate.serial, "b");
	ck_assert_int_eq(i->principals[1].certificate.key[0], 7);
	ck_assert_str_eq(i->principals[0].rank, "");
	ck_assert(i->has_endpoint && i->endpoint.allow_private);
	ck_assert_str_eq(i->endpoint.adapter, "json");
	ck_assert_int_eq(i->endpoint.secret[31], 42);
}
END_TEST

START_TEST(endpoint_and_principal_name_their_institution)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	struct command command = { .arena = arena };
	struct err err;

	command.endpoint.secret[0] = 42;
	ck_assert_int_eq(
	    read_thing(ENDPOINT,
		"{\"institution\":\"malabar_bank\",\"kind\":\"inbox\"}",
		&command, &err),
	    RC_OK);
	ck_assert_str_eq(command.endpoint.institution_text, "malabar_bank");
	ck_assert_str_eq(command.endpoint.url, "");
	ck_assert_int_eq(command.endpoint.secret[0], 42);
	ck_assert_int_eq(
	    read_thing(PRINCIPAL, "{" PERSON ",\"institution\":\"ins_1\"}",
		&command, &err),
	    RC_OK);
	ck_assert_str_eq(command.principal.institution_text, "ins_1");
	ck_assert_int_eq(command.principal.role, ROLE_NODAL);
}
END_TEST

START_TEST(country_without_a_profile_has_the_generic_one)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA_LIMIT);
	struct command command = { .arena = arena };
	struct err err;

	ck_assert_int_eq(
	    read_thing(INSTITUTION,
		"{\"slug\":\"hb\",\"name\":\"H\",\"kind\":\"bank\","
		"\"country\":\"GB\"}",
		&command, &err),
	    RC_OK);
	ck_assert_str_eq(command.institution.profile, "generic");
}
END_TEST

Suite *
command_registry_suite(void)
{
	Suite *suite = suite_create("command_registry");
	TCase *tcase = tcase_create("command_registry");

	tcase_add_loop_test(tcase,
	    wrong_registration_is_refused_with_its_pointer, 0,
	    (int)COUNT(refused));
	tcase_add_test(tcase, institution_is_read_with_people_and_endpoint);
	tcase_add_test(tcase, endpoint_and_principal_name_their_institution);
	tcase_add_test(tcase, country_without_a_profile_has_the_generic_one);
	suite_add_tcase(suite, tcase);
	return suite;
}
