/*
 * The worker: one thread that turns stored messages into answers, by rules
 * or by the institution's program, and posts them until the hub has spoken.
 * Before an answer is first posted it is stored, so that a restart posts the
 * same bytes under the same key.
 */
#pragma once

#include <stdint.h>

#include "adapters/nodal/journal.h"
#include "adapters/nodal/rules.h"
#include "adapters/nodal/work.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/client/request.h"

struct answers;

/* `work` is what the append file left open; it and the journal must outlive
 * the worker.  `program` NULL: the work's rules answer.  The client becomes
 * the worker's alone and is freed by it. */
struct answers_settings {
	struct work *work;
	struct journal *journal;
	const char *program;
	struct request_client *client;
};

NODISCARD enum rc answers_start(const struct answers_settings *settings,
    struct answers **answers, struct err *err);

/* Finish the call under way and stop.  What is handed over afterwards is
 * kept for the next start: it is stored. */
void answers_stop(struct answers *answers);

/* Behind answers_stop and the journal's end, which may still hand over. */
void answers_free(struct answers *answers);

/* Take a message that is stored; `text` is malloced and becomes the
 * worker's.  Any thread; does not wait. */
void
answers_hand(struct answers *answers, const char *id, int64_t at, char *text);
