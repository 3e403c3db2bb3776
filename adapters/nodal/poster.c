/*
 * Posting: see poster.h.
 */
#include "adapters/nodal/poster.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "adapters/nodal/store_file.h"
#include "hub/wire/json_view.h"

enum { FIRST_PAUSE_MS = 500, LONGEST_PAUSE_MS = 60000 };

/* Refusals that a person mends without changing the answer. */
static const char *const mendable[] = { "certificate_not_enrolled",
	"certificate_revoked", "principal_not_active",
	"institution_not_active" };

static bool
is_mendable(const char *code)
{
	for (size_t i = 0; i < COUNT(mendable); i++)
		if (strcmp(code, mendable[i]) == 0)
			return true;
	return strncmp(code, "idempotency_in_progress", 23) == 0;
}

static void
judge(const struct request_response *response, struct poster_verdict *verdict)
{
	SCOPED(json_view_cleanup) struct json_view *view = NULL;

	verdict->status = response->status;
	if (response->retry_after_seconds > 0)
		verdict->retry_after_seconds = response->retry_after_seconds >
			60
		    ? 60
		    : (int)response->retry_after_seconds;
	if (response->status >= 400 &&
	    json_view_parse(response->body.bytes, response->body.length, &view,
		NULL) == RC_OK) {
		(void)snprintf(verdict->code, sizeof(verdict->code), "%s",
		    json_view_text(view, "code", ""));
		(void)snprintf(verdict->detail, sizeof(verdict->detail), "%s",
		    json_view_text(view, "detail", ""));
	}
	verdict->is_accepted = response->status >= 200 &&
	    response->status < 300;
	verdict->is_final = verdict->is_accepted ||
	    (response->status >= 400 && response->status < 500 &&
		response->status != 408 && response->status != 425 &&
		response->status != 429 && !is_mendable(verdict->code));
}

void
poster_post(struct request_client *client, const char *message_id,
    const char *target_id, int n, const char *body,
    struct poster_verdict *verdict)
{
	char path[2 * STORE_FILE_ID_SIZE + 64];
	char key[3 * STORE_FILE_ID_SIZE];
	const char *headers[] = { key, NULL };
	struct request_response response;
	struct err err;

	memset(verdict, 0, sizeof(*verdict));
	(void)snprintf(
	    path, sizeof(path), "/v1/targets/%s/responses", target_id);
	(void)snprintf(key, sizeof(key), "Idempotency-Key: %s.%s.%d",
	    message_id, target_id, n);
	request_response_init(&response);
	if (request_perform(client, "POST", path, headers, body, strlen(body),
		&response, &err) == RC_OK) {
		judge(&response, verdict);
	} else {
		(void)snprintf(
		    verdict->code, sizeof(verdict->code), "%s", err.code);
		(void)snprintf(
		    verdict->detail, sizeof(verdict->detail), "%s", err.text);
	}
	request_response_clear(&response);
}

int
poster_pause_ms(int failures, const struct poster_verdict *verdict)
{
	int pause = FIRST_PAUSE_MS;

	if (verdict->retry_after_seconds > 0)
		return verdict->retry_after_seconds * 1000;
	while (failures-- > 1 && pause < LONGEST_PAUSE_MS)
		pause *= 2;
	return pause < LONGEST_PAUSE_MS ? pause : LONGEST_PAUSE_MS;
}
