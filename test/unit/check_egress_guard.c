/*
 * egress_guard: which addresses the hub may open a connection to.
 */
#include "test/unit/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "hub/base/common.h"
#include "hub/client/egress_guard.h"

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	struct sockaddr_un local;
};

static socklen_t
read_address(const char *text, union address *address)
{
	memset(address, 0, sizeof(*address));
	if (inet_pton(AF_INET, text, &address->four.sin_addr) == 1) {
		address->four.sin_family = AF_INET;
		return sizeof(address->four);
	}
	ck_assert_int_eq(inet_pton(AF_INET6, text, &address->six.sin6_addr), 1);
	address->six.sin6_family = AF_INET6;
	return sizeof(address->six);
}

/* First and last address of each range, and what it is called. */
static const struct {
	const char *address, *what;
} forbidden[] = {
	{ "0.0.0.0", "unspecified" },
	{ "0.255.255.255", "unspecified" },
	{ "10.0.0.0", "private" },
	{ "10.255.255.255", "private" },
	{ "100.64.0.0", "carrier NAT" },
	{ "100.127.255.255", "carrier NAT" },
	{ "127.0.0.1", "loopback" },
	{ "127.255.255.255", "loopback" },
	{ "169.254.169.254", "link-local" },
	{ "172.16.0.0", "private" },
	{ "172.31.255.255", "private" },
	{ "192.0.0.1", "protocol" },
	{ "192.0.2.1", "documentation" },
	{ "192.31.196.1", "AS112" },
	{ "192.52.193.1", "AMT" },
	{ "192.88.99.1", "6to4 relay" },
	{ "192.168.0.0", "private" },
	{ "192.168.255.255", "private" },
	{ "192.175.48.1", "AS112" },
	{ "198.18.0.0", "benchmarking" },
	{ "198.19.255.255", "benchmarking" },
	{ "198.51.100.7", "documentation" },
	{ "203.0.113.7", "documentation" },
	{ "224.0.0.1", "multicast" },
	{ "239.255.255.255", "multicast" },
	{ "240.0.0.1", "reserved" },
	{ "255.255.255.254", "reserved" },
	{ "255.255.255.255", "broadcast" },
	{ "::", "unspecified" },
	{ "::1", "loopback" },
	{ "::2", "reserved" },
	{ "64:ff9b:1::1", "local NAT64" },
	{ "100::1", "discard" },
	{ "2001::1", "protocol" },
	{ "2001:1ff:ffff::1", "protocol" },
	{ "2001:db8::1", "documentation" },
	{ "2620:4f:8000::1", "AS112" },
	{ "3ffe::1", "6bone" },
	{ "3fff:fff::1", "documentation" },
	{ "5f00::1", "segment routing" },
	{ "4000::1", "reserved" },
	{ "9000::1", "reserved" },
	{ "fc00::1", "private" },
	{ "fdff:ffff::1", "private" },
	{ "fe80::1", "link-local" },
	{ "febf::1", "link-local" },
	{ "fec0::1", "site-local" },
	{ "ff02::1", "multicast" },
	/* IPv4 inside IPv6. */
	{ "::ffff:127.0.0.1", "loopback" },
	{ "::ffff:10.1.2.3", "private" },
	{ "::ffff:169.254.169.254", "link-local" },
	{ "::ffff:0.0.0.0", "unspecified" },
	{ "::ffff:0:192.168.1.1", "private" },
	{ "::127.0.0.1", "reserved" },
	{ "::8.8.8.8", "reserved" },
	{ "64:ff9b::127.0.0.1", "loopback" },
	{ "64:ff9b::172.16.0.1", "private" },
	{ "2002:7f00:1::1", "loopback" },
	{ "2002:a9fe:a9fe::1", "link-local" },
};

START_TEST(address_that_is_not_public_is_refused_by_name)
{
	union address address;
	socklen_t length = read_address(forbidden[_i].address, &address);
	const struct egress_range *range = egress_guard_refuses(
	    &address.any, length);

	ck_assert_msg(range != NULL, "%s passed", forbidden[_i].address);
	ck_assert_str_eq(range->what, forbidden[_i].what);
	ck_assert_ptr_nonnull(strstr(range->rfc, "RFC "));
}
END_TEST

static const char *const allowed[] = {
	"1.1.1.1",
	"8.8.8.8",
	"9.255.255.255",
	"11.0.0.0",
	"100.63.255.255",
	"100.128.0.0",
	"126.255.255.255",
	"128.0.0.1",
	"169.253.255.255",
	"169.255.0.0",
	"172.15.255.255",
	"172.32.0.0",
	"192.167.255.255",
	"192.169.0.0",
	"198.17.255.255",
	"198.20.0.0",
	"223.255.255.255",
	"2001:200::1",
	"2001:4860:4860::8888",
	"2606:4700::1111",
	"2a00:1450::1",
	"::ffff:8.8.8.8",
	"64:ff9b::8.8.8.8",
	"2002:808:808::1",
};

START_TEST(public_address_passes)
{
	union address address;
	socklen_t length = read_address(allowed[_i], &address);

	ck_assert_msg(egress_guard_refuses(&address.any, length) == NULL,
	    "%s was refused", allowed[_i]);
}
END_TEST

START_TEST(strange_or_cut_address_is_refused)
{
	union address address;
	char text[EGRESS_GUARD_TEXT_SIZE];

	(void)read_address("8.8.8.8", &address);
	ck_assert_ptr_nonnull(egress_guard_refuses(&address.any, 0));
	ck_assert_ptr_nonnull(
	    egress_guard_refuses(&address.any, sizeof(address.four) - 1));
	(void)read_address("2606:4700::1111", &address);
	ck_assert_ptr_nonnull(
	    egress_guard_refuses(&address.any, sizeof(address.six) - 1));
	memset(&address, 0, sizeof(address));
	address.any.sa_family = AF_UNIX;
	ck_assert_ptr_nonnull(
	    egress_guard_refuses(&address.any, sizeof(address)));
	ck_assert_str_eq(
	    egress_guard_text(&address.any, sizeof(address), text), "");
}
END_TEST

START_TEST(address_is_written_without_its_port)
{
	union address address;
	char text[EGRESS_GUARD_TEXT_SIZE];
	socklen_t length = read_address("203.0.113.7", &address);

	address.four.sin_port = htons(443);
	ck_assert_str_eq(
	    egress_guard_text(&address.any, length, text), "203.0.113.7");
	length = read_address("2001:db8::7", &address);
	ck_assert_str_eq(
	    egress_guard_text(&address.any, length, text), "2001:db8::7");
}
END_TEST

Suite *
egress_guard_suite(void)
{
	Suite *suite = suite_create("egress_guard");
	TCase *tcase = tcase_create("egress_guard");

	tcase_add_loop_test(tcase,
	    address_that_is_not_public_is_refused_by_name, 0,
	    (int)COUNT(forbidden));
	tcase_add_loop_test(
	    tcase, public_address_passes, 0, (int)COUNT(allowed));
	tcase_add_test(tcase, strange_or_cut_address_is_refused);
	tcase_add_test(tcase, address_is_written_without_its_port);
	suite_add_tcase(suite, tcase);
	return suite;
}
