/*
 * One statement whose answer is not waited for: send it, watch db_socket,
 * read what has come.  Used by the dispatcher, whose thread also drives the
 * network.  A session has one question open at a time and is used for
 * nothing else until that is over.
 */
#pragma once

#include "hub/store/db.h"

struct ask {
	struct db *db; /* borrowed */
	enum statement statement;
	struct rows *rows; /* owned */
	struct err err;    /* the first failure */
	int64_t asked_at;  /* monotonic; 0: nothing is asked */
};

void ask_init(struct ask *ask, struct db *db);

/* Forget an answer.  The session must be reopened if it was not over. */
void ask_clear(struct ask *ask);

/* RC_UNAVAILABLE when the connection is gone, RC_TOO_LARGE for parameters
 * over their limit. */
NODISCARD enum rc ask_send(struct ask *ask, enum statement statement,
    const struct params *params, struct err *err);

bool ask_is_open(const struct ask *ask);

/* Take what has come.  `is_over` false: more is to come, or nothing was asked.
 * Else the rows are in the ask until the next ask_send, or the failure is
 * returned (as db_query's).  An answer that takes 15 seconds, and a session
 * that the server ended, are RC_UNAVAILABLE: it must be reopened. */
NODISCARD enum rc ask_read(struct ask *ask, bool *is_over, struct err *err);
