/*
 * Shared by the use cases of documents: whose a paper is, which requests a
 * command is about, and who hears of it.
 */
#pragma once

#include "hub/domain/command.h"
#include "hub/domain/effects.h"
#include "hub/domain/reply.h"

/* Has the institution a target of the request that was sent to it? */
bool documents_has_target(const struct snapshot *snapshot,
    const struct id *request, const struct id *institution);

/* The same of any request that the document is about. */
bool documents_is_for(const struct snapshot *snapshot,
    const struct document *document, const struct id *institution);

/* Is the actor of the police whose case this is? */
bool documents_is_of_unit(const struct command *command,
    const struct snapshot *snapshot, const struct case_file *case_file);

/* RC_MISSING `not_found`, the same for all that is not theirs. */
enum rc documents_missing(struct err *err);

/* What a command's rows say of its requests goes into it, for the load that
 * follows.  True: some were not known before.  Called by the desk. */
bool documents_learn(struct command *command, const struct snapshot *snapshot);

/* A message about a document or a formality (either may be NULL) of a
 * request, to each institution with a live target of it but the actor's. */
void documents_tell(struct effects *effects, struct command *command,
    enum message_type type, const struct id *request,
    const struct document *document, const struct formality *formality);

/* The same to the police unit of the case; `note` in words. */
void documents_tell_unit(struct effects *effects, struct command *command,
    enum message_type type, const struct id *request,
    const struct document *document, const struct formality *formality,
    const char *note);

/* Move a formality with its event, and tell those whom it concerns: the
 * institutions, and the unit where it was not the unit's own act. */
void documents_move_formality(struct effects *effects, struct command *command,
    struct formality *formality, enum formality_event move, const char *note);

/* Fields that every event of a document carries. */
void documents_describe(struct effects *effects, struct event *event,
    const struct document *document);

void documents_reply(struct reply *reply, const struct document *document);
