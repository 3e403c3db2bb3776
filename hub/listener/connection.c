/*
 * One connection: credentials before its handshake, a deadline for as long as
 * it is open, and the peer that was found at its other end.
 */
#include "hub/listener/inside.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct connection *
connection_of(struct MHD_Connection *handle)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info != NULL ? info->socket_context : NULL;
}

static gnutls_session_t
session_of(struct MHD_Connection *handle)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    handle, MHD_CONNECTION_INFO_GNUTLS_SESSION);

	return info != NULL ? (gnutls_session_t)info->tls_session : NULL;
}

/* One reference to what new connections use. */
static struct tls_credentials *
current_credentials(struct server *server)
{
	struct tls_credentials *credentials;

	pthread_mutex_lock(&server->lock);
	credentials = tls_credentials_ref(server->credentials);
	pthread_mutex_unlock(&server->lock);
	return credentials;
}

static void
remote_text(struct MHD_Connection *handle, char *text)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info ? info->client_addr : NULL;

	text[0] = '\0';
	if (address == NULL)
		return;
	if (address->sa_family == AF_INET)
		(void)inet_ntop(AF_INET,
		    &((const struct sockaddr_in *)(const void *)address)
			 ->sin_addr,
		    text, REMOTE_SIZE);
	else if (address->sa_family == AF_INET6)
		(void)inet_ntop(AF_INET6,
		    &((const struct sockaddr_in6 *)(const void *)address)
			 ->sin6_addr,
		    text, REMOTE_SIZE);
}

/* Without our credentials a session would go on with the library's, which
 * ask for no certificate: end it. */
static void
attach(struct connection *connection, struct MHD_Connection *handle)
{
	struct tls_credentials *credentials = current_credentials(
	    connection->server);
	gnutls_session_t session = session_of(handle);
	struct err err;

	if (session == NULL ||
	    tls_peer_attach(&connection->peer, session, credentials, &err) !=
		RC_OK)
		(void)shutdown(connection->deadline.socket, SHUT_RDWR);
	else
		tls_push_attach(
		    &connection->push, session, connection->deadline.socket);
	tls_credentials_unref(credentials);
}

static struct connection *
open_connection(struct server *server, struct MHD_Connection *handle)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    handle, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct connection *connection = calloc(1, sizeof(*connection));

	if (connection == NULL)
		abort();
	connection->server = server;
	connection->deadline.socket = info->connect_fd;
	remote_text(handle, connection->remote);
	if (!server->settings.plain)
		attach(connection, handle);
	deadline_add(server->reaper, &connection->deadline,
	    server->settings.header_deadline_ms);
	atomic_fetch_add(&server->connections, 1);
	atomic_fetch_add(&server->open_connections, 1);
	return connection;
}

static void
close_connection(struct server *server, struct connection *connection)
{
	deadline_remove(server->reaper, &connection->deadline);
	if (!server->settings.plain && !connection->peer.is_verified)
		atomic_fetch_add(&server->refused, 1);
	tls_peer_clear(&connection->peer);
	atomic_fetch_sub(&server->open_connections, 1);
	free(connection);
}

void
connection_notify(void *context, struct MHD_Connection *handle, void **state,
    enum MHD_ConnectionNotificationCode code)
{
	struct server *server = context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*state = open_connection(server, handle);
	} else if (*state != NULL) {
		close_connection(server, *state);
		*state = NULL;
	}
}

enum rc
connection_check(struct connection *connection, struct MHD_Connection *handle,
    struct err *err)
{
	struct tls_credentials *credentials;
	enum rc rc;

	if (connection->server->settings.plain)
		return RC_OK;
	credentials = current_credentials(connection->server);
	rc = tls_peer_check(
	    &connection->peer, session_of(handle), credentials, err);
	tls_credentials_unref(credentials);
	return rc;
}
