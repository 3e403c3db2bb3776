/*
 * Restitutions in replies: a part of reply_json.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/reply.h"
#include "hub/domain/snapshot.h"

/* All that came of a proposal; of the other commands the one restitution with
 * its target, as both sides may see it. */
void reply_json_way_back(struct strbuf *out, const struct command *command,
    const struct reply *reply, const struct snapshot *snapshot);
