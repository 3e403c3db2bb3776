/*
 * Common options: see transport.h.
 */
#include "hub/client/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* A connection is opened anew after this long, so that a changed address or
 * certificate of the receiver is noticed. */
enum { LIFETIME_SECONDS = 3600 };

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
start(void)
{
	struct sigaction action;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		abort();
	/* With CURLOPT_NOSIGNAL libcurl leaves SIGPIPE to us. */
	if (sigaction(SIGPIPE, NULL, &action) == 0 &&
	    (action.sa_flags & SA_SIGINFO) == 0 &&
	    action.sa_handler == SIG_DFL) {
		action.sa_handler = SIG_IGN;
		(void)sigaction(SIGPIPE, &action, NULL);
	}
}

void
transport_start(void)
{
	(void)pthread_once(&once, start);
}

static enum rc
check_file(const char *path, const char *what, struct err *err)
{
	int fd;

	if (path == NULL)
		return RC_OK;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, RC_FAILED, "unreadable_file",
		    "cannot read the %s %s: %s", what, path, strerror(errno));
	(void)close(fd);
	return RC_OK;
}

enum rc
transport_check(const struct transport *transport, struct err *err)
{
	TRY(check_file(transport->certificate_file, "certificate", err));
	TRY(check_file(transport->key_file, "key", err));
	return check_file(transport->authority_file, "authority", err);
}

void
transport_apply(CURL *easy, const struct transport *transport)
{
	TRANSPORT_SET(easy, CURLOPT_NOSIGNAL, 1L);
	TRANSPORT_SET(easy, CURLOPT_PROTOCOLS_STR, "https");
	TRANSPORT_SET(easy, CURLOPT_FOLLOWLOCATION, 0L);
	TRANSPORT_SET(easy, CURLOPT_PROXY, "");
	TRANSPORT_SET(easy, CURLOPT_USERAGENT, "freezeline");
	TRANSPORT_SET(easy, CURLOPT_TCP_NODELAY, 1L);
	TRANSPORT_SET(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	TRANSPORT_SET(easy, CURLOPT_MAXLIFETIME_CONN, (long)LIFETIME_SECONDS);
	TRANSPORT_SET(
	    easy, CURLOPT_CONNECTTIMEOUT_MS, transport->connect_milliseconds);
	TRANSPORT_SET(easy, CURLOPT_TIMEOUT_MS, transport->total_milliseconds);
	TRANSPORT_SET(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* Each new connection asks anew: an address that has moved is found, and
	 * the one that the guard saw is the one that is used. */
	TRANSPORT_SET(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
	/* A resumed session would skip the look at the peer's certificate. */
	TRANSPORT_SET(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
	TRANSPORT_SET(easy, CURLOPT_SSLCERT, transport->certificate_file);
	TRANSPORT_SET(easy, CURLOPT_SSLKEY, transport->key_file);
	if (transport->authority_file != NULL) {
		TRANSPORT_SET(easy, CURLOPT_CAINFO, transport->authority_file);
		/* Otherwise the system's folder is trusted as well. */
		TRANSPORT_SET(easy, CURLOPT_CAPATH, NULL);
	}
	transport_trust(easy, NULL);
}

void
transport_trust(CURL *easy, const char *pinned_key)
{
	bool is_pinned = pinned_key != NULL;

	TRANSPORT_SET(easy, CURLOPT_SSL_VERIFYPEER, is_pinned ? 0L : 1L);
	TRANSPORT_SET(easy, CURLOPT_SSL_VERIFYHOST, is_pinned ? 0L : 2L);
	TRANSPORT_SET(easy, CURLOPT_PINNEDPUBLICKEY, pinned_key);
}

enum rc
transport_headers(const char *const *headers, struct err *err)
{
	for (; headers != NULL && *headers != NULL; headers++) {
		size_t name = strcspn(*headers, ":");

		if (name == 0 || (*headers)[name] != ':')
			return err_set(err, RC_INVALID, "bad_header",
			    "a header is not \"name: value\"");
		for (const char *at = *headers; *at != '\0'; at++)
			if ((unsigned char)*at < ' ' || *at == 0x7f)
				return err_set(err, RC_INVALID, "bad_header",
				    "a header holds a control character");
	}
	return RC_OK;
}

struct curl_slist *
transport_list(struct curl_slist *list, const char *const *headers)
{
	for (; headers != NULL && *headers != NULL; headers++) {
		struct curl_slist *longer = curl_slist_append(list, *headers);

		if (longer == NULL)
			abort();
		list = longer;
	}
	return list;
}

bool
transport_is_alert(CURLcode code, const char *message)
{
	return (code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
		   code == CURLE_SSL_CONNECT_ERROR) &&
	    strstr(message, " alert ") != NULL;
}

bool
transport_is_dropped(CURL *easy, CURLcode code)
{
	curl_off_t handshake = 0;
	long connects = 0, status = 0;

	(void)curl_easy_getinfo(easy, CURLINFO_APPCONNECT_TIME_T, &handshake);
	(void)curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
	(void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	return (code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
		   code == CURLE_GOT_NOTHING) &&
	    handshake > 0 && connects > 0 && status == 0;
}
