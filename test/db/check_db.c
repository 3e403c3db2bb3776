/*
 * Connections and pipelines: settings, failures, loss and return.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

#include <poll.h>
#include <stdlib.h>

#include "hub/store/pipeline.h"

static void
setup(void)
{
	db_fresh();
}

/* ---- opening */

static const char *const bad_conninfos[] = {
	"host=/nowhere dbname=freezeline",
	"host=127.0.0.1 port=1 dbname=freezeline",
	"no conninfo",
	"postgres://[",
};

START_TEST(database_that_is_not_there_is_unavailable)
{
	struct db_settings settings = { bad_conninfos[_i], "test",
		SESSION_TOOL };
	struct db *db = NULL;
	struct err err;

	ck_assert_int_eq(db_open(&settings, &db, &err), RC_UNAVAILABLE);
	ck_assert_str_eq(err.code, "database_unavailable");
	ck_assert_ptr_null(db);
}
END_TEST

START_TEST(empty_schema_does_not_fit)
{
	struct db_settings settings = { getenv("FREEZELINE_TEST_HUB"), "test",
		SESSION_DESK };
	struct db *db = NULL;
	struct err err;

	db_wipe();
	ck_assert_int_eq(db_open(&settings, &db, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "statement_refused");
}
END_TEST

#define MUST_BE(name, value)                                               \
	"DO $$ BEGIN IF current_setting('" name "') <> '" value            \
	"' THEN RAISE EXCEPTION '%', current_setting('" name "'); END IF;" \
	" END $$"

static const struct {
	enum session session;
	const char *text;
} settings_of[] = {
	{ SESSION_DESK, MUST_BE("plan_cache_mode", "force_generic_plan") },
	{ SESSION_DESK, MUST_BE("enable_seqscan", "off") },
	{ SESSION_DESK, MUST_BE("jit", "off") },
	{ SESSION_DESK, MUST_BE("TimeZone", "UTC") },
	{ SESSION_DESK, MUST_BE("statement_timeout", "5s") },
	{ SESSION_DESK, MUST_BE("application_name", "freezeline test") },
	{ SESSION_DISPATCHER,
	    MUST_BE("plan_cache_mode", "force_generic_plan") },
	{ SESSION_READER, MUST_BE("default_transaction_read_only", "on") },
	{ SESSION_READER,
	    MUST_BE("idle_in_transaction_session_timeout", "10s") },
	{ SESSION_TOOL, MUST_BE("statement_timeout", "0") },
};

START_TEST(session_has_its_settings)
{
	SCOPED(db_cleanup)
	struct db *db = db_as_hub(settings_of[_i].session);

	db_must(db, settings_of[_i].text);
}
END_TEST

/* ---- queries */

START_TEST(reader_cannot_write)
{
	SCOPED(db_cleanup) struct db *reader = db_as_hub(SESSION_READER);
	struct err err;

	db_must_fail(reader, "INSERT INTO hub_data_key VALUES (9, 'x')", &err);
	ck_assert_str_eq(err.code, "database_read_only");
}
END_TEST

START_TEST(wrong_count_or_session_is_our_fault)
{
	SCOPED(db_cleanup) struct db *reader = db_as_hub(SESSION_READER);
	struct params *params = db_params(reader);
	struct err err;

	params_int4(params, 1);
	ck_assert_int_eq(
	    db_query(reader, SQL_REGISTRY_VERSION, params, NULL, &err),
	    RC_FAILED);
	ck_assert_str_eq(err.code, "statement_misused");
	ck_assert_int_eq(
	    db_query(reader, SQL_LOAD_BATCH_NUMBER, NULL, NULL, &err),
	    RC_FAILED);
	ck_assert_int_eq(
	    db_query(reader, SQL_REGISTRY_VERSION, NULL, NULL, &err), RC_OK);
}
END_TEST

START_TEST(parameters_past_their_limit_are_not_sent)
{
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);
	struct params *params = db_params(tool);
	struct err err;

	params_int4(params, 1);
	params_bytea(params, NULL, (size_t)PARAMS_BYTES_LIMIT + 1);
	ck_assert_int_eq(
	    db_query(tool, SQL_HUB_DATA_KEY_ADD, params, NULL, &err),
	    RC_TOO_LARGE);
	params = db_params(tool);
	params_int4(params, 1);
	params_bytea(params, "k", 1);
	ck_assert_int_eq(
	    db_query(tool, SQL_HUB_DATA_KEY_ADD, params, NULL, &err), RC_OK);
}
END_TEST

#define RAISE(state) \
	"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '" state "'; END $$"

static const struct {
	const char *text;
	enum rc rc;
	const char *code;
} failures[] = {
	{ RAISE("40001"), RC_RETRY, "serialization" },
	{ RAISE("40P01"), RC_RETRY, "deadlock" },
	{ RAISE("55P03"), RC_RETRY, "lock_timeout" },
	{ RAISE("57014"), RC_UNAVAILABLE, "statement_timeout" },
	{ RAISE("57P01"), RC_UNAVAILABLE, "database_unavailable" },
	{ RAISE("53100"), RC_UNAVAILABLE, "database_exhausted" },
	{ RAISE("25006"), RC_UNAVAILABLE, "database_read_only" },
	{ RAISE("58030"), RC_UNAVAILABLE, "database_unavailable" },
	{ RAISE("22P02"), RC_INVALID, "row_refused" },
	{ RAISE("23514"), RC_INVALID, "row_refused" },
	{ RAISE("42501"), RC_FAILED, "statement_refused" },
	{ RAISE("P0001"), RC_FAILED, "statement_refused" },
	{ "SELECT nothing", RC_FAILED, "statement_refused" },
	{ "SELECT must_equal(1, 2, 'rows')", RC_RETRY, "serialization" },
	{ "SELECT must_equal(NULL, 2, 'rows')", RC_RETRY, "serialization" },
	{ "SELECT refuse_unless(false, 'not_revoked')", RC_INVALID,
	    "already_revoked" },
	{ "SELECT refuse_unless(NULL, 'waits_for_confirmation')", RC_INVALID,
	    "already_confirmed" },
	{ "SELECT refuse_unless(false, 'x_two_people')", RC_INVALID,
	    "two_people" },
};

START_TEST(every_state_has_its_meaning)
{
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);
	struct err err;

	db_must_fail(tool, failures[_i].text, &err);
	ck_assert_int_eq(err.rc, failures[_i].rc);
	ck_assert_str_eq(err.code, failures[_i].code);
	ck_assert(!db_is_broken(tool));
}
END_TEST

START_TEST(error_of_a_row_never_shows_its_values)
{
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);
	struct err err;

	db_must_fail(tool,
	    "INSERT INTO institution_route VALUES ('iin', '4111111', NULL)",
	    &err);
	ck_assert_ptr_null(strstr(err.text, "4111111"));
	db_must_fail(tool, "SELECT '4111111x'::integer", &err);
	ck_assert_ptr_null(strstr(err.text, "4111111"));
}
END_TEST

START_TEST(commit_of_a_failed_transaction_is_told)
{
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);
	struct err err;

	ck_assert_int_eq(db_begin(tool, &err), RC_OK);
	db_must(tool, "INSERT INTO hub_data_key VALUES (7, 'x')");
	db_must_fail(tool, "SELECT 1 / 0", &err);
	ck_assert_int_eq(db_commit(tool, &err), RC_RETRY);
	ck_assert_str_eq(err.code, "rolled_back");
	ck_assert_int_eq(db_number("SELECT count(*) FROM hub_data_key"), 0);
}
END_TEST

/* ---- pipelines */

static void
queue_data_key(struct db *db, int number)
{
	struct params *params = db_params(db);

	params_int4(params, number);
	params_bytea(params, "key", 3);
	(void)pipeline_add(db, SQL_HUB_DATA_KEY_ADD, params);
}

/* Revoke a certificate that nobody has: refused. */
static void
queue_failure(struct db *db)
{
	struct params *params = db_params(db);
	struct id nobody = { { 0 } };

	params_array(params, PARAM_BYTEA);
	params_bytea(params, "no key", 6);
	params_array_end(params);
	params_ids(params, &nobody, 1);
	params_array(params, PARAM_TIME);
	params_time(params, 0);
	params_array_end(params);
	(void)pipeline_add(db, SQL_REGISTRY_REVOKE_CERTIFICATES, params);
}

START_TEST(pipeline_gives_each_its_rows)
{
	SCOPED(db_cleanup) struct db *desk = db_as_hub(SESSION_DESK);
	size_t version, keys;
	struct err err;

	pipeline_begin(desk);
	(void)pipeline_add(desk, SQL_BEGIN, NULL);
	queue_data_key(desk, 4);
	version = pipeline_add(desk, SQL_REGISTRY_VERSION, NULL);
	keys = pipeline_add(desk, SQL_HUB_DATA_KEYS, NULL);
	(void)pipeline_add(desk, SQL_COMMIT, NULL);
	ck_assert_int_eq(pipeline_run(desk, &err), RC_OK);
	ck_assert_int_eq(rows_int(pipeline_rows(desk, version), 0, 0), 0);
	ck_assert_uint_eq(rows_count(pipeline_rows(desk, keys)), 1);
	ck_assert_int_eq(rows_int(pipeline_rows(desk, keys), 0, 0), 4);
}
END_TEST

START_TEST(failure_in_a_pipeline_commits_nothing)
{
	SCOPED(db_cleanup) struct db *desk = db_as_hub(SESSION_DESK);
	struct err err;

	for (int round = 0; round < 2; round++) {
		pipeline_begin(desk);
		(void)pipeline_add(desk, SQL_BEGIN, NULL);
		queue_data_key(desk, 4);
		queue_failure(desk);
		queue_data_key(desk, 5);
		(void)pipeline_add(desk, SQL_COMMIT, NULL);
		ck_assert_int_eq(pipeline_run(desk, &err), RC_INVALID);
		ck_assert_str_eq(err.code, "already_revoked");
		ck_assert(!db_is_broken(desk));
	}
	ck_assert_int_eq(db_number("SELECT count(*) FROM hub_data_key"), 0);
	ck_assert_int_eq(
	    db_query(desk, SQL_REGISTRY_VERSION, NULL, NULL, &err), RC_OK);
}
END_TEST

START_TEST(statement_that_cannot_be_queued_fails_the_run)
{
	SCOPED(db_cleanup) struct db *desk = db_as_hub(SESSION_DESK);
	struct params *params;
	struct err err;

	pipeline_begin(desk);
	for (int i = 0; i <= PIPELINE_LIMIT; i++)
		(void)pipeline_add(desk, SQL_REGISTRY_VERSION, NULL);
	ck_assert_int_eq(pipeline_run(desk, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "pipeline_full");
	pipeline_begin(desk);
	(void)pipeline_add(desk, SQL_BEGIN, NULL);
	queue_data_key(desk, 4);
	params = db_params(desk);
	(void)pipeline_add(desk, SQL_HUB_DATA_KEY_ADD, params);
	(void)pipeline_add(desk, SQL_COMMIT, NULL);
	ck_assert_int_eq(pipeline_run(desk, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "statement_misused");
	ck_assert_int_eq(db_number("SELECT count(*) FROM hub_data_key"), 0);
	ck_assert_int_eq(
	    db_query(desk, SQL_REGISTRY_VERSION, NULL, NULL, &err), RC_OK);
}
END_TEST

/* ---- loss */

static void
kill_others(void)
{
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);

	db_must(tool,
	    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
	    " WHERE usename = 'freezeline_hub' AND pid <> pg_backend_pid()");
}

START_TEST(lost_connection_is_unavailable_and_comes_back)
{
	SCOPED(db_cleanup) struct db *desk = db_as_hub(SESSION_DESK);
	struct err err;

	kill_others();
	ck_assert_int_eq(db_query(desk, SQL_REGISTRY_VERSION, NULL, NULL, &err),
	    RC_UNAVAILABLE);
	ck_assert(db_is_broken(desk));
	ck_assert_int_eq(db_socket(desk), -1);
	ck_assert_int_eq(db_query(desk, SQL_REGISTRY_VERSION, NULL, NULL, &err),
	    RC_UNAVAILABLE);
	db_rollback(desk);
	ck_assert_int_eq(db_reopen(desk, &err), RC_OK);
	ck_assert_int_eq(
	    db_query(desk, SQL_REGISTRY_VERSION, NULL, NULL, &err), RC_OK);
}
END_TEST

START_TEST(commit_on_a_lost_connection_is_in_doubt)
{
	SCOPED(db_cleanup) struct db *desk = db_as_hub(SESSION_DESK);
	struct err err;

	pipeline_begin(desk);
	(void)pipeline_add(desk, SQL_BEGIN, NULL);
	ck_assert_int_eq(pipeline_run(desk, &err), RC_OK);
	pipeline_begin(desk);
	queue_data_key(desk, 4);
	(void)pipeline_add(desk, SQL_COMMIT, NULL);
	kill_others();
	ck_assert_int_eq(pipeline_run(desk, &err), RC_UNAVAILABLE);
	ck_assert_str_eq(err.code, "commit_in_doubt");
	ck_assert_int_eq(db_reopen(desk, &err), RC_OK);
	ck_assert_int_eq(db_number("SELECT count(*) FROM hub_data_key"), 0);
}
END_TEST

/* ---- notifications */

START_TEST(notification_arrives_on_the_socket)
{
	SCOPED(db_cleanup) struct db *listener = db_as_hub(SESSION_TOOL);
	SCOPED(db_cleanup) struct db *tool = db_as_hub(SESSION_TOOL);
	struct db_notification notification;
	struct pollfd socket;
	struct err err;
	bool found = true;

	ck_assert_int_eq(
	    db_listen(listener, "Not a channel; --", &err), RC_FAILED);
	ck_assert_int_eq(db_listen(listener, "freezeline_ring", &err), RC_OK);
	ck_assert_int_eq(
	    db_notified(listener, &notification, &found, &err), RC_OK);
	ck_assert(!found);
	db_must(tool, "NOTIFY freezeline_ring, 'registry'");
	socket = (struct pollfd){ db_socket(listener), POLLIN, 0 };
	ck_assert_int_eq(poll(&socket, 1, 5000), 1);
	ck_assert_int_eq(
	    db_notified(listener, &notification, &found, &err), RC_OK);
	ck_assert(found);
	ck_assert_str_eq(notification.channel, "freezeline_ring");
	ck_assert_str_eq(notification.payload, "registry");
	kill_others();
	/* First the server's last words, then the end of the stream. */
	for (int i = 0; i < 3 && !db_is_broken(listener); i++)
		if (db_notified(listener, &notification, &found, &err) != RC_OK)
			break;
	ck_assert_int_eq(
	    db_notified(listener, &notification, &found, &err), RC_UNAVAILABLE);
}
END_TEST

Suite *
db_suite(void)
{
	Suite *suite = suite_create("db");
	TCase *tcase = tcase_create("db");

	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, setup, NULL);
	tcase_add_loop_test(tcase, database_that_is_not_there_is_unavailable, 0,
	    (int)COUNT(bad_conninfos));
	tcase_add_loop_test(
	    tcase, session_has_its_settings, 0, (int)COUNT(settings_of));
	tcase_add_loop_test(
	    tcase, every_state_has_its_meaning, 0, (int)COUNT(failures));
	tcase_add_test(tcase, reader_cannot_write);
	tcase_add_test(tcase, wrong_count_or_session_is_our_fault);
	tcase_add_test(tcase, error_of_a_row_never_shows_its_values);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("fresh");
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, empty_schema_does_not_fit);
	tcase_add_test(tcase, parameters_past_their_limit_are_not_sent);
	tcase_add_test(tcase, commit_of_a_failed_transaction_is_told);
	tcase_add_test(tcase, pipeline_gives_each_its_rows);
	tcase_add_test(tcase, failure_in_a_pipeline_commits_nothing);
	tcase_add_test(tcase, statement_that_cannot_be_queued_fails_the_run);
	tcase_add_test(tcase, lost_connection_is_unavailable_and_comes_back);
	tcase_add_test(tcase, commit_on_a_lost_connection_is_in_doubt);
	tcase_add_test(tcase, notification_arrives_on_the_socket);
	suite_add_tcase(suite, tcase);
	return suite;
}
