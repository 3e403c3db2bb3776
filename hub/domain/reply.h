/*
 * What a committed command answers; the wire room writes it as JSON before
 * the commit, so that the bytes can be kept under the Idempotency-Key.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/impact.h"

struct reply {
	enum rc rc; /* not RC_OK: `err` says why; nothing was changed */
	struct err err;
	int status;     /* HTTP: 200, 201 */
	bool is_replay; /* bytes of an earlier answer */
	struct id case_id, request, target, response; /* zero: not concerned */
	/* Of requests that were added: the first that are new. */
	int first_txn, first_request;
	const struct impact *impact; /* of a submitted case; or NULL */
	int64_t count;               /* messages that a checkpoint took */
	struct id thing;             /* institution, principal, endpoint */
	const char *location;        /* "/v1/cases/case_…" or "" */
	const char *body;            /* JSON */
	size_t body_length;
};
