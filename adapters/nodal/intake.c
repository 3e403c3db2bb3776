/*
 * Checking and storing a message: see intake.h.
 */
#include "adapters/nodal/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/secret_file.h"
#include "hub/wire/json_view.h"

enum { KEY_FILE_SIZE = 8192 };

/* ---- keys */

static enum rc
take_key(struct intake *intake, char *line, int number, struct err *err)
{
	char key_id[SIGNING_KEY_ID_SIZE];
	size_t length = strcspn(line, " \t\r#");

	line[length] = '\0';
	if (length == 0)
		return RC_OK;
	if (intake->key_count == INTAKE_KEY_LIMIT)
		return err_set(err, RC_INVALID, "bad_key_file",
		    "more than %d keys", INTAKE_KEY_LIMIT);
	(void)snprintf(key_id, sizeof(key_id), "line-%d", number);
	if (signing_key_parse(
		key_id, line, &intake->keys[intake->key_count], err) != RC_OK)
		return err_set(err, RC_INVALID, "bad_key_file",
		    "line %d is no whsec_ or whpk_ key", number);
	intake->key_count++;
	return RC_OK;
}

static enum rc
take_keys(struct intake *intake, char *text, struct err *err)
{
	bool has[SIGNING_ALGORITHM_COUNT] = { false };
	int number = 1;

	for (char *line = text; line != NULL; number++) {
		char *end = strchr(line, '\n');

		if (end != NULL)
			*end = '\0';
		TRY(take_key(intake, line, number, err));
		line = end != NULL ? end + 1 : NULL;
	}
	for (size_t i = 0; i < intake->key_count; i++)
		has[intake->keys[i].algorithm] = true;
	if (has[SIGNING_V1] && has[SIGNING_V1A])
		return RC_OK;
	return err_set(err, RC_INVALID, "bad_key_file",
	    "a whsec_ (v1) and a whpk_ (v1a) key must be there");
}

enum rc
intake_read_keys(struct intake *intake, const char *path, struct err *err)
{
	char text[KEY_FILE_SIZE];
	size_t length;
	enum rc rc;

	TRY(secret_file_read(path, text, sizeof(text), &length, err));
	rc = take_keys(intake, text, err);
	crypto_wipe(text, sizeof(text));
	return rc;
}

/* ---- checking */

static enum rc
check_body(const struct verifier_message *message, struct err *err)
{
	SCOPED(json_view_cleanup) struct json_view *view = NULL;
	const char *body = message->body;

	if (message->length > STORE_FILE_BODY_LIMIT)
		return err_set(err, RC_TOO_LARGE, "request_too_large",
		    "the message is over %d bytes", STORE_FILE_BODY_LIMIT);
	TRY(json_view_parse(body, message->length, &view, err));
	if (strcmp(json_view_text(view, "id", ""), message->id) != 0)
		return err_set(err, RC_MALFORMED, "message_id_differs",
		    "the body's id is not the webhook-id");
	return RC_OK;
}

enum rc
intake_check(const struct intake *intake,
    const struct verifier_message *message, int64_t now, struct err *err)
{
	struct verifier_outcome outcome = { .verified = { false } };

	if (message->id == NULL || strlen(message->id) >= STORE_FILE_ID_SIZE)
		return err_set(err, RC_MALFORMED, "message_id_malformed",
		    "the webhook-id is missing or too long");
	TRY(verifier_check(message, intake->keys, intake->key_count,
	    now / CLOCK_SECOND, VERIFIER_TOLERANCE_SECONDS, &outcome, err));
	for (int i = 0; i < SIGNING_ALGORITHM_COUNT; i++)
		if (!outcome.verified[i])
			return err_set(err, RC_FORBIDDEN, "signature_missing",
			    "no good %s signature",
			    signing_key_version((enum signing_algorithm)i));
	return check_body(message, err);
}

/* ---- storing */

struct arrival {
	struct intake *intake;
	char id[STORE_FILE_ID_SIZE];
	int64_t at;
	char *text;
	void (*done)(void *context, enum journal_outcome outcome);
	void *context;
};

static void
arrive(void *context, enum journal_outcome outcome)
{
	struct arrival *arrival = context;

	if (outcome == JOURNAL_STORED)
		answers_hand(arrival->intake->answers, arrival->id, arrival->at,
		    arrival->text);
	else
		free(arrival->text);
	arrival->done(arrival->context, outcome);
	free(arrival);
}

void
intake_store(struct intake *intake, const char *id, const char *body,
    void (*done)(void *context, enum journal_outcome outcome), void *context)
{
	struct arrival *arrival = calloc(1, sizeof(*arrival));
	struct store_record record = {
		.kind = STORE_MESSAGE, .id = id, .at = clock_now(), .body = body
	};

	if (arrival == NULL || (arrival->text = strdup(body)) == NULL)
		abort();
	arrival->intake = intake;
	(void)snprintf(arrival->id, sizeof(arrival->id), "%s", id);
	arrival->at = record.at;
	arrival->done = done;
	arrival->context = context;
	journal_submit(intake->journal, &record, arrive, arrival);
}
