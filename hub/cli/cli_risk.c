/*
 * Agreements and signals from the terminal: see cli_risk.h.
 */
#include "hub/cli/cli_risk.h"

#include "hub/cli/risk_call.h"

static const char *const agreement_titles[] = { "AGREEMENT", "FROM", "TO",
	"STATUS", "UNTIL", "PURPOSE", NULL };
static const char *const agreement_paths[] = { "id", "source/slug",
	"destination/slug", "status", "valid_until", "purpose", NULL };

static const char *const signal_titles[] = { "SIGNAL", "KIND", "FROM",
	"SUBJECT", "OBSERVED UNTIL", "EXPIRES", NULL };
static const char *const signal_paths[] = { "id", "kind", "from/slug",
	"subject/value", "observed/until", "expires_at", NULL };

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
