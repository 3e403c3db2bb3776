/*
 * The use cases by command kind.  Each is one file with one pure decision:
 * a function of (command, snapshot) that appends effects.  Called by the
 * desk only.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/reply.h"
#include "hub/domain/snapshot.h"

/* What a command needs before its rows can be looked for: resolve the
 * institutions that its identifiers belong to.  Refuses with the pointer of
 * the field.  May run again. */
NODISCARD enum rc service_prepare(
    struct command *command, const struct registry *registry, struct err *err);

/* May who brings the command act at all, as the rows of now say?  The view at
 * the edge may be a second old.  RC_FORBIDDEN. */
NODISCARD enum rc service_admit(const struct command *command,
    const struct snapshot *snapshot, struct err *err);

/* Admit, then decide.  On RC_OK the reply holds what was made; on anything else no
 * effect was appended.  May run again on a fresh snapshot. */
NODISCARD enum rc service_decide(struct command *command,
    struct effects *effects, struct reply *reply, struct err *err);
