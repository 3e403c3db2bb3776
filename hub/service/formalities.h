/*
 * The legal documents that a request owes: made when it is issued, over when
 * it is.  Called by the use cases that issue and end requests.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"

/* One formality for each document that the request's basis and its further
 * authorities owe, counted from now. */
void formalities_owe(struct effects *effects, struct command *command,
    const struct freeze_request *request);

/* The request is over: nobody owes its documents any more. */
void formalities_end(struct effects *effects, struct command *command,
    const struct freeze_request *request);
