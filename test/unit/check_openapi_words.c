/*
 * docs/openapi.json: its enumerations are the vocabulary's, word for word and
 * in the same order.
 */
#include "test/unit/unit.h"

#include <jansson.h>

#include "hub/domain/case_state.h"
#include "hub/domain/grievance_state.h"
#include "hub/domain/identifier.h"
#include "hub/domain/formality_state.h"
#include "hub/domain/request_state.h"
#include "hub/domain/response_code.h"
#include "hub/domain/payment_hold_state.h"
#include "hub/domain/risk_rule.h"
#include "hub/domain/signal_kind.h"
#include "hub/domain/target_state.h"
#include "hub/domain/watch_state.h"
#include "hub/domain/vocabulary.h"
#include "hub/parsing/parsing.h"

static json_t *document, *schemas;

static void
read_document(void)
{
	document = json_load_file("docs/openapi.json", 0, NULL);
	ck_assert_ptr_nonnull(document);
	schemas = json_object_get(
	    json_object_get(document, "components"), "schemas");
	ck_assert(json_is_object(schemas));
}

static void
free_document(void)
{
	json_decref(document);
}

static const struct {
	const char *schema;
	const struct words *words;
	size_t hidden; /* words at the end that the API does not have */
} lists[] = {
	{ "InstitutionKind", &institution_kind_words, 0 },
	{ "EndpointKind", &endpoint_kind_words, 0 },
	{ "Adapter", &adapter_kind_words, 0 },
	{ "RegistryStatus", &registry_status_words, 0 },
	{ "RouteScheme", &route_scheme_words, 0 },
	{ "Role", &role_words, 1 }, /* the hub itself */
	{ "Priority", &priority_words, 0 },
	{ "Authorised", &authorised_words, 0 },
	{ "Scope", &scope_words, 0 },
	{ "Successor", &successor_words, 0 },
	{ "Action", &action_words, 0 },
	{ "FollowLeads", &follow_leads_words, 0 },
	{ "CaseOutcome", &case_outcome_words, 0 },
	{ "NotFollowed", &not_followed_words, 0 },
	{ "ResidualReason", &residual_reason_words, 0 },
	{ "Mismatch", &mismatch_words, 0 },
	{ "AccountType", &account_type_words, 0 },
	{ "DeadlineKind", &deadline_kind_words, 0 },
	{ "MessageType", &message_type_words, 0 },
	{ "SignalKind", &signal_kind_words, 0 },
	{ "AgreementStatus", &agreement_status_words, 0 },
	{ "WatchSource", &watch_source_words, 0 },
	{ "WatchReason", &watch_reason_words, 0 },
	{ "WatchDecision", &watch_decision_words, 0 },
	{ "LookupPurpose", &lookup_purpose_words, 0 },
	{ "PaymentGround", &payment_ground_words, 0 },
	{ "PaymentAnswer", &payment_answer_words, 0 },
	{ "Typology", &typology_words, 0 },
	{ "Channel", &channel_words, 0 },
	{ "ReportChannel", &report_channel_words, 0 },
	{ "EvidenceKind", &evidence_kind_words, 0 },
	{ "WithdrawalReason", &withdrawal_reason_words, 0 },
	{ "ResponseCode", &response_code_words, 0 },
	{ "ParsedKind", &parsed_kind_words, 0 },
	{ "ParsedReferenceType", &parsed_reference_words, 0 },
};

static void
expect_words(const char *schema, const struct words *words, size_t hidden)
{
	const json_t *list = json_object_get(
	    json_object_get(schemas, schema), "enum");

	ck_assert_msg(json_array_size(list) == words->count - hidden,
	    "%s has %zu words", schema, json_array_size(list));
	for (size_t i = 0; i < json_array_size(list); i++)
		ck_assert_str_eq(json_string_value(json_array_get(list, i)),
		    words->items[i]);
}

START_TEST(enumeration_is_the_vocabularys)
{
	expect_words(lists[_i].schema, lists[_i].words, lists[_i].hidden);
}
END_TEST

START_TEST(statuses_are_the_machines)
{
	expect_words("CaseStatus", case_machine.states, 0);
	expect_words("RequestStatus", request_machine.states, 0);
	expect_words("TargetStatus", target_machine.states, 0);
	expect_words("GrievanceStatus", grievance_machine.states, 0);
	expect_words("FormalityStatus", formality_machine.states, 0);
	expect_words("WatchStatus", watch_machine.states, 0);
	expect_words("PaymentHoldStatus", payment_hold_machine.states, 0);
}
END_TEST

/* The branch of a type names exactly the members that the domain has. */
START_TEST(identifier_has_the_domains_members)
{
	const json_t *branches = json_object_get(
	    json_object_get(schemas, "IdentifierMembers"), "oneOf");
	const json_t *branch = json_array_get(branches, (size_t)_i);
	const json_t *properties = json_object_get(branch, "properties");
	const struct identifier_member *members;
	size_t count;

	members = identifier_members((enum identifier_type)_i, &count);
	ck_assert_str_eq(json_string_value(json_object_get(
			     json_object_get(properties, "type"), "const")),
	    identifier_type_name((enum identifier_type)_i));
	ck_assert_uint_eq(json_object_size(properties), count + 1);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(
		    json_object_get(properties, members[i].name) != NULL,
		    "no member %s", members[i].name);
	ck_assert_uint_eq(json_array_size(branches), IDENTIFIER_TYPE_COUNT);
}
END_TEST

Suite *
openapi_words_suite(void)
{
	Suite *suite = suite_create("openapi_words");
	TCase *tcase = tcase_create("openapi_words");

	tcase_add_unchecked_fixture(tcase, read_document, free_document);
	tcase_add_loop_test(
	    tcase, enumeration_is_the_vocabularys, 0, (int)COUNT(lists));
	tcase_add_test(tcase, statuses_are_the_machines);
	tcase_add_loop_test(tcase, identifier_has_the_domains_members, 0,
	    IDENTIFIER_TYPE_COUNT);
	suite_add_tcase(suite, tcase);
	return suite;
}
