/*
 * Volumes of what an officer, a unit and a complainant ask for: a case adds to
 * them, and what is too much is told to the unit above and, where it is
 * extreme, waits for a second person.  Called by submit_case only.
 */
#pragma once

#include "hub/domain/effects.h"
#include "hub/domain/impact.h"
#include "hub/domain/profile.h"

/* Add the case to the volumes of the snapshot, so that a later command of the
 * batch counts it, and judge them.  Nothing where limits are off. */
void
velocity_count(const struct command *command, const struct profile *profile,
    struct snapshot *snapshot, struct impact *impact);

/* Must a second person approve?  Never what an institution asks for its
 * customer: it has no supervisor, and its volumes are alerts alone. */
bool
velocity_is_extreme(const struct command *command, const struct impact *impact);

/* An alert for each limit that this case crossed: a row, an event, and a
 * message to the unit above, or the own one where there is none that can be
 * reached. */
void velocity_alert(struct effects *effects, struct command *command,
    const struct case_file *file, const struct impact *impact);
