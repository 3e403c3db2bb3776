/*
 * Documents and what is owed of them in envelopes: parts of the adapter
 * "json".
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/envelope.h"

/* The member "docs" of an authority: what an institution may ask for by GET
 * /v1/documents/{id}. */
void
adapter_json_papers_list(struct strbuf *out, const struct envelope *envelope);

/* The member "document". */
void adapter_json_papers_document(
    struct strbuf *out, const struct document *document);
