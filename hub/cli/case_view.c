/*
 * Cases for people: see case_view.h.
 */
#include "hub/cli/case_view.h"

#include <string.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"
#include "hub/domain/money.h"

#define TICK "\xe2\x9c\x93"

enum { CELL_SIZE = 160 };

/* What a status means to the one who waits. */
static const struct {
	const char *status;
	enum text_colour colour;
	bool is_settled;
} statuses[] = {
	{ "proposed", COLOUR_WAIT, false },
	{ "queued", COLOUR_WAIT, false },
	{ "sent", COLOUR_WAIT, false },
	{ "delivered", COLOUR_WAIT, false },
	{ "undeliverable", COLOUR_BAD, false },
	{ "acknowledged", COLOUR_WAIT, false },
	{ "in_review", COLOUR_WAIT, false },
	{ "held_full", COLOUR_GOOD, true },
	{ "held_partial", COLOUR_GOOD, true },
	{ "blocked", COLOUR_GOOD, true },
	{ "not_held", COLOUR_BAD, true },
	{ "rejected", COLOUR_BAD, false },
	{ "rejected_final", COLOUR_BAD, true },
	{ "release_pending", COLOUR_WAIT, false },
	{ "released", COLOUR_NONE, true },
	{ "attached", COLOUR_GOOD, true },
	{ "restored", COLOUR_GOOD, true },
	{ "cancelled", COLOUR_NONE, true },
	{ "superseded", COLOUR_NONE, true },
};

/* ---- cells */

/* "14:03:22" of today, else "24 Nov 14:03", in the reader's time zone. */
static const char *
short_time(const char *text, char cell[CELL_SIZE])
{
	int64_t at;
	time_t seconds, now = time(NULL);
	struct tm then, today;

	cell[0] = '\0';
	if (text == NULL || !clock_parse(text, &at))
		return cell;
	seconds = at / CLOCK_SECOND;
	(void)localtime_r(&seconds, &then);
	(void)localtime_r(&now, &today);
	(void)strftime(cell, CELL_SIZE,
	    then.tm_year == today.tm_year && then.tm_yday == today.tm_yday
		? "%H:%M:%S"
		: "%d %b %H:%M",
	    &then);
	return cell;
}

static const char *
money_text(const struct json_view *money, char cell[CELL_SIZE])
{
	cell[0] = '\0';
	if (money != NULL)
		(void)snprintf(cell, CELL_SIZE, "%s %s",
		    json_view_text(money, "amount", "?"),
		    json_view_text(money, "currency", ""));
	return cell;
}

static enum text_colour
colour_of(const char *status)
{
	for (size_t i = 0; i < COUNT(statuses); i++)
		if (strcmp(statuses[i].status, status) == 0)
			return statuses[i].colour;
	return COLOUR_NONE;
}

static bool
is_settled(const char *status)
{
	for (size_t i = 0; i < COUNT(statuses); i++)
		if (strcmp(statuses[i].status, status) == 0)
			return statuses[i].is_settled;
	return false;
}

static const char *
institution_name(const struct json_view *target)
{
	return json_view_text(target, "institution/slug",
	    json_view_text(target, "institution/name",
		json_view_text(target, "institution", "?")));
}

static const char *
identifier_text(const struct json_view *target, char cell[CELL_SIZE])
{
	const struct json_view *identifier = json_view_at(target, "identifier");

	(void)snprintf(cell, CELL_SIZE, "%s %s",
	    json_view_text(identifier, "type", "?"),
	    json_view_text(identifier, "masked",
		json_view_text(identifier, "mask",
		    json_view_text(identifier, "value", ""))));
	return cell;
}

/* ---- walking the targets */

static void
each_target(const struct json_view *file,
    void (*visit)(void *context, const struct json_view *target), void *context)
{
	const struct json_view *requests = json_view_at(file, "requests");
	const struct json_view *flat = json_view_at(file, "targets");

	for (size_t i = 0; i < json_view_count(requests); i++) {
		const struct json_view *targets = json_view_at(
		    json_view_item(requests, i), "targets");

		for (size_t n = 0; n < json_view_count(targets); n++)
			visit(context, json_view_item(targets, n));
	}
	for (size_t n = 0; n < json_view_count(flat); n++)
		visit(context, json_view_item(flat, n));
}

struct finding {
	const char *id;
	const struct json_view *found;
};

static void
find_target(void *context, const struct json_view *target)
{
	struct finding *finding = context;

	if (strcmp(json_view_text(target, "id", ""), finding->id) == 0)
		finding->found = target;
}

static void
check_settled(void *context, const struct json_view *target)
{
	bool *all = context;

	*all = *all && is_settled(json_view_text(target, "status", ""));
}

bool
case_view_is_settled(const struct json_view *file)
{
	bool all = true;

	each_target(file, check_settled, &all);
	return all;
}

/* ---- the table of targets */

/* A step that was taken: its time, with a tick where colour is not enough. */
static void
tick(struct text_table *table, const struct json_view *target, const char *name)
{
	const char *at = json_view_text(target, name, NULL);
	char cell[CELL_SIZE], text[CELL_SIZE + sizeof(TICK) + 1] = "";

	if (at != NULL)
		(void)snprintf(
		    text, sizeof(text), TICK " %s", short_time(at, cell));
	text_table_cell(table, text);
}

/* "sent, late": something is overdue. */
static void
add_status(struct text_table *table, const struct json_view *target)
{
	const char *status = json_view_text(target, "status", "?");
	bool is_late = json_view_count(json_view_at(target, "overlays")) > 0;
	char text[CELL_SIZE];

	(void)snprintf(
	    text, sizeof(text), "%s%s", status, is_late ? ", late" : "");
	text_table_cell_coloured(
	    table, text, is_late ? COLOUR_BAD : colour_of(status));
}

static void
add_target(void *context, const struct json_view *target)
{
	struct text_table *table = context;
	char cell[CELL_SIZE], layer[16];

	(void)snprintf(layer, sizeof(layer), "%lld",
	    (long long)json_view_int(target, "layer", 1));
	text_table_cell(table, json_view_text(target, "id", "?"));
	text_table_cell(table, institution_name(target));
	text_table_cell(table, identifier_text(target, cell));
	text_table_cell(table, layer);
	tick(table, target, "sent_at");
	tick(table, target, "delivered_at");
	tick(table, target, "acknowledged_at");
	add_status(table, target);
	text_table_cell(table, json_view_text(target, "response_code", ""));
	text_table_cell(
	    table, money_text(json_view_at(target, "amount_requested"), cell));
	text_table_cell(
	    table, money_text(json_view_at(target, "amount_held"), cell));
}

static const char *const target_titles[] = { "TARGET", "INSTITUTION",
	"IDENTIFIER", ">LAYER", "SENT", "DELIVERED", "ACKNOWLEDGED", "STATUS",
	"ANSWER", ">ASKED", ">HELD", NULL };

void
case_view_print_targets(const struct json_view *file, FILE *out)
{
	struct text_table table;

	text_table_init(&table, target_titles);
	each_target(file, add_target, &table);
	text_table_print(&table, out);
	text_table_clear(&table);
}

/* Of an emergency that nobody has confirmed yet. */
static void
print_confirmation(const struct json_view *request, FILE *out)
{
	char cell[CELL_SIZE];

	if (json_view_text(request, "approved_by", NULL) != NULL)
		return;
	(void)short_time(json_view_text(request, "confirm_by", NULL), cell);
	(void)fprintf(
	    out, "%s%s", cell[0] != '\0' ? "  confirm by " : "", cell);
}

static void
print_requests(const struct json_view *file, FILE *out)
{
	const struct json_view *requests = json_view_at(file, "requests");

	for (size_t i = 0; i < json_view_count(requests); i++) {
		const struct json_view *request = json_view_item(requests, i);
		char cell[CELL_SIZE];

		(void)fprintf(out, "request %s  %s  %s",
		    json_view_text(request, "id", "?"),
		    json_view_text(request, "action", "?"),
		    json_view_text(request, "status", "?"));
		(void)short_time(
		    json_view_text(request, "expires_at", NULL), cell);
		(void)fprintf(
		    out, "%s%s", cell[0] != '\0' ? "  expires " : "", cell);
		print_confirmation(request, out);
		(void)fputc('\n', out);
	}
}

/* "customer bears: capped, at most 10000.00 INR (RBI_2017)" */
static void
print_liability(const struct json_view *file, FILE *out)
{
	const struct json_view *liability = json_view_at(
	    file, "customer_liability");
	char limit[CELL_SIZE], credit[CELL_SIZE];

	if (liability == NULL)
		return;
	(void)money_text(json_view_at(liability, "limit"), limit);
	(void)short_time(json_view_text(liability, "credit_by", NULL), credit);
	(void)fprintf(out, "customer bears: %s%s%s (%s)%s%s\n",
	    json_view_text(liability, "band", "?"),
	    limit[0] != '\0' ? ", at most " : "", limit,
	    json_view_text(liability, "law", "?"),
	    credit[0] != '\0' ? "  credit by " : "", credit);
}

void
case_view_print_head(const struct json_view *file, FILE *out)
{
	char loss[CELL_SIZE], received[CELL_SIZE];

	(void)fprintf(out, "%s  %s  %s  %s  %s\n",
	    json_view_text(file, "ref", "?"), json_view_text(file, "id", "?"),
	    json_view_text(file, "status", "?"),
	    json_view_text(file, "priority", ""),
	    json_view_text(file, "typology", ""));
	(void)fprintf(out, "loss %s  received %s\n",
	    money_text(json_view_at(file, "loss"), loss),
	    short_time(json_view_text(file, "received_at", NULL), received));
	print_liability(file, out);
	print_requests(file, out);
	(void)fputc('\n', out);
}

/* ---- watching */

void
case_view_watch_begin(struct text_table *table, FILE *out)
{
	text_table_init(table, target_titles);
	(void)out;
}

struct watching {
	struct text_table *table;
	const struct json_view *before;
};

static const char *const watched[] = { "status", "sent_at", "delivered_at",
	"acknowledged_at", "response_code", "amount_held/amount" };

static void
add_if_changed(void *context, const struct json_view *target)
{
	struct watching *watching = context;
	struct finding finding = { json_view_text(target, "id", ""), NULL };

	each_target(watching->before, find_target, &finding);
	for (size_t i = 0; i < COUNT(watched); i++) {
		if (finding.found != NULL &&
		    strcmp(json_view_text(finding.found, watched[i], ""),
			json_view_text(target, watched[i], "")) == 0)
			continue;
		add_target(watching->table, target);
		return;
	}
}

void
case_view_watch_rows(struct text_table *table, const struct json_view *before,
    const struct json_view *file, FILE *out)
{
	struct watching watching = { table, before };

	each_target(file, add_if_changed, &watching);
	if (before == NULL)
		text_table_print(table, out);
	else
		text_table_print_rows(table, out);
	text_table_reset(table);
	(void)fflush(out);
}

/* ---- lists */

void
case_view_print_list(const struct json_view *page, FILE *out)
{
	static const char *const titles[] = { "REFERENCE", "CASE", "RECEIVED",
		"PRIORITY", "STATUS", "TYPOLOGY", ">LOSS", NULL };
	const struct json_view *cases = json_view_at(page, "items");
	struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(cases); i++) {
		const struct json_view *file = json_view_item(cases, i);
		char cell[CELL_SIZE];

		text_table_cell(&table, json_view_text(file, "ref", "?"));
		text_table_cell(&table, json_view_text(file, "id", "?"));
		text_table_cell(&table,
		    short_time(
			json_view_text(file, "received_at", NULL), cell));
		text_table_cell(&table, json_view_text(file, "priority", ""));
		text_table_cell(&table, json_view_text(file, "status", "?"));
		text_table_cell(&table, json_view_text(file, "typology", ""));
		text_table_cell(
		    &table, money_text(json_view_at(file, "loss"), cell));
	}
	text_table_print(&table, out);
	text_table_clear(&table);
}

/* ---- events */

/* "field=value field=value" of what an event carries. */
static void
write_values(const struct json_view *event, char cell[CELL_SIZE])
{
	const struct json_view *values = json_view_at(event, "values");
	size_t used = 0;

	cell[0] = '\0';
	for (size_t i = 0; i < json_view_count(values) && used < CELL_SIZE - 1;
	     i++) {
		const struct json_view *item = json_view_item(values, i);
		SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };

		strbuf_init(&text, 4096);
		json_view_write(&text, json_view_at(item, "value"));
		used += (size_t)snprintf(cell + used, CELL_SIZE - used,
		    "%s%s=%s", i > 0 ? " " : "",
		    json_view_text(item, "field", "?"), text.bytes);
	}
	/* A cut in the middle of a character would show as rubbish. */
	if (used >= CELL_SIZE) {
		used = CELL_SIZE - 4;
		while (used > 0 && ((unsigned char)cell[used] & 0xc0) == 0x80)
			used--;
		(void)snprintf(cell + used, CELL_SIZE - used, "...");
	}
}

void
case_view_print_events(const struct json_view *timeline, FILE *out)
{
	static const char *const titles[] = { ">LEAF", "AT", "EVENT", "ACTOR",
		"VALUES", NULL };
	const struct json_view *events = json_view_at(timeline, "items");
	struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < json_view_count(events); i++) {
		const struct json_view *event = json_view_item(events, i);
		char cell[CELL_SIZE];

		(void)snprintf(cell, sizeof(cell), "%lld",
		    (long long)json_view_int(event, "leaf_index", -1));
		text_table_cell(&table, cell);
		text_table_cell(&table,
		    short_time(
			json_view_text(event, "happened_at", NULL), cell));
		text_table_cell(&table, json_view_text(event, "type", "?"));
		text_table_cell(&table,
		    json_view_text(event, "actor_name",
			json_view_text(event, "actor", "hub")));
		write_values(event, cell);
		text_table_cell(&table, cell);
	}
	text_table_print(&table, out);
	text_table_clear(&table);
}
