/*
 * Objects that stand in the envelopes of the adapter "json", each about one
 * thing beside the targets.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/effects.h"
#include "hub/domain/envelope.h"

/* A member; nothing where there is nothing to tell ("", NULL, 0). */
void json_parts_text(struct strbuf *out, const char *key, const char *text);
void json_parts_time(struct strbuf *out, const char *key, int64_t at);

/* The members "formality", "grievance" (both with the envelope's note),
 * "evidence" and "deadline". */
void json_parts_formality(struct strbuf *out, const struct envelope *envelope);
void json_parts_grievance(struct strbuf *out, const struct envelope *envelope);
void
json_parts_evidence(struct strbuf *out, const struct evidence_row *evidence);
void json_parts_deadline(struct strbuf *out, const struct envelope *envelope);

/* "merged_into": the case that goes on for a merged one, with the note. */
void json_parts_survivor(struct strbuf *out, const struct envelope *envelope);
