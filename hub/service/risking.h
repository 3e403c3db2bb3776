/*
 * What the use cases of watch entries and payment holds share: moves, and
 * what a reply names.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/reply.h"

/* Move a watch entry by its machine, with its event.  `move` must be allowed
 * (machine_next).  The event is borrowed until the next one. */
struct event *
risking_move_watch(struct effects *effects, const struct command *command,
    struct watch_entry *entry, int from, enum watch_event move);

/* The same of a payment hold. */
struct event *
risking_move_hold(struct effects *effects, const struct command *command,
    struct payment_hold *hold, int from, enum payment_hold_event move);

/* A loaded row has changed without a move. */
void
risking_touch_watch(const struct command *command, struct watch_entry *entry);

/* The profile of an institution; "generic" where it is gone. */
const char *
risking_profile(const struct snapshot *snapshot, const struct id *institution);
