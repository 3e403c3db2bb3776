/*
 * A call that submits a case, right as it stands; tests bend it.
 */
#pragma once

#include "test/unit/world.h"

/* Two payments; request 0 with two targets, request 1 ready but not in the
 * call. */
struct submit_draft {
	struct txn_draft txns[2];
	struct target_draft targets[2][2];
	struct request_draft requests[2];
};
extern struct submit_draft submit_draft;

/* world.command: the call as `person` makes it. */
struct submit_case *submit_draft_begin(enum person person);

/* An account of its own, with a hash of its own by `number`. */
void submit_draft_target(
    struct target_draft *target, enum place bank, int number, int txn);
void submit_draft_request(size_t index, size_t target_count);
