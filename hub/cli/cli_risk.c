/*
 * Risks from the terminal: see cli_risk.h.
 */
#include "hub/cli/cli_risk.h"

#include <stdio.h>

#include "hub/cli/risk_call.h"

static const char *const agreement_titles[] = { "AGREEMENT", "FROM", "TO",
	"STATUS", "UNTIL", "PURPOSE", NULL };
static const char *const agreement_paths[] = { "id", "source/slug",
	"destination/slug", "status", "valid_until", "purpose", NULL };

static const char *const signal_titles[] = { "SIGNAL", "KIND", "FROM",
	"SUBJECT", "OBSERVED UNTIL", "EXPIRES", NULL };
static const char *const signal_paths[] = { "id", "kind", "from/slug",
	"subject/value", "observed/until", "expires_at", NULL };

static const char *const watch_titles[] = { "ENTRY", "STATUS", "SOURCE",
	"REASON", "IDENTIFIER", "EXPIRES", NULL };
static const char *const watch_paths[] = { "id", "status", "source", "reason",
	"identifier/masked", "expires_at", NULL };

static const char *const hold_titles[] = { "PAYMENT HOLD", "STATUS", "GROUND",
	">AMOUNT", "CURRENCY", "TERM ENDS", "ENDED BY", NULL };
static const char *const hold_paths[] = { "id", "status", "ground",
	"money/amount", "money/currency", "term_ends_at", "ended_by", NULL };

int
cli_risk_agreement_add(const struct args *args)
{
	return risk_call_post_file(args, "/v1/agreements");
}

int
cli_risk_agreement_list(const struct args *args)
{
	return risk_call_list(
	    args, "/v1/agreements", agreement_titles, agreement_paths);
}

int
cli_risk_agreement_confirm(const struct args *args)
{
	return risk_call_post_words(
	    args, "/v1/agreements/", "/confirmation", NULL);
}

int
cli_risk_agreement_withdraw(const struct args *args)
{
	return risk_call_post_words(
	    args, "/v1/agreements/", "/withdrawal", "reason");
}

int
cli_risk_signal_send(const struct args *args)
{
	return risk_call_post_file(args, "/v1/signals");
}

int
cli_risk_signal_list(const struct args *args)
{
	return risk_call_list(args, "/v1/signals", signal_titles, signal_paths);
}

/* ---- watch entries */

int
cli_risk_watch_add(const struct args *args)
{
	return risk_call_post_file(args, "/v1/watch-entries");
}

int
cli_risk_watch_list(const struct args *args)
{
	return risk_call_list(
	    args, "/v1/watch-entries", watch_titles, watch_paths);
}

int
cli_risk_watch_withdraw(const struct args *args)
{
	return risk_call_delete(args, "/v1/watch-entries/");
}

int
cli_risk_watch_dispute(const struct args *args)
{
	return risk_call_post_words(
	    args, "/v1/watch-entries/", "/disputes", "text");
}

int
cli_risk_watch_decide(const struct args *args)
{
	return risk_call_post_choice(
	    args, "/v1/watch-entries/", "/decisions", "decision", "reason");
}

/* ---- look-ups */

static void
print_answer(const struct json_view *answer)
{
	const struct json_view *entries = json_view_at(answer, "entries");
	const struct json_view *signals = json_view_at(answer, "signals");

	(void)printf("%s  %s\n",
	    json_view_text(answer, "identifier/masked", "?"),
	    json_view_bool(answer, "flagged", false) ? "FLAGGED"
						     : "not flagged");
	for (size_t i = 0; i < json_view_count(entries); i++) {
		const struct json_view *one = json_view_item(entries, i);

		(void)printf("  %s  %s  %s  until %s%s\n",
		    json_view_text(one, "id", "?"),
		    json_view_text(one, "source", "?"),
		    json_view_text(one, "reason", "?"),
		    json_view_text(one, "expires_at", "?"),
		    json_view_bool(one, "disputed", false) ? "  disputed" : "");
	}
	for (size_t i = 0; i < json_view_count(signals); i++)
		(void)printf("  %s  signal  %s  until %s\n",
		    json_view_text(json_view_item(signals, i), "id", "?"),
		    json_view_text(json_view_item(signals, i), "kind", "?"),
		    json_view_text(
			json_view_item(signals, i), "expires_at", "?"));
}

int
cli_risk_lookup(const struct args *args)
{
	return risk_call_ask(args, "/v1/lookups", "answers", print_answer);
}

/* ---- payment holds */

int
cli_risk_hold_place(const struct args *args)
{
	return risk_call_post_file(args, "/v1/payment-holds");
}

int
cli_risk_hold_list(const struct args *args)
{
	return risk_call_list(
	    args, "/v1/payment-holds", hold_titles, hold_paths);
}

int
cli_risk_hold_answer(const struct args *args)
{
	return risk_call_post_choice(
	    args, "/v1/payment-holds/", "/answer", "answer", NULL);
}
