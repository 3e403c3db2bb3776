/*
 * Rosters as JSON: what is proposed, and who is on duty.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/command.h"
#include "hub/domain/registry.h"

/* {"weekly": [...], "exceptions": [...]} into command->roster, but for its
 * institution.  Refusals as in json_reader.h. */
NODISCARD enum rc roster_json_read(
    const char *body, size_t length, struct command *command, struct err *err);

/* The roster of an institution in the form of the call. */
void roster_json_write(struct strbuf *out, const struct registry *registry,
    const struct id *institution);

/* A member: [{"id", "name"}], those on duty; nothing without a roster. */
void
roster_json_duty(struct strbuf *out, const char *key, const struct duty *duty);
