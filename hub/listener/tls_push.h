/*
 * How encrypted bytes leave: the HTTP library writes the head of a reply and
 * its body one after another, which over TLS are two records, two system
 * calls and two wake-ups of the peer.  A head that is certain to be followed
 * by a body is held here and leaves with it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gnutls/gnutls.h>

enum { TLS_PUSH_SIZE = 2048 };

struct tls_push {
	int socket;
	bool is_holding;   /* the next bytes wait for those behind them */
	size_t begin, end; /* of what is held in `bytes` */
	uint8_t bytes[TLS_PUSH_SIZE];
};

/* Send the session's bytes through `push`, which must outlive it. */
void
tls_push_attach(struct tls_push *push, gnutls_session_t session, int socket);

/* Hold what is written next until more is written: for a head whose body
 * follows.  Anything later, also an alert, takes it along in order. */
void tls_push_hold(struct tls_push *push);
