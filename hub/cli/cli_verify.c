/*
 * `freezeline verify`: see cli_verify.h.
 */
#include "hub/cli/cli_verify.h"

#include <stdio.h>

#include "hub/cli/exit_code.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/cli/timeline_check.h"
#include "hub/wire/json_writer.h"

enum { FILE_LIMIT = 256 * 1024 * 1024, REPORT_LIMIT = 16 * 1024 * 1024 };

/* Problems as lines at once, or as JSON at the end. */
struct report {
	bool as_json;
	struct strbuf json;
};

static void
report_problem(void *context, const char *where, const char *problem)
{
	struct report *report = context;

	if (!report->as_json) {
		(void)printf("%s: %s\n", where, problem);
		return;
	}
	json_write_object(&report->json, NULL);
	json_write_text(&report->json, "where", where);
	json_write_text(&report->json, "problem", problem);
	json_write_object_end(&report->json);
}

static void
print_result(struct report *report, const struct timeline_check_result *result)
{
	if (!report->as_json) {
		if (result->bare > 0)
			(void)printf("%zu events do not have all their "
				     "values: of the others only the leaves "
				     "were checked\n",
			    result->bare);
		(void)printf("%zu events, %zu values, %zu problems\n",
		    result->events, result->values, result->problems);
		return;
	}
	json_write_array_end(&report->json);
	json_write_int(&report->json, "events", (int64_t)result->events);
	json_write_int(&report->json, "values", (int64_t)result->values);
	json_write_int(&report->json, "without_values", (int64_t)result->bare);
	json_write_bool(&report->json, "agrees", result->problems == 0);
	json_write_object_end(&report->json);
	(void)puts(report->json.bytes);
}

static enum exit_code
verify(const struct strbuf *text, struct report *report)
{
	SCOPED(json_view_cleanup) struct json_view *timeline = NULL;
	struct timeline_check_result result;
	struct err err;

	if (json_view_parse(text->bytes, text->length, &timeline, &err) !=
		RC_OK ||
	    timeline_check(timeline, report_problem, report, &result, &err) !=
		RC_OK)
		return hub_call_complain(EXIT_CODE_UNVERIFIED, &err);
	print_result(report, &result);
	return result.problems == 0 ? EXIT_CODE_OK : EXIT_CODE_UNVERIFIED;
}

int
cli_verify(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	struct report report = { .as_json = args_has(args, "json") };
	enum exit_code code;
	struct err err;

	strbuf_init(&text, FILE_LIMIT);
	if (input_file_read(args_operand(args, 0), &text, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	strbuf_init(&report.json, REPORT_LIMIT);
	json_write_object(&report.json, NULL);
	json_write_array(&report.json, "problems");
	code = verify(&text, &report);
	strbuf_clear(&report.json);
	return code;
}
