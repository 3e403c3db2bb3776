/*
 * A server for the tests of the line: it echoes what it was sent and counts
 * what reached its handler.  Prints `port N` and then obeys commands on
 * standard input: `count`, `reload`, `release`, `stop`.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/encode.h"
#include "hub/base/strbuf.h"
#include "hub/listener/exchange.h"
#include "hub/listener/server.h"

enum { WAITING_LIMIT = 1024, LINE_SIZE = 64 };

static atomic_uint handled;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct exchange *waiting[WAITING_LIMIT];
static size_t waiting_count;

static void
answer(struct exchange *exchange)
{
	size_t length;
	const char *body = exchange_body(exchange, &length);
	const uint8_t *key = exchange_peer_key(exchange);
	char hex[HEX_SIZE(EXCHANGE_DIGEST_SIZE)] = "none";
	struct exchange_field headers[] = {
		{ "X-Peer-Key", hex },
		{ "X-Path", exchange_path(exchange) },
		{ "X-Trace", exchange_trace_id(exchange) },
	};
	struct exchange_answer reply = { .status = 200,
		.content_type = "text/plain",
		.headers = headers,
		.header_count = COUNT(headers),
		.body = body,
		.length = length };

	if (key != NULL)
		(void)hex_encode(key, EXCHANGE_DIGEST_SIZE, hex);
	exchange_reply(exchange, &reply);
}

static void
handle(struct exchange *exchange, void *context)
{
	bool is_kept = false;

	(void)context;
	atomic_fetch_add(&handled, 1);
	if (strcmp(exchange_path(exchange), "/silent") == 0)
		return;
	if (strcmp(exchange_path(exchange), "/wait") != 0) {
		answer(exchange);
		return;
	}
	exchange_defer(exchange);
	pthread_mutex_lock(&lock);
	if (waiting_count < WAITING_LIMIT) {
		waiting[waiting_count++] = exchange;
		is_kept = true;
	}
	pthread_mutex_unlock(&lock);
	if (!is_kept)
		exchange_refuse(exchange, 503, "full", "no room to wait");
}

static void
release(void)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < waiting_count; i++)
		answer(waiting[i]);
	waiting_count = 0;
	pthread_mutex_unlock(&lock);
}

static void
print_counters(const struct server *server)
{
	struct server_counters c;
	unsigned waiters;

	server_counters(server, &c);
	pthread_mutex_lock(&lock);
	waiters = (unsigned)waiting_count;
	pthread_mutex_unlock(&lock);
	printf("{\"handled\":%u,\"waiting\":%u,\"connections\":%llu,"
	       "\"refused\":%llu,\"requests\":%llu,\"refusals\":%llu,"
	       "\"reaps\":%llu,\"open\":%llu}\n",
	    atomic_load(&handled), waiters, (unsigned long long)c.connections,
	    (unsigned long long)c.handshakes_refused,
	    (unsigned long long)c.requests, (unsigned long long)c.refusals,
	    (unsigned long long)c.deadline_reaps,
	    (unsigned long long)c.open_connections);
}

static void
obey(struct server *server)
{
	char line[LINE_SIZE];
	struct err err;

	while (fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, "count") == 0) {
			print_counters(server);
		} else if (strcmp(line, "reload") == 0) {
			printf("%s\n",
			    server_reload(server, &err) == RC_OK ? "ok"
								 : err.code);
		} else if (strcmp(line, "release") == 0) {
			release();
			printf("ok\n");
		} else {
			break;
		}
		(void)fflush(stdout);
	}
}

/* echo_server DIRECTORY [tls12] [plain]: the files are server.pem,
 * server.key, ca.pem and crl.pem. */
int
main(int argc, char **argv)
{
	char files[4][512];
	static const char *const names[] = { "server.pem", "server.key",
		"ca.pem", "crl.pem" };
	struct server_settings settings = { .handler = handle,
		.certificate_file = files[0],
		.key_file = files[1],
		.client_ca_file = files[2],
		.crl_file = files[3],
		.body_limit = 4096,
		.header_deadline_ms = 1000,
		.body_deadline_ms = 1500,
		.idle_deadline_ms = 4000 };
	struct server *server;
	struct err err;

	if (argc < 2)
		return EXIT_FAILURE;
	for (size_t i = 0; i < COUNT(names); i++)
		(void)snprintf(
		    files[i], sizeof(files[i]), "%s/%s", argv[1], names[i]);
	for (int i = 2; i < argc; i++) {
		settings.tls12 |= strcmp(argv[i], "tls12") == 0;
		settings.plain |= strcmp(argv[i], "plain") == 0;
	}
	if (server_start(&settings, &server, &err) != RC_OK) {
		printf("%s: %s\n", err.code, err.text);
		return EXIT_FAILURE;
	}
	printf("port %u\n", server_port(server));
	(void)fflush(stdout);
	obey(server);
	server_stop(server, 200);
	/* Owners may be late. */
	release();
	printf("stopped\n");
	return EXIT_SUCCESS;
}
