/*
 * case_view: what is late, who must confirm and what the customer bears.
 */
#include "test/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/cli/case_view.h"

static char *
shown(const char *text)
{
	SCOPED(json_view_cleanup) struct json_view *file = NULL;
	struct err err;
	char *bytes = NULL;
	size_t length;
	FILE *out = open_memstream(&bytes, &length);

	ck_assert_int_eq(
	    json_view_parse(text, strlen(text), &file, &err), RC_OK);
	case_view_print_head(file, out);
	case_view_print_targets(file, out);
	ck_assert_int_eq(fclose(out), 0);
	return bytes;
}

static const struct {
	const char *file, *sentence;
	bool is_there;
} cases[] = {
	{ "{\"requests\":[{\"id\":\"frq_1\",\"targets\":[{\"id\":\"tgt_1\","
	  "\"status\":\"sent\",\"overlays\":[\"overdue_ack\"]}]}]}",
	    "sent, late", true },
	{ "{\"requests\":[{\"id\":\"frq_1\",\"targets\":[{\"id\":\"tgt_1\","
	  "\"status\":\"sent\",\"overlays\":[]}]}]}",
	    "late", false },
	{ "{\"requests\":[{\"id\":\"frq_1\",\"targets\":[{\"id\":\"tgt_1\","
	  "\"status\":\"sent\"}]}]}",
	    "late", false },
	{ "{\"requests\":[{\"confirm_by\":\"2026-11-24T10:00:00.000Z\"}]}",
	    "confirm by", true },
	{ "{\"requests\":[{\"confirm_by\":\"2026-11-24T10:00:00.000Z\","
	  "\"approved_by\":\"prn_1\"}]}",
	    "confirm by", false },
	{ "{\"requests\":[{}]}", "confirm by", false },
	{ "{\"customer_liability\":{\"law\":\"RBI_2017\",\"band\":\"capped\","
	  "\"limit\":{\"amount\":\"5000.00\",\"currency\":\"INR\"}}}",
	    "customer bears: capped, at most 5000.00 INR (RBI_2017)\n", true },
	{ "{\"customer_liability\":{\"law\":\"REG_E\",\"band\":\"unknown\","
	  "\"credit_by\":\"2026-11-24T10:00:00.000Z\"}}",
	    "customer bears: unknown (REG_E)  credit by ", true },
	{ "{}", "customer bears", false },
};

START_TEST(case_shows_what_matters_now)
{
	char *text = shown(cases[_i].file);

	ck_assert_msg(
	    (strstr(text, cases[_i].sentence) != NULL) == cases[_i].is_there,
	    "%s", text);
	free(text);
}
END_TEST

Suite *
case_view_suite(void)
{
	Suite *suite = suite_create("case_view");
	TCase *tcase = tcase_create("case_view");

	tcase_add_loop_test(
	    tcase, case_shows_what_matters_now, 0, (int)COUNT(cases));
	suite_add_tcase(suite, tcase);
	return suite;
}
