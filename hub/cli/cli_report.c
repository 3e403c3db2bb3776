/*
 * `freezeline report`: asks, and prints the answer as a table, as CSV or as
 * JSON; see cli_report.h.
 */
#include "hub/cli/cli_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/text_table.h"

enum { CELL_SIZE = 64 };

/* ---- the question */

static enum rc
add_time(const struct args *args, const char *name, struct strbuf *path,
    struct err *err)
{
	const char *text = args_value(args, name);
	char formatted[CLOCK_TEXT_SIZE];
	int64_t at;

	if (text == NULL)
		return RC_OK;
	if (!clock_parse(text, &at))
		return err_set(err, RC_INVALID, "bad_time",
		    "--%s is a time like 2026-03-12T05:47:33Z", name);
	strbuf_printf(path, "&%s=%s", name, clock_format(at, 3, formatted));
	return RC_OK;
}

static enum rc
add_word(const struct args *args, const char *name, struct strbuf *path,
    struct err *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789";
	const char *text = args_value(args, name);

	if (text == NULL)
		return RC_OK;
	if (text[strspn(text, letters)] != '\0')
		return err_set(
		    err, RC_INVALID, "bad_word", "--%s is one word", name);
	strbuf_printf(path, "&%s=%s", name, text);
	return RC_OK;
}

static void
add_text(const struct args *args, const char *name, struct strbuf *path)
{
	const char *text = args_value(args, name);

	if (text == NULL)
		return;
	strbuf_printf(path, "&%s=", name);
	hub_call_escape(path, text);
}

static enum rc
write_path(const struct args *args, const char *report, bool has_group,
    struct strbuf *path, struct err *err)
{
	strbuf_printf(path, "/v1/reports/%s", report);
	TRY(add_time(args, "from", path, err));
	TRY(add_time(args, "until", path, err));
	TRY(add_word(args, "kind", path, err));
	TRY(add_word(args, "priority", path, err));
	TRY(add_word(args, "typology", path, err));
	add_text(args, "unit", path);
	add_text(args, "district", path);
	add_text(args, "institution", path);
	if (has_group)
		TRY(add_word(args, "group", path, err));
	if (path->failed)
		return err_set(
		    err, RC_INVALID, "bad_word", "the options are too long");
	/* The first of them begins the query. */
	if (strchr(path->bytes, '&') != NULL)
		*strchr(path->bytes, '&') = '?';
	return RC_OK;
}

/* ---- tables */

static void
cell_int(
    struct text_table *table, const struct json_view *item, const char *name)
{
	char text[CELL_SIZE];

	(void)snprintf(
	    text, sizeof(text), "%" PRId64, json_view_int(item, name, 0));
	text_table_cell(table, text);
}

/* With three decimals; "-" where there is none. */
static void
cell_number(
    struct text_table *table, const struct json_view *item, const char *name)
{
	const struct json_view *number = json_view_at(item, name);
	SCOPED(strbuf_clear) struct strbuf json = { .bytes = NULL };
	char text[CELL_SIZE] = "-";

	strbuf_init(&json, CELL_SIZE);
	if (number != NULL)
		json_view_write(&json, number);
	if (number != NULL && !json.failed)
		(void)snprintf(
		    text, sizeof(text), "%.3f", strtod(json.bytes, NULL));
	text_table_cell(table, text);
}

static void
print_response_times(const struct json_view *items)
{
	static const char *const titles[] = { "INSTITUTION", "KIND", ">ASKED",
		">ACKNOWLEDGED", ">HELD", ">IN TIME", ">ACK P50 s",
		">ACK P95 s", ">HOLD P50 s", ">HOLD P95 s", NULL };
	SCOPED(text_table_clear) struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(items); i++) {
		const struct json_view *item = json_view_item(items, i);
		const struct json_view *ack = json_view_at(
		    item, "acknowledgement");
		const struct json_view *hold = json_view_at(item, "hold");

		text_table_cell(&table,
		    json_view_text(
			json_view_at(item, "institution"), "slug", "?"));
		text_table_cell(&table, json_view_text(item, "kind", ""));
		cell_int(&table, item, "asked");
		cell_int(&table, item, "acknowledged");
		cell_int(&table, item, "held");
		cell_number(&table, item, "in_time_share");
		cell_number(&table, ack, "p50_seconds");
		cell_number(&table, ack, "p95_seconds");
		cell_number(&table, hold, "p50_seconds");
		cell_number(&table, hold, "p95_seconds");
	}
	text_table_print(&table, stdout);
}

static void
print_outcomes(const struct json_view *items)
{
	static const char *const titles[] = { "GROUP", "CURRENCY", ">CASES",
		">ASKED", ">HELD", ">MOVED", ">RETURNED", ">REJECTED", NULL };
	static const char *const fates[] = { "asked", "held", "moved",
		"returned", "rejected" };
	SCOPED(text_table_clear) struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(items); i++) {
		const struct json_view *item = json_view_item(items, i);
		const char *group = json_view_text(item, "typology",
		    json_view_text(item, "month",
			json_view_text(item, "district",
			    json_view_text(
				json_view_at(item, "unit"), "slug", "?"))));

		text_table_cell(&table, group);
		text_table_cell(&table, json_view_text(item, "currency", ""));
		cell_int(&table, item, "cases");
		for (size_t j = 0; j < COUNT(fates); j++)
			text_table_cell(&table,
			    json_view_text(
				json_view_at(
				    json_view_at(item, fates[j]), "sum"),
				"amount", ""));
	}
	text_table_print(&table, stdout);
}

/* ---- the call */

static void
print_answer(const struct hub_call *call, bool as_csv,
    void (*print)(const struct json_view *items))
{
	if (as_csv)
		(void)fputs(call->response.body.bytes, stdout);
	else if (call->as_json)
		hub_call_print_json(call);
	else
		print(json_view_at(call->view, "items"));
}

static int
report(const struct args *args, const char *name, bool has_group,
    void (*print)(const struct json_view *items))
{
	static const char *const as_csv[] = { "Accept: text/csv", NULL };
	SCOPED(strbuf_clear) struct strbuf path = { .bytes = NULL };
	bool wants_csv = args_has(args, "csv");
	struct hub_call call;
	enum exit_code code;
	struct err err;

	strbuf_init(&path, HUB_CALL_PATH_SIZE);
	if (write_path(args, name, has_group, &path, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	code = hub_call_open(args, &call);
	if (code == EXIT_CODE_OK)
		code = hub_call_get(
		    &call, path.bytes, wants_csv ? as_csv : NULL);
	if (code == EXIT_CODE_OK)
		print_answer(&call, wants_csv, print);
	hub_call_clear(&call);
	return code;
}

int
cli_report_response_times(const struct args *args)
{
	return report(args, "response-times", false, print_response_times);
}

int
cli_report_outcomes(const struct args *args)
{
	return report(args, "outcomes", true, print_outcomes);
}
