/*
 * Connections: see connection.h.
 */
#include "test/bench/load/connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hub/base/common.h"

/* ---- opening and closing */

static bool
connect_socket(struct connection *c, uint16_t port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int yes = 1;

	c->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (c->socket < 0)
		return false;
	(void)setsockopt(
	    c->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	/* In progress or refused: the handshake will see. */
	(void)!connect(
	    c->socket, (const struct sockaddr *)&address, sizeof(address));
	return true;
}

bool
connection_open(struct connection *c, SSL_CTX *tls, const char *name,
    uint16_t port, int epoll)
{
	struct epoll_event event = {
		.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
		.data.ptr = c,
	};

	if (!connect_socket(c, port))
		return false;
	c->state = CONNECTION_OPENING;
	c->ssl = SSL_new(tls);
	if (c->ssl == NULL || SSL_set_fd(c->ssl, c->socket) != 1 ||
	    SSL_set_tlsext_host_name(c->ssl, name) != 1 ||
	    SSL_set1_host(c->ssl, name) != 1 ||
	    epoll_ctl(epoll, EPOLL_CTL_ADD, c->socket, &event) != 0) {
		connection_close(c);
		return false;
	}
	SSL_set_connect_state(c->ssl);
	return true;
}

void
connection_close(struct connection *c)
{
	if (c->state == CONNECTION_CLOSED)
		return;
	/* A close_notify where one may be sent; its answer is not awaited. */
	if (c->ssl != NULL && SSL_is_init_finished(c->ssl))
		(void)SSL_shutdown(c->ssl);
	SSL_free(c->ssl);
	ERR_clear_error();
	(void)close(c->socket);
	c->ssl = NULL;
	c->state = CONNECTION_CLOSED;
}

/* ---- one step each */

/* What an unfinished call of OpenSSL means. */
static enum connection_event
waits(struct connection *c, int result)
{
	int error = SSL_get_error(c->ssl, result);

	return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE
	    ? CONNECTION_PENDING
	    : CONNECTION_FAILED;
}

static enum connection_event
open_further(struct connection *c)
{
	int result;

	ERR_clear_error();
	result = SSL_do_handshake(c->ssl);
	if (result != 1)
		return waits(c, result);
	c->state = CONNECTION_IDLE;
	return CONNECTION_READY;
}

static enum connection_event
send_further(struct connection *c)
{
	while (c->sent < c->request.length) {
		size_t count = 0;
		int result;

		ERR_clear_error();
		result = SSL_write_ex(c->ssl, c->request.bytes + c->sent,
		    c->request.length - c->sent, &count);
		if (result != 1)
			return waits(c, result);
		c->sent += count;
	}
	c->state = CONNECTION_READING;
	return CONNECTION_PENDING;
}

enum connection_event
connection_begin(struct connection *c)
{
	c->state = CONNECTION_SENDING;
	c->sent = 0;
	c->head_length = 0;
	c->in_body = false;
	c->closes = false;
	return send_further(c);
}

/* ---- answers: a status line, Content-Length, a body that is thrown away */

static const char *
field(const char *head, const char *name)
{
	const char *line = head;
	size_t length = strlen(name);

	while ((line = strstr(line, "\r\n")) != NULL) {
		line += 2;
		if (strncasecmp(line, name, length) == 0)
			return line + length + strspn(line + length, " ");
	}
	return NULL;
}

/* The head, with a NUL behind it, says all that is needed; false where it
 * does not. */
static bool
parse_head(struct connection *c)
{
	const char *length, *connection;

	if (strncmp(c->head, "HTTP/1.1 ", 9) != 0)
		return false;
	c->status = (int)strtol(c->head + 9, NULL, 10);
	length = field(c->head, "Content-Length:");
	connection = field(c->head, "Connection:");
	c->closes = connection != NULL &&
	    strncasecmp(connection, "close", 5) == 0;
	c->body_left = length == NULL ? 0 : strtoull(length, NULL, 10);
	return length != NULL || c->status == 204 || c->status == 304;
}

/* More bytes of the head are there. */
static enum connection_event
take_head(struct connection *c)
{
	char *end;
	size_t rest;

	c->head[c->head_length] = '\0';
	end = strstr(c->head, "\r\n\r\n");
	if (end == NULL)
		return c->head_length + 1 < sizeof(c->head) ? CONNECTION_PENDING
							    : CONNECTION_FAILED;
	rest = c->head_length - (size_t)(end + 4 - c->head);
	end[2] = '\0';
	if (!parse_head(c) || rest > c->body_left)
		return CONNECTION_FAILED;
	c->in_body = true;
	c->body_left -= rest;
	return CONNECTION_PENDING;
}

static enum connection_event
read_further(struct connection *c)
{
	char scratch[16384];

	for (;;) {
		char *to = c->in_body ? scratch : c->head + c->head_length;
		size_t room = c->in_body ? sizeof(scratch)
					 : sizeof(c->head) - 1 - c->head_length;
		size_t count = 0;
		int result;

		ERR_clear_error();
		result = SSL_read_ex(c->ssl, to, room, &count);
		if (result != 1)
			return waits(c, result);
		if (!c->in_body) {
			c->head_length += count;
			if (take_head(c) == CONNECTION_FAILED)
				return CONNECTION_FAILED;
		} else if (count > c->body_left) {
			return CONNECTION_FAILED;
		} else {
			c->body_left -= count;
		}
		if (c->in_body && c->body_left == 0) {
			c->state = CONNECTION_IDLE;
			return CONNECTION_ANSWERED;
		}
	}
}

/* Nothing may come on an idle connection but session tickets and its end. */
static enum connection_event
watch_idle(struct connection *c)
{
	char byte;
	size_t count = 0;
	int result;

	ERR_clear_error();
	result = SSL_read_ex(c->ssl, &byte, 1, &count);
	return result == 1 ? CONNECTION_FAILED : waits(c, result);
}

enum connection_event
connection_advance(struct connection *c)
{
	enum connection_event event;

	switch (c->state) {
	case CONNECTION_CLOSED:
		return CONNECTION_PENDING;
	case CONNECTION_OPENING:
		return open_further(c);
	case CONNECTION_IDLE:
		return watch_idle(c);
	case CONNECTION_SENDING:
		event = send_further(c);
		if (c->state == CONNECTION_SENDING)
			return event;
		return read_further(c);
	case CONNECTION_READING:
		return read_further(c);
	}
	return CONNECTION_FAILED;
}
