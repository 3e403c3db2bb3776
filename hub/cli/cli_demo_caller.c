/*
 * Calls to the demo's hub: see cli_demo_caller.h.
 */
#include "hub/cli/cli_demo_caller.h"

#include <stdio.h>
#include <string.h>

#include "hub/cli/cli_demo_pki.h"

enum { HEADER_SIZE = REQUEST_HEADER_SIZE + 32, HEADERS = 3, CALL_MS = 15000 };

enum rc
cli_demo_caller_open(const struct cli_demo_place *place, const char *hub,
    const char *name, struct cli_demo_caller *caller, struct err *err)
{
	char certificate[PATH_MAX], key[PATH_MAX], authority[PATH_MAX];
	const struct request_settings settings = {
		.base_url = hub,
		.certificate_file = cli_demo_pki_path(
		    place, name, ".pem", certificate),
		.key_file = cli_demo_pki_path(place, name, ".key", key),
		.authority_file = cli_demo_pki_path(
		    place, "ca", ".pem", authority),
		.total_milliseconds = CALL_MS,
	};

	memset(caller, 0, sizeof(*caller));
	(void)snprintf(caller->name, sizeof(caller->name), "%s", name);
	request_response_init(&caller->response);
	return request_new(&settings, &caller->client, err);
}

void
cli_demo_caller_clear(struct cli_demo_caller *caller)
{
	json_view_free(caller->view);
	caller->view = NULL;
	if (caller->client != NULL)
		request_response_clear(&caller->response);
	request_free(caller->client);
	caller->client = NULL;
}

/* The hub's own words, with the field where it names one. */
static enum rc
refused(const struct cli_demo_caller *caller, const char *method,
    const char *path, struct err *err)
{
	const struct json_view *first = json_view_item(
	    json_view_at(caller->view, "errors"), 0);

	return err_set(err, RC_FAILED, "demo_call",
	    "%s %.80s by %s: %d %s %s %s", method, path, caller->name,
	    caller->response.status, json_view_text(caller->view, "code", ""),
	    json_view_text(caller->view, "detail", "without a reason"),
	    json_view_text(first, "pointer", ""));
}

static enum rc
call(struct cli_demo_caller *caller, const char *method, const char *path,
    const char *const *headers, const char *body, size_t length,
    struct err *err)
{
	struct request_response *response = &caller->response;

	json_view_free(caller->view);
	caller->view = NULL;
	TRY(request_perform(caller->client, method, path, headers, body, length,
	    response, err));
	if (response->body.length > 0)
		TRY(json_view_parse(response->body.bytes, response->body.length,
		    &caller->view, err));
	if (response->status >= 400)
		return refused(caller, method, path, err);
	return RC_OK;
}

enum rc
cli_demo_caller_get(struct cli_demo_caller *caller, const char *path,
    const char *etag, int wait_seconds, struct err *err)
{
	char known[HEADER_SIZE], wait[HEADER_SIZE];
	const char *headers[HEADERS] = { NULL };

	if (etag[0] != '\0') {
		(void)snprintf(known, sizeof(known), "If-None-Match: %s", etag);
		(void)snprintf(
		    wait, sizeof(wait), "Prefer: wait=%d", wait_seconds);
		headers[0] = known;
		headers[1] = wait;
	}
	return call(caller, "GET", path, headers, NULL, 0, err);
}

enum rc
cli_demo_caller_post(struct cli_demo_caller *caller, const char *path,
    const char *key, const char *body, size_t length, struct err *err)
{
	char header[HEADER_SIZE];
	const char *headers[HEADERS] = { header, NULL };

	(void)snprintf(header, sizeof(header), "Idempotency-Key: %s", key);
	return call(caller, "POST", path, headers, body, length, err);
}
