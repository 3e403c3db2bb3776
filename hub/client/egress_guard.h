/*
 * May the hub open a connection to this address?  A webhook's URL is typed
 * by an institution; without this check it could point at the hub's own
 * network.  A pure look-up in a table of ranges, each with its RFC.  The
 * courier asks with the address that is about to be used, so a name that
 * resolves differently the second time gains nothing.
 */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>

enum { EGRESS_GUARD_TEXT_SIZE = 64 };

/* One range that is no public unicast address. */
struct egress_range {
	const char *cidr;
	const char *what; /* "loopback", "private", ... */
	const char *rfc;
};

/* The range that forbids `address`, or NULL when it is a public address of
 * IPv4 or IPv6.  IPv4 inside IPv6 (mapped, translated, NAT64, 6to4) is judged
 * as that IPv4 address; the deprecated compatible form, another family, or a
 * length too short for its family is forbidden. */
const struct egress_range *
egress_guard_refuses(const struct sockaddr *address, socklen_t length);

/* The numeric address without its port; `text` has EGRESS_GUARD_TEXT_SIZE
 * bytes and gets "" for an unknown family.  Returns it. */
char *
egress_guard_text(const struct sockaddr *address, socklen_t length, char *text);
