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

/* Tell each institution that was sent a target of the request what became of
 * a document: one `formality.updated`, about its first target that is not
 * over.  `note` "": none.  One without an endpoint reads it in the case. */
void formalities_tell(struct effects *effects, struct command *command,
    const struct formality *formality, const char *note);

/* The request is over: nobody owes its documents any more. */
void formalities_end(struct effects *effects, struct command *command,
    const struct freeze_request *request);
