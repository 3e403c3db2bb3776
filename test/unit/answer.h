/*
 * Answers of nodal officers, right as they stand for a target of
 * world_target; tests bend them.
 */
#pragma once

#include "test/unit/world.h"

/* One lead to OTHER_BANK and one exit; in the answer where the code needs
 * them. */
struct answer {
	struct lead_draft leads[2];
	struct exit_draft exits[2];
};
extern struct answer answer;

/* world.command: `person` answers `target` with all that the code needs, the
 * whole sum accounted for. */
struct respond *answer_begin(
    enum response_code code, enum person person, const struct target *target);

/* A second answer's parts: `held` of the sum and the rest as residual. */
void
answer_hold(struct respond *respond, const struct target *target, int64_t held);

/* Leads `index` as they stand, `minor` of the money. */
void answer_lead(size_t index, enum place bank, int64_t minor);
