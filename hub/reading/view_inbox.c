/*
 * The inbox: the messages that wait for an institution's endpoints, as the
 * dispatcher would send them, signed at the time of reading.  See view.h.
 */
#include "hub/reading/view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/signer.h"
#include "hub/domain/ids.h"
#include "hub/store/sealed_keys.h"
#include "hub/wire/json_writer.h"

/* An institution has one or two endpoints; more than this it never has. */
enum { ENDPOINT_LIMIT = 16, NUMBER_SIZE = 24 };

struct inbox {
	const struct endpoint *endpoints[ENDPOINT_LIMIT];
	struct signer *signers[ENDPOINT_LIMIT]; /* NULL: not needed yet */
	int32_t numbers[ENDPOINT_LIMIT];
	size_t count;
	const struct sealed_endpoint_key *keys;
	size_t key_count;
	/* The key of the last message's case: neighbours often share it. */
	struct id case_id;
	struct data_key case_key;
};

static void
inbox_clear(struct inbox *inbox)
{
	for (size_t i = 0; i < inbox->count; i++)
		signer_free(inbox->signers[i]);
	sealing_forget(&inbox->case_key);
}

static void
find_endpoints(const struct view_run *run, struct inbox *inbox)
{
	const struct endpoint *const *all;
	size_t count;

	all = registry_endpoints(run->registry, &count);
	for (size_t i = 0; i < count && inbox->count < ENDPOINT_LIMIT; i++) {
		if (!id_equal(
			&all[i]->institution, &run->request->actor.institution))
			continue;
		inbox->endpoints[inbox->count] = all[i];
		inbox->numbers[inbox->count++] = all[i]->number;
	}
}

/* ---- signing */

static enum rc
open_secret(const struct view_run *run, const struct sealed_endpoint_key *from,
    struct signing_key *to, struct err *err)
{
	const struct data_key *key;
	struct blob plain;
	char id[ID_TEXT_SIZE];

	TRY(view_open_hub_key(run, from->key_no, &key, err));
	TRY(view_open_text(
	    run, key, SEALED_SECRET, &from->id, &from->secret, &plain, err));
	if (plain.length > sizeof(to->bytes))
		return err_set(err, RC_FAILED, "bad_endpoint_key",
		    "a signing secret has %zu bytes", plain.length);
	(void)snprintf(to->key_id, sizeof(to->key_id), "%s",
	    id_format(ID_KEY, &from->id, id));
	to->algorithm = strcmp(from->algorithm,
			    signing_key_version(SIGNING_V1A)) == 0
	    ? SIGNING_V1A
	    : SIGNING_V1;
	to->length = plain.length;
	memcpy(to->bytes, plain.bytes, plain.length);
	return RC_OK;
}

/* The endpoint's own secrets, and the hub's v1a key. */
static enum rc
make_signer(const struct view_run *run, struct inbox *inbox, size_t index,
    struct err *err)
{
	struct signing_key keys[SIGNER_KEY_LIMIT] = { 0 };
	size_t count = 0;
	enum rc rc = RC_OK;

	keys[count++] = *keyring_signing(run->keyring);
	for (size_t i = 0; i < inbox->key_count && rc == RC_OK; i++)
		if (inbox->keys[i].endpoint == inbox->numbers[index] &&
		    count < SIGNER_KEY_LIMIT)
			rc = open_secret(
			    run, &inbox->keys[i], &keys[count++], err);
	if (rc == RC_OK)
		rc = signer_new(keys, count, &inbox->signers[index], err);
	crypto_wipe(keys, sizeof(keys));
	return rc;
}

static enum rc
find_signer(const struct view_run *run, struct inbox *inbox, int32_t endpoint,
    const struct signer **signer, struct err *err)
{
	size_t index = 0;

	while (index < inbox->count && inbox->numbers[index] != endpoint)
		index++;
	if (index == inbox->count)
		return err_set(err, RC_FAILED, "unknown_endpoint",
		    "a message waits for an endpoint that is not the actor's");
	if (inbox->signers[index] == NULL)
		TRY(make_signer(run, inbox, index, err));
	*signer = inbox->signers[index];
	return RC_OK;
}

/* ---- messages */

static enum rc
open_message(const struct view_run *run, struct inbox *inbox,
    const struct view_message *message, struct blob *body, struct err *err)
{
	const struct data_key *key = &inbox->case_key;

	if (message->key_no != 0) {
		TRY(view_open_hub_key(run, message->key_no, &key, err));
	} else if (!id_equal(&inbox->case_id, &message->case_id)) {
		TRY(view_open_case_key(
		    run, &message->wrapped_key, &inbox->case_key, err));
		inbox->case_id = message->case_id;
	}
	return view_open_text(run, key, SEALED_MESSAGE, &message->id,
	    &message->sealed, body, err);
}

static void
write_headers(struct strbuf *out, const struct signer_message *signed_message,
    const char *signature)
{
	char timestamp[NUMBER_SIZE];

	(void)snprintf(timestamp, sizeof(timestamp), "%" PRId64,
	    signed_message->timestamp);
	json_write_object(out, "headers");
	json_write_text(out, "webhook-id", signed_message->id);
	json_write_text(out, "webhook-timestamp", timestamp);
	json_write_text(out, "webhook-signature", signature);
	json_write_object_end(out);
}

static enum rc
write_message(const struct view_run *run, struct inbox *inbox,
    const struct view_message *message, struct err *err)
{
	struct strbuf *out = &run->reply->body;
	struct signer_message signed_message;
	char id[ID_TEXT_SIZE], signature[SIGNER_HEADER_SIZE];
	const struct signer *signer = NULL;
	struct blob body;

	TRY(open_message(run, inbox, message, &body, err));
	TRY(find_signer(run, inbox, message->endpoint, &signer, err));
	signed_message = (struct signer_message){
		.id = id_format(ID_MESSAGE, &message->id, id),
		.timestamp = run->at / CLOCK_SECOND,
		.body = body.bytes,
		.length = body.length,
	};
	TRY(signer_header(
	    signer, &signed_message, signature, sizeof(signature), err));
	json_write_object(out, NULL);
	json_write_text(out, "id", id);
	json_write_text(
	    out, "type", words_name(&message_type_words, (int)message->type));
	json_write_time(out, "created_at", message->created_at);
	write_headers(out, &signed_message, signature);
	json_write_text_bytes(
	    out, "body", (const char *)body.bytes, body.length);
	json_write_object_end(out);
	return RC_OK;
}

static enum rc
write_page(const struct view_run *run, struct inbox *inbox,
    const struct view_message *messages, size_t count, struct err *err)
{
	struct strbuf *out = &run->reply->body;

	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++)
		TRY(write_message(run, inbox, &messages[i], err));
	json_write_array_end(out);
	if (run->reply->next[0] != '\0')
		json_write_text(out, "next_cursor", run->reply->next);
	json_write_object_end(out);
	return RC_OK;
}

enum rc
view_inbox_run(struct view_run *run, struct err *err)
{
	SCOPED(inbox_clear) struct inbox inbox = { .count = 0 };
	struct view_inbox_query query = {
		.endpoints = inbox.numbers,
		.after = run->request->cursor.number,
		.limit = run->request->limit + 1, /* is there a next page? */
	};
	struct sealed_endpoint_key *keys = NULL;
	struct view_message *messages;
	size_t count;

	find_endpoints(run, &inbox);
	query.endpoint_count = inbox.count;
	TRY(view_load_inbox(
	    run->db, &query, run->arena, &messages, &count, err));
	if (count > (size_t)run->request->limit) {
		struct cursor next = { .kind = CURSOR_INBOX };

		count = (size_t)run->request->limit;
		next.number = messages[count - 1].seq;
		(void)cursor_format(&next, run->reply->next);
	}
	run->has_news = count > 0;
	run->reply->case_count = (int64_t)count;
	if (count > 0)
		TRY(sealed_keys_at(run->db, inbox.numbers, inbox.count, run->at,
		    run->arena, &keys, &inbox.key_count, err));
	inbox.keys = keys;
	return write_page(run, &inbox, messages, count, err);
}
