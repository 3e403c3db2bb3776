/*
 * Replies about risks: agreements, signals, watch entries, look-ups, payment
 * holds.  Only reply_json.c calls it.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/command.h"
#include "hub/domain/reply.h"
#include "hub/domain/snapshot.h"

/* The reply of a command about risks, of which the kind is one. */
void reply_json_risk(struct strbuf *out, const struct command *command,
    const struct reply *reply, const struct snapshot *snapshot);
