/*
 * Signals in JSON: the part that a message, a list and the sealed column
 * share, written by the rows of signal_kind.h.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/risk_command.h"

/* The members "subject" and "facts", into an open object. */
void
signal_json_write_members(struct strbuf *out, const struct send_signal *signal);

/* A whole one, as a message has it. */
void signal_json_write(
    struct strbuf *out, const char *key, const struct send_signal *signal);

/* Every kind with its facts, as GET /v1/meta lists them. */
void signal_json_write_kinds(struct strbuf *out, const char *key);
