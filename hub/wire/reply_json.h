/*
 * Replies of commands as JSON, written by the desk before the commit.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/command.h"
#include "hub/domain/reply.h"
#include "hub/domain/snapshot.h"

/* The body for a decided command, from the rows that it left. */
void reply_json_write(struct strbuf *out, const struct command *command,
    const struct reply *reply, const struct snapshot *snapshot);
