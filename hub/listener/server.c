/*
 * The server: see server.h.  Start, reload and the order of a stop.
 */
#include "hub/listener/inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <gnutls/abstract.h>

#include "hub/base/clock.h"
#include "hub/base/log.h"

enum {
	DEFAULT_THREADS = 2,
	DEFAULT_CONNECTIONS = 1024,
	DEFAULT_HEADER_MS = 4000,
	DEFAULT_BODY_MS = 10000,
	DEFAULT_IDLE_MS = 60000,
	DEFAULT_REPLY_MS = 30000,
	DEFAULT_BODY = 1 << 20,
	DEFAULT_ARENA = 4 << 20,
	BACKLOG = 1024,
	CONNECTION_MEMORY = 32 * 1024,
	INACTIVITY_SECONDS = 120,
	OPTION_LIMIT = 16,
	WAIT_MS = 5,
};

static void
log_library(void *context, const char *format, va_list arguments)
{
	(void)context;
	(void)arguments;
	/* Its arguments may hold what a client has sent. */
	log_debug("http library", "says", format, NULL);
}

static void
panic(void *context, const char *file, unsigned line, const char *reason)
{
	(void)context;
	(void)file;
	(void)line;
	log_panic("http library", "reason", reason ? reason : "", NULL);
}

static void
set_defaults(struct server_settings *settings)
{
#define DEFAULT(field, value)     \
	if (settings->field == 0) \
	settings->field = (value)
	DEFAULT(address, "127.0.0.1");
	DEFAULT(threads, DEFAULT_THREADS);
	DEFAULT(connection_limit, DEFAULT_CONNECTIONS);
	DEFAULT(header_deadline_ms, DEFAULT_HEADER_MS);
	DEFAULT(body_deadline_ms, DEFAULT_BODY_MS);
	DEFAULT(idle_deadline_ms, DEFAULT_IDLE_MS);
	DEFAULT(reply_deadline_ms, DEFAULT_REPLY_MS);
	DEFAULT(body_limit, DEFAULT_BODY);
	DEFAULT(arena_limit, DEFAULT_ARENA);
#undef DEFAULT
	if (strcmp(settings->address, "localhost") == 0)
		settings->address = "127.0.0.1";
}

/* ---- the socket */

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static enum rc
read_address(const struct server_settings *settings, union address *address,
    socklen_t *size, struct err *err)
{
	bool is_loopback;

	memset(address, 0, sizeof(*address));
	if (inet_pton(AF_INET, settings->address, &address->four.sin_addr) ==
	    1) {
		address->four.sin_family = AF_INET;
		address->four.sin_port = htons(settings->port);
		*size = sizeof(address->four);
		is_loopback = ntohl(address->four.sin_addr.s_addr) >> 24 == 127;
	} else if (inet_pton(AF_INET6, settings->address,
		       &address->six.sin6_addr) == 1) {
		address->six.sin6_family = AF_INET6;
		address->six.sin6_port = htons(settings->port);
		*size = sizeof(address->six);
		is_loopback = IN6_IS_ADDR_LOOPBACK(&address->six.sin6_addr);
	} else {
		return err_set(err, RC_INVALID, "bad_address",
		    "%s is no numeric address", settings->address);
	}
	if (settings->plain && !is_loopback)
		return err_set(err, RC_INVALID, "not_loopback",
		    "a listener without TLS stays on loopback, not %s",
		    settings->address);
	return RC_OK;
}

static enum rc
open_socket(struct server *server, struct err *err)
{
	union address address;
	socklen_t size;
	int on = 1;

	TRY(read_address(&server->settings, &address, &size, err));
	server->socket = socket(address.any.sa_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (server->socket < 0 ||
	    setsockopt(server->socket, SOL_SOCKET, SO_REUSEADDR, &on,
		sizeof(on)) < 0 ||
	    bind(server->socket, &address.any, size) < 0 ||
	    listen(server->socket, BACKLOG) < 0 ||
	    getsockname(server->socket, &address.any, &size) < 0)
		return err_set(err, RC_FAILED, "listen_failed",
		    "cannot listen on %s port %u: %s", server->settings.address,
		    server->settings.port, strerror(errno));
	server->port = ntohs(address.any.sa_family == AF_INET
		? address.four.sin_port
		: address.six.sin6_port);
	return RC_OK;
}

/* ---- the library's daemon */

static enum rc
load_credentials(const struct server *server,
    struct tls_credentials **credentials, struct err *err)
{
	const struct tls_files files = {
		.certificate = server->settings.certificate_file,
		.key = server->settings.key_file,
		.client_ca = server->settings.client_ca_file,
		.crl = server->settings.crl_file,
	};

	return tls_credentials_load(&files, credentials, err);
}

/* The library wants a certificate of its own before it does TLS; no session
 * ever uses it, each gets ours. */
static int
no_certificate(gnutls_session_t session,
    const struct gnutls_cert_retr_st *request, gnutls_pcert_st **chain,
    unsigned *length, gnutls_ocsp_data_st **ocsp, unsigned *ocsp_length,
    gnutls_privkey_t *key, unsigned *flags)
{
	(void)session;
	(void)request;
	(void)chain;
	(void)ocsp;
	(void)key;
	(void)flags;
	*length = 0;
	*ocsp_length = 0;
	return -1;
}

static void
add_option(struct MHD_OptionItem *options, size_t *count,
    enum MHD_OPTION option, intptr_t value, void *pointer)
{
	options[*count] = (struct MHD_OptionItem){ option, value, pointer };
	++*count;
	options[*count] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
}

static enum rc
start_daemon(struct server *server, struct err *err)
{
	const struct server_settings *settings = &server->settings;
	struct MHD_OptionItem options[OPTION_LIMIT];
	size_t count = 0;
	unsigned flags = MHD_USE_POLL | MHD_USE_INTERNAL_POLLING_THREAD |
	    MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	const char *priorities = tls_peer_priorities(settings->tls12);
	unsigned threads = settings->threads;

	add_option(
	    options, &count, MHD_OPTION_LISTEN_SOCKET, server->socket, NULL);
	add_option(options, &count, MHD_OPTION_CONNECTION_LIMIT,
	    settings->connection_limit, NULL);
	add_option(options, &count, MHD_OPTION_CONNECTION_TIMEOUT,
	    INACTIVITY_SECONDS, NULL);
	add_option(options, &count, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    CONNECTION_MEMORY, NULL);
	add_option(options, &count, MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
	if (threads > 1)
		add_option(options, &count, MHD_OPTION_THREAD_POOL_SIZE,
		    threads, NULL);
	if (settings->per_address_limit > 0)
		add_option(options, &count, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		    settings->per_address_limit, NULL);
	if (!settings->plain) {
		flags |= MHD_USE_TLS;
		add_option(options, &count, MHD_OPTION_HTTPS_PRIORITIES, 0,
		    (void *)(uintptr_t)priorities);
		add_option(options, &count, MHD_OPTION_HTTPS_CERT_CALLBACK2, 0,
		    (void *)(uintptr_t)no_certificate);
	}
	server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, request_run,
	    server, MHD_OPTION_EXTERNAL_LOGGER, log_library, NULL,
	    MHD_OPTION_NOTIFY_CONNECTION, connection_notify, server,
	    MHD_OPTION_NOTIFY_COMPLETED, request_completed, server,
	    MHD_OPTION_URI_LOG_CALLBACK, request_target, server,
	    MHD_OPTION_ARRAY, options, MHD_OPTION_END);
	return server->daemon != NULL ? RC_OK
				      : err_set(err, RC_FAILED, "server_failed",
					    "the http library did not start");
}

void
server_unref(struct server *server)
{
	if (atomic_fetch_sub(&server->references, 1) > 1)
		return;
	pthread_mutex_destroy(&server->lock);
	free(server);
}

static void
dispose(struct server *server)
{
	if (server->daemon != NULL)
		MHD_stop_daemon(server->daemon);
	if (server->socket >= 0)
		(void)close(server->socket);
	reaper_stop(server->reaper);
	tls_credentials_unref(server->credentials);
	server_unref(server);
}

static enum rc
start(struct server *server, struct err *err)
{
	TRY(open_socket(server, err));
	if (!server->settings.plain)
		TRY(load_credentials(server, &server->credentials, err));
	TRY(reaper_start(&server->reaper, err));
	return start_daemon(server, err);
}

enum rc
server_start(const struct server_settings *settings, struct server **server,
    struct err *err)
{
	struct server *made = calloc(1, sizeof(*made));
	enum rc rc;

	if (made == NULL)
		abort();
	made->settings = *settings;
	made->socket = -1;
	atomic_init(&made->references, 1);
	set_defaults(&made->settings);
	pthread_mutex_init(&made->lock, NULL);
	MHD_set_panic_func(panic, NULL);
	rc = start(made, err);
	if (rc != RC_OK) {
		dispose(made);
		return rc;
	}
	*server = made;
	return RC_OK;
}

uint16_t
server_port(const struct server *server)
{
	return server->port;
}

enum rc
server_reload(struct server *server, struct err *err)
{
	struct tls_credentials *fresh, *old;

	if (server->settings.plain)
		return RC_OK;
	TRY(load_credentials(server, &fresh, err));
	pthread_mutex_lock(&server->lock);
	old = server->credentials;
	server->credentials = fresh;
	pthread_mutex_unlock(&server->lock);
	tls_credentials_unref(old);
	return RC_OK;
}

/* ---- the stop */

void
server_quiesce(struct server *server)
{
	if (!atomic_exchange(&server->is_closing, true))
		(void)MHD_quiesce_daemon(server->daemon);
}

static void
wait_a_little(void)
{
	const struct timespec span = { .tv_nsec = WAIT_MS * 1000000L };

	(void)nanosleep(&span, NULL);
}

static void
abandon_all(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	for (struct exchange *e = server->first; e != NULL; e = e->next)
		exchange_abandon(e);
	pthread_mutex_unlock(&server->lock);
}

/* The library panics when it is stopped with suspended connections. */
void
server_stop(struct server *server, int drain_ms)
{
	int64_t until;

	if (server == NULL)
		return;
	server_quiesce(server);
	until = clock_monotonic() + drain_ms * INT64_C(1000);
	while (atomic_load(&server->open_requests) > 0 &&
	    clock_monotonic() < until)
		wait_a_little();
	/* Again and again: a handler may be deferring just now. */
	abandon_all(server);
	while (atomic_load(&server->suspended) > 0 ||
	    atomic_load(&server->replying) > 0) {
		wait_a_little();
		abandon_all(server);
	}
	/* Let the last replies leave. */
	until = clock_monotonic() + CLOCK_SECOND;
	while (atomic_load(&server->open_requests) > 0 &&
	    clock_monotonic() < until)
		wait_a_little();
	dispose(server);
}

void
server_counters(const struct server *server, struct server_counters *counters)
{
	*counters = (struct server_counters){
		.connections = atomic_load(&server->connections),
		.handshakes_refused = atomic_load(&server->refused),
		.requests = atomic_load(&server->requests),
		.refusals = atomic_load(&server->refusals),
		.deadline_reaps = reaper_count(server->reaper),
		.abandoned = atomic_load(&server->abandoned),
		.open_connections = atomic_load(&server->open_connections),
		.open_requests = atomic_load(&server->open_requests),
	};
}
