/*
 * The table of routes: see http_route.h.
 */
#include "hub/http/http_route.h"

#include <stdio.h>
#include <string.h>

#include "hub/http/handle.h"

#define PAGE "cursor limit"
#define SCOPE " unit district institution"
#define REPORT "from until kind priority unit district typology institution"

/* clang-format off */
#define COMMAND(path, right, needs_key, queries, name) \
	{ "POST", path, RIGHT_##right, needs_key, queries, handle_##name##_read, NULL, NULL, false, false }
#define LOOK(path, right, queries, name) \
	{ "GET", path, RIGHT_##right, false, queries, NULL, handle_##name##_look, NULL, false, false }
#define ANSWER(path, right, queries, name) \
	{ "GET", path, RIGHT_##right, false, queries, NULL, NULL, handle_##name##_answer, false, false }

/* A POST of bytes, not of JSON. */
#define UPLOAD(path, right, name) \
	{ "POST", path, RIGHT_##right, true, "", handle_##name##_read, NULL, NULL, true, false }

/* A POST that changes nothing. */
#define ASK(path, right, name) \
	{ "POST", path, RIGHT_##right, false, "", NULL, NULL, handle_##name##_answer, false, false }

/* A row's end, of the version that If-Match names. */
#define END(path, right, name) \
	{ "DELETE", path, RIGHT_##right, false, "", handle_##name##_read, NULL, NULL, false, false }

/* A question that is on record, and that a person asks seldom: no key. */
#define SEEK(path, right, name) \
	{ "POST", path, RIGHT_##right, false, "", handle_##name##_read, NULL, NULL, false, true }

/* A change of the row's version that If-Match names. */
#define CHANGE(path, right, name) \
	{ "PATCH", path, RIGHT_##right, false, "", handle_##name##_read, NULL, NULL, false, false }

static const struct http_route routes[] = {
	/*      path                                   who may             key    query            what */
	COMMAND("/v1/cases",                           SUBMIT_CASE,        true,  "dry_run",       case),
	COMMAND("/v1/cases/{case}/requests",           ADD_REQUESTS,       true,  "dry_run",       requests),
	CHANGE("/v1/cases/{case}",                     PATCH_CASE,                                 case_patch),
	COMMAND("/v1/cases/{case}/withdrawal",         WITHDRAW_CASE,      true,  "",              case_withdrawal),
	COMMAND("/v1/cases/{case}/merge",              MERGE_CASE,         true,  "",              merge),
	COMMAND("/v1/cases/{case}/closing",            CLOSE_CASE,         true,  "",              closing),
	COMMAND("/v1/requests/{frq}/approval",         APPROVE_REQUEST,    true,  "",              approval),
	COMMAND("/v1/requests/{frq}/amendment",        AMEND_REQUEST,      true,  "",              amendment),
	COMMAND("/v1/requests/{frq}/withdrawal",       WITHDRAW_REQUEST,   true,  "",              withdrawal),
	COMMAND("/v1/targets/{tgt}/issue",             ISSUE_TARGET,       true,  "",              issue),
	COMMAND("/v1/targets/{tgt}/dismissal",         ISSUE_TARGET,       true,  "",              dismissal),
	COMMAND("/v1/targets/{tgt}/corrections",       CORRECT_TARGET,     true,  "",              correction),
	COMMAND("/v1/targets/{tgt}/reminders",         REMIND_TARGET,      true,  "",              reminder),
	COMMAND("/v1/targets/{tgt}/releases",          RELEASE_TARGET,     true,  "",              release),
	COMMAND("/v1/targets/{tgt}/reductions",        REDUCE_TARGET,      true,  "",              reduction),
	COMMAND("/v1/targets/{tgt}/extensions",        EXTEND_TARGET,      true,  "",              extension),
	COMMAND("/v1/targets/{tgt}/counter-evidence",  ATTACH_EVIDENCE,    true,  "",              evidence),
	COMMAND("/v1/targets/{tgt}/grievances",        FILE_GRIEVANCE,     true,  "",              grievance),
	COMMAND("/v1/grievances/{grv}/decisions",      DECIDE_GRIEVANCE,   true,  "",              grievance_decision),
	UPLOAD("/v1/cases/{case}/documents",           FILE_DOCUMENT,                              document),
	COMMAND("/v1/documents/{doc}/decisions",       DECIDE_DOCUMENT,    true,  "",              document_decision),
	COMMAND("/v1/formalities/{fml}/waivers",       WAIVE_FORMALITY,    true,  "",              waiver),
	COMMAND("/v1/targets/{tgt}/attachments",       ATTACH_TARGET,      true,  "",              attachment),
	COMMAND("/v1/cases/{case}/restitutions",       PROPOSE_RESTITUTION, true, "",              restitution),
	COMMAND("/v1/restitutions/{rst}/order",        ORDER_RESTITUTION,  true,  "",              restitution_order),
	COMMAND("/v1/restitutions/{rst}/refusal",      PROPOSE_RESTITUTION, true, "",              restitution_refusal),
	COMMAND("/v1/restitutions/{rst}/payments",     PAY_RESTITUTION,    true,  "",              payment),
	COMMAND("/v1/targets/{tgt}/responses",         RESPOND,            true,  "",              response),
	COMMAND("/v1/inbox/checkpoint",                CHECKPOINT_INBOX,   false, "",              checkpoint),
	COMMAND("/v1/institutions",                    PROPOSE_REGISTRY,   true,  "",              institution),
	COMMAND("/v1/institutions/{ins}/confirmation", CONFIRM_REGISTRY,   true,  "",              confirmation),
	COMMAND("/v1/institutions/{ins}/roster",       SET_ROSTER,         true,  "",              roster),
	COMMAND("/v1/institutions/{ins}/place",        PROPOSE_REGISTRY,   true,  "",              place),
	COMMAND("/v1/institutions/{ins}/place/confirmation", CONFIRM_REGISTRY, true, "",            confirmation),
	COMMAND("/v1/principals",                      PROPOSE_REGISTRY,   true,  "",              principal),
	COMMAND("/v1/principals/{prn}/confirmation",   CONFIRM_REGISTRY,   true,  "",              confirmation),
	COMMAND("/v1/endpoints",                       PROPOSE_ENDPOINT,   true,  "",              endpoint),
	COMMAND("/v1/endpoints/{end}/confirmation",    CONFIRM_REGISTRY,   true,  "",              confirmation),
	COMMAND("/v1/endpoints/{end}/test",            TEST_ENDPOINT,      true,  "",              endpoint_test),
	COMMAND("/v1/certificates/revocations",        REVOKE_CERTIFICATE, true,  "",              revocation),
	COMMAND("/v1/agreements",                      PROPOSE_REGISTRY,   true,  "",              agreement),
	COMMAND("/v1/agreements/{agr}/confirmation",   CONFIRM_REGISTRY,   true,  "",              confirmation),
	COMMAND("/v1/agreements/{agr}/withdrawal",     WITHDRAW_AGREEMENT, true,  "",              agreement_withdrawal),
	COMMAND("/v1/signals",                         SEND_SIGNAL,        true,  "",              signal),
	COMMAND("/v1/watch-entries",                   KEEP_WATCH_LIST,    true,  "",              watch),
	COMMAND("/v1/watch-entries/{wat}/disputes",    KEEP_WATCH_LIST,    true,  "",              dispute),
	COMMAND("/v1/watch-entries/{wat}/decisions",   DECIDE_WATCH,       true,  "",              watch_decision),
	COMMAND("/v1/payment-holds",                   HOLD_PAYMENT,       true,  "",              payment_hold),
	COMMAND("/v1/payment-holds/{phd}/answer",      HOLD_PAYMENT,       true,  "",              payment_answer),
	END("/v1/watch-entries/{wat}",                 KEEP_WATCH_LIST,                            watch_withdrawal),
	SEEK("/v1/lookups",                            LOOK_UP,                                    look_up),

	ASK("/v1/parse",                               PARSE,                                      parse),
	ASK("/v1/restitution-plans",                   PLAN_RESTITUTION,                           restitution_plan),

	LOOK("/v1/cases",                              READ_CASE,                 PAGE " status unit district", case_list),
	LOOK("/v1/cases/{case}",                       READ_CASE,                 "",              case),
	LOOK("/v1/cases/{case}/timeline",              READ_TIMELINE,             PAGE,            timeline),
	LOOK("/v1/cases/{case}/notice",                READ_CASE,                 "target",        notice),
	LOOK("/v1/cases/{case}/status",                READ_STATUS,               "",              status),
	LOOK("/v1/cases/{case}/trail",                 READ_TRAIL,                "",              trail),
	LOOK("/v1/formalities",                        READ_FORMALITY,            PAGE SCOPE " status case owes_within", debts),
	LOOK("/v1/deadlines",                          READ_FORMALITY,            PAGE SCOPE " status case kind", deadlines),
	LOOK("/v1/alerts",                             READ_ALERTS,               PAGE " unit district", alerts),
	LOOK("/v1/documents/{doc}",                    READ_DOCUMENT,             "",              document),
	LOOK("/v1/documents/{doc}/content",            READ_CONTENT,              "",              content),
	LOOK("/v1/targets/{tgt}",                      READ_TARGET,               "",              target),
	LOOK("/v1/endpoints/{end}/attempts",           READ_ATTEMPTS,             PAGE,            attempts),
	LOOK("/v1/signals",                            READ_SIGNALS,              PAGE,            signals),
	LOOK("/v1/watch-entries",                      READ_WATCH_LIST,           PAGE " status",  watches),
	LOOK("/v1/watch-entries/{wat}",                READ_WATCH_LIST,           "",              watch),
	LOOK("/v1/payment-holds",                      HOLD_PAYMENT,              PAGE " status",  payment_holds),
	LOOK("/v1/payment-holds/{phd}",                HOLD_PAYMENT,              "",              payment_hold),
	LOOK("/v1/restitutions/{rst}",                 READ_RESTITUTION,          "",              restitution),
	LOOK("/v1/inbox",                              READ_INBOX,                PAGE,            inbox),

	LOOK("/v1/reports/response-times",             READ_REPORTS,              REPORT,          response_times),
	LOOK("/v1/reports/outcomes",                   READ_REPORTS,              REPORT " group", outcomes),
	LOOK("/v1/reports/legal-debt",                 READ_REPORTS,              PAGE SCOPE " by", legal_debt),

	ANSWER("/v1/institutions",                     READ_REGISTRY,             PAGE,            institutions),
	ANSWER("/v1/institutions/{ins}/roster",        READ_ROSTER,               "",              roster),
	ANSWER("/v1/rosters/now",                      READ_ROSTER,               "unit district", duties),
	ANSWER("/v1/endpoints",                        READ_REGISTRY,             PAGE,            endpoints),
	ANSWER("/v1/agreements",                       READ_AGREEMENTS,           PAGE,            agreements),
	ANSWER("/v1/me",                               READ_SELF,                 "",              me),
	ANSWER("/v1/meta",                             READ_SELF,                 "",              meta),
	ANSWER("/openapi.json",                        READ_SELF,                 "",              openapi),
};
/* clang-format on */

_Static_assert(COUNT(routes) <= HTTP_ROUTE_LIMIT, "the counters have room");

/* Compare segment by segment; take the one in braces into the way. */
static bool
matches(const char *pattern, const char *path, struct http_way *way)
{
	way->param[0] = way->prefix[0] = '\0';
	while (*pattern != '\0') {
		size_t length = strcspn(path, "/");
		const char *end = strchr(pattern, '}');

		if (*pattern != '{') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		if (length == 0 || length >= sizeof(way->param))
			return false;
		(void)snprintf(
		    way->param, sizeof(way->param), "%.*s", (int)length, path);
		(void)snprintf(way->prefix, sizeof(way->prefix), "%.*s",
		    (int)(end - pattern - 1), pattern + 1);
		pattern = end + 1;
		path += length;
	}
	return *path == '\0';
}

static void
add_method(struct http_way *way, const char *method)
{
	size_t length = strlen(way->allow);

	(void)snprintf(way->allow + length, sizeof(way->allow) - length, "%s%s",
	    length == 0 ? "" : ", ",
	    strcmp(method, "GET") == 0 ? "GET, HEAD" : method);
}

void
http_route_find(const char *method, const char *path, struct http_way *way)
{
	const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
	struct http_way tried = { .route = NULL };

	memset(way, 0, sizeof(*way));
	for (size_t i = 0; i < COUNT(routes); i++) {
		if (!matches(routes[i].path, path, &tried))
			continue;
		way->is_known = true;
		add_method(way, routes[i].method);
		if (strcmp(routes[i].method, wanted) != 0)
			continue;
		way->route = &routes[i];
		memcpy(way->param, tried.param, sizeof(way->param));
		memcpy(way->prefix, tried.prefix, sizeof(way->prefix));
		return;
	}
}

const struct http_route *
http_route_list(size_t *count)
{
	*count = COUNT(routes);
	return routes;
}
