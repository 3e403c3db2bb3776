/*
 * cli: what the demo's check says of cases and their timelines.
 */
#include "test/unit/unit.h"

#include <string.h>

#include "hub/base/common.h"
#include "hub/base/strbuf.h"
#include "hub/cli/cli_demo_expected.h"
#include "hub/cli/cli_demo_timeline.h"

enum { TEXT_LIMIT = 65536 };

static struct json_view *
parse(const char *text)
{
	struct json_view *view = NULL;
	struct err err;

	ck_assert_int_eq(
	    json_view_parse(text, strlen(text), &view, &err), RC_OK);
	return view;
}

#define EXPECTED                                                           \
	"{\"case\":\"f\",\"targets\":[{\"institution\":\"bank\","          \
	"\"identifier_type\":\"in_account\",\"layer\":1,\"generation\":2," \
	"\"status\":\"held_full\",\"response_code\":\"HLD_FULL\","         \
	"\"amount_held\":{\"amount\":\"5.00\",\"currency\":\"INR\"},"      \
	"\"passed\":[\"rejected\",\"sent\"]}]}"

#define FILE_OF(slug, type, layer, status, code, amount, more)                 \
	"{\"requests\":[{\"targets\":[{\"id\":\"tgt_1\","                      \
	"\"institution\":{\"slug\":\"" slug "\"},"                             \
	"\"identifier\":{\"type\":\"" type "\"},\"layer\":" layer              \
	",\"status\":\"" status "\",\"response_code\":\"" code                 \
	"\",\"amount_held\":{\"amount\":\"" amount                             \
	"\",\"currency\":\"INR\"},\"queued_at\":\"2026-01-01T00:00:00Z\"" more \
	"}]}]}"

#define DELIVERED ",\"generation\":2,\"delivered_at\":\"2026-01-01T00:00:01Z\""

#define AS_EXPECTED                                                         \
	FILE_OF("bank", "in_account", "1", "held_full", "HLD_FULL", "5.00", \
	    DELIVERED)

static const struct {
	const char *file, *fault;
} files[] = {
	{ "{}", "its target is missing" },
	{ FILE_OF("bonk", "in_account", "1", "held_full", "HLD_FULL", "5.00",
	      DELIVERED),
	    "its target is missing" },
	{ FILE_OF(
	      "bank", "iban", "1", "held_full", "HLD_FULL", "5.00", DELIVERED),
	    "its target is missing" },
	{ FILE_OF("bank", "in_account", "2", "held_full", "HLD_FULL", "5.00",
	      DELIVERED),
	    "its target is missing" },
	{ FILE_OF("bank", "in_account", "1", "queued", "HLD_FULL", "5.00",
	      DELIVERED),
	    "status is queued, expected held_full" },
	{ FILE_OF("bank", "in_account", "1", "held_full", "HLD_PART", "5.00",
	      DELIVERED),
	    "response_code is HLD_PART" },
	{ FILE_OF("bank", "in_account", "1", "held_full", "HLD_FULL", "4.99",
	      DELIVERED),
	    "amount_held/amount is 4.99" },
	{ FILE_OF("bank", "in_account", "1", "held_full", "HLD_FULL", "5.00",
	      ",\"generation\":2"),
	    "delivered_at is none" },
	{ FILE_OF("bank", "in_account", "1", "held_full", "HLD_FULL", "5.00",
	      ",\"generation\":1,\"delivered_at\":\"2026-01-01T00:00:01Z\""),
	    "generation" },
};

START_TEST(a_case_that_differs_is_told)
{
	struct json_view *expected = parse(EXPECTED);
	struct json_view *file = parse(files[_i].file);
	struct strbuf out;

	strbuf_init(&out, TEXT_LIMIT);
	ck_assert_int_gt(cli_demo_expected_compare(expected, file, &out), 0);
	ck_assert_msg(strstr(out.bytes, files[_i].fault) != NULL,
	    "no \"%s\" in %s", files[_i].fault, out.bytes);
	ck_assert_int_gt(cli_demo_expected_compare(expected, file, NULL), 0);
	strbuf_clear(&out);
	json_view_free(file);
	json_view_free(expected);
}
END_TEST

START_TEST(a_case_as_expected_has_no_difference)
{
	struct json_view *expected = parse(EXPECTED);
	struct json_view *file = parse(AS_EXPECTED);
	struct strbuf out;

	strbuf_init(&out, TEXT_LIMIT);
	ck_assert_int_eq(cli_demo_expected_compare(expected, file, &out), 0);
	ck_assert_str_eq(out.bytes, "");
	strbuf_clear(&out);
	json_view_free(file);
	json_view_free(expected);
}
END_TEST

START_TEST(a_target_too_many_is_a_difference)
{
	struct json_view *expected = parse("{\"case\":\"f\",\"targets\":[]}");
	struct json_view *file = parse(AS_EXPECTED);

	ck_assert_int_eq(cli_demo_expected_compare(expected, file, NULL), 1);
	json_view_free(file);
	json_view_free(expected);
}
END_TEST

static const struct {
	const char *act;
	bool is_due;
} acts[] = {
	{ "{\"when\":{\"status\":\"held_full\",\"institution\":\"bank\"}}",
	    true },
	{ "{\"when\":{\"status\":\"proposed\",\"institution\":\"bank\"}}",
	    false },
	{ "{\"when\":{\"status\":\"held_full\",\"institution\":\"other\"}}",
	    false },
	{ "{\"when\":{}}", false },
	{ "{}", false },
};

START_TEST(an_act_is_due_when_its_target_stands_so)
{
	struct json_view *act = parse(acts[_i].act);
	struct json_view *file = parse(AS_EXPECTED);

	ck_assert_int_eq(
	    cli_demo_expected_due(act, file) != NULL, acts[_i].is_due);
	json_view_free(file);
	json_view_free(act);
}
END_TEST

/* ---- timelines */

#define EVENT(index, type)                                \
	"{\"leaf_index\":" index ",\"event_id\":\"" index \
	"\",\"type\":\"" type                             \
	"\",\"values\":[{\"field\":\"target\",\"value\":\"tgt_1\"}]}"
#define OTHER(index, type)                                            \
	"{\"leaf_index\":" index ",\"type\":\"" type "\",\"values\":" \
	"[{\"field\":\"target\",\"value\":\"tgt_2\"}]}"
#define TIMELINE(events) "{\"items\":[" events "]}"

#define FIRST                                         \
	EVENT("1", "target.issued")                   \
	"," EVENT("2", "target.attempted") "," EVENT( \
	    "3", "target.delivered") "," EVENT("4", "target.rejected")
#define SECOND                         \
	EVENT("5", "target.corrected") \
	"," EVENT("6", "target.receipt") "," EVENT("7", "target.held_full")

static const struct {
	const char *timeline, *fault;
} timelines[] = {
	{ TIMELINE(FIRST "," SECOND), NULL },
	/* A note moves nothing, another target's move is not this one's. */
	{ TIMELINE(FIRST "," SECOND "," EVENT("8", "target.reminded") "," OTHER(
	      "9", "target.issued")),
	    NULL },
	/* The 2xx is recorded after the answer. */
	{ TIMELINE(EVENT("1", "target.issued") "," EVENT(
	      "2", "target.attempted") "," EVENT("3",
	      "target.rejected") "," SECOND
				 "," EVENT("8", "target.delivery_recorded")),
	    NULL },
	{ TIMELINE(""), "ends at new" },
	{ TIMELINE(FIRST), "ends at rejected" },
	{ TIMELINE(SECOND), "out of order in its timeline: target.corrected" },
	{ TIMELINE(FIRST "," EVENT("5", "target.corrected")),
	    "ends at queued" },
	{ TIMELINE(FIRST "," EVENT("6", "target.held_full") "," EVENT(
	      "7", "target.corrected")),
	    "out of order" },
	{ TIMELINE(EVENT("1", "target.issued") "," EVENT(
	      "4", "target.rejected") "," SECOND),
	    "no delivery" },
	{ TIMELINE(EVENT("1", "target.issued") "," EVENT("3",
	      "target.delivered") "," EVENT("4", "target.rejected") "," SECOND),
	    "never was sent" },
	{ TIMELINE(FIRST "," EVENT("4", "target.corrected") "," EVENT(
	      "6", "target.held_full")),
	    "leaf indexes do not grow at 4" },
	{ TIMELINE(FIRST "," OTHER("3", "case.read") "," SECOND),
	    "leaf indexes do not grow" },
};

START_TEST(timelines_are_replayed)
{
	struct json_view *expected = parse(EXPECTED);
	struct json_view *file = parse(AS_EXPECTED);
	struct json_view *timeline = parse(timelines[_i].timeline);
	struct strbuf out;
	int faults;

	strbuf_init(&out, TEXT_LIMIT);
	faults = cli_demo_timeline_check(expected, file, timeline, &out);
	if (timelines[_i].fault == NULL) {
		ck_assert_msg(faults == 0, "%s", out.bytes);
	} else {
		ck_assert_int_gt(faults, 0);
		ck_assert_msg(strstr(out.bytes, timelines[_i].fault) != NULL,
		    "no \"%s\" in %s", timelines[_i].fault, out.bytes);
	}
	strbuf_clear(&out);
	json_view_free(timeline);
	json_view_free(file);
	json_view_free(expected);
}
END_TEST

Suite *
cli_demo_timeline_suite(void)
{
	Suite *suite = suite_create("cli_demo_timeline");
	TCase *tests = tcase_create("judging");

	tcase_add_loop_test(
	    tests, a_case_that_differs_is_told, 0, (int)COUNT(files));
	tcase_add_test(tests, a_case_as_expected_has_no_difference);
	tcase_add_test(tests, a_target_too_many_is_a_difference);
	tcase_add_loop_test(tests, an_act_is_due_when_its_target_stands_so, 0,
	    (int)COUNT(acts));
	tcase_add_loop_test(
	    tests, timelines_are_replayed, 0, (int)COUNT(timelines));
	suite_add_tcase(suite, tests);
	return suite;
}
