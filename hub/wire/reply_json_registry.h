/*
 * What was proposed to the registry, in replies: a part of reply_json, which
 * alone calls it.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/command.h"

/* An institution, a principal or an endpoint that the command proposed under
 * this id; the only place where an endpoint's secret is told. */
void reply_json_registry(
    struct strbuf *out, const struct command *command, const struct id *id);
