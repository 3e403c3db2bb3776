/*
 * The egress guard: see egress_guard.h.
 */
#include "hub/client/egress_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/common.h"

/* A range as bytes, so that a look-up parses nothing. */
struct range {
	struct egress_range is;
	uint8_t bits;
	uint8_t bytes[16];
};

/* clang-format off */
/* IANA's special-purpose registries (RFC 6890), multicast and what is
 * reserved.  The first range that holds the address names the refusal. */
static const struct range ranges4[] = {
	/* cidr                     what             rfc        bits  bytes */
	{ { "0.0.0.0/8",          "unspecified",   "RFC 1122" },  8, { 0 } },
	{ { "10.0.0.0/8",         "private",       "RFC 1918" },  8, { 10 } },
	{ { "100.64.0.0/10",      "carrier NAT",   "RFC 6598" }, 10, { 100, 64 } },
	{ { "127.0.0.0/8",        "loopback",      "RFC 1122" },  8, { 127 } },
	{ { "169.254.0.0/16",     "link-local",    "RFC 3927" }, 16, { 169, 254 } },
	{ { "172.16.0.0/12",      "private",       "RFC 1918" }, 12, { 172, 16 } },
	{ { "192.0.0.0/24",       "protocol",      "RFC 6890" }, 24, { 192, 0, 0 } },
	{ { "192.0.2.0/24",       "documentation", "RFC 5737" }, 24, { 192, 0, 2 } },
	{ { "192.31.196.0/24",    "AS112",         "RFC 7535" }, 24, { 192, 31, 196 } },
	{ { "192.52.193.0/24",    "AMT",           "RFC 7450" }, 24, { 192, 52, 193 } },
	{ { "192.88.99.0/24",     "6to4 relay",    "RFC 7526" }, 24, { 192, 88, 99 } },
	{ { "192.168.0.0/16",     "private",       "RFC 1918" }, 16, { 192, 168 } },
	{ { "192.175.48.0/24",    "AS112",         "RFC 7534" }, 24, { 192, 175, 48 } },
	{ { "198.18.0.0/15",      "benchmarking",  "RFC 2544" }, 15, { 198, 18 } },
	{ { "198.51.100.0/24",    "documentation", "RFC 5737" }, 24, { 198, 51, 100 } },
	{ { "203.0.113.0/24",     "documentation", "RFC 5737" }, 24, { 203, 0, 113 } },
	{ { "224.0.0.0/4",        "multicast",     "RFC 5771" },  4, { 224 } },
	{ { "255.255.255.255/32", "broadcast",     "RFC 919"  }, 32, { 255, 255, 255, 255 } },
	{ { "240.0.0.0/4",        "reserved",      "RFC 1112" },  4, { 240 } },
};

/* Only 2000::/3 is handed out as public unicast, so what follows it in the
 * table is all the rest of the space.  The embeddings of IPv4 are looked at
 * before this table. */
static const struct range ranges6[] = {
	/* cidr              what             rfc        bits  bytes */
	{ { "::/128",      "unspecified",   "RFC 4291" }, 128, { 0 } },
	{ { "::1/128",     "loopback",      "RFC 4291" }, 128, { [15] = 1 } },
	{ { "64:ff9b:1::/48", "local NAT64", "RFC 8215" }, 48, { 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01 } },
	{ { "100::/64",    "discard",       "RFC 6666" },  64, { 0x01 } },
	{ { "2001:db8::/32", "documentation", "RFC 3849" }, 32, { 0x20, 0x01, 0x0d, 0xb8 } },
	{ { "2001::/23",   "protocol",      "RFC 2928" },  23, { 0x20, 0x01 } },
	{ { "2620:4f:8000::/48", "AS112",   "RFC 7534" },  48, { 0x26, 0x20, 0x00, 0x4f, 0x80 } },
	{ { "3ffe::/16",   "6bone",         "RFC 3701" },  16, { 0x3f, 0xfe } },
	{ { "3fff::/20",   "documentation", "RFC 9637" },  20, { 0x3f, 0xff } },
	{ { "5f00::/16",   "segment routing", "RFC 9602" }, 16, { 0x5f } },
	{ { "fc00::/7",    "private",       "RFC 4193" },   7, { 0xfc } },
	{ { "fe80::/10",   "link-local",    "RFC 4291" },  10, { 0xfe, 0x80 } },
	{ { "fec0::/10",   "site-local",    "RFC 3879" },  10, { 0xfe, 0xc0 } },
	{ { "ff00::/8",    "multicast",     "RFC 4291" },   8, { 0xff } },
	{ { "::/3",        "reserved",      "RFC 4291" },   3, { 0x00 } },
	{ { "4000::/2",    "reserved",      "RFC 4291" },   2, { 0x40 } },
	{ { "8000::/1",    "reserved",      "RFC 4291" },   1, { 0x80 } },
};

/* Where an IPv6 address carries an IPv4 one: prefix, and the first byte of
 * the four.  Judged as that IPv4 address. */
static const struct embedding {
	struct range prefix;
	int offset;
} embeddings[] = {
	/* cidr                        what            rfc        bits  bytes                     offset */
	{ { { "::ffff:0:0/96",       "mapped",       "RFC 4291" }, 96, { [10] = 0xff, [11] = 0xff } }, 12 },
	{ { { "::ffff:0:0:0/96",     "translated",   "RFC 2765" }, 96, { [8] = 0xff, [9] = 0xff } },   12 },
	{ { { "64:ff9b::/96",        "NAT64",        "RFC 6052" }, 96, { 0x00, 0x64, 0xff, 0x9b } },   12 },
	{ { { "2002::/16",           "6to4",         "RFC 3056" }, 16, { 0x20, 0x02 } },                2 },
};
/* clang-format on */

static const struct egress_range strange_family = {
	.cidr = "",
	.what = "no IP address",
	.rfc = "",
};

static bool
range_holds(const struct range *range, const uint8_t *bytes)
{
	size_t whole = range->bits / 8;
	unsigned rest = range->bits % 8u;
	uint8_t mask = (uint8_t)(0xff00u >> rest);

	if (memcmp(range->bytes, bytes, whole) != 0)
		return false;
	return rest == 0 || ((range->bytes[whole] ^ bytes[whole]) & mask) == 0;
}

static const struct egress_range *
ranges_find(const struct range *ranges, size_t count, const uint8_t *bytes)
{
	for (size_t i = 0; i < count; i++)
		if (range_holds(&ranges[i], bytes))
			return &ranges[i].is;
	return NULL;
}

static const struct egress_range *
refuses6(const uint8_t *bytes)
{
	for (size_t i = 0; i < COUNT(embeddings); i++)
		if (range_holds(&embeddings[i].prefix, bytes))
			return ranges_find(ranges4, COUNT(ranges4),
			    bytes + embeddings[i].offset);
	return ranges_find(ranges6, COUNT(ranges6), bytes);
}

/* The caller's pointer need not be aligned for the wider struct. */
const struct egress_range *
egress_guard_refuses(const struct sockaddr *address, socklen_t length)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (length >= sizeof(v4) && address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		return ranges_find(
		    ranges4, COUNT(ranges4), (const uint8_t *)&v4.sin_addr);
	}
	if (length >= sizeof(v6) && address->sa_family == AF_INET6) {
		memcpy(&v6, address, sizeof(v6));
		return refuses6(v6.sin6_addr.s6_addr);
	}
	return &strange_family;
}

char *
egress_guard_text(const struct sockaddr *address, socklen_t length, char *text)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	text[0] = '\0';
	if (length >= sizeof(v4) && address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		(void)inet_ntop(
		    AF_INET, &v4.sin_addr, text, EGRESS_GUARD_TEXT_SIZE);
	} else if (length >= sizeof(v6) && address->sa_family == AF_INET6) {
		memcpy(&v6, address, sizeof(v6));
		(void)inet_ntop(
		    AF_INET6, &v6.sin6_addr, text, EGRESS_GUARD_TEXT_SIZE);
	}
	return text;
}
