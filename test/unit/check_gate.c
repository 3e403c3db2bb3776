/*
 * gate: what headers and queries must be.
 */
#include "test/unit/unit.h"

#include "hub/http/gate.h"

static const struct {
	struct gate_origin origin;
	bool is_refused;
} origins[] = {
	{ { "POST", NULL, NULL, "hub:8443" }, false },
	{ { "POST", "same-origin", NULL, "hub:8443" }, false },
	{ { "POST", "none", NULL, "hub:8443" }, false },
	{ { "POST", "same-origin", "https://hub:8443", "hub:8443" }, false },
	{ { "POST", NULL, "https://HUB:8443", "hub:8443" }, false },
	{ { "GET", "cross-site", "https://evil", "hub:8443" }, false },
	{ { "HEAD", "cross-site", NULL, "hub:8443" }, false },
	{ { "POST", "cross-site", NULL, "hub:8443" }, true },
	{ { "POST", "same-site", NULL, "hub:8443" }, true },
	{ { "POST", "Same-Origin", NULL, "hub:8443" }, true },
	{ { "POST", "", NULL, "hub:8443" }, true },
	{ { "POST", "same-origin", "https://evil", "hub:8443" }, true },
	{ { "POST", NULL, "http://hub:8443", "hub:8443" }, true },
	{ { "POST", NULL, "https://hub", "hub:8443" }, true },
	{ { "POST", NULL, "https://hub:8443.evil", "hub:8443" }, true },
	{ { "POST", NULL, "null", "hub:8443" }, true },
	{ { "POST", NULL, "", "hub:8443" }, true },
	{ { "POST", NULL, "https://hub:8443", NULL }, true },
	{ { "DELETE", "cross-site", NULL, "hub:8443" }, true },
	{ { "get", "cross-site", NULL, "hub:8443" }, true },
};

START_TEST(other_sites_change_nothing)
{
	struct err err = { .code = "" };
	enum rc rc = gate_check_origin(&origins[_i].origin, &err);

	ck_assert_int_eq(rc, origins[_i].is_refused ? RC_FORBIDDEN : RC_OK);
	ck_assert_str_eq(err.code, origins[_i].is_refused ? "cross_site" : "");
}
END_TEST

static const struct {
	const char *type;
	bool is_json;
} types[] = {
	{ "application/json", true },
	{ "Application/JSON", true },
	{ "application/json; charset=utf-8", true },
	{ "application/json;charset=utf-8", true },
	{ "application/json; charset=\"UTF-8\" ; x=y", true },
	{ "application/json; version=1", true },
	{ "application/json;", true },
	{ "application/json; charset=utf-16", false },
	{ "application/json; charset=utf-8x", false },
	{ "application/json; charset=\"utf-8", false },
	{ "application/json; charset=", false },
	{ "application/json; x=y; charset=latin1", false },
	{ NULL, false },
	{ "", false },
	{ "application/jsonp", false },
	{ "application/json-patch+json", false },
	{ "text/plain", false },
	{ "text/plain; application/json", false },
	{ "application/x-www-form-urlencoded", false },
	{ " application/json", false },
};

START_TEST(only_json_is_json)
{
	ck_assert_int_eq(gate_is_json(types[_i].type), types[_i].is_json);
}
END_TEST

static const struct {
	const char *key, *code;
} keys[] = {
	{ "a", "" },
	{ "8e03978e-40d5-43e8-bc93-6894a57f9324", "" },
	{ "\"quoted\"", "" },
	{ NULL, "idempotency_key_missing" },
	{ "", "bad_idempotency_key" },
	{ "with space", "bad_idempotency_key" },
	{ "tab\t", "bad_idempotency_key" },
	{ "\xc3\xa9", "bad_idempotency_key" },
	{ "\x7f", "bad_idempotency_key" },
};

START_TEST(key_is_visible_ascii)
{
	struct idempotency idempotency = { .key = "" };
	struct err err = { .code = "" };

	ck_assert_int_eq(gate_read_key(keys[_i].key, &idempotency, &err),
	    *keys[_i].code == '\0' ? RC_OK : RC_MALFORMED);
	ck_assert_str_eq(err.code, keys[_i].code);
	if (*keys[_i].code == '\0')
		ck_assert_str_eq(idempotency.key, keys[_i].key);
	else
		ck_assert_str_eq(idempotency.key, "");
}
END_TEST

START_TEST(key_has_at_most_255_characters)
{
	struct idempotency idempotency;
	char key[258];
	struct err err;

	memset(key, 'k', sizeof(key));
	key[255] = '\0';
	ck_assert_int_eq(gate_read_key(key, &idempotency, &err), RC_OK);
	key[255] = 'k';
	key[256] = '\0';
	ck_assert_int_eq(gate_read_key(key, &idempotency, &err), RC_MALFORMED);
}
END_TEST

static const struct {
	const char *prefer;
	int seconds;
} waits[] = {
	{ "wait=30", 30 },
	{ "wait=0", 0 },
	{ "wait=61", 60 },
	{ "wait=99999999999999999999", 60 },
	{ "respond-async, wait=7", 7 },
	{ "WAIT=7; foo", 7 },
	{ NULL, 0 },
	{ "", 0 },
	{ "wait", 0 },
	{ "wait=", 0 },
	{ "wait=-5", 0 },
	{ "wait=x", 0 },
	{ "await=5", 0 },
	{ "handling=strict", 0 },
	{ ",,,", 0 },
};

START_TEST(wait_is_capped)
{
	ck_assert_int_eq(
	    gate_read_wait(waits[_i].prefer, 60), waits[_i].seconds);
}
END_TEST

static const struct {
	struct exchange_field queries[3];
	const char *allowed, *code;
} queries[] = {
	{ { { NULL, NULL } }, "", "" },
	{ { { "limit", "1" } }, "cursor limit", "" },
	{ { { "limit", "1" }, { "cursor", "x" } }, "cursor limit", "" },
	{ { { "limit", "1" } }, "", "unknown_parameter" },
	{ { { "limits", "1" } }, "cursor limit", "unknown_parameter" },
	{ { { "limi", "1" } }, "cursor limit", "unknown_parameter" },
	{ { { "cursor limit", "1" } }, "cursor limit", "unknown_parameter" },
	{ { { "", "1" } }, "cursor limit", "unknown_parameter" },
	{ { { "Limit", "1" } }, "cursor limit", "unknown_parameter" },
	{ { { "limit", "1" }, { "limit", "2" } }, "cursor limit",
	    "repeated_parameter" },
};

START_TEST(unknown_parameter_does_not_vanish)
{
	struct err err = { .code = "" };
	size_t count = 0;

	while (queries[_i].queries[count].name != NULL)
		count++;
	ck_assert_int_eq(gate_check_queries(queries[_i].queries, count,
			     queries[_i].allowed, &err),
	    *queries[_i].code == '\0' ? RC_OK : RC_INVALID);
	ck_assert_str_eq(err.code, queries[_i].code);
}
END_TEST

static const struct {
	const char *text;
	int limit; /* 0: refused */
} limits[] = {
	{ NULL, 50 },
	{ "1", 1 },
	{ "200", 200 },
	{ "", 0 },
	{ "0", 0 },
	{ "201", 0 },
	{ "-1", 0 },
	{ "+1", 0 },
	{ " 1", 0 },
	{ "1.5", 0 },
	{ "0x10", 0 },
	{ "99999999999999999999", 0 },
};

START_TEST(limit_is_a_small_number)
{
	struct err err;
	int limit;
	enum rc rc = gate_read_limit(limits[_i].text, 50, 200, &limit, &err);

	ck_assert_int_eq(rc, limits[_i].limit == 0 ? RC_INVALID : RC_OK);
	if (rc == RC_OK)
		ck_assert_int_eq(limit, limits[_i].limit);
}
END_TEST

START_TEST(flag_is_true_or_false)
{
	struct err err;
	bool flag;

	ck_assert_int_eq(gate_read_flag(NULL, "f", &flag, &err), RC_OK);
	ck_assert(!flag);
	ck_assert_int_eq(gate_read_flag("false", "f", &flag, &err), RC_OK);
	ck_assert(!flag);
	ck_assert_int_eq(gate_read_flag("true", "f", &flag, &err), RC_OK);
	ck_assert(flag);
	ck_assert_int_eq(gate_read_flag("", "f", &flag, &err), RC_INVALID);
	ck_assert_int_eq(gate_read_flag("1", "f", &flag, &err), RC_INVALID);
	ck_assert_int_eq(gate_read_flag("TRUE", "f", &flag, &err), RC_INVALID);
	ck_assert_int_eq(
	    gate_read_flag("truely", "f", &flag, &err), RC_INVALID);
}
END_TEST

static const struct {
	const char *accept;
	bool is_text;
} accepts[] = {
	{ "text/plain", true },
	{ "text/plain; charset=utf-8", true },
	{ "text/plain, */*;q=0.1", true },
	{ NULL, false },
	{ "", false },
	{ "*/*", false },
	{ "text/html", false },
	{ "application/json", false },
	{ "application/json, text/plain, */*", false },
};

START_TEST(text_is_given_to_who_asks_for_it_alone)
{
	ck_assert_int_eq(
	    gate_wants_text(accepts[_i].accept), accepts[_i].is_text);
}
END_TEST

static const struct {
	const char *accept;
	bool is_csv;
} csv_accepts[] = {
	{ "text/csv", true },
	{ "text/csv; header=present", true },
	{ "text/csv, */*;q=0.1", true },
	{ NULL, false },
	{ "", false },
	{ "*/*", false },
	{ "text/plain", false },
	{ "application/json", false },
	{ "application/json, text/csv", false },
};

START_TEST(rows_are_given_to_who_asks_for_them_alone)
{
	ck_assert_int_eq(
	    gate_wants_csv(csv_accepts[_i].accept), csv_accepts[_i].is_csv);
}
END_TEST

static const struct {
	const char *header; /* NULL: absent */
	int64_t version;
	enum rc rc;
} versions[] = {
	{ "\"0\"", 0, RC_OK },
	{ "\"17\"", 17, RC_OK },
	{ NULL, 0, RC_UNGUARDED },
	{ "", 0, RC_STALE },
	{ "*", 0, RC_STALE },
	{ "17", 0, RC_STALE },
	{ "\"17", 0, RC_STALE },
	{ "\"\"", 0, RC_STALE },
	{ "\"-1\"", 0, RC_STALE },
	{ "W/\"17\"", 0, RC_STALE },
	{ "\"17\", \"18\"", 0, RC_STALE },
	{ "\"9999999999999999999\"", 0, RC_STALE },
};

START_TEST(version_is_one_strong_tag)
{
	int64_t version = 0;
	struct err err;

	ck_assert_int_eq(gate_read_version(versions[_i].header, &version, &err),
	    versions[_i].rc);
	ck_assert_int_eq(version, versions[_i].version);
}
END_TEST

Suite *
gate_suite(void)
{
	Suite *suite = suite_create("gate");
	TCase *tcase = tcase_create("gate");

	tcase_add_loop_test(
	    tcase, other_sites_change_nothing, 0, (int)COUNT(origins));
	tcase_add_loop_test(tcase, only_json_is_json, 0, (int)COUNT(types));
	tcase_add_loop_test(tcase, key_is_visible_ascii, 0, (int)COUNT(keys));
	tcase_add_test(tcase, key_has_at_most_255_characters);
	tcase_add_loop_test(tcase, wait_is_capped, 0, (int)COUNT(waits));
	tcase_add_loop_test(
	    tcase, unknown_parameter_does_not_vanish, 0, (int)COUNT(queries));
	tcase_add_loop_test(
	    tcase, limit_is_a_small_number, 0, (int)COUNT(limits));
	tcase_add_test(tcase, flag_is_true_or_false);
	tcase_add_loop_test(tcase, text_is_given_to_who_asks_for_it_alone, 0,
	    (int)COUNT(accepts));
	tcase_add_loop_test(tcase, rows_are_given_to_who_asks_for_them_alone, 0,
	    (int)COUNT(csv_accepts));
	tcase_add_loop_test(
	    tcase, version_is_one_strong_tag, 0, (int)COUNT(versions));
	suite_add_tcase(suite, tcase);
	return suite;
}
