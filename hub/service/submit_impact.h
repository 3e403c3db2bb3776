/*
 * What a call's requests ask for, judged as a whole: does it need a second
 * person?
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/impact.h"
#include "hub/domain/profile.h"

/* Does this request of a new case need a second person?  An emergency goes out
 * before they have said so. */
bool submit_impact_needs_second(const struct submit_case *submit,
    const struct profile *profile, const struct request_draft *request);

/* Count the call's volumes, and say of each request why it needs a second
 * person; in the snapshot's arena. */
const struct impact *submit_impact_judge(struct command *command,
    const struct profile *profile, struct effects *effects);

/* With these reasons, does it wait for them?  An emergency goes out at once
 * and is confirmed later. */
bool submit_impact_waits(uint32_t reasons);

/* Does the call, with what its case asks for already, pass the threshold? */
bool submit_impact_is_large(const struct submit_case *submit,
    const struct profile *profile, const struct snapshot *snapshot);
