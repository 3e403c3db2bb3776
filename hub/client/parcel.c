/*
 * One delivery under way: see parcel.h.
 */
#include "hub/client/parcel.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { URL_LIMIT = 4096 };

/* ---- libcurl's callbacks */

/* False: more than anybody has to say to a webhook.  libcurl 7.88 looks at
 * Content-Length only, and not at all at a chunked body. */
static bool
count(struct parcel *parcel, size_t size)
{
	parcel->seen += size;
	parcel->is_too_large = parcel->seen > parcel->response_limit;
	return !parcel->is_too_large;
}

static size_t
take_header(char *line, size_t one, size_t size, void *context)
{
	static const char status[] = "HTTP/", retry[] = "retry-after:";
	struct parcel *parcel = context;

	(void)one;
	if (!count(parcel, size))
		return 0;
	/* Each status line begins a new answer: the one before was a 1xx. */
	if (size >= strlen(status) && memcmp(line, status, strlen(status)) == 0)
		parcel->says_retry_after = false;
	else if (size >= strlen(retry) &&
	    strncasecmp(line, retry, strlen(retry)) == 0)
		parcel->says_retry_after = true;
	return size;
}

static size_t
take_body(char *bytes, size_t one, size_t size, void *context)
{
	struct parcel *parcel = context;
	size_t room = sizeof(parcel->head) - parcel->head_length;
	size_t kept = size < room ? size : room;

	(void)one;
	memcpy(parcel->head + parcel->head_length, bytes, kept);
	parcel->head_length += kept;
	parcel->length += size;
	return count(parcel, size) ? size : 0;
}

static bool
is_allowed(
    struct parcel *parcel, const struct sockaddr *address, socklen_t length)
{
	const struct egress_range *refusal;

	if (parcel->allow_private)
		return true;
	refusal = egress_guard_refuses(address, length);
	if (refusal == NULL)
		return true;
	parcel->refusal = refusal;
	(void)egress_guard_text(address, length, parcel->refused);
	return false;
}

static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct parcel *parcel = context;
	int fd;

	(void)purpose;
	if (!is_allowed(parcel, &address->addr, address->addrlen))
		return CURL_SOCKET_BAD;
	fd = socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
	parcel->has_socket = fd >= 0;
	return fd;
}

/* A kept connection opens no socket, and may have been opened for a delivery
 * that was allowed more: so its address is judged once more. */
static int
before_request(
    void *context, char *remote, char *local, int remote_port, int local_port)
{
	struct parcel *parcel = context;
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	const void *address = &v6;
	socklen_t length = 0; /* no address: refused */

	(void)local;
	(void)remote_port;
	(void)local_port;
	if (inet_pton(AF_INET, remote, &v4.sin_addr) == 1) {
		address = &v4;
		length = sizeof(v4);
	} else if (inet_pton(AF_INET6, remote, &v6.sin6_addr) == 1) {
		length = sizeof(v6);
	}
	parcel->has_socket = is_allowed(parcel, address, length);
	return parcel->has_socket ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

/* ---- its life */

struct parcel *
parcel_new(const struct transport *transport, size_t response_limit)
{
	struct parcel *made = calloc(1, sizeof(*made));

	if (made == NULL)
		abort();
	made->response_limit = response_limit;
	made->forbid_private = transport->forbid_private;
	made->easy = curl_easy_init();
	if (made->easy == NULL)
		abort();
	transport_apply(made->easy, transport);
	TRANSPORT_SET(made->easy, CURLOPT_PRIVATE, made);
	TRANSPORT_SET(made->easy, CURLOPT_ERRORBUFFER, made->message);
	TRANSPORT_SET(made->easy, CURLOPT_HEADERFUNCTION, take_header);
	TRANSPORT_SET(made->easy, CURLOPT_HEADERDATA, made);
	TRANSPORT_SET(made->easy, CURLOPT_WRITEFUNCTION, take_body);
	TRANSPORT_SET(made->easy, CURLOPT_WRITEDATA, made);
	TRANSPORT_SET(made->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	TRANSPORT_SET(made->easy, CURLOPT_OPENSOCKETDATA, made);
	TRANSPORT_SET(made->easy, CURLOPT_PREREQFUNCTION, before_request);
	TRANSPORT_SET(made->easy, CURLOPT_PREREQDATA, made);
	TRANSPORT_SET(made->easy, CURLOPT_POST, 1L);
	return made;
}

void
parcel_free(struct parcel *parcel)
{
	curl_easy_cleanup(parcel->easy);
	curl_slist_free_all(parcel->headers);
	free(parcel);
}

static enum rc
check(const struct delivery *delivery, struct err *err)
{
	static const char scheme[] = "https://", hash[] = "sha256//";

	if (delivery->url == NULL ||
	    strncasecmp(delivery->url, scheme, strlen(scheme)) != 0)
		return err_set(
		    err, RC_INVALID, "bad_url", "the URL is not https");
	if (strlen(delivery->url) > URL_LIMIT)
		return err_set(err, RC_INVALID, "bad_url",
		    "the URL has more than %d characters", URL_LIMIT);
	/* Anything else libcurl takes for the name of a file. */
	if (delivery->pinned_key != NULL &&
	    strncmp(delivery->pinned_key, hash, strlen(hash)) != 0)
		return err_set(err, RC_INVALID, "bad_pinned_key",
		    "the pinned key does not begin with %s", hash);
	return transport_headers(delivery->headers, err);
}

enum rc
parcel_load(
    struct parcel *parcel, const struct delivery *delivery, struct err *err)
{
	CURL *easy = parcel->easy;

	TRY(check(delivery, err));
	curl_slist_free_all(parcel->headers);
	parcel->headers = transport_list(NULL, delivery->headers);
	parcel->tag = delivery->tag;
	parcel->endpoint = delivery->endpoint;
	parcel->allow_private = delivery->allow_private &&
	    !parcel->forbid_private;
	parcel->has_socket = false;
	parcel->is_too_large = false;
	parcel->says_retry_after = false;
	parcel->seen = 0;
	parcel->length = 0;
	parcel->head_length = 0;
	parcel->refusal = NULL;
	parcel->message[0] = '\0';
	TRANSPORT_SET(easy, CURLOPT_URL, delivery->url);
	TRANSPORT_SET(easy, CURLOPT_HTTPHEADER, parcel->headers);
	/* The size first: without it libcurl measures a text. */
	TRANSPORT_SET(
	    easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)delivery->length);
	TRANSPORT_SET(easy, CURLOPT_POSTFIELDS,
	    delivery->body != NULL ? delivery->body : "");
	transport_trust(easy, delivery->pinned_key);
	return RC_OK;
}

/* ---- how it ended */

static const struct {
	CURLcode code;
	enum courier_error error;
} errors[] = {
	{ CURLE_OK, COURIER_NONE },
	{ CURLE_COULDNT_RESOLVE_HOST, COURIER_DNS },
	{ CURLE_COULDNT_CONNECT, COURIER_CONNECT },
	{ CURLE_SEND_ERROR, COURIER_CONNECT },
	{ CURLE_RECV_ERROR, COURIER_CONNECT },
	{ CURLE_GOT_NOTHING, COURIER_CONNECT },
	{ CURLE_PARTIAL_FILE, COURIER_CONNECT },
	{ CURLE_OPERATION_TIMEDOUT, COURIER_TIMEOUT },
	{ CURLE_SSL_CONNECT_ERROR, COURIER_TLS },
	{ CURLE_SSL_CERTPROBLEM, COURIER_TLS },
	{ CURLE_SSL_CIPHER, COURIER_TLS },
	{ CURLE_PEER_FAILED_VERIFICATION, COURIER_TLS },
	{ CURLE_SSL_CACERT_BADFILE, COURIER_TLS },
	{ CURLE_SSL_ISSUER_ERROR, COURIER_TLS },
	{ CURLE_SSL_PINNEDPUBKEYNOTMATCH, COURIER_TLS },
	{ CURLE_SSL_CLIENTCERT, COURIER_TLS },
};

static enum courier_error
error_of(const struct parcel *parcel, CURLcode code)
{
	if (code == CURLE_OUT_OF_MEMORY)
		abort();
	if (code != CURLE_OK && parcel->is_too_large)
		return COURIER_TOO_LARGE;
	if (code != CURLE_OK && parcel->refusal != NULL && !parcel->has_socket)
		return COURIER_REFUSED;
	if (transport_is_alert(code, parcel->message))
		return COURIER_TLS;
	for (size_t i = 0; i < COUNT(errors); i++)
		if (errors[i].code == code)
			return errors[i].error;
	return COURIER_PROTOCOL;
}

static void
explain(const struct parcel *parcel, CURLcode code, struct outcome *outcome)
{
	char *text = outcome->explanation;
	size_t size = sizeof(outcome->explanation);

	if (outcome->error == COURIER_NONE)
		text[0] = '\0';
	else if (outcome->error == COURIER_TOO_LARGE)
		(void)snprintf(text, size, "more than %zu bytes of response",
		    parcel->response_limit);
	else if (outcome->error == COURIER_REFUSED)
		(void)snprintf(text, size, "%s is no public address: %s, %s",
		    parcel->refused, parcel->refusal->what,
		    parcel->refusal->rfc);
	else if (outcome->error == COURIER_CONNECT &&
	    transport_is_dropped(parcel->easy, code))
		(void)snprintf(text, size,
		    "closed right after the handshake: "
		    "our certificate may not be accepted there");
	else
		(void)snprintf(text, size, "%.*s", (int)size - 1,
		    parcel->message[0] != '\0' ? parcel->message
					       : curl_easy_strerror(code));
}

static int64_t
retry_after(const struct parcel *parcel)
{
	curl_off_t seconds = 0;

	if (!parcel->says_retry_after)
		return -1;
	(void)curl_easy_getinfo(parcel->easy, CURLINFO_RETRY_AFTER, &seconds);
	return seconds > 0 ? seconds : 0;
}

void
parcel_outcome(
    const struct parcel *parcel, CURLcode code, struct outcome *outcome)
{
	curl_off_t microseconds = 0;
	char *remote = NULL;
	long status = 0, connects = 0;

	(void)curl_easy_getinfo(parcel->easy, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(parcel->easy, CURLINFO_NUM_CONNECTS, &connects);
	(void)curl_easy_getinfo(
	    parcel->easy, CURLINFO_TOTAL_TIME_T, &microseconds);
	(void)curl_easy_getinfo(parcel->easy, CURLINFO_PRIMARY_IP, &remote);
	outcome->tag = parcel->tag;
	outcome->endpoint = parcel->endpoint;
	outcome->error = error_of(parcel, code);
	outcome->status = (int)status;
	outcome->is_new_connection = connects > 0;
	outcome->milliseconds = microseconds / 1000;
	outcome->retry_after_seconds = retry_after(parcel);
	outcome->head = parcel->head;
	outcome->head_length = parcel->head_length;
	outcome->length = parcel->length;
	(void)snprintf(outcome->remote, sizeof(outcome->remote), "%s",
	    remote != NULL ? remote : "");
	explain(parcel, code, outcome);
}
