/*
 * The judgement of `demo --check` once all cases have stood still: states,
 * saved timelines, integrity of the database, the roles' calls, latency.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_stage.h"
#include "hub/cli/cli_demo_story.h"

/* How much was looked at, and how much of it is wrong. */
struct cli_demo_verdict {
	int passed, failed;
};

/* The threads of the story must have ended and the hub must run.  Prints
 * each fault.  RC_FAILED where it could not look. */
NODISCARD enum rc cli_demo_verdict_find(struct cli_demo_stage *stage,
    const struct cli_demo_story *story, struct cli_demo_verdict *verdict,
    struct err *err);
