/*
 * Letters: see letter.h.
 */
#include "hub/dispatch/letter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/crypto/digest.h"
#include "hub/domain/adapter_kind.h"
#include "hub/domain/ids.h"

static const void *
copy(uint8_t **at, const void *bytes, size_t length)
{
	void *made = *at;

	if (length > 0)
		memcpy(made, bytes, length);
	*at += length;
	return made;
}

struct letter *
letter_new(const struct outbox_row *row, int64_t epoch)
{
	size_t targets = row->target_count * sizeof(struct id);
	struct letter *letter = calloc(1,
	    sizeof(*letter) + targets + row->wrapped_key.length +
		row->sealed.length);
	uint8_t *at = (uint8_t *)(letter + 1);

	if (letter == NULL)
		abort();
	letter->row = *row;
	letter->epoch = epoch;
	letter->is_retry = row->attempts > 0 || row->level > 0;
	letter->row.targets = copy(&at, row->targets, targets);
	letter->row.wrapped_key.bytes = copy(
	    &at, row->wrapped_key.bytes, row->wrapped_key.length);
	letter->row.sealed.bytes = copy(
	    &at, row->sealed.bytes, row->sealed.length);
	return letter;
}

struct letter *
letter_new_ping(void)
{
	const struct outbox_row row = { .message = id_new(), .key_no = -1 };
	struct letter *letter = letter_new(&row, 0);

	letter->is_ping = true;
	return letter;
}

void
letter_free(struct letter *letter)
{
	if (letter == NULL)
		return;
	free(letter->body);
	free(letter);
}

/* The receiver's trace starts with the message: its id is the trace, the
 * attempt the parent (W3C Trace Context). */
static void
write_traceparent(const struct letter *letter, char *text, size_t size)
{
	char trace[HEX_SIZE(sizeof(letter->row.message.bytes))];
	uint64_t parent = (uint64_t)letter->row.seq << 8 |
	    (uint8_t)letter->attempt.n;

	hex_encode(letter->row.message.bytes, sizeof(letter->row.message.bytes),
	    trace);
	(void)snprintf(
	    text, size, "traceparent: 00-%s-%016" PRIx64 "-01", trace, parent);
}

static enum rc
sign_and_send(struct letter *letter, struct courier *courier,
    const struct endpoint *endpoint, const struct keys_signer *signer,
    struct err *err)
{
	char id[ID_TEXT_SIZE], webhook_id[LETTER_TEXT_SIZE];
	char timestamp[LETTER_TEXT_SIZE], trace[2 * LETTER_TEXT_SIZE];
	char signature[SIGNER_HEADER_SIZE];
	char header[SIGNER_HEADER_SIZE + LETTER_TEXT_SIZE];
	char type[2 * LETTER_TEXT_SIZE];
	const char *headers[] = { type, webhook_id, timestamp, header, trace,
		"user-agent: Freezeline", NULL };
	struct signer_message message = {
		.id = id_format(ID_MESSAGE, &letter->row.message, id),
		.timestamp = letter->attempt.at / CLOCK_SECOND,
		.body = letter->body,
		.length = letter->body_length,
	};
	struct delivery delivery = { .url = endpoint->url,
		.headers = headers,
		.body = letter->body,
		.length = letter->body_length,
		.endpoint = endpoint->number,
		.pinned_key = endpoint->pinned_key[0] != '\0'
		    ? endpoint->pinned_key
		    : NULL,
		.allow_private = endpoint->allow_private,
		.tag = letter };

	TRY(signer_header(
	    signer->signer, &message, signature, sizeof(signature), err));
	(void)snprintf(type, sizeof(type), "content-type: %s",
	    adapter_kind_content_type(endpoint->adapter));
	(void)snprintf(webhook_id, sizeof(webhook_id), "webhook-id: %s", id);
	(void)snprintf(timestamp, sizeof(timestamp),
	    "webhook-timestamp: %" PRId64, message.timestamp);
	(void)snprintf(
	    header, sizeof(header), "webhook-signature: %s", signature);
	write_traceparent(letter, trace, sizeof(trace));
	return courier_send(courier, &delivery, err);
}

static void
forget_body(struct letter *letter)
{
	free(letter->body);
	letter->body = NULL;
	letter->body_length = 0;
}

static void
start_attempt(struct letter *letter)
{
	letter->attempt = (struct outbox_attempt){
		.seq = letter->row.seq,
		.epoch = letter->epoch,
		.shard = letter->row.shard,
		.message = letter->row.message,
		.endpoint = letter->row.endpoint,
		.n = letter->row.attempts + 1,
		.at = clock_now(),
		.error = "",
		.remote = letter->remote,
		.key_ids = letter->key_ids,
		.level = letter->row.level,
	};
	letter->remote[0] = letter->key_ids[0] = '\0';
}

/* The envelope of a test.ping (docs/openapi.json). */
static void
write_ping(struct letter *letter, const char *adapter)
{
	enum { PING_SIZE = 400 };
	static const char event[] =
	    "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":"
	    "\"" ADAPTER_KIND_SOURCE
	    "\",\"type\":\"test.ping\",\"time\":\"%s\","
	    "\"datacontenttype\":\"application/json\",\"data\":";
	bool is_event = strcmp(adapter, "cloudevents") == 0;
	char id[ID_TEXT_SIZE], at[CLOCK_TEXT_SIZE];
	int used = 0;

	letter->body = malloc(PING_SIZE);
	if (letter->body == NULL)
		abort();
	id_format(ID_MESSAGE, &letter->row.message, id);
	clock_format(letter->attempt.at, 3, at);
	if (is_event)
		used = snprintf((char *)letter->body, PING_SIZE, event, id, at);
	used += snprintf((char *)letter->body + used,
	    (size_t)(PING_SIZE - used),
	    "{\"id\":\"%s\",\"type\":\"test.ping\",\"spec\":\"1.0\","
	    "\"created_at\":\"%s\"}%s",
	    id, at, is_event ? "}" : "");
	letter->body_length = (size_t)used;
}

static enum rc
open_body(struct letter *letter, const struct endpoint *endpoint,
    const struct keys *keys, struct err *err)
{
	const struct outbox_row *row = &letter->row;

	if (!letter->is_ping)
		return keys_open(keys, &row->message, row->key_no,
		    &row->wrapped_key, &row->sealed, &letter->body,
		    &letter->body_length, err);
	write_ping(letter, endpoint->adapter);
	return RC_OK;
}

enum rc
letter_send(struct letter *letter, struct courier *courier,
    const struct endpoint *endpoint, const struct keys *keys,
    struct keys_signer *signer, struct err *err)
{
	enum rc rc;

	start_attempt(letter);
	TRY(keys_sign_for(keys, letter->attempt.at, signer, err));
	(void)snprintf(
	    letter->key_ids, sizeof(letter->key_ids), "%s", signer->ids);
	TRY(open_body(letter, endpoint, keys, err));
	rc = sign_and_send(letter, courier, endpoint, signer, err);
	if (rc != RC_OK)
		forget_body(letter);
	return rc;
}

void
letter_note(struct letter *letter, const struct outcome *outcome)
{
	struct outbox_attempt *attempt = &letter->attempt;

	forget_body(letter);
	(void)snprintf(
	    letter->remote, sizeof(letter->remote), "%s", outcome->remote);
	attempt->status = outcome->status;
	if (outcome->error != COURIER_NONE)
		attempt->error = courier_error_name(outcome->error);
	attempt->milliseconds = (int32_t)outcome->milliseconds;
	attempt->response_length = (int32_t)outcome->length;
	attempt->is_delivered = outcome->error == COURIER_NONE &&
	    outcome->status >= 200 && outcome->status < 300;
	/* Of a longer body the courier keeps only the head. */
	if (outcome->error == COURIER_NONE &&
	    outcome->length == outcome->head_length) {
		digest_sha256(outcome->head, outcome->head_length,
		    letter->response_sha256);
		attempt->response_sha256 = letter->response_sha256;
	}
}

void
letter_note_failure(struct letter *letter, const char *error)
{
	forget_body(letter);
	letter->attempt.error = error;
}
