/*
 * Opening what the store loaded sealed.
 */
#include <string.h>

#include "hub/crypto/sealed_column.h"
#include "hub/desk/inside.h"
#include "hub/wire/secret_json.h"

/* The data key of a case stands in the row for the length of the batch. */
static const struct data_key *
key_of(const struct case_file *case_file)
{
	return (const struct data_key *)case_file->data_key;
}

enum rc
opening_case_key(
    struct batch *batch, struct case_file *case_file, struct err *err)
{
	struct data_key key;

	_Static_assert(sizeof key == sizeof case_file->data_key,
	    "a data key is its bytes");
	if (case_file->is_key_open)
		return RC_OK;
	TRY(sealing_unwrap(batch->keyring, case_file->wrapped_key.bytes,
	    case_file->wrapped_key.length, &key, err));
	memcpy(case_file->data_key, key.bytes, sizeof key.bytes);
	sealing_forget(&key);
	case_file->is_key_open = true;
	return RC_OK;
}

static enum rc
open_txn(struct batch *batch, const struct case_file *case_file,
    struct txn *txn, struct err *err)
{
	struct sealed_place place = sealed_place_of(SEALED_TXN, &txn->id);
	struct blob plain;

	if (txn->is_open)
		return RC_OK;
	TRY(sealed_column_open(key_of(case_file), &place, &txn->sealed,
	    batch->arena, &plain, err));
	TRY(secret_json_read_txn(
	    (const char *)plain.bytes, plain.length, batch->arena, txn, err));
	txn->is_open = true;
	return RC_OK;
}

/* A word of a loaded row; NULL where there is none. */
static enum rc
open_word(struct batch *batch, const struct case_file *case_file,
    const char *column, const struct id *row, const struct blob *sealed,
    const char **text, struct err *err)
{
	struct sealed_place place = sealed_place_of(column, row);
	struct blob plain;

	if (sealed->length == 0 || *text != NULL)
		return RC_OK;
	TRY(sealed_column_open(
	    key_of(case_file), &place, sealed, batch->arena, &plain, err));
	*text = (const char *)plain.bytes;
	return RC_OK;
}

/* What an institution is told of a request. */
static enum rc
open_request(struct batch *batch, const struct case_file *case_file,
    struct freeze_request *request, struct err *err)
{
	if (request->row.is_new)
		return RC_OK;
	TRY(open_word(batch, case_file, SEALED_ON_BEHALF_OF, &request->id,
	    &request->sealed_on_behalf_of, &request->on_behalf_of, err));
	return open_word(batch, case_file, SEALED_ON_BEHALF_REF, &request->id,
	    &request->sealed_on_behalf_ref, &request->on_behalf_ref, err);
}

enum rc
opening_txn(struct batch *batch, struct txn *txn, struct err *err)
{
	struct case_file *case_file = snapshot_case(
	    &batch->snapshot, &txn->case_id);

	if (case_file == NULL)
		return err_set(err, RC_FAILED, "row_missing",
		    "a payment's case is not loaded");
	TRY(opening_case_key(batch, case_file, err));
	return open_txn(batch, case_file, txn, err);
}

enum rc
opening_target(struct batch *batch, struct target *target, struct err *err)
{
	struct sealed_place place = sealed_place_of(SEALED_TARGET, &target->id);
	struct case_file *case_file = snapshot_case(
	    &batch->snapshot, &target->case_id);
	struct txn *txn = snapshot_txn(&batch->snapshot, &target->txn);
	struct freeze_request *request = snapshot_request(
	    &batch->snapshot, &target->request);
	struct blob plain;

	if (case_file == NULL)
		return err_set(err, RC_FAILED, "row_missing",
		    "a target's case is not loaded");
	TRY(opening_case_key(batch, case_file, err));
	if (txn != NULL)
		TRY(open_txn(batch, case_file, txn, err));
	if (request != NULL)
		TRY(open_request(batch, case_file, request, err));
	if (target->is_open)
		return RC_OK;
	TRY(sealed_column_open(key_of(case_file), &place, &target->sealed,
	    batch->arena, &plain, err));
	TRY(secret_json_read_target((const char *)plain.bytes, plain.length,
	    batch->arena, target, err));
	TRY(open_word(batch, case_file, SEALED_HOLD_REF, &target->id,
	    &target->sealed_hold_ref, &target->hold_ref, err));
	target->is_open = true;
	return RC_OK;
}

enum rc
opening_restitution(
    struct batch *batch, struct restitution *restitution, struct err *err)
{
	struct sealed_place place = sealed_place_of(
	    SEALED_RESTITUTION, &restitution->id);
	struct case_file *case_file = snapshot_case(
	    &batch->snapshot, &restitution->case_id);
	struct blob plain;

	if (restitution->is_open)
		return RC_OK;
	if (case_file == NULL)
		return err_set(err, RC_FAILED, "row_missing",
		    "a restitution's case is not loaded");
	TRY(opening_case_key(batch, case_file, err));
	TRY(sealed_column_open(key_of(case_file), &place, &restitution->sealed,
	    batch->arena, &plain, err));
	return secret_json_read_restitution((const char *)plain.bytes,
	    plain.length, batch->arena, restitution, err);
}

enum rc
opening_reply(struct batch *batch, const struct kept_reply *kept,
    struct reply *reply, struct err *err)
{
	struct sealed_place place = sealed_place_of(
	    SEALED_REPLY, &kept->principal);
	const struct data_key *key;
	struct data_key own = { { 0 } };
	struct blob plain;
	enum rc rc;

	if (kept->key_no != 0) {
		key = hub_keys_find(batch->hub_keys, kept->key_no);
		if (key == NULL)
			return err_set(err, RC_FAILED, "data_key_missing",
			    "the hub data key %d is missing", kept->key_no);
	} else {
		TRY(sealing_unwrap(batch->keyring, kept->wrapped_key.bytes,
		    kept->wrapped_key.length, &own, err));
		key = &own;
	}
	rc = sealed_column_open(
	    key, &place, &kept->sealed, batch->arena, &plain, err);
	sealing_forget(&own);
	if (rc != RC_OK)
		return rc;
	reply->status = kept->status;
	reply->location = kept->location;
	reply->body = (const char *)plain.bytes;
	reply->body_length = plain.length;
	reply->is_replay = true;
	return RC_OK;
}
