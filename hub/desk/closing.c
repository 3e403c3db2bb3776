/*
 * What a batch decided, made ready to save: messages built by their
 * endpoints' adapters, secrets sealed, everything numbered.
 */
#include <string.h>

#include "adapters/adapter.h"
#include "hub/crypto/sealed_column.h"
#include "hub/desk/inside.h"
#include "hub/domain/ids.h"
#include "hub/wire/secret_json.h"

enum { SECRET_LIMIT = 64 * 1024 };

enum rc
closing_key(struct batch *batch, const struct id *case_id,
    const struct data_key **key, int *key_no, struct err *err)
{
	struct case_file *case_file = id_is_zero(case_id)
	    ? NULL
	    : snapshot_case(&batch->snapshot, case_id);

	if (case_file != NULL) {
		TRY(opening_case_key(batch, case_file, err));
		*key = (const struct data_key *)case_file->data_key;
		*key_no = 0;
		return RC_OK;
	}
	*key_no = hub_keys_newest(batch->hub_keys);
	*key = hub_keys_find(batch->hub_keys, *key_no);
	if (*key == NULL)
		return err_set(err, RC_FAILED, "data_key_missing",
		    "the hub has no data key");
	return RC_OK;
}

static enum rc
seal_text(struct batch *batch, const struct id *case_id,
    const struct sealed_place *place, const void *bytes, size_t length,
    struct blob *sealed, struct err *err)
{
	struct blob plain = { bytes, length };
	const struct data_key *key;
	int key_no;

	TRY(closing_key(batch, case_id, &key, &key_no, err));
	return sealed_column_seal(
	    key, place, &plain, batch->arena, sealed, err);
}

static enum rc
seal_buffer(struct batch *batch, const struct id *case_id, const char *column,
    const struct id *row, const struct strbuf *text, struct blob *sealed,
    struct err *err)
{
	struct sealed_place place = sealed_place_of(column, row);

	if (text->failed)
		return err_set(
		    err, RC_TOO_LARGE, "row_too_large", "a row is too large");
	return seal_text(
	    batch, case_id, &place, text->bytes, text->length, sealed, err);
}

/* A short text of a row, sealed where it is new. */
static enum rc
seal_word(struct batch *batch, const struct id *case_id, const char *column,
    const struct id *row, const char *text, struct blob *sealed,
    struct err *err)
{
	struct sealed_place place = sealed_place_of(column, row);

	if (text == NULL || text[0] == '\0' || sealed->length > 0)
		return RC_OK;
	return seal_text(
	    batch, case_id, &place, text, strlen(text), sealed, err);
}

static enum rc
seal_refs(struct batch *batch, struct case_file *case_file, struct err *err)
{
	size_t count = case_file->external_ref_count;
	uint8_t row[SEALED_REF_ROW_SIZE];

	case_file->sealed_refs = arena_alloc(
	    batch->arena, (count + 1) * sizeof *case_file->sealed_refs);
	if (case_file->sealed_refs == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	for (size_t i = 0; i < count; i++) {
		const struct external_ref *ref = &case_file->external_refs[i];
		struct sealed_ref *made = &case_file->sealed_refs[i];
		struct sealed_place place = sealed_place_ref(
		    &case_file->id, i, row);

		made->scheme = ref->scheme;
		keys_hash_ref(batch->keyring, ref, made->hash);
		TRY(seal_text(batch, &case_file->id, &place, ref->value,
		    strlen(ref->value), &made->sealed, err));
	}
	return RC_OK;
}

/* A new case gets its own data key, wrapped. */
static enum rc
seal_case(struct batch *batch, struct case_file *case_file, struct strbuf *text,
    struct err *err)
{
	struct sealed_place place = sealed_place_of(
	    SEALED_NARRATIVE, &case_file->id);
	uint8_t *wrapped = arena_alloc(batch->arena, SEALING_WRAPPED_SIZE);
	struct data_key key;

	if (wrapped == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	sealing_new_key(&key);
	TRY(sealing_wrap(batch->keyring, &key, wrapped, err));
	memcpy(case_file->data_key, key.bytes, sizeof key.bytes);
	sealing_forget(&key);
	case_file->is_key_open = true;
	case_file->wrapped_key = (struct blob){ wrapped, SEALING_WRAPPED_SIZE };
	strbuf_reset(text);
	secret_json_write_complainant(text, &case_file->complainant);
	TRY(seal_buffer(batch, &case_file->id, SEALED_COMPLAINANT,
	    &case_file->id, text, &case_file->sealed_complainant, err));
	TRY(seal_refs(batch, case_file, err));
	return seal_text(batch, &case_file->id, &place, case_file->narrative,
	    strlen(case_file->narrative), &case_file->sealed_narrative, err);
}

static enum rc
seal_request(
    struct batch *batch, struct freeze_request *request, struct err *err)
{
	const struct id *case_id = &request->case_id, *id = &request->id;

	TRY(seal_word(batch, case_id, SEALED_REASON, id, request->reason,
	    &request->sealed_reason, err));
	TRY(seal_word(batch, case_id, SEALED_ON_BEHALF_OF, id,
	    request->on_behalf_of, &request->sealed_on_behalf_of, err));
	return seal_word(batch, case_id, SEALED_ON_BEHALF_REF, id,
	    request->on_behalf_ref, &request->sealed_on_behalf_ref, err);
}

static enum rc
seal_grievances(struct batch *batch, struct err *err)
{
	for (size_t i = 0; i < batch->snapshot.grievance_count; i++) {
		struct grievance *row = batch->snapshot.grievances[i];

		TRY(seal_word(batch, &row->case_id, SEALED_GRIEVANCE, &row->id,
		    row->text, &row->sealed, err));
	}
	return RC_OK;
}

static enum rc
seal_evidence(struct batch *batch, struct err *err)
{
	for (size_t i = 0; i < batch->effects.evidence_count; i++) {
		struct evidence_row *row = &batch->effects.evidence[i];

		TRY(seal_word(batch, &row->case_id, SEALED_EVIDENCE, &row->id,
		    row->text, &row->sealed, err));
	}
	return RC_OK;
}

static enum rc
seal_new_document(struct batch *batch, struct document *document,
    struct strbuf *text, struct err *err)
{
	struct sealed_place place = sealed_place_of(
	    SEALED_DOCUMENT_KEY, &document->id);

	strbuf_reset(text);
	secret_json_write_document(text, &document->words);
	TRY(seal_buffer(batch, &document->case_id, SEALED_DOCUMENT,
	    &document->id, text, &document->sealed, err));
	return seal_text(batch, &document->case_id, &place,
	    document->content_key, SEALING_KEY_SIZE,
	    &document->sealed_content_key, err);
}

static enum rc
seal_documents(struct batch *batch, struct strbuf *text, struct err *err)
{
	for (size_t i = 0; i < batch->snapshot.document_count; i++) {
		struct document *document = batch->snapshot.documents[i];

		if (document->row.is_new)
			TRY(seal_new_document(batch, document, text, err));
		TRY(seal_word(batch, &document->case_id, SEALED_DOCUMENT_NOTE,
		    &document->id, document->decision_note,
		    &document->sealed_note, err));
	}
	return RC_OK;
}

static enum rc
seal_rows(struct batch *batch, struct strbuf *text, struct err *err)
{
	struct snapshot *snapshot = &batch->snapshot;

	for (size_t i = 0; i < snapshot->case_count; i++)
		if (snapshot->cases[i]->row.is_new)
			TRY(seal_case(batch, snapshot->cases[i], text, err));
	for (size_t i = 0; i < snapshot->request_count; i++) {
		struct freeze_request *request = snapshot->requests[i];

		TRY(seal_request(batch, request, err));
	}
	for (size_t i = 0; i < snapshot->txn_count; i++) {
		struct txn *txn = snapshot->txns[i];

		if (!txn->row.is_new)
			continue;
		strbuf_reset(text);
		secret_json_write_txn(text, txn);
		TRY(seal_buffer(batch, &txn->case_id, SEALED_TXN, &txn->id,
		    text, &txn->sealed, err));
	}
	for (size_t i = 0; i < snapshot->target_count; i++) {
		struct target *target = snapshot->targets[i];

		TRY(seal_word(batch, &target->case_id, SEALED_HOLD_REF,
		    &target->id, target->hold_ref, &target->sealed_hold_ref,
		    err));
		/* New, or corrected. */
		if (target->sealed.length > 0)
			continue;
		strbuf_reset(text);
		secret_json_write_target(text, target);
		TRY(seal_buffer(batch, &target->case_id, SEALED_TARGET,
		    &target->id, text, &target->sealed, err));
	}
	return RC_OK;
}

static enum rc
seal_responses(struct batch *batch, struct err *err)
{
	for (size_t i = 0; i < batch->effects.response_count; i++) {
		struct response_row *row = &batch->effects.responses[i];
		struct sealed_place place = sealed_place_of(
		    SEALED_RESPONSE, &row->id);

		TRY(seal_text(batch, &row->case_id, &place, row->body.bytes,
		    row->body.length, &row->sealed, err));
	}
	return RC_OK;
}

static bool
is_for_police(enum message_type type)
{
	return type == MESSAGE_RECEIPT_RECORDED ||
	    type == MESSAGE_RESPONSE_RECORDED || type == MESSAGE_LEAD_CREATED ||
	    type == MESSAGE_TARGET_UNDELIVERABLE ||
	    type == MESSAGE_TARGET_SUPERSEDED ||
	    type == MESSAGE_FORMALITY_DUE || type == MESSAGE_GRIEVANCE_FILED ||
	    type == MESSAGE_EVIDENCE_ATTACHED || type == MESSAGE_CASE_MERGED ||
	    type == MESSAGE_ALERT_VELOCITY ||
	    type == MESSAGE_RESTITUTION_UPDATED;
}

/* The police see masks; an institution needs the identifiers themselves. */
static enum rc
open_targets(
    struct batch *batch, const struct envelope *envelope, struct err *err)
{
	if (is_for_police(envelope->type) || envelope->to_unit)
		return RC_OK;
	/* Who pays needs to know where to. */
	if (envelope->restitution != NULL)
		TRY(opening_restitution(batch,
		    snapshot_restitution(
			&batch->snapshot, &envelope->restitution->id),
		    err));
	for (size_t i = 0; i < envelope->target_count; i++)
		TRY(opening_target(batch,
		    snapshot_target(
			&batch->snapshot, &envelope->targets[i]->id),
		    err));
	return RC_OK;
}

static enum rc
build_message(struct batch *batch, struct message_row *row, struct strbuf *text,
    struct err *err)
{
	static const struct id none;
	struct sealed_place place = sealed_place_of(
	    SEALED_MESSAGE, &row->envelope.id);
	const struct id *case_id = row->envelope.case_file == NULL
	    ? &none
	    : &row->envelope.case_file->id;
	const struct adapter *adapter = adapter_find(row->endpoint->adapter);
	struct blob plain;
	const struct data_key *key;

	if (adapter == NULL)
		return err_set(err, RC_FAILED, "unknown_adapter",
		    "an endpoint names the adapter %s", row->endpoint->adapter);
	TRY(open_targets(batch, &row->envelope, err));
	strbuf_reset(text);
	TRY(adapter->write(&row->envelope, text, err));
	if (text->failed || text->length > ENVELOPE_SIZE_LIMIT)
		return err_set(err, RC_TOO_LARGE, "envelope_too_large",
		    "a message would be larger than %d bytes",
		    ENVELOPE_SIZE_LIMIT);
	plain = (struct blob){ (const uint8_t *)text->bytes, text->length };
	TRY(closing_key(batch, case_id, &key, &row->key_no, err));
	return sealed_column_seal(
	    key, &place, &plain, batch->arena, &row->sealed, err);
}

/* The second half of a message's targets goes into one of its own. */
static enum rc
split_message(struct batch *batch, size_t index, struct err *err)
{
	struct effects *effects = &batch->effects;
	struct message_row *rows = arena_grow(batch->arena, effects->messages,
	    effects->message_count, &effects->message_capacity, sizeof *rows);
	struct envelope *first, *second;
	size_t half;

	if (rows == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	effects->messages = rows;
	rows[effects->message_count] = rows[index];
	first = &rows[index].envelope;
	second = &rows[effects->message_count++].envelope;
	half = first->target_count / 2;
	first->target_count = half;
	second->id = id_new();
	second->targets += half;
	second->txns += half;
	second->institutions += half;
	second->target_count -= half;
	return RC_OK;
}

/* One that is too long for its receiver is cut, down to single targets. */
static enum rc
build_or_split(
    struct batch *batch, size_t index, struct strbuf *text, struct err *err)
{
	struct effects *effects = &batch->effects;
	enum rc rc;

	while ((rc = build_message(batch, &effects->messages[index], text,
		    err)) == RC_TOO_LARGE &&
	    effects->messages[index].envelope.target_count > 1)
		TRY(split_message(batch, index, err));
	return rc;
}

static enum rc
build_messages(struct batch *batch, struct strbuf *text, struct err *err)
{
	struct effects *effects = &batch->effects;

	/* The list grows where a message is cut. */
	for (size_t i = 0; i < effects->message_count; i++) {
		if (i >= BATCH_EVENT_LIMIT)
			return err_set(err, RC_TOO_LARGE, "batch_full",
			    "too many messages at once");
		effects->messages[i].seq = batch->snapshot.batch_number *
			BATCH_EVENT_LIMIT +
		    (int64_t)i;
		TRY(build_or_split(batch, i, text, err));
	}
	return RC_OK;
}

static enum rc
seal_secrets(struct batch *batch, struct err *err)
{
	static const struct id none;

	for (size_t i = 0; i < batch->effects.change_count; i++) {
		struct registry_change *change = &batch->effects.changes[i];
		struct sealed_place place = sealed_place_of(
		    SEALED_SECRET, &change->key_id);
		const struct data_key *key;
		struct blob plain;

		if (change->kind != REGISTRY_ADD_ENDPOINT)
			continue;
		plain = (struct blob){ change->endpoint->secret,
			sizeof change->endpoint->secret };
		TRY(closing_key(batch, &none, &key, &change->key_no, err));
		TRY(sealed_column_seal(key, &place, &plain, batch->arena,
		    &change->sealed_secret, err));
	}
	return RC_OK;
}

/* The reply of a decided command, kept under its Idempotency-Key. */
static enum rc
keep_reply(struct batch *batch, const struct job *job, struct err *err)
{
	const struct command *command = job->command;
	struct sealed_place place = sealed_place_of(
	    SEALED_REPLY, &command->actor.principal);
	struct kept_reply *kept = effects_add_reply(&batch->effects);
	struct blob plain = { (const uint8_t *)job->reply.body,
		job->reply.body_length };
	const struct data_key *key;

	kept->principal = command->actor.principal;
	kept->idempotency = command->idempotency;
	kept->case_id = job->reply.case_id;
	kept->status = job->reply.status;
	kept->location = job->reply.location;
	TRY(closing_key(batch, &kept->case_id, &key, &kept->key_no, err));
	return sealed_column_seal(
	    key, &place, &plain, batch->arena, &kept->sealed, err);
}

static enum rc
check_room(const struct batch *batch, struct err *err)
{
	if (batch->effects.failed)
		return err_set(err, RC_TOO_LARGE, "batch_full",
		    "too much at once, or an addressee without an endpoint");
	return RC_OK;
}

enum rc
closing_rows(struct batch *batch, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text;

	strbuf_init(&text, SECRET_LIMIT);
	TRY(check_room(batch, err));
	TRY(seal_rows(batch, &text, err));
	TRY(seal_documents(batch, &text, err));
	TRY(closing_way_back_rows(batch, &text, err));
	return seal_grievances(batch, err);
}

enum rc
closing_records(struct batch *batch, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text;

	strbuf_init(&text, SECRET_LIMIT);
	TRY(seal_evidence(batch, err));
	TRY(closing_way_back_records(batch, err));
	TRY(seal_responses(batch, err));
	TRY(closing_risk_seal(batch, &text, err));
	TRY(build_messages(batch, &text, err));
	TRY(seal_secrets(batch, err));
	for (size_t i = 0; i < batch->count; i++)
		if (batch->jobs[i]->is_decided &&
		    keys_is_kept(batch->jobs[i]->command))
			TRY(keep_reply(batch, batch->jobs[i], err));
	TRY(leaves_make(batch, err));
	return check_room(batch, err);
}
