/*
 * Values of a case for the board: see cli_demo_cell.h.
 */
#include "hub/cli/cli_demo_cell.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/common.h"

/* ---- what statuses mean to the one who looks */

static const struct {
	const char *status, *colour;
	bool is_decided;
} statuses[] = {
	{ "proposed", CLI_DEMO_CELL_WAIT, false },
	{ "undeliverable", CLI_DEMO_CELL_BAD, false },
	{ "in_review", CLI_DEMO_CELL_WAIT, false },
	{ "held_full", CLI_DEMO_CELL_GOOD, true },
	{ "held_partial", CLI_DEMO_CELL_GOOD, true },
	{ "blocked", CLI_DEMO_CELL_GOOD, true },
	{ "not_held", CLI_DEMO_CELL_BAD, true },
	{ "rejected", CLI_DEMO_CELL_BAD, true },
	{ "rejected_final", CLI_DEMO_CELL_BAD, true },
	{ "attached", CLI_DEMO_CELL_GOOD, true },
	{ "restored", CLI_DEMO_CELL_GOOD, true },
	{ "release_pending", CLI_DEMO_CELL_WAIT, true },
	{ "released", "", true },
	{ "cancelled", "", true },
	{ "superseded", "", true },
};

const char *
cli_demo_cell_colour(const char *status)
{
	for (size_t i = 0; i < COUNT(statuses); i++)
		if (strcmp(statuses[i].status, status) == 0)
			return statuses[i].colour;
	return "";
}

bool
cli_demo_cell_is_decided(const struct json_view *target)
{
	const char *status = json_view_text(target, "status", "");

	for (size_t i = 0; i < COUNT(statuses); i++)
		if (strcmp(statuses[i].status, status) == 0)
			return statuses[i].is_decided;
	return false;
}

/* ---- cells */

/* "49999.00" as "49,999.00"; `grouped` has CLI_DEMO_CELL_SIZE bytes. */
static const char *
group_digits(const char *amount, char *grouped)
{
	size_t whole = strcspn(amount, "."), used = 0;

	for (size_t i = 0; amount[i] != '\0' && used + 2 < CLI_DEMO_CELL_SIZE;
	     i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0 &&
		    amount[i - 1] != '-')
			grouped[used++] = ',';
		grouped[used++] = amount[i];
	}
	grouped[used] = '\0';
	return grouped;
}

const char *
cli_demo_cell_money(const struct json_view *money, char *cell)
{
	char grouped[CLI_DEMO_CELL_SIZE];

	cell[0] = '\0';
	if (money != NULL)
		(void)snprintf(cell, CLI_DEMO_CELL_SIZE, "%.100s %.3s",
		    group_digits(json_view_text(money, "amount", "?"), grouped),
		    json_view_text(money, "currency", ""));
	return cell;
}

/* Nothing held is no news in a column of amounts. */
const char *
cli_demo_cell_held(const struct json_view *target, char *cell)
{
	const char *amount = json_view_text(target, "amount_held/amount", "0");

	cell[0] = '\0';
	if (strpbrk(amount, "123456789") != NULL)
		return cli_demo_cell_money(
		    json_view_at(target, "amount_held"), cell);
	return cell;
}

const char *
cli_demo_cell_words(const char *word, char *cell)
{
	(void)snprintf(cell, CLI_DEMO_CELL_SIZE, "%s", word);
	for (char *c = cell; *c != '\0'; c++)
		if (*c == '_')
			*c = ' ';
	return cell;
}

const char *
cli_demo_cell_span(int64_t since, const char *text, char *cell)
{
	int64_t at;
	double seconds;

	cell[0] = '\0';
	if (text == NULL || !clock_parse(text, &at))
		return cell;
	seconds = at > since ? (double)(at - since) / (double)CLOCK_SECOND : 0;
	if (seconds < 100)
		(void)snprintf(cell, CLI_DEMO_CELL_SIZE, "%.2f s", seconds);
	else if (seconds < 6000)
		(void)snprintf(cell, CLI_DEMO_CELL_SIZE, "%.0f s", seconds);
	else
		(void)snprintf(
		    cell, CLI_DEMO_CELL_SIZE, "%.0f min", seconds / 60);
	return cell;
}

int64_t
cli_demo_cell_received(const struct json_view *file)
{
	int64_t at = 0;

	(void)!clock_parse(json_view_text(file, "received_at", ""), &at);
	return at;
}

/* An inbox is read: nothing was attempted before. */
const char *
cli_demo_cell_first_attempt(const struct json_view *target)
{
	return json_view_text(
	    target, "sent_at", json_view_text(target, "delivered_at", NULL));
}

const char *
cli_demo_cell_decided(const struct json_view *target)
{
	return cli_demo_cell_is_decided(target)
	    ? json_view_text(target, "answered_at", NULL)
	    : NULL;
}

const char *
cli_demo_cell_institution(const struct json_view *target)
{
	return json_view_text(target, "institution/name",
	    json_view_text(target, "institution/slug", "?"));
}

/* ---- walking */

void
cli_demo_cell_each_target(
    const struct json_view *file, cli_demo_cell_visit *visit, void *context)
{
	const struct json_view *requests = json_view_at(file, "requests");

	for (size_t i = 0; i < json_view_count(requests); i++) {
		const struct json_view *targets = json_view_at(
		    json_view_item(requests, i), "targets");

		for (size_t n = 0; n < json_view_count(targets); n++)
			visit(context, json_view_item(targets, n));
	}
}
