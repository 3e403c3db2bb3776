/*
 * Sending targets out: shared by the use cases that issue them.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* What a use case asks before it sends anything to a target's institution.
 * RC_CONFLICT `institution_not_active` when it cannot be reached at `at`. */
NODISCARD enum rc issuing_check_reach(const struct snapshot *snapshot,
    const struct target *target, int64_t at, struct err *err);

/* Queue targets that were just made and have no event yet, and messages to
 * their institutions.  The case is dispatched if it was not yet. */
void issuing_enter(struct effects *effects, struct command *command,
    struct case_file *case_file, struct target **targets, size_t count);

/* The same for those of the targets that are proposed; what was superseded or
 * dismissed is left alone. */
void issuing_send(struct effects *effects, struct command *command,
    struct case_file *case_file, struct target **targets, size_t count);

/* Queue messages about `targets` by institution.  `note` "" : none.  One that
 * cannot be reached at present gets none: what is withdrawn is withdrawn
 * whether or not its bank can be told. */
void issuing_tell(struct effects *effects, struct command *command,
    enum message_type type, int priority, struct target *const *targets,
    size_t count, const char *note);

/* Tell the unit of a case; `answer` and `about` may be NULL.  A unit without
 * an endpoint reads it from the case: that is no fault of who answers. */
void issuing_tell_unit(struct effects *effects, struct command *command,
    enum message_type type, const struct case_file *case_file,
    struct target *const *targets, size_t count, const struct respond *answer,
    const struct institution *about);

/* Tell the unit of a target that was superseded when it was made, and the one
 * whose target stands: neither is told more of the other. */
void issuing_tell_duplicate(
    struct effects *effects, struct command *command, struct target *target);

/* Fields that every target event carries. */
void issuing_describe(
    struct effects *effects, struct event *event, const struct target *target);

/* The targets of a request, in the order of their positions, in the
 * snapshot's arena. */
struct target **issuing_targets_of(
    const struct snapshot *snapshot, const struct id *request, size_t *count);
