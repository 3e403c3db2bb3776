/*
 * The end of a whole request, by people or by the clock: what is not held is
 * cancelled, what is held is ordered to be released, and everybody who got
 * the request is told.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* `move`: REQUEST_EVENT_WITHDRAWN or REQUEST_EVENT_EXPIRED.  RC_TOO_LARGE,
 * with no effect made. */
NODISCARD enum rc withdrawing_all(struct command *command,
    struct effects *effects, struct freeze_request *request,
    enum request_event move, const char *reason, struct err *err);
