/*
 * Holding a head back: see tls_push.h.
 */
#include "hub/listener/tls_push.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum { PART_LIMIT = 8 };

static size_t
total_of(const giovec_t *parts, int count)
{
	size_t total = 0;

	for (int i = 0; i < count; i++)
		total += parts[i].iov_len;
	return total;
}

static ssize_t
hold(struct tls_push *push, const giovec_t *parts, int count)
{
	push->begin = push->end = 0;
	for (int i = 0; i < count; i++) {
		memcpy(push->bytes + push->end, parts[i].iov_base,
		    parts[i].iov_len);
		push->end += parts[i].iov_len;
	}
	return (ssize_t)push->end;
}

/* What is held has been reported as sent: only the rest counts. */
static ssize_t
send_all(struct tls_push *push, const giovec_t *parts, int count)
{
	struct iovec all[PART_LIMIT + 1];
	struct msghdr message = { .msg_iov = all };
	size_t held = push->end - push->begin;
	ssize_t sent;

	if (held > 0)
		all[message.msg_iovlen++] = (struct iovec){
			push->bytes + push->begin, held
		};
	/* GnuTLS takes a short count for what it is. */
	for (int i = 0; i < count && i < PART_LIMIT; i++)
		all[message.msg_iovlen++] = (struct iovec){ parts[i].iov_base,
			parts[i].iov_len };
	sent = sendmsg(push->socket, &message, MSG_NOSIGNAL);
	if (sent < 0)
		return -1;
	if ((size_t)sent <= held) {
		push->begin += (size_t)sent;
		if (held == 0)
			return 0;
		errno = EAGAIN;
		return -1;
	}
	push->begin = push->end = 0;
	return sent - (ssize_t)held;
}

static ssize_t
push_parts(gnutls_transport_ptr_t context, const giovec_t *parts, int count)
{
	struct tls_push *push = context;
	bool is_holding = push->is_holding;

	push->is_holding = false;
	if (is_holding && push->begin == push->end &&
	    total_of(parts, count) <= sizeof(push->bytes))
		return hold(push, parts, count);
	return send_all(push, parts, count);
}

void
tls_push_attach(struct tls_push *push, gnutls_session_t session, int socket)
{
	*push = (struct tls_push){ .socket = socket };
	gnutls_transport_set_ptr2(
	    session, (gnutls_transport_ptr_t)(intptr_t)socket, push);
	gnutls_transport_set_vec_push_function(session, push_parts);
}

void
tls_push_hold(struct tls_push *push)
{
	push->is_holding = true;
}
