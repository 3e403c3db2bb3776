/*
 * What the use cases of grievances share.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/reply.h"

/* A target seen by the police of its case, or by the nodal officer that it is
 * addressed to.  RC_MISSING. */
NODISCARD enum rc grieving_find_target(const struct command *command,
    const struct snapshot *snapshot, const struct id *id,
    struct target **target, struct case_file **case_file, struct err *err);

/* Tell the unit of the case; one without an endpoint reads it there. */
void grieving_tell_unit(struct effects *effects, struct command *command,
    const struct grievance *grievance, struct target *target, const char *note);

void grieving_reply(struct reply *reply, const struct grievance *grievance,
    const struct target *target);
