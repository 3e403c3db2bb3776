/*
 * One TLS connection that sends a request and reads the answer, never
 * waiting.  The loop owns it and decides when.
 */
#pragma once

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>

#include "hub/base/strbuf.h"

enum { CONNECTION_HEAD_SIZE = 8192 };

enum connection_state {
	CONNECTION_CLOSED,
	CONNECTION_OPENING, /* TCP and TLS */
	CONNECTION_IDLE,
	CONNECTION_SENDING,
	CONNECTION_READING,
};

enum connection_event {
	CONNECTION_PENDING, /* wait for the socket */
	CONNECTION_READY,   /* the handshake is done */
	CONNECTION_ANSWERED,
	CONNECTION_FAILED,
};

struct connection {
	enum connection_state state;
	int socket;
	uint16_t port;
	SSL *ssl;
	int64_t started; /* when the request was due */
	bool is_counted; /* its answer belongs to the measurement */
	struct strbuf request;
	size_t sent;
	char head[CONNECTION_HEAD_SIZE];
	size_t head_length;
	bool in_body, closes;
	uint64_t body_left;
	int status; /* of the answer */
};

/* Start to connect to the loopback `port` and watch the socket with `epoll`,
 * edge-triggered.  False: no socket. */
NODISCARD bool connection_open(struct connection *connection, SSL_CTX *tls,
    const char *name, uint16_t port, int epoll);
void connection_close(struct connection *connection);

/* Send `connection->request` as far as the socket lets it: CONNECTION_PENDING
 * or CONNECTION_FAILED. */
enum connection_event connection_begin(struct connection *connection);

/* Go on as far as the socket lets it. */
enum connection_event connection_advance(struct connection *connection);
