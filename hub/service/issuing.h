/*
 * Sending targets out: shared by the use cases that issue them.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* Queue the targets, which must be new or proposed, and one message for each
 * of their institutions.  Superseded ones among them are left alone.  The
 * case is dispatched if it was not yet. */
void issuing_send(struct effects *effects, struct command *command,
    struct case_file *case_file, struct target **targets, size_t count);

/* Queue messages about `targets` by institution.  `note` "" : none. */
void issuing_tell(struct effects *effects, struct command *command,
    enum message_type type, int priority, struct target *const *targets,
    size_t count, const char *note);

/* Tell the police unit of a case; `answer` and `about` may be NULL. */
void issuing_tell_unit(struct effects *effects, struct command *command,
    enum message_type type, const struct case_file *case_file,
    struct target *const *targets, size_t count, const struct respond *answer,
    const struct institution *about);

/* Fields that every target event carries. */
void issuing_describe(
    struct effects *effects, struct event *event, const struct target *target);

/* The targets of a request, in the order of their positions, in the
 * snapshot's arena. */
struct target **issuing_targets_of(
    const struct snapshot *snapshot, const struct id *request, size_t *count);
