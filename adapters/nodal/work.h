/*
 * What is still to be answered: messages in the order of their arrival, each
 * with its targets and how far each has come.  Rebuilt from the append file
 * at start, then the worker's alone.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/nodal/rules.h"
#include "adapters/nodal/store_file.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/wire/json_view.h"

/* `is_over`: nothing more is posted for it. */
struct work_target {
	const struct json_view *view; /* of the message's document */
	const char *id;               /* "tgt_…" */
	const struct rule *rule;      /* NULL: none, or a program answers */
	int n;                        /* the next answer's number */
	char *body;                   /* stored and not posted; or NULL */
	int64_t due_at;
	int failures; /* of the next answer */
	bool is_over;
};

struct work_message {
	struct work_message *next;
	char id[STORE_FILE_ID_SIZE]; /* the webhook-id */
	int64_t at;                  /* stored */
	char *text;                  /* the body as it came */
	struct json_view *document;
	struct json_view *plan; /* what the program printed; or NULL */
	int64_t due_at;         /* the program's next run */
	int failures;           /* of the program */
	struct work_target *targets;
	size_t target_count;
};

struct work {
	const struct rules *rules; /* NULL: a program answers */
	struct work_message *first, **last;
};

void work_init(struct work *work, const struct rules *rules);
void work_clear(struct work *work);

/* Take one record of the append file (`context` is the work).  Its shape is
 * what journal_open wants. */
NODISCARD enum rc
work_replay(void *context, const struct store_record *record, struct err *err);

/* Take a new message.  A target that an older message still waits on is
 * over there, where this one changes what is asked of it. */
NODISCARD enum rc work_add(struct work *work, const char *id, int64_t at,
    const char *text, struct err *err);

/* Nothing is left of a message: take it out. */
void work_remove(struct work *work, struct work_message *message);

bool work_is_over(const struct work_message *message);

/* The n-th answer of a target and when it is due after the one before; NULL:
 * there is none. */
const struct json_view *work_answer(const struct work_message *message,
    const struct work_target *target, int n, int64_t *after_ms);

/* Bring the program's answers in; RC_INVALID `bad_plan` where they are no
 * answers.  Empty text is the plan to answer nothing. */
NODISCARD enum rc
work_plan(struct work_message *message, const char *text, struct err *err);

/* The answer that was due is posted: set the time of the next, or end. */
void work_advance(struct work_message *message, struct work_target *target,
    int64_t now, bool is_accepted);
