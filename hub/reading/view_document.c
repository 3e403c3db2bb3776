/*
 * A document: what is known of it, as part of its case and alone, and its
 * content.  See view.h.
 */
#include "hub/reading/view.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/encode.h"
#include "hub/crypto/digest.h"
#include "hub/domain/access.h"
#include "hub/domain/document.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

enum { PIECE_ARENA = 1024 * 1024 };

/* ---- pieces of JSON */

static void
write_signature(struct strbuf *out, const struct document *document)
{
	json_write_object(out, "signature_info");
	json_write_word(out, "format", &signature_format_words,
	    (int)document->signature_format);
	json_write_word(out, "check", &signature_check_words,
	    (int)document->signature_check);
	json_write_object_end(out);
}

/* To the unit, to auditors, and to who decided: not to other institutions. */
static bool
sees_decision(const struct view_run *run, const struct document *document)
{
	return run->sight != SIGHT_OWN ||
	    id_equal(
		&document->decided_for, &run->request->actor.institution) ||
	    id_equal(&document->institution, &run->request->actor.institution);
}

static enum rc
write_decision(const struct view_run *run, const struct document *document,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	if (document->decided_at == 0)
		return RC_OK;
	json_write_time(out, "decided_at", document->decided_at);
	json_write_array(out, "defects");
	for (int i = 0; i < DEFECT_COUNT; i++)
		if ((document->defects & (UINT32_C(1) << i)) != 0)
			json_write_word(out, NULL, &defect_words, i);
	json_write_array_end(out);
	if (!sees_decision(run, document))
		return RC_OK;
	view_write_institution(run, "decided_by", &document->decided_for);
	if (run->sight == SIGHT_MASKED)
		return RC_OK;
	TRY(view_open_text(run, key, SEALED_DOCUMENT_NOTE, &document->id,
	    &document->sealed_note, &plain, err));
	if (plain.length > 0)
		json_write_text_bytes(
		    out, "note", (const char *)plain.bytes, plain.length);
	return RC_OK;
}

static void
write_facts(const struct view_run *run, const struct document *document)
{
	struct strbuf *out = &run->reply->body;
	char hex[HEX_SIZE(SNAPSHOT_HASH_SIZE)];

	json_write_id(out, "id", ID_DOCUMENT, &document->id);
	json_write_text(out, "type", document->type);
	json_write_text(out, "status",
	    machine_state_name(&document_machine, (int)document->state));
	json_write_text(out, "media_type", document->media_type);
	json_write_int(out, "size", document->size);
	json_write_text(out, "sha256",
	    hex_encode(document->sha256, sizeof(document->sha256), hex));
	json_write_bool(out, "picture", document_is_picture(document->format));
	if (document->language[0] != '\0')
		json_write_text(out, "language", document->language);
	write_signature(out, document);
	view_write_institution(run, "filed_by", &document->institution);
	json_write_array(out, "request_ids");
	for (size_t i = 0; i < document->request_count; i++)
		json_write_id(out, NULL, ID_REQUEST, &document->requests[i]);
	json_write_array_end(out);
	view_write_id(out, "supersedes", ID_DOCUMENT, &document->supersedes);
	json_write_time(out, "filed_at", document->filed_at);
}

/* The members of an open object. */
static enum rc
write_members(const struct view_run *run, const struct document *document,
    const struct data_key *key, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct blob plain;

	write_facts(run, document);
	TRY(write_decision(run, document, key, err));
	if (run->sight == SIGHT_MASKED)
		return RC_OK;
	TRY(view_open_text(run, key, SEALED_DOCUMENT, &document->id,
	    &document->sealed, &plain, err));
	view_write_members(out, &plain);
	return RC_OK;
}

enum rc
view_write_documents(const struct view_run *run,
    const struct document *documents, size_t count, const struct data_key *key,
    struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_array(out, "documents");
	for (size_t i = 0; i < count; i++) {
		json_write_object(out, NULL);
		TRY(write_members(run, &documents[i], key, err));
		json_write_object_end(out);
	}
	json_write_array_end(out);
	return RC_OK;
}

/* ---- one document */

/* Its case too, for whose unit it is and the key. */
static enum rc
load(struct view_run *run, struct view_document *view, struct case_file **file,
    struct err *err)
{
	TRY(view_load_document(run->db, &run->request->id,
	    view_own_institution(run), run->arena, view, err));
	TRY(view_load_file(
	    run->db, &view->document->case_id, run->arena, file, err));
	/* An institution's sight was part of the question. */
	if (!access_sees_case(&run->request->actor, run->registry,
		&(*file)->unit, run->sight == SIGHT_OWN))
		return view_missing(err);
	run->reply->case_id = (*file)->id;
	run->row_version = (*file)->row_version;
	return RC_OK;
}

static int64_t
version_of(const struct view_document *view)
{
	int64_t sum = view->document->row_version;

	for (size_t i = 0; i < view->formality_count; i++)
		sum += view->formalities[i].row_version;
	return sum;
}

enum rc
view_document_run(struct view_run *run, struct err *err)
{
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct strbuf *out = &run->reply->body;
	struct view_document view;
	struct case_file *file;

	TRY(load(run, &view, &file, err));
	if (view_is_known(run, version_of(&view)))
		return RC_OK;
	TRY(view_open_case_key(run, &file->wrapped_key, &key, err));
	json_write_object(out, NULL);
	json_write_id(out, "case_id", ID_CASE, &file->id);
	TRY(write_members(run, view.document, &key, err));
	view_write_formalities(
	    run, view.formalities, view.formality_count, NULL);
	json_write_object_end(out);
	return RC_OK;
}

/* ---- its content */

static enum rc
open_content_key(const struct view_run *run, const struct document *document,
    const struct data_key *case_key, struct data_key *key, struct err *err)
{
	const struct sealed_place place = sealed_place_of(
	    SEALED_DOCUMENT_KEY, &document->id);
	struct blob plain;

	TRY(sealed_column_open(case_key, &place, &document->sealed_content_key,
	    run->arena, &plain, err));
	if (plain.length != sizeof(key->bytes))
		return err_set(err, RC_FAILED, "sealed_data_damaged",
		    "a content's key has another length");
	memcpy(key->bytes, plain.bytes, sizeof(key->bytes));
	return RC_OK;
}

/* One piece at a time is in memory beside what has been put together. */
static enum rc
append_piece(const struct view_run *run, const struct document *document,
    int number, const struct data_key *key, struct arena *arena,
    struct err *err)
{
	uint8_t row[SEALED_CHUNK_ROW_SIZE];
	const struct sealed_place place = sealed_place_chunk(
	    &document->content, (uint32_t)number, row);
	struct blob sealed, plain;

	arena_reset(arena);
	TRY(view_load_chunk(
	    run->db, &document->content, number, arena, &sealed, err));
	TRY(sealed_column_open(key, &place, &sealed, arena, &plain, err));
	strbuf_append_bytes(&run->reply->body, plain.bytes, plain.length);
	return RC_OK;
}

static enum rc
check_whole(const struct view_run *run, const struct document *document,
    struct err *err)
{
	uint8_t sha256[DIGEST_SIZE];

	digest_sha256(run->reply->body.bytes, run->reply->body.length, sha256);
	if (run->reply->body.length == (size_t)document->size &&
	    memcmp(sha256, document->sha256, sizeof(sha256)) == 0)
		return RC_OK;
	return err_set(err, RC_FAILED, "content_damaged",
	    "the content is not what was filed");
}

static enum rc
write_content(const struct view_run *run, const struct document *document,
    const struct data_key *key, struct err *err)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(PIECE_ARENA);

	run->reply->body.limit = (size_t)document->size + 1;
	for (int i = 0; i < document->chunk_count; i++)
		TRY(append_piece(run, document, i, key, arena, err));
	return check_whole(run, document, err);
}

enum rc
view_content_run(struct view_run *run, struct err *err)
{
	SCOPED(sealing_forget) struct data_key case_key = { { 0 } };
	SCOPED(sealing_forget) struct data_key key = { { 0 } };
	struct view_reply *reply = run->reply;
	struct view_document view;
	struct case_file *file;

	TRY(load(run, &view, &file, err));
	run->has_news = true;
	reply->file.is_file = true;
	reply->file.format = view.document->format;
	memcpy(reply->file.sha256, view.document->sha256,
	    sizeof(reply->file.sha256));
	(void)snprintf(reply->file.media_type, sizeof(reply->file.media_type),
	    "%s", view.document->media_type);
	TRY(view_open_case_key(run, &file->wrapped_key, &case_key, err));
	TRY(open_content_key(run, view.document, &case_key, &key, err));
	return write_content(run, view.document, &key, err);
}
