/*
 * Rows of which a batch has few, looked for from end to end: grievances,
 * formalities and documents.  See snapshot.h.
 */
#include "hub/domain/snapshot.h"

#include <string.h>

/* ---- grievances */

struct grievance *
snapshot_grievance(const struct snapshot *snapshot, const struct id *id)
{
	for (size_t i = 0; i < snapshot->grievance_count; i++)
		if (id_equal(&snapshot->grievances[i]->id, id))
			return snapshot->grievances[i];
	return NULL;
}

struct grievance *
snapshot_running_grievance(
    const struct snapshot *snapshot, const struct id *target)
{
	for (size_t i = 0; i < snapshot->grievance_count; i++) {
		struct grievance *grievance = snapshot->grievances[i];

		if (id_equal(&grievance->target, target) &&
		    !grievance_state_is_over(grievance->state))
			return grievance;
	}
	return NULL;
}

/* ---- documents and formalities */

/* What was made last is asked for first. */
struct formality *
snapshot_formality(const struct snapshot *snapshot, const struct id *id)
{
	for (size_t i = snapshot->formality_count; i > 0; i--)
		if (id_equal(&snapshot->formalities[i - 1]->id, id))
			return snapshot->formalities[i - 1];
	return NULL;
}

struct document *
snapshot_document(const struct snapshot *snapshot, const struct id *id)
{
	for (size_t i = 0; i < snapshot->document_count; i++)
		if (id_equal(&snapshot->documents[i]->id, id))
			return snapshot->documents[i];
	return NULL;
}

bool
snapshot_is_about(const struct document *document, const struct id *request)
{
	for (size_t i = 0; i < document->request_count; i++)
		if (id_equal(&document->requests[i], request))
			return true;
	return false;
}

bool
snapshot_has_verified_order(
    const struct snapshot *snapshot, const struct id *request)
{
	for (size_t i = 0; i < snapshot->document_count; i++) {
		const struct document *document = snapshot->documents[i];

		if (document->state == DOCUMENT_VERIFIED &&
		    document_is_order(document->type) &&
		    snapshot_is_about(document, request))
			return true;
	}
	return false;
}

const struct document *
snapshot_verified_document(
    const struct snapshot *snapshot, const struct id *request, const char *type)
{
	for (size_t i = 0; i < snapshot->document_count; i++) {
		const struct document *document = snapshot->documents[i];

		if (document->state == DOCUMENT_VERIFIED &&
		    strcmp(document->type, type) == 0 &&
		    snapshot_is_about(document, request))
			return document;
	}
	return NULL;
}

struct restitution *
snapshot_restitution(const struct snapshot *snapshot, const struct id *id)
{
	for (size_t i = 0; i < snapshot->restitution_count; i++)
		if (id_equal(&snapshot->restitutions[i]->id, id))
			return snapshot->restitutions[i];
	return NULL;
}
