/*
 * Meanings of SQLSTATEs: see sql_error.h.  Codes: PostgreSQL 15, appendix A.
 */
#include "hub/store/sql_error.h"

#include <stdbool.h>
#include <string.h>

/* A state, or the class of a state where only its two first characters are
 * given.  The first row that fits counts. */
static const struct {
	const char *state;
	enum rc rc;
	const char *code, *text;
} states[] = {
	{ "40001", RC_RETRY, "serialization", "a row changed meanwhile" },
	{ "40P01", RC_RETRY, "deadlock", "two transactions wait" },
	{ "55P03", RC_RETRY, "lock_timeout", "a row is locked" },
	{ "25006", RC_UNAVAILABLE, "database_read_only",
	    "the database takes no changes" },
	{ "57014", RC_UNAVAILABLE, "statement_timeout",
	    "a statement took too long" },
	{ "08", RC_UNAVAILABLE, "database_unavailable",
	    "the connection failed" },
	{ "53", RC_UNAVAILABLE, "database_exhausted",
	    "the database has no room" },
	{ "57", RC_UNAVAILABLE, "database_unavailable",
	    "the database is shutting down" },
	{ "25P03", RC_UNAVAILABLE, "database_unavailable",
	    "the transaction was idle for too long" },
	{ "58", RC_UNAVAILABLE, "database_unavailable",
	    "the database cannot read or write" },
	{ "22", RC_INVALID, "row_refused", "the database refuses a value" },
	{ "23", RC_INVALID, "row_refused", "the database refuses a row" },
};

/* Constraints that somebody's wrong wish can hit. */
static const struct {
	const char *name;
	enum rc rc;
	const char *code, *text;
} constraints[] = {
	{ "idempotency_pkey", RC_RETRY, "key_taken",
	    "the idempotency key was used meanwhile" },
	{ "institution_slug_unique", RC_INVALID, "slug_taken",
	    "another institution has this slug" },
	{ "institution_route_pkey", RC_INVALID, "route_taken",
	    "a route belongs to another institution" },
	{ "certificate_pkey", RC_INVALID, "key_already_enrolled",
	    "a certificate with this key is enrolled" },
	{ "institution_slug_form", RC_INVALID, "bad_slug",
	    "a slug is small letters, digits and _" },
	{ "endpoint_webhook_https", RC_INVALID, "bad_url",
	    "a webhook's url begins with https://" },
	{ "principal_span", RC_INVALID, "bad_span",
	    "valid_until is not after valid_from" },
	{ "two_people", RC_INVALID, "two_people",
	    "who proposed it may not confirm it" },
	{ "circle_of_units", RC_CONFLICT, "circle_of_units",
	    "it stands below its own parent by now" },
	{ "waits_for_confirmation", RC_INVALID, "already_confirmed",
	    "it does not wait for a confirmation" },
	{ "not_revoked", RC_INVALID, "already_revoked",
	    "the certificate is revoked" },
};

/* Also where `name` is the end of a longer one: …_two_people. */
static bool
sql_error_is(const char *constraint, const char *name)
{
	size_t length = strlen(constraint), end = strlen(name);

	return length >= end && strcmp(constraint + length - end, name) == 0;
}

enum rc
sql_error_set(struct err *err, const PGresult *result, const char *statement)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *constraint = PQresultErrorField(
	    result, PG_DIAG_CONSTRAINT_NAME);

	if (state == NULL)
		return err_set(err, RC_UNAVAILABLE, "database_unavailable",
		    "the database does not answer");
	for (size_t i = 0; constraint != NULL && i < COUNT(constraints); i++)
		if (sql_error_is(constraint, constraints[i].name))
			return err_set(err, constraints[i].rc,
			    constraints[i].code, "%s", constraints[i].text);
	for (size_t i = 0; i < COUNT(states); i++)
		if (strncmp(state, states[i].state, strlen(states[i].state)) ==
		    0)
			return err_set(err, states[i].rc, states[i].code,
			    "%s (%s, %s%s%s)", states[i].text, statement, state,
			    constraint != NULL ? ", " : "",
			    constraint != NULL ? constraint : "");
	/* Our fault: the message names columns and functions, no values. */
	return err_set(err, RC_FAILED, "statement_refused",
	    "the database refuses %s (%s): %.200s", statement, state,
	    PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
}
