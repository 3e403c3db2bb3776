/*
 * Shared by the use cases of restitution: whose a restitution is, what of a
 * hold is bespoken, and who is told.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/reply.h"

/* A restitution with its target and case, for the police or, once it was
 * ordered, for the institution.  RC_MISSING. */
NODISCARD enum rc
restoring_find(const struct command *command, const struct snapshot *snapshot,
    const struct id *id, struct restitution **restitution,
    struct target **target, struct case_file **case_file, struct err *err);

/* Money is held there that can go back. */
bool restoring_is_held(const struct target *target);

/* What is held and neither bespoken by an open restitution nor about to be
 * let go. */
int64_t restoring_free_minor(
    const struct snapshot *snapshot, const struct target *target);

/* The paper of an order, where one is named: of the target's request, the
 * order of somebody who may give one, and verified.  RC_INVALID at /document:
 * `unknown_document`, `not_an_order`, `document_not_verified`. */
NODISCARD enum rc restoring_check_paper(const struct snapshot *snapshot,
    const struct id *document, const struct target *target, struct err *err);

/* RC_CONFLICT `not_held_any_more` unless the target holds its sum. */
NODISCARD enum rc restoring_check_held(const struct restitution *restitution,
    const struct target *target, struct err *err);

/* RC_CONFLICT `restitution_ordered` where money of the target is owed to a
 * victim: it is not let go on another way. */
NODISCARD enum rc restoring_check_not_owed(const struct snapshot *snapshot,
    const struct target *target, struct err *err);

/* Fields that every event of a restitution carries. */
void restoring_describe(struct effects *effects, struct event *event,
    const struct restitution *restitution);

/* `restitution.updated` to the unit of the case of its target; `note` "" :
 * none. */
void restoring_tell_unit(struct effects *effects, struct command *command,
    const struct restitution *restitution, struct target *target,
    const char *note);

void
restoring_reply(struct reply *reply, const struct restitution *restitution);
