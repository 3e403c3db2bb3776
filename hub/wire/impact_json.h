/*
 * What a case would do, as JSON for the officer who tries it out.  Called by
 * the writer of replies.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/command.h"
#include "hub/domain/impact.h"

/* A member: targets, why each request needs a second person, and how the
 * volumes would stand. */
void impact_json_write(struct strbuf *out, const char *key,
    const struct submit_case *submit, const struct impact *impact);

/* A member: how fast the receiver usually acknowledges; nothing for NULL. */
void impact_json_usual(struct strbuf *out, const struct usual_time *usual);
