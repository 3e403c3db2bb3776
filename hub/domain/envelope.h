/*
 * What goes into one message, before an adapter makes bytes of it.
 * Everything is borrowed from the batch's snapshot.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/domain/command.h"
#include "hub/domain/snapshot.h"

enum { ENVELOPE_SIZE_LIMIT = 20 * 1024 };

struct evidence_row;

struct envelope {
	struct id id; /* the webhook-id */
	enum message_type type;
	int64_t created_at;
	const struct case_file *case_file;
	const struct freeze_request *request;
	const struct target *const *targets;
	const struct txn *const *txns; /* of each target, or NULL */
	const struct institution *const *institutions; /* of each target */
	size_t target_count;
	/* Of the police, on the request, that count. */
	const struct document *const *documents;
	size_t document_count;
	const struct institution *unit;    /* the police unit */
	const struct actor *officer;       /* who asked; NULL: not known here */
	const struct institution *about;   /* police: who answered */
	const struct grievance *grievance; /* police: what was filed */
	const struct document *document;   /* available, or decided on */
	const struct case_file *merged_into; /* police: of a merged case */
	const struct respond *answer;        /* police: the answer */
	const struct formality *formality;   /* a document owed */
	const struct evidence_row *evidence; /* police: what was attached */
	const struct send_signal *signal; /* of signal.received: from `about` */
	const struct alert_row *alert;    /* police: what was too much */
	const struct restitution *restitution;
	const struct attach_target *attachment; /* to the institution */
	const struct deadline
	    *deadline;     /* of a warning or a breach by the clock */
	const char *order; /* police: its type, that does not arrive; or NULL */
	const struct duty *duty; /* of who gets it and owes; or NULL */
	bool to_unit;            /* of a type that both sides get */
	const char *note;        /* reason, correction, reminder; "" */
};
