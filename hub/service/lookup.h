/*
 * The rows that a command names, seen with the actor's eyes: what is not
 * theirs is answered like what does not exist.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/snapshot.h"

/* A case, for a member of the police unit.  RC_MISSING. */
NODISCARD enum rc
lookup_case(const struct command *command, const struct snapshot *snapshot,
    const struct id *id, struct case_file **case_file, struct err *err);

/* A request with its case, for a member of the police unit.  RC_MISSING. */
NODISCARD enum rc
lookup_request(const struct command *command, const struct snapshot *snapshot,
    const struct id *id, struct freeze_request **request,
    struct case_file **case_file, struct err *err);

/* A target with its request and case, for a member of the police unit.
 * RC_MISSING. */
NODISCARD enum rc lookup_target(const struct command *command,
    const struct snapshot *snapshot, const struct id *id,
    struct target **target, struct freeze_request **request,
    struct case_file **case_file, struct err *err);

/* The same for the institution that it is addressed to. */
NODISCARD enum rc lookup_own_target(const struct command *command,
    const struct snapshot *snapshot, const struct id *id,
    struct target **target, struct freeze_request **request,
    struct case_file **case_file, struct err *err);
