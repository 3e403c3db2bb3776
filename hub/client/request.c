/*
 * Simple calls: see request.h.
 */
#include "hub/client/request.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "hub/client/transport.h"

enum {
	DEFAULT_CONNECT_MS = 3000,
	DEFAULT_TOTAL_MS = 90000,
	DEFAULT_RESPONSE = 32 << 20,
	URL_LIMIT = 16384,
};

struct request_client {
	struct transport transport;
	char *base_url; /* without a slash at its end */
	char *certificate_file, *key_file, *authority_file;
	size_t response_limit;
	CURL *easy;

	/* Of the call at hand. */
	struct request_response *response;
	bool is_too_large;
	char message[CURL_ERROR_SIZE];
};

/* ---- the answer */

void
request_response_init(struct request_response *response)
{
	memset(response, 0, sizeof(*response));
	response->retry_after_seconds = -1;
	strbuf_init(&response->body, DEFAULT_RESPONSE);
}

void
request_response_clear(struct request_response *response)
{
	strbuf_clear(&response->body);
}

/* Empty, with the body's memory kept. */
static void
response_reset(struct request_response *response, size_t limit)
{
	struct strbuf body = response->body;

	strbuf_reset(&body);
	body.limit = limit;
	memset(response, 0, sizeof(*response));
	response->retry_after_seconds = -1;
	response->body = body;
}

/* The text of the header if `line` is that header; NULL otherwise. */
static char *
header_field(struct request_response *response, const char *line, size_t length)
{
	const struct {
		const char *name;
		char *text;
	} fields[] = {
		{ "content-type:", response->content_type },
		{ "etag:", response->etag },
		{ "link:", response->link },
		{ "location:", response->location },
		{ "idempotent-replayed:", response->idempotent_replayed },
		{ "preference-applied:", response->preference_applied },
	};

	for (size_t i = 0; i < COUNT(fields); i++)
		if (length >= strlen(fields[i].name) &&
		    strncasecmp(line, fields[i].name, strlen(fields[i].name)) ==
			0)
			return fields[i].text;
	return NULL;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The same header again continues the list (RFC 9110, 5.3). */
static bool
keep_header(char *text, const char *line, size_t length)
{
	const char *value = memchr(line, ':', length);
	size_t before = strlen(text), size;

	value++;
	size = length - (size_t)(value - line);
	for (; size > 0 && is_space(*value); size--)
		value++;
	while (size > 0 && is_space(value[size - 1]))
		size--;
	if (before + size + strlen(", ") >= REQUEST_HEADER_SIZE)
		return false;
	(void)snprintf(text + before, REQUEST_HEADER_SIZE - before, "%s%.*s",
	    before > 0 ? ", " : "", (int)size, value);
	return true;
}

static size_t
take_header(char *line, size_t one, size_t size, void *context)
{
	static const char status[] = "HTTP/", retry[] = "retry-after:";
	struct request_client *client = context;
	struct request_response *response = client->response;
	char *text;

	(void)one;
	/* Each status line begins a new answer: the one before was a 1xx. */
	if (size >= strlen(status) && memcmp(line, status, strlen(status)) == 0)
		response_reset(response, client->response_limit);
	if (size >= strlen(retry) &&
	    strncasecmp(line, retry, strlen(retry)) == 0)
		response->retry_after_seconds = 0;
	text = header_field(response, line, size);
	if (text != NULL && !keep_header(text, line, size)) {
		client->is_too_large = true;
		return 0;
	}
	return size;
}

static size_t
take_body(char *bytes, size_t one, size_t size, void *context)
{
	struct request_client *client = context;

	(void)one;
	strbuf_append_bytes(&client->response->body, bytes, size);
	client->is_too_large = client->response->body.failed;
	return client->is_too_large ? 0 : size;
}

/* ---- its life */

static enum rc
check_part(CURLU *url, CURLUPart part, const char *only, const char *base_url,
    struct err *err)
{
	char *text = NULL;
	bool is_good;

	if (curl_url_get(url, part, &text, 0) != CURLUE_OK)
		return RC_OK;
	is_good = only != NULL && strcasecmp(text, only) == 0;
	curl_free(text);
	return is_good ? RC_OK
		       : err_set(err, RC_INVALID, "bad_url",
			     "%s is not https://host[:port]", base_url);
}

static enum rc
check_parts(CURLU *url, const char *base_url, struct err *err)
{
	static const struct {
		CURLUPart part;
		const char *only; /* what it may be, if it is there */
	} parts[] = {
		{ CURLUPART_SCHEME, "https" },
		{ CURLUPART_USER, NULL },
		{ CURLUPART_PASSWORD, NULL },
		{ CURLUPART_PATH, "/" },
		{ CURLUPART_QUERY, NULL },
		{ CURLUPART_FRAGMENT, NULL },
	};

	if (base_url == NULL ||
	    curl_url_set(url, CURLUPART_URL, base_url, 0) != CURLUE_OK)
		return err_set(err, RC_INVALID, "bad_url",
		    "%s is not https://host[:port]",
		    base_url != NULL ? base_url : "nothing");
	for (size_t i = 0; i < COUNT(parts); i++)
		TRY(check_part(
		    url, parts[i].part, parts[i].only, base_url, err));
	return RC_OK;
}

static enum rc
check_base_url(const char *base_url, struct err *err)
{
	CURLU *url = curl_url();
	enum rc rc;

	if (url == NULL)
		abort();
	rc = check_parts(url, base_url, err);
	curl_url_cleanup(url);
	return rc;
}

static char *
copy(const char *text)
{
	char *made = text != NULL ? strdup(text) : NULL;

	if (text != NULL && made == NULL)
		abort();
	return made;
}

static void
set_settings(
    struct request_client *client, const struct request_settings *settings)
{
	size_t length = strlen(settings->base_url);

	client->base_url = copy(settings->base_url);
	if (client->base_url[length - 1] == '/')
		client->base_url[length - 1] = '\0';
	client->certificate_file = copy(settings->certificate_file);
	client->key_file = copy(settings->key_file);
	client->authority_file = copy(settings->authority_file);
	client->response_limit = settings->response_limit > 0
	    ? settings->response_limit
	    : DEFAULT_RESPONSE;
	client->transport = (struct transport){
		.certificate_file = client->certificate_file,
		.key_file = client->key_file,
		.authority_file = client->authority_file,
		.connect_milliseconds = settings->connect_milliseconds > 0
		    ? settings->connect_milliseconds
		    : DEFAULT_CONNECT_MS,
		.total_milliseconds = settings->total_milliseconds > 0
		    ? settings->total_milliseconds
		    : DEFAULT_TOTAL_MS,
	};
}

enum rc
request_new(const struct request_settings *settings,
    struct request_client **client, struct err *err)
{
	SCOPED(request_cleanup) struct request_client *made = NULL;

	transport_start();
	TRY(check_base_url(settings->base_url, err));
	made = calloc(1, sizeof(*made));
	if (made == NULL)
		abort();
	set_settings(made, settings);
	TRY(transport_check(&made->transport, err));
	made->easy = curl_easy_init();
	if (made->easy == NULL)
		abort();
	*client = made;
	made = NULL;
	return RC_OK;
}

void
request_free(struct request_client *client)
{
	if (client == NULL)
		return;
	curl_easy_cleanup(client->easy);
	free(client->base_url);
	free(client->certificate_file);
	free(client->key_file);
	free(client->authority_file);
	free(client);
}

void
request_cleanup(struct request_client **client)
{
	request_free(*client);
}

/* ---- a call */

static bool
says_content_type(const char *const *headers)
{
	static const char name[] = "content-type:";

	for (; headers != NULL && *headers != NULL; headers++)
		if (strncasecmp(*headers, name, strlen(name)) == 0)
			return true;
	return false;
}

/* A method that carries a body says so even when there is none: some servers
 * wait for a POST's length. */
static bool
carries_body(const char *method, const void *body)
{
	return body != NULL || strcmp(method, "POST") == 0 ||
	    strcmp(method, "PUT") == 0 || strcmp(method, "PATCH") == 0;
}

static void
set_method(CURL *easy, const char *method, const void *body, size_t length)
{
	if (strcmp(method, "HEAD") == 0) {
		TRANSPORT_SET(easy, CURLOPT_NOBODY, 1L);
		return;
	}
	if (carries_body(method, body)) {
		TRANSPORT_SET(easy, CURLOPT_POST, 1L);
		TRANSPORT_SET(
		    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
		TRANSPORT_SET(
		    easy, CURLOPT_POSTFIELDS, body != NULL ? body : "");
	}
	TRANSPORT_SET(easy, CURLOPT_CUSTOMREQUEST, method);
}

static enum rc
set_url(struct request_client *client, const char *path, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf url;

	strbuf_init(&url, URL_LIMIT);
	strbuf_append(&url, client->base_url);
	strbuf_append(&url, path);
	for (const char *at = path; *at != '\0'; at++)
		if ((unsigned char)*at <= ' ' || *at == 0x7f)
			url.failed = true;
	if (*path != '/' || url.failed)
		return err_set(err, RC_INVALID, "bad_path",
		    "the path must begin with /, be free of blanks and have "
		    "at most %d characters",
		    URL_LIMIT);
	TRANSPORT_SET(client->easy, CURLOPT_URL, url.bytes);
	return RC_OK;
}

/* A reset keeps the connection and forgets the last call's options. */
static void
set_options(struct request_client *client)
{
	CURL *easy = client->easy;

	curl_easy_reset(easy);
	transport_apply(easy, &client->transport);
	TRANSPORT_SET(easy, CURLOPT_ERRORBUFFER, client->message);
	TRANSPORT_SET(easy, CURLOPT_HEADERFUNCTION, take_header);
	TRANSPORT_SET(easy, CURLOPT_HEADERDATA, client);
	TRANSPORT_SET(easy, CURLOPT_WRITEFUNCTION, take_body);
	TRANSPORT_SET(easy, CURLOPT_WRITEDATA, client);
}

static const struct failure {
	CURLcode code;
	enum rc rc;
	const char *name;
	const char *what; /* stands between the URL and libcurl's words */
} failures[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, RC_UNAVAILABLE, "unknown_host",
	    "the name has no address" },
	{ CURLE_COULDNT_CONNECT, RC_UNAVAILABLE, "no_connection",
	    "nobody answers there" },
	{ CURLE_OPERATION_TIMEDOUT, RC_UNAVAILABLE, "timeout",
	    "no answer in time" },
	{ CURLE_GOT_NOTHING, RC_UNAVAILABLE, "connection_lost",
	    "the connection was closed without an answer" },
	{ CURLE_RECV_ERROR, RC_UNAVAILABLE, "connection_lost",
	    "the connection broke before the answer" },
	{ CURLE_SEND_ERROR, RC_UNAVAILABLE, "connection_lost",
	    "the connection broke while sending" },
	{ CURLE_PARTIAL_FILE, RC_UNAVAILABLE, "connection_lost",
	    "the connection broke within the answer" },
	{ CURLE_PEER_FAILED_VERIFICATION, RC_FAILED, "untrusted_server",
	    "the server's certificate is not trusted" },
	{ CURLE_SSL_CACERT_BADFILE, RC_FAILED, "bad_authority_file",
	    "the authority file is no good" },
	{ CURLE_SSL_CERTPROBLEM, RC_FAILED, "bad_certificate",
	    "our certificate and key cannot be used" },
	{ CURLE_SSL_CONNECT_ERROR, RC_FAILED, "tls_failed",
	    "the TLS handshake failed" },
	{ CURLE_OK, RC_FAILED, "no_answer", "no HTTP answer" },
};

/* Alerts whose names lay the blame on our certificate. */
static bool
is_certificate_refused(CURLcode code, const char *message)
{
	static const char *const words[] = { "certificate", "unknown ca",
		"access denied" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (transport_is_alert(code, message) &&
		    strstr(message, words[i]) != NULL)
			return true;
	return false;
}

static const struct failure *
failure_of(const struct request_client *client, CURLcode code)
{
	static const struct failure refused = { CURLE_OK, RC_FAILED,
		"certificate_refused",
		"the server did not accept our certificate" };
	/* Perhaps it only restarts: worth a retry. */
	static const struct failure dropped = { CURLE_OK, RC_UNAVAILABLE,
		"connection_lost",
		"the server closed the connection right after the handshake; "
		"it may not accept our certificate" };
	const struct failure *failure = failures;

	if (is_certificate_refused(code, client->message))
		return &refused;
	if (transport_is_dropped(client->easy, code))
		return &dropped;
	while (failure->code != CURLE_OK && failure->code != code)
		failure++;
	return failure;
}

static enum rc
fail(const struct request_client *client, CURLcode code, struct err *err)
{
	const struct failure *failure = failure_of(client, code);

	if (code == CURLE_OUT_OF_MEMORY)
		abort();
	if (client->is_too_large)
		return err_set(err, RC_FAILED, "answer_too_large",
		    "%s: the answer is larger than %zu bytes or has too long "
		    "a header",
		    client->base_url, client->response_limit);
	return err_set(err, failure->rc, failure->name, "%s: %s (%s)",
	    client->base_url, failure->what,
	    client->message[0] != '\0' ? client->message
				       : curl_easy_strerror(code));
}

static enum rc
perform(struct request_client *client, struct err *err)
{
	struct request_response *response = client->response;
	CURLcode code = curl_easy_perform(client->easy);
	curl_off_t seconds = 0;
	long status = 0;

	if (code != CURLE_OK)
		return fail(client, code, err);
	(void)curl_easy_getinfo(client->easy, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(client->easy, CURLINFO_RETRY_AFTER, &seconds);
	response->status = (int)status;
	if (response->retry_after_seconds == 0 && seconds > 0)
		response->retry_after_seconds = seconds;
	return RC_OK;
}

enum rc
request_perform(struct request_client *client, const char *method,
    const char *path, const char *const *headers, const void *body,
    size_t length, struct request_response *response, struct err *err)
{
	struct curl_slist *list = NULL;
	enum rc rc;

	client->response = response;
	client->is_too_large = false;
	client->message[0] = '\0';
	response_reset(response, client->response_limit);
	TRY(transport_headers(headers, err));
	set_options(client);
	TRY(set_url(client, path, err));
	set_method(client->easy, method, body, length);
	/* libcurl would call any body a form. */
	if (!says_content_type(headers))
		list = curl_slist_append(NULL,
		    body != NULL ? "Content-Type: application/json"
				 : "Content-Type:");
	list = transport_list(list, headers);
	TRANSPORT_SET(client->easy, CURLOPT_HTTPHEADER, list);
	rc = perform(client, err);
	TRANSPORT_SET(client->easy, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(list);
	return rc;
}
