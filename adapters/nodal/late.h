/*
 * Replies that are held back for a fixed time: how a slow institution looks
 * from outside (rules: delay_ms).  One thread.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/listener/exchange.h"

struct late;

/* RC_FAILED where there is no thread. */
NODISCARD enum rc late_start(int delay_ms, struct late **late, struct err *err);

/* What still waits is replied to at once. */
void late_stop(struct late *late);

/* Answer a deferred exchange with this status when its time has come.  Any
 * thread. */
void late_reply(struct late *late, struct exchange *exchange, int status);
