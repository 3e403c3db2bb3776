/*
 * The leads of an answer: onward accounts become proposed child targets one
 * layer deeper, exits are kept as facts.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* Find the institutions that the leads name; one that is not registered is
 * no fault of the responder.  RC_INVALID for an unknown bank code. */
NODISCARD enum rc respond_leads_prepare(
    struct command *command, const struct registry *registry, struct err *err);

/* Make the lead rows, child txns and child targets, and tell the unit. */
void respond_leads_record(struct command *command, struct effects *effects,
    struct target *parent, struct case_file *case_file,
    const struct id *response, const struct institution *about);
