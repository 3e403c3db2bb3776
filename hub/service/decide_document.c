/*
 * Decide on a document: verified, defective or rejected, with the defects.
 * Who must rely on a paper decides on it: a nodal officer with a target of
 * its requests on the unit's, a supervisor on an institution's, and, before
 * anything goes out, a second supervisor on an order.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/documents.h"
#include "hub/service/use_cases.h"

static const struct {
	enum document_event document;
	enum formality_event formality;
} outcomes[DOCUMENT_DECISION_COUNT] = {
	[DOCUMENT_DECIDE_VERIFIED] = { DOCUMENT_EVENT_VERIFIED,
	    FORMALITY_EVENT_VERIFIED },
	[DOCUMENT_DECIDE_DEFECTIVE] = { DOCUMENT_EVENT_FOUND_DEFECTIVE,
	    FORMALITY_EVENT_FOUND_DEFECTIVE },
	[DOCUMENT_DECIDE_REJECTED] = { DOCUMENT_EVENT_REJECTED,
	    FORMALITY_EVENT_REJECTED },
};

static enum rc
check_nodal(const struct command *command, const struct snapshot *snapshot,
    const struct document *document, struct err *err)
{
	const struct id *own = &command->actor.institution;

	if (id_equal(&document->institution, own))
		return err_set(err, RC_FORBIDDEN, "own_document",
		    "your institution filed it; the unit decides");
	if (document->by_institution ||
	    !documents_is_for(snapshot, document, own))
		return documents_missing(err);
	return RC_OK;
}

/* Who asked for the request does not also say that its order is good. */
static enum rc
check_not_asked(const struct command *command, const struct snapshot *snapshot,
    const struct document *document, struct err *err)
{
	for (size_t i = 0; i < document->request_count; i++) {
		const struct freeze_request *request = snapshot_request(
		    snapshot, &document->requests[i]);

		if (request != NULL &&
		    id_equal(&request->requested_by, &command->actor.principal))
			return err_set(err, RC_FORBIDDEN, "own_request",
			    "you asked for this request; another supervisor "
			    "must decide on its order");
	}
	return RC_OK;
}

static enum rc
check_supervisor(const struct command *command, const struct snapshot *snapshot,
    const struct document *document, struct err *err)
{
	const struct case_file *case_file = snapshot_case(
	    snapshot, &document->case_id);

	if (case_file == NULL ||
	    !documents_is_of_unit(command, snapshot, case_file))
		return documents_missing(err);
	if (document->by_institution)
		return RC_OK;
	if (!document_is_order(document->type))
		return err_set(err, RC_FORBIDDEN, "institution_decides",
		    "the institutions that it is for decide on this paper");
	if (id_equal(&document->filed_by, &command->actor.principal))
		return err_set(err, RC_FORBIDDEN, "own_document",
		    "you filed it; another supervisor must decide");
	return check_not_asked(command, snapshot, document, err);
}

static enum rc
find(const struct command *command, const struct snapshot *snapshot,
    struct document **document, struct err *err)
{
	*document = snapshot_document(
	    snapshot, &command->decide_document.document);
	if (*document == NULL)
		return documents_missing(err);
	return command->actor.role == ROLE_NODAL
	    ? check_nodal(command, snapshot, *document, err)
	    : check_supervisor(command, snapshot, *document, err);
}

static enum rc
check_reasons(const struct decide_document *decide, struct err *err)
{
	bool is_good = decide->decision == DOCUMENT_DECIDE_VERIFIED;

	if (is_good && decide->defects != 0)
		return err_at(err, RC_INVALID, "/defects", "not_allowed",
		    "a verified document has no defects");
	if (!is_good && decide->defects == 0)
		return err_at(err, RC_INVALID, "/defects", "missing_member",
		    "say what is wrong with it");
	if ((decide->defects & (1u << DEFECT_OTHER)) != 0 &&
	    decide->note[0] == '\0')
		return err_at(err, RC_INVALID, "/note", "missing_member",
		    "the defect other needs words");
	return RC_OK;
}

static enum rc
check(const struct decide_document *decide, const struct document *document,
    struct err *err)
{
	int next;

	TRY(check_reasons(decide, err));
	if (document_is_picture(document->format))
		return err_set(err, RC_CONFLICT, "picture_is_no_document",
		    "a picture is evidence; there is nothing to decide");
	return machine_next(&document_machine, (int)document->state,
	    outcomes[decide->decision].document, &next, err);
}

static void
apply(
    struct command *command, struct effects *effects, struct document *document)
{
	const struct decide_document *decide = &command->decide_document;
	struct event *event = effects_move_document(
	    effects, command, document, outcomes[decide->decision].document);

	documents_describe(effects, event, document);
	event_number(event, "defects", decide->defects);
	event_text(event, "note", decide->note);
	document->decided_by = command->actor.principal;
	document->decided_for = command->actor.institution;
	document->decided_at = command->at;
	document->defects = decide->defects;
	document->decision_note = decide->note;
}

/* What it was submitted for goes the same way. */
static void
apply_to_formalities(struct command *command, struct effects *effects,
    const struct document *document)
{
	const struct decide_document *decide = &command->decide_document;
	struct snapshot *snapshot = effects->snapshot;

	for (size_t i = 0; i < snapshot->formality_count; i++) {
		struct formality *formality = snapshot->formalities[i];

		if (id_equal(&formality->document, &document->id) &&
		    formality->state == FORMALITY_SUBMITTED)
			documents_move_formality(effects, command, formality,
			    outcomes[decide->decision].formality, decide->note);
	}
}

enum rc
decide_document_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct document *document;

	TRY(access_check(&command->actor, RIGHT_DECIDE_DOCUMENT, err));
	TRY(find(command, effects->snapshot, &document, err));
	TRY(check(&command->decide_document, document, err));
	apply(command, effects, document);
	apply_to_formalities(command, effects, document);
	documents_reply(reply, document);
	return RC_OK;
}
