/*
 * One call to the hub: see hub_call.h.
 */
#include "hub/cli/hub_call.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "hub/base/id.h"

enum { UPLOAD_HEADERS = 30 };
enum {
	ATTEMPTS = 6,
	FIRST_PAUSE_MS = 100,
	LONGEST_PAUSE_MS = 5000,
	WAIT_MARGIN_SECONDS = 60, /* the hub's longest Prefer: wait */
};

enum exit_code
hub_call_complain(enum exit_code code, const struct err *err)
{
	(void)fprintf(stderr, "freezeline: %s\n", err->text);
	return code;
}

/* An option that was given wins over the settings. */
static enum rc
take_options(
    const struct args *args, struct client_config *config, struct err *err)
{
	for (size_t i = 0; i < client_config_table.count; i++) {
		const char *name = client_config_table.rows[i].name;
		char option[64];
		const char *value;

		(void)snprintf(option, sizeof(option), "%s", name);
		for (char *c = option; *c != '\0'; c++)
			if (*c == '_')
				*c = '-';
		value = args_value(args, option);
		if (value != NULL)
			TRY(setting_set(&client_config_table, "command line",
			    name, value, config, err));
	}
	return RC_OK;
}

static const char *
or_none(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

enum rc
hub_call_settings(
    const struct args *args, struct client_config *config, struct err *err)
{
	TRY(client_config_load(environ, config, err));
	return take_options(args, config, err);
}

enum exit_code
hub_call_open(const struct args *args, struct hub_call *call)
{
	struct client_config config;
	struct request_settings settings = { .base_url = config.hub };
	struct err err;

	memset(call, 0, sizeof(*call));
	request_response_init(&call->response);
	call->as_json = args_has(args, "json");
	if (hub_call_settings(args, &config, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_USAGE, &err);
	settings.certificate_file = or_none(config.cert);
	settings.key_file = or_none(config.key);
	settings.authority_file = or_none(config.ca);
	settings.total_milliseconds = (long)(config.timeout_seconds +
					  WAIT_MARGIN_SECONDS) *
	    1000;
	if (request_new(&settings, &call->client, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return EXIT_CODE_OK;
}

void
hub_call_clear(struct hub_call *call)
{
	json_view_free(call->view);
	request_response_clear(&call->response);
	request_free(call->client);
}

/* ---- what went wrong, for a person: what, where, trace id */

static void
print_problem(const struct json_view *problem)
{
	const struct json_view *errors = json_view_at(problem, "errors");
	const char *detail = json_view_text(
	    problem, "detail", "no reason given");
	const char *trace_id = json_view_text(problem, "trace_id", "");

	(void)fprintf(stderr, "refused: %s (%s)\n", detail,
	    json_view_text(problem, "code", "no code"));
	for (size_t i = 0; i < json_view_count(errors); i++) {
		const struct json_view *error = json_view_item(errors, i);

		(void)fprintf(stderr, "  at %s: %s (%s)\n",
		    json_view_text(error, "pointer", "?"),
		    json_view_text(error, "detail", detail),
		    json_view_text(error, "code", "?"));
	}
	if (trace_id[0] != '\0')
		(void)fprintf(stderr, "  trace id %s\n", trace_id);
}

static enum exit_code
judge(const struct hub_call *call)
{
	int status = call->response.status;

	if (status < 400)
		return EXIT_CODE_OK;
	if (call->as_json && call->view != NULL)
		(void)fprintf(stderr, "%s\n", call->response.body.bytes);
	else if (call->view != NULL)
		print_problem(call->view);
	else
		(void)fprintf(stderr, "refused: HTTP status %d\n", status);
	return status < 500 ? EXIT_CODE_REFUSED : EXIT_CODE_UNREACHABLE;
}

/* ---- the call */

static bool
is_worth_a_retry(enum rc rc, const struct request_response *response)
{
	if (rc != RC_OK)
		return rc == RC_UNAVAILABLE;
	return response->status == 502 || response->status == 503 ||
	    response->status == 504 || response->status == 429;
}

static void
pause_before(int attempt, const struct request_response *response, enum rc rc)
{
	long pause = (long)FIRST_PAUSE_MS << attempt;
	struct timespec span;

	if (rc == RC_OK && response->retry_after_seconds > 0)
		pause = (long)response->retry_after_seconds * 1000;
	if (pause > LONGEST_PAUSE_MS)
		pause = LONGEST_PAUSE_MS;
	span.tv_sec = pause / 1000;
	span.tv_nsec = pause % 1000 * 1000000;
	while (nanosleep(&span, &span) != 0)
		continue;
}

static enum exit_code
perform(struct hub_call *call, const char *method, const char *path,
    const char *const *headers, const char *body, size_t length)
{
	struct request_response *response = &call->response;
	struct err err = { .text = "" };
	enum rc rc = RC_FAILED;

	json_view_free(call->view);
	call->view = NULL;
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		rc = request_perform(call->client, method, path, headers, body,
		    length, response, &err);
		if (!is_worth_a_retry(rc, response))
			break;
		if (attempt + 1 < ATTEMPTS)
			pause_before(attempt, response, rc);
	}
	if (rc == RC_UNAVAILABLE)
		return hub_call_complain(EXIT_CODE_UNREACHABLE, &err);
	if (rc != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	if (response->body.length > 0 &&
	    strstr(response->content_type, "json") != NULL &&
	    json_view_parse(response->body.bytes, response->body.length,
		&call->view, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	return judge(call);
}

enum exit_code
hub_call_get(
    struct hub_call *call, const char *path, const char *const *headers)
{
	return perform(call, "GET", path, headers, NULL, 0);
}

enum exit_code
hub_call_upload(struct hub_call *call, const char *path, const char *key,
    const char *const *headers, const char *body, size_t length)
{
	char fresh[ID_TEXT_SIZE], header[HUB_CALL_KEY_SIZE + 32];
	const char *all[UPLOAD_HEADERS + 2] = { header };
	enum exit_code code;

	if (key == NULL) {
		struct id id = id_new();

		key = id_format("key", &id, fresh);
	}
	(void)snprintf(header, sizeof(header), "Idempotency-Key: %s", key);
	for (size_t i = 0; i < UPLOAD_HEADERS && headers[i] != NULL; i++)
		all[i + 1] = headers[i];
	code = perform(call, "POST", path, all, body, length);
	if (code == EXIT_CODE_UNREACHABLE)
		(void)fprintf(stderr,
		    "it may or may not have been done; the same command with\n"
		    "  --idempotency-key %s\nfinds out, and does it once\n",
		    key);
	return code;
}

enum exit_code
hub_call_post(struct hub_call *call, const char *path, const char *key,
    const char *body, size_t length)
{
	static const char *const none[] = { NULL };

	return hub_call_upload(call, path, key, none, body, length);
}

enum exit_code
hub_call_post_keyless(
    struct hub_call *call, const char *path, const char *body, size_t length)
{
	return perform(call, "POST", path, NULL, body, length);
}

enum exit_code
hub_call_delete(struct hub_call *call, const char *path)
{
	char header[REQUEST_HEADER_SIZE + 16];
	const char *headers[] = { header, NULL };
	enum exit_code code = hub_call_get(call, path, NULL);

	if (code != EXIT_CODE_OK)
		return code;
	(void)snprintf(
	    header, sizeof(header), "If-Match: %s", call->response.etag);
	return perform(call, "DELETE", path, headers, NULL, 0);
}

enum exit_code
hub_call_patch(
    struct hub_call *call, const char *path, const char *body, size_t length)
{
	char header[REQUEST_HEADER_SIZE + 16];
	const char *headers[] = { header, NULL };
	enum exit_code code = hub_call_get(call, path, NULL);

	if (code != EXIT_CODE_OK)
		return code;
	(void)snprintf(
	    header, sizeof(header), "If-Match: %s", call->response.etag);
	return perform(call, "PATCH", path, headers, body, length);
}

bool
hub_call_path(char path[HUB_CALL_PATH_SIZE], const char *prefix, const char *id,
    const char *suffix)
{
	size_t length = strlen(id);

	for (const char *c = id; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-')
			length = 0;
	if (length == 0 || length > 128) {
		(void)fprintf(stderr, "freezeline: %s is no id\n", id);
		return false;
	}
	(void)snprintf(path, HUB_CALL_PATH_SIZE, "%s%s%s", prefix, id, suffix);
	return true;
}

void
hub_call_print_json(const struct hub_call *call)
{
	(void)fwrite(
	    call->response.body.bytes, 1, call->response.body.length, stdout);
	(void)putchar('\n');
}

void
hub_call_escape(struct strbuf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (isalnum(c) || strchr("-_.~", c) != NULL)
			strbuf_append_char(out, (char)c);
		else
			strbuf_printf(out, "%%%02X", c);
	}
}
