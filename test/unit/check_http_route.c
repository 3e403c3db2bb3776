/*
 * http_route: every path that leads somewhere, and near ones that do not.
 */
#include "test/unit/unit.h"

#include "hub/http/http_route.h"

static const struct {
	const char *method, *path, *pattern, *param;
} ways[] = {
	{ "POST", "/v1/cases", "/v1/cases", "" },
	{ "GET", "/v1/cases", "/v1/cases", "" },
	{ "HEAD", "/v1/cases", "/v1/cases", "" },
	{ "GET", "/v1/cases/case_1", "/v1/cases/{case}", "case_1" },
	{ "GET", "/v1/cases/IN-KL-2026-000123-C", "/v1/cases/{case}",
	    "IN-KL-2026-000123-C" },
	{ "GET", "/v1/cases/x/timeline", "/v1/cases/{case}/timeline", "x" },
	{ "POST", "/v1/requests/r/approval", "/v1/requests/{frq}/approval",
	    "r" },
	{ "POST", "/v1/requests/r/withdrawal", "/v1/requests/{frq}/withdrawal",
	    "r" },
	{ "POST", "/v1/targets/t/issue", "/v1/targets/{tgt}/issue", "t" },
	{ "POST", "/v1/targets/t/dismissal", "/v1/targets/{tgt}/dismissal",
	    "t" },
	{ "POST", "/v1/targets/t/corrections", "/v1/targets/{tgt}/corrections",
	    "t" },
	{ "POST", "/v1/targets/t/reminders", "/v1/targets/{tgt}/reminders",
	    "t" },
	{ "POST", "/v1/targets/t/responses", "/v1/targets/{tgt}/responses",
	    "t" },
	{ "GET", "/v1/targets/t", "/v1/targets/{tgt}", "t" },
	{ "GET", "/v1/inbox", "/v1/inbox", "" },
	{ "POST", "/v1/inbox/checkpoint", "/v1/inbox/checkpoint", "" },
	{ "POST", "/v1/institutions", "/v1/institutions", "" },
	{ "POST", "/v1/institutions/i/confirmation",
	    "/v1/institutions/{ins}/confirmation", "i" },
	{ "POST", "/v1/principals/p/confirmation",
	    "/v1/principals/{prn}/confirmation", "p" },
	{ "POST", "/v1/endpoints/e/confirmation",
	    "/v1/endpoints/{end}/confirmation", "e" },
	{ "POST", "/v1/certificates/revocations",
	    "/v1/certificates/revocations", "" },
	{ "POST", "/v1/parse", "/v1/parse", "" },
	{ "GET", "/v1/me", "/v1/me", "" },
	{ "GET", "/v1/meta", "/v1/meta", "" },
	{ "GET", "/openapi.json", "/openapi.json", "" },
};

START_TEST(each_path_leads_to_its_route)
{
	struct http_way way;

	http_route_find(ways[_i].method, ways[_i].path, &way);
	ck_assert_ptr_nonnull(way.route);
	ck_assert_str_eq(way.route->path, ways[_i].pattern);
	ck_assert_str_eq(way.param, ways[_i].param);
}
END_TEST

static const char *const nowhere[] = {
	"",
	"/",
	"/v1",
	"/v1/",
	"/v1/case",
	"/v1/cases/",
	"/v1/casesx",
	"//v1/cases",
	"/v1//cases",
	"/V1/cases",
	"/v2/cases",
	"/v1/cases/x/",
	"/v1/cases/x/timeline/",
	"/v1/cases//timeline",
	"/v1/cases/x/y/timeline",
	"/v1/targets/t/responses/r",
	"/v1/targets",
	"/v1/inbox/",
	"/v1/cases/../me",
	"/v1/me/..",
	"/openapi.json/",
	"/v1/cases/"
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"aa",
};

START_TEST(near_paths_lead_nowhere)
{
	static const char *const methods[] = { "GET", "POST", "DELETE" };

	for (size_t i = 0; i < COUNT(methods); i++) {
		struct http_way way;

		http_route_find(methods[i], nowhere[_i], &way);
		ck_assert_ptr_null(way.route);
		ck_assert(!way.is_known);
		ck_assert_str_eq(way.allow, "");
	}
}
END_TEST

static const struct {
	const char *method, *path, *allow;
} refusals[] = {
	{ "PUT", "/v1/cases", "POST, GET, HEAD" },
	{ "DELETE", "/v1/cases/x", "PATCH, GET, HEAD" },
	{ "POST", "/v1/cases/x", "PATCH, GET, HEAD" },
	{ "GET", "/v1/inbox/checkpoint", "POST" },
	{ "GET", "/v1/targets/t/responses", "POST" },
	{ "GET", "/v1/parse", "POST" },
	{ "PUT", "/v1/watch-entries/w", "DELETE, GET, HEAD" },
	{ "GET", "/v1/lookups", "POST" },
	{ "OPTIONS", "/v1/me", "GET, HEAD" },
	{ "get", "/v1/me", "GET, HEAD" },
};

START_TEST(another_method_is_told_which_there_are)
{
	struct http_way way;

	http_route_find(refusals[_i].method, refusals[_i].path, &way);
	ck_assert_ptr_null(way.route);
	ck_assert(way.is_known);
	ck_assert_str_eq(way.allow, refusals[_i].allow);
}
END_TEST

START_TEST(each_route_does_one_thing)
{
	const struct http_route *routes;
	size_t count;

	routes = http_route_list(&count);
	for (size_t i = 0; i < count; i++) {
		bool is_post = strcmp(routes[i].method, "POST") == 0;
		bool has_version = strcmp(routes[i].method, "DELETE") == 0 ||
		    strcmp(routes[i].method, "PATCH") == 0;
		int ways_to_answer = (routes[i].read != NULL) +
		    (routes[i].look != NULL) + (routes[i].answer != NULL);
		bool is_question = strcmp(routes[i].path, "/v1/parse") == 0 ||
		    strcmp(routes[i].path, "/v1/restitution-plans") == 0;

		ck_assert_int_eq(ways_to_answer, 1);

		ck_assert_int_eq((is_post && !is_question) || has_version,
		    routes[i].read != NULL);
		/* Only the checkpoint is harmless to repeat; a question
		 * does nothing, a look-up is asked anew. */
		ck_assert_int_eq(routes[i].needs_key,
		    is_post && !is_question && !routes[i].is_scarce &&
			strstr(routes[i].path, "checkpoint") == NULL);
		ck_assert_uint_ne(access_roles(routes[i].right), 0);
	}
}
END_TEST

Suite *
http_route_suite(void)
{
	Suite *suite = suite_create("http_route");
	TCase *tcase = tcase_create("http_route");

	tcase_add_loop_test(
	    tcase, each_path_leads_to_its_route, 0, (int)COUNT(ways));
	tcase_add_loop_test(
	    tcase, near_paths_lead_nowhere, 0, (int)COUNT(nowhere));
	tcase_add_loop_test(tcase, another_method_is_told_which_there_are, 0,
	    (int)COUNT(refusals));
	tcase_add_test(tcase, each_route_does_one_thing);
	suite_add_tcase(suite, tcase);
	return suite;
}
