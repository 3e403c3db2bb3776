/*
 * cli: the demo's bodies, made of the examples.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/base/strbuf.h"
#include "hub/cli/cli_demo_body.h"
#include "test/unit/folder.h"

/* 2026-11-24T12:00:00Z */
#define NOW (INT64_C(1795521600) * CLOCK_SECOND)

static struct json_view *
parse(const char *text)
{
	struct json_view *view = NULL;
	struct err err;

	ck_assert_int_eq(
	    json_view_parse(text, strlen(text), &view, &err), RC_OK);
	return view;
}

static const struct {
	const char *example, *body;
} cases[] = {
	/* The newest payment is ten minutes old, the rest keeps its span. */
	{ "{\"occurred_at\":\"2026-03-11T16:00:00+05:30\",\"transactions\":"
	  "[{\"at\":\"2026-03-11T16:00:00+05:30\"},"
	  "{\"at\":\"2026-03-11T16:04:00+05:30\"}]}",
	    "{\"occurred_at\":\"2026-11-24T11:46:00.000Z\",\"transactions\":"
	    "[{\"at\":\"2026-11-24T11:46:00.000Z\"},"
	    "{\"at\":\"2026-11-24T11:50:00.000Z\"}]}" },
	/* A report that would lie in the future is a minute old. */
	{ "{\"reported_at\":\"2026-03-11T17:00:00Z\",\"transactions\":"
	  "[{\"at\":\"2026-03-11T16:00:00Z\"}]}",
	    "{\"reported_at\":\"2026-11-24T11:59:00.000Z\",\"transactions\":"
	    "[{\"at\":\"2026-11-24T11:50:00.000Z\"}]}" },
	/* All else stays as it is, also what looks like a placeholder. */
	{ "{\"loss\":{\"amount\":\"1.00\"},\"layer\":2,\"emergency\":true,"
	  "\"note\":\"@x.pem {port} 2026-03-11\",\"language\":null,"
	  "\"transactions\":[{\"at\":\"2026-03-11T16:00:00Z\"}]}",
	    "{\"loss\":{\"amount\":\"1.00\"},\"layer\":2,\"emergency\":true,"
	    "\"note\":\"@x.pem {port} 2026-03-11\",\"language\":null,"
	    "\"transactions\":[{\"at\":\"2026-11-24T11:50:00.000Z\"}]}" },
};

START_TEST(times_of_a_case_move_together)
{
	struct json_view *example = parse(cases[_i].example);
	struct strbuf out;

	strbuf_init(&out, CLI_DEMO_BODY_LIMIT);
	cli_demo_body_case(&out, example, NOW);
	ck_assert_str_eq(out.bytes, cases[_i].body);
	strbuf_clear(&out);
	json_view_free(example);
}
END_TEST

/* ---- institutions */

static struct folder folder;

static void
setup(void)
{
	folder_init(&folder);
	folder_write(&folder, "a.pem", "PEM\nof a\n", 0644);
}

static void
teardown(void)
{
	folder_clear(&folder);
}

static enum rc
fill(struct strbuf *out, const char *text)
{
	struct json_view *institution = parse(text);
	struct err err;
	enum rc rc;

	strbuf_init(out, CLI_DEMO_BODY_LIMIT);
	rc = cli_demo_body_institution(
	    out, institution, folder.path, 7001, &err);
	json_view_free(institution);
	return rc;
}

static const struct {
	const char *example, *body;
} institutions[] = {
	{ "{\"principals\":[{\"certificate\":\"@a.pem\"}]}",
	    "{\"principals\":[{\"certificate\":\"PEM\\nof a\\n\"}]}" },
	{ "{\"url\":\"https://localhost:{port}/freezeline\"}",
	    "{\"url\":\"https://localhost:7001/freezeline\"}" },
	{ "{\"at\":\"2026-03-11T16:00:00Z\",\"a\":[],\"b\":{},\"c\":false}",
	    "{\"at\":\"2026-03-11T16:00:00Z\",\"a\":[],\"b\":{},"
	    "\"c\":false}" },
};

START_TEST(placeholders_of_an_institution_are_filled)
{
	struct strbuf out;

	ck_assert_int_eq(fill(&out, institutions[_i].example), RC_OK);
	ck_assert_str_eq(out.bytes, institutions[_i].body);
	strbuf_clear(&out);
}
END_TEST

static const char *const missing[] = {
	"{\"certificate\":\"@b.pem\"}",
	"{\"principals\":[{\"certificate\":\"@a.pem\"},"
	"{\"certificate\":\"@nobody.pem\"}]}",
	"[\"@\"]",
};

START_TEST(a_certificate_that_is_not_there_is_an_error)
{
	struct strbuf out;

	ck_assert_int_ne(fill(&out, missing[_i]), RC_OK);
	strbuf_clear(&out);
}
END_TEST

/* ---- files */

static const struct {
	const char *name, *text;
} files[] = {
	{ "empty.json", "" },
	{ "half.json", "{\"cases\":[" },
	{ "text.json", "\"only a text\"" },
};

START_TEST(a_file_without_json_is_an_error)
{
	char path[FOLDER_PATH_SIZE];
	struct json_view *view = NULL;
	struct err err;

	folder_write(&folder, files[_i].name, files[_i].text, 0600);
	ck_assert_int_ne(
	    cli_demo_body_load(
		folder_path(&folder, files[_i].name, path), &view, &err),
	    RC_OK);
	ck_assert_ptr_null(view);
	ck_assert_ptr_nonnull(strstr(err.text, files[_i].name));
}
END_TEST

START_TEST(a_missing_file_is_an_error)
{
	char path[FOLDER_PATH_SIZE];
	struct json_view *view = NULL;
	struct err err;

	ck_assert_int_eq(
	    cli_demo_body_load(folder_path(&folder, "none", path), &view, &err),
	    RC_MISSING);
}
END_TEST

Suite *
cli_demo_body_suite(void)
{
	Suite *suite = suite_create("cli_demo_body");
	TCase *tests = tcase_create("bodies");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(
	    tests, times_of_a_case_move_together, 0, (int)COUNT(cases));
	tcase_add_loop_test(tests, placeholders_of_an_institution_are_filled, 0,
	    (int)COUNT(institutions));
	tcase_add_loop_test(tests, a_certificate_that_is_not_there_is_an_error,
	    0, (int)COUNT(missing));
	tcase_add_loop_test(
	    tests, a_file_without_json_is_an_error, 0, (int)COUNT(files));
	tcase_add_test(tests, a_missing_file_is_an_error);
	suite_add_tcase(suite, tests);
	return suite;
}
