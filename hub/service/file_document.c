/*
 * File a document on a case: by its unit, or by an institution that acts on
 * one of its requests.  What it says it satisfies is submitted; what it
 * supersedes is over.  Its content was checked and staged before.
 */
#include <string.h>

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/documents.h"
#include "hub/service/use_cases.h"

static const char at_requests[] = "/headers/document-request";
static const char at_formalities[] = "/headers/document-formality";
static const char at_supersedes[] = "/headers/document-supersedes";

/* What is filed, as far as it is looked up. */
struct filing {
	const struct file_document *told;
	struct case_file *case_file;
	bool by_institution;
	struct document *superseded; /* or NULL */
	/* Named, or of what is superseded. */
	struct formality *formalities[DOCUMENT_FORMALITY_LIMIT];
	size_t formality_count;
	struct id *requests; /* in the arena: they stay with the row */
	size_t request_count;
};

static enum rc
too_many(const char *pointer, struct err *err)
{
	return err_at(err, RC_INVALID, pointer, "too_many_items",
	    "a document is for at most %d requests and formalities",
	    (int)DOCUMENT_REQUEST_LIMIT);
}

static enum rc
add_request(struct filing *filing, const struct id *request,
    const char *pointer, struct err *err)
{
	for (size_t i = 0; i < filing->request_count; i++)
		if (id_equal(&filing->requests[i], request))
			return RC_OK;
	if (filing->request_count == DOCUMENT_REQUEST_LIMIT)
		return too_many(pointer, err);
	filing->requests[filing->request_count++] = *request;
	return RC_OK;
}

static enum rc
add_formality(
    struct filing *filing, struct formality *formality, struct err *err)
{
	for (size_t i = 0; i < filing->formality_count; i++)
		if (filing->formalities[i] == formality)
			return RC_OK;
	if (filing->formality_count == DOCUMENT_FORMALITY_LIMIT)
		return too_many(at_formalities, err);
	filing->formalities[filing->formality_count++] = formality;
	return add_request(filing, &formality->request, at_formalities, err);
}

/* ---- what the headers name */

static enum rc
find_requests(const struct command *command, const struct snapshot *snapshot,
    struct filing *filing, struct err *err)
{
	const struct file_document *told = filing->told;

	for (size_t i = 0; i < told->request_count; i++) {
		const struct freeze_request *request = snapshot_request(
		    snapshot, &told->requests[i]);

		if (request == NULL ||
		    !id_equal(&request->case_id, &told->case_id) ||
		    (filing->by_institution &&
			!documents_has_target(snapshot, &request->id,
			    &command->actor.institution)))
			return err_at(err, RC_INVALID, at_requests,
			    "unknown_request",
			    "the case has no such request of yours");
		TRY(add_request(filing, &request->id, at_requests, err));
	}
	return RC_OK;
}

static enum rc
find_formalities(
    const struct snapshot *snapshot, struct filing *filing, struct err *err)
{
	const struct file_document *told = filing->told;

	for (size_t i = 0; i < told->formality_count; i++) {
		struct formality *formality = snapshot_formality(
		    snapshot, &told->formalities[i]);

		/* What is owed is the unit's to bring. */
		if (formality == NULL || filing->by_institution ||
		    !id_equal(&formality->case_id, &told->case_id))
			return err_at(err, RC_INVALID, at_formalities,
			    "unknown_formality",
			    "the case owes no such formality of yours");
		TRY(add_formality(filing, formality, err));
	}
	return RC_OK;
}

/* A correction goes where the first one went, unless it says otherwise. */
static enum rc
inherit(const struct snapshot *snapshot, struct filing *filing, struct err *err)
{
	const struct document *first = filing->superseded;

	for (size_t i = 0; i < snapshot->formality_count; i++)
		if (id_equal(&snapshot->formalities[i]->document, &first->id) &&
		    snapshot->formalities[i]->state != FORMALITY_WAIVED &&
		    snapshot->formalities[i]->state != FORMALITY_SUPERSEDED)
			TRY(add_formality(
			    filing, snapshot->formalities[i], err));
	for (size_t i = 0; i < first->request_count; i++)
		TRY(add_request(
		    filing, &first->requests[i], at_supersedes, err));
	return RC_OK;
}

static enum rc
find_superseded(const struct command *command, const struct snapshot *snapshot,
    struct filing *filing, struct err *err)
{
	const struct file_document *told = filing->told;
	struct document *first;
	int next;

	if (id_is_zero(&told->supersedes))
		return RC_OK;
	first = snapshot_document(snapshot, &told->supersedes);
	if (first == NULL || !id_equal(&first->case_id, &told->case_id) ||
	    first->by_institution != filing->by_institution ||
	    (filing->by_institution &&
		!id_equal(&first->institution, &command->actor.institution)))
		return err_at(err, RC_INVALID, at_supersedes,
		    "unknown_document",
		    "the case has no such document of yours");
	if (machine_next(&document_machine, (int)first->state,
		DOCUMENT_EVENT_SUPERSEDED, &next, err) != RC_OK)
		return err_at(err, RC_CONFLICT, at_supersedes,
		    "move_not_allowed", "the document is %s already",
		    machine_state_name(&document_machine, (int)first->state));
	filing->superseded = first;
	if (told->request_count + told->formality_count > 0)
		return RC_OK;
	return inherit(snapshot, filing, err);
}

/* An institution sees its requests, not cases. */
static enum rc
check_named(const struct filing *filing, struct err *err)
{
	const struct file_document *told = filing->told;

	if (!filing->by_institution || told->request_count > 0 ||
	    !id_is_zero(&told->supersedes))
		return RC_OK;
	return err_at(err, RC_INVALID, at_requests, "missing_member",
	    "name the request that the document is about");
}

/* Whose case it is; an institution also has a target of what it names. */
static enum rc
find_case(const struct command *command, const struct snapshot *snapshot,
    struct filing *filing, struct err *err)
{
	const struct file_document *told = filing->told;
	bool is_theirs;

	filing->case_file = snapshot_case(snapshot, &told->case_id);
	if (filing->case_file == NULL)
		return documents_missing(err);
	is_theirs = documents_is_of_unit(command, snapshot, filing->case_file);
	for (size_t i = 0; filing->by_institution && i < snapshot->target_count;
	     i++)
		is_theirs |= id_equal(&snapshot->targets[i]->case_id,
				 &told->case_id) &&
		    documents_has_target(snapshot,
			&snapshot->targets[i]->request,
			&command->actor.institution);
	return is_theirs ? RC_OK : documents_missing(err);
}

/* ---- what it is */

static enum rc
check_type(const struct filing *filing, struct err *err)
{
	const struct file_document *told = filing->told;

	if (document_type_allowed(told->type, filing->by_institution))
		return RC_OK;
	return err_at(err, RC_INVALID, "/headers/document-type", "not_one_of",
	    "that is no kind of document that you may file");
}

static enum rc
check_formalities(const struct filing *filing, struct err *err)
{
	const struct file_document *told = filing->told;
	int next;

	if (filing->formality_count > 0 && document_is_picture(told->format))
		return err_at(err, RC_INVALID, at_formalities,
		    "picture_is_no_document",
		    "a picture is evidence; it never satisfies a formality");
	for (size_t i = 0; i < filing->formality_count; i++) {
		const struct formality *formality = filing->formalities[i];

		if (strcmp(formality->type, told->type) != 0)
			return err_at(err, RC_INVALID, "/headers/document-type",
			    "wrong_document_type",
			    "the formality asks for the document %s",
			    formality->type);
		if (machine_next(&formality_machine, (int)formality->state,
			FORMALITY_EVENT_SUBMITTED, &next, err) != RC_OK)
			return err_at(err, RC_CONFLICT, at_formalities,
			    "move_not_allowed", "the formality is %s",
			    machine_state_name(
				&formality_machine, (int)formality->state));
	}
	return RC_OK;
}

static enum rc
look_up(const struct command *command, const struct snapshot *snapshot,
    struct filing *filing, struct err *err)
{
	filing->requests = arena_alloc(snapshot->arena,
	    DOCUMENT_REQUEST_LIMIT * sizeof(*filing->requests));
	if (filing->requests == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	filing->by_institution = command->actor.kind != INSTITUTION_POLICE_UNIT;
	TRY(check_named(filing, err));
	TRY(find_case(command, snapshot, filing, err));
	TRY(check_type(filing, err));
	TRY(find_requests(command, snapshot, filing, err));
	TRY(find_formalities(snapshot, filing, err));
	TRY(find_superseded(command, snapshot, filing, err));
	return check_formalities(filing, err);
}

/* ---- the effects */

static void
fill(const struct command *command, const struct filing *filing,
    struct document *document)
{
	const struct file_document *told = filing->told;

	document->case_id = told->case_id;
	document->institution = command->actor.institution;
	document->by_institution = filing->by_institution;
	document->filed_by = command->actor.principal;
	document->supersedes = told->supersedes;
	document->content = told->content;
	document->type = told->type;
	document->media_type = told->media_type;
	document->language = told->language;
	document->format = told->format;
	document->signature_format = told->signature_format;
	document->signature_check = told->signature_check;
	document->size = told->size;
	document->chunk_count = told->chunk_count;
	memcpy(document->sha256, told->sha256, sizeof(document->sha256));
	document->content_key = told->content_key;
	document->words = (struct document_words){ told->issuer, told->number,
		told->name, told->issued_on, told->signature,
		told->signer_key };
	document->requests = filing->requests;
	document->request_count = filing->request_count;
	document->filed_at = command->at;
}

static struct document *
file(struct command *command, struct effects *effects,
    const struct filing *filing)
{
	struct document *document = effects_add_document(effects);
	struct event *event;

	document->id = command_next_id(command);
	fill(command, filing, document);
	event = effects_enter_document(
	    effects, command, document, DOCUMENT_EVENT_FILED);
	documents_describe(effects, event, document);
	event_number(event, "size", document->size);
	event_text(event, "signature",
	    words_name(&signature_check_words, (int)document->signature_check));
	effects_event_id(
	    effects, event, "supersedes", ID_DOCUMENT, &document->supersedes);
	return document;
}

static void
supersede(struct command *command, struct effects *effects,
    struct document *first, const struct document *document)
{
	struct event *event = effects_move_document(
	    effects, command, first, DOCUMENT_EVENT_SUPERSEDED);

	documents_describe(effects, event, first);
	effects_event_id(
	    effects, event, "superseded_by", ID_DOCUMENT, &document->id);
}

static void
announce(struct command *command, struct effects *effects,
    const struct document *document)
{
	for (size_t i = 0; i < document->request_count; i++)
		if (document->by_institution)
			documents_tell_unit(effects, command,
			    MESSAGE_DOCUMENT_AVAILABLE, &document->requests[i],
			    document, NULL, "");
		else
			documents_tell(effects, command,
			    MESSAGE_DOCUMENT_AVAILABLE, &document->requests[i],
			    document, NULL);
}

enum rc
file_document_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct filing filing = { .told = &command->file_document };
	struct document *document;

	TRY(access_check(&command->actor, RIGHT_FILE_DOCUMENT, err));
	TRY(look_up(command, effects->snapshot, &filing, err));
	document = file(command, effects, &filing);
	if (filing.superseded != NULL)
		supersede(command, effects, filing.superseded, document);
	for (size_t i = 0; i < filing.formality_count; i++)
		filing.formalities[i]->document = document->id;
	announce(command, effects, document);
	for (size_t i = 0; i < filing.formality_count; i++)
		documents_move_formality(effects, command,
		    filing.formalities[i], FORMALITY_EVENT_SUBMITTED, "");
	documents_reply(reply, document);
	reply->status = 201;
	return RC_OK;
}
