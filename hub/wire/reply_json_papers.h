/*
 * Documents, formalities and evidence in replies: parts of reply_json.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/reply.h"
#include "hub/domain/snapshot.h"

/* A document with the formalities that it was filed for. */
void reply_json_papers_document(
    struct strbuf *out, const struct id *id, const struct snapshot *snapshot);

/* NULL: an empty object. */
void reply_json_papers_formality(
    struct strbuf *out, const struct formality *formality);

/* Counter-evidence that was just attached. */
void reply_json_papers_evidence(struct strbuf *out,
    const struct command *command, const struct reply *reply);

/* A grievance with its target. */
void reply_json_papers_grievance(struct strbuf *out, const struct reply *reply,
    const struct snapshot *snapshot);
