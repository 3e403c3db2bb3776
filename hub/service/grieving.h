/*
 * What the use cases of grievances share.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/reply.h"

/* Tell the unit of the case; one without an endpoint reads it there. */
void grieving_tell_unit(struct effects *effects, struct command *command,
    const struct grievance *grievance, struct target *target, const char *note);

void grieving_reply(struct reply *reply, const struct grievance *grievance,
    const struct target *target);
