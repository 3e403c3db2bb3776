/*
 * courier: what it refuses before it opens a socket, and its loop around
 * other descriptors.  Deliveries over TLS: test/fault/client_*.test.mjs.
 */
#include "test/unit/unit.h"

#include <sys/epoll.h>
#include <unistd.h>

#include "hub/client/courier.h"

struct seen {
	unsigned count;
	struct outcome last;
	struct courier *courier; /* sends once more from the callback */
};

static void
note(void *context, const struct outcome *outcome)
{
	struct seen *seen = context;
	struct delivery again = { .url = "https://[::1]:1/again" };

	seen->count++;
	seen->last = *outcome;
	if (seen->courier != NULL && seen->count == 1)
		ck_assert_int_eq(
		    courier_send(seen->courier, &again, NULL), RC_OK);
}

static struct courier *
new_courier(struct seen *seen)
{
	struct courier_settings settings = { .connections = 0 };
	struct courier *courier;

	*seen = (struct seen){ .count = 0 };
	ck_assert_int_eq(
	    courier_new(&settings, note, seen, &courier, NULL), RC_OK);
	return courier;
}

static void
run_to_end(struct courier *courier)
{
	while (courier_in_flight(courier) > 0)
		ck_assert_int_eq(courier_poll(courier, -1, NULL), RC_OK);
}

static const struct {
	const char *url, *header, *pinned_key, *code;
} wrong_deliveries[] = {
	{ NULL, "A: b", NULL, "bad_url" },
	{ "", "A: b", NULL, "bad_url" },
	{ "http://example.com/", "A: b", NULL, "bad_url" },
	{ "ftp://example.com/", "A: b", NULL, "bad_url" },
	{ "file:///etc/hostname", "A: b", NULL, "bad_url" },
	{ "example.com", "A: b", NULL, "bad_url" },
	{ " https://example.com", "A: b", NULL, "bad_url" },
	{ "https://example.com/", "no colon", NULL, "bad_header" },
	{ "https://example.com/", ": no name", NULL, "bad_header" },
	{ "https://example.com/", "A: b\r\nC: d", NULL, "bad_header" },
	{ "https://example.com/", "A: b\nC: d", NULL, "bad_header" },
	{ "https://example.com/", "A: \x7f", NULL, "bad_header" },
	{ "https://example.com/", "A: b", "key.pem", "bad_pinned_key" },
	{ "https://example.com/", "A: b", "", "bad_pinned_key" },
};

START_TEST(wrong_delivery_is_not_started)
{
	struct seen seen;
	SCOPED(courier_cleanup) struct courier *courier = new_courier(&seen);
	const char *headers[] = { wrong_deliveries[_i].header, NULL };
	struct delivery delivery = { .url = wrong_deliveries[_i].url,
		.headers = headers,
		.pinned_key = wrong_deliveries[_i].pinned_key };
	struct err err;

	ck_assert_int_eq(courier_send(courier, &delivery, &err), RC_INVALID);
	ck_assert_str_eq(err.code, wrong_deliveries[_i].code);
	ck_assert_uint_eq(courier_in_flight(courier), 0);
}
END_TEST

START_TEST(endless_url_is_not_started)
{
	static char url[8192] = "https://example.com/";
	struct seen seen;
	SCOPED(courier_cleanup) struct courier *courier = new_courier(&seen);
	struct delivery delivery = { .url = url };
	struct err err;

	memset(url + strlen(url), 'x', sizeof(url) - strlen(url) - 1);
	ck_assert_int_eq(courier_send(courier, &delivery, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "bad_url");
}
END_TEST

/* None of these opens a socket. */
static const struct {
	const char *url;
	enum courier_error error;
	const char *explanation; /* is part of it */
} refusals[] = {
	{ "https://127.0.0.1:1/", COURIER_REFUSED, "127.0.0.1 is no public" },
	{ "HTTPS://127.0.0.1:1/", COURIER_REFUSED, "loopback, RFC 1122" },
	{ "https://2130706433:1/", COURIER_REFUSED, "loopback" },
	{ "https://0x7f.1:1/", COURIER_REFUSED, "loopback" },
	{ "https://0177.0.0.1:1/", COURIER_REFUSED, "loopback" },
	{ "https://10.0.0.1:1/", COURIER_REFUSED, "private, RFC 1918" },
	{ "https://169.254.169.254/", COURIER_REFUSED, "link-local" },
	{ "https://[::1]:1/", COURIER_REFUSED, "::1 is no public" },
	{ "https://[::ffff:10.0.0.1]:1/", COURIER_REFUSED, "private" },
	{ "https://[fd00::1]:1/", COURIER_REFUSED, "RFC 4193" },
	{ "https://exa mple.com/", COURIER_PROTOCOL, "" },
	{ "https://:443/", COURIER_PROTOCOL, "" },
	{ "https://example.com:99999/", COURIER_PROTOCOL, "" },
};

START_TEST(forbidden_address_ends_in_one_refusal)
{
	struct seen seen;
	SCOPED(courier_cleanup) struct courier *courier = new_courier(&seen);
	struct delivery delivery = { .url = refusals[_i].url,
		.body = "{}",
		.length = 2,
		.endpoint = 42,
		.tag = &seen };

	ck_assert_int_eq(courier_send(courier, &delivery, NULL), RC_OK);
	ck_assert_uint_eq(courier_in_flight(courier), 1);
	ck_assert_uint_eq(seen.count, 0);
	run_to_end(courier);
	ck_assert_uint_eq(seen.count, 1);
	ck_assert_int_eq(seen.last.error, refusals[_i].error);
	ck_assert_ptr_nonnull(
	    strstr(seen.last.explanation, refusals[_i].explanation));
	ck_assert_ptr_eq(seen.last.tag, &seen);
	ck_assert_int_eq(seen.last.endpoint, 42);
	ck_assert_int_eq(seen.last.status, 0);
	ck_assert_int_eq(seen.last.retry_after_seconds, -1);
	ck_assert_uint_eq(seen.last.head_length, 0);
	ck_assert_str_eq(seen.last.remote, "");
}
END_TEST

START_TEST(callback_may_send)
{
	struct seen seen;
	SCOPED(courier_cleanup) struct courier *courier = new_courier(&seen);
	struct delivery delivery = { .url = "https://127.0.0.1:1/" };

	seen.courier = courier;
	ck_assert_int_eq(courier_send(courier, &delivery, NULL), RC_OK);
	run_to_end(courier);
	ck_assert_uint_eq(seen.count, 2);
	ck_assert_ptr_nonnull(strstr(seen.last.explanation, "::1"));
}
END_TEST

START_TEST(freed_courier_calls_nobody)
{
	struct seen seen;
	struct courier *courier = new_courier(&seen);
	struct delivery delivery = { .url = "https://127.0.0.1:1/" };

	for (int i = 0; i < 40; i++)
		ck_assert_int_eq(courier_send(courier, &delivery, NULL), RC_OK);
	courier_free(courier);
	ck_assert_uint_eq(seen.count, 0);
}
END_TEST

static const struct courier_settings unreadable[] = {
	{ .certificate_file = "/nonexistent/certificate.pem" },
	{ .key_file = "/nonexistent/key.pem" },
	{ .authority_file = "/nonexistent/authority.pem" },
};

START_TEST(unreadable_file_makes_no_courier)
{
	struct courier *courier = NULL;
	struct err err;

	ck_assert_int_eq(
	    courier_new(&unreadable[_i], note, NULL, &courier, &err),
	    RC_FAILED);
	ck_assert_str_eq(err.code, "unreadable_file");
	ck_assert_ptr_null(courier);
}
END_TEST

START_TEST(wake_ends_a_wait)
{
	struct seen seen;
	SCOPED(courier_cleanup) struct courier *courier = new_courier(&seen);

	courier_wake(courier);
	courier_wake(courier);
	ck_assert_int_eq(courier_poll(courier, -1, NULL), RC_OK);
	/* Once: the second wait finds nothing and does not wait. */
	ck_assert_int_eq(courier_poll(courier, 0, NULL), RC_OK);
}
END_TEST

static void
read_one(void *context, int fd, uint32_t events)
{
	char *byte = context;

	ck_assert((events & EPOLLIN) != 0);
	ck_assert_int_eq(read(fd, byte, 1), 1);
}

START_TEST(watched_descriptor_is_reported_until_forgotten)
{
	struct seen seen;
	SCOPED(courier_cleanup) struct courier *courier = new_courier(&seen);
	char byte = 0;
	int pipes[2];
	struct err err;

	ck_assert_int_eq(pipe(pipes), 0);
	ck_assert_int_eq(
	    courier_watch(courier, pipes[0], EPOLLIN, read_one, &byte, NULL),
	    RC_OK);
	ck_assert_int_eq(write(pipes[1], "ab", 2), 2);
	ck_assert_int_eq(courier_poll(courier, -1, NULL), RC_OK);
	ck_assert_int_eq(byte, 'a');
	ck_assert_int_eq(
	    courier_watch(courier, pipes[0], 0, NULL, NULL, NULL), RC_OK);
	ck_assert_int_eq(courier_poll(courier, 0, NULL), RC_OK);
	ck_assert_int_eq(byte, 'a');
	ck_assert_int_eq(
	    courier_watch(courier, pipes[0], EPOLLIN, read_one, &byte, NULL),
	    RC_OK);
	ck_assert_int_eq(courier_poll(courier, -1, NULL), RC_OK);
	ck_assert_int_eq(byte, 'b');
	ck_assert_int_eq(close(pipes[0]) | close(pipes[1]), 0);
	ck_assert_int_eq(
	    courier_watch(courier, pipes[0], 0, NULL, NULL, NULL), RC_OK);
	ck_assert_int_eq(
	    courier_watch(courier, pipes[1], EPOLLIN, read_one, &byte, &err),
	    RC_FAILED);
	ck_assert_str_eq(err.code, "watch_failed");
}
END_TEST

START_TEST(every_error_has_a_name_of_its_own)
{
	for (int i = 0; i < COURIER_ERROR_COUNT; i++) {
		const char *name = courier_error_name((enum courier_error)i);

		ck_assert_ptr_nonnull(name);
		for (int j = 0; j < i; j++)
			ck_assert_str_ne(
			    name, courier_error_name((enum courier_error)j));
	}
}
END_TEST

Suite *
courier_suite(void)
{
	Suite *suite = suite_create("courier");
	TCase *tcase = tcase_create("courier");

	tcase_add_loop_test(tcase, wrong_delivery_is_not_started, 0,
	    (int)COUNT(wrong_deliveries));
	tcase_add_test(tcase, endless_url_is_not_started);
	tcase_add_loop_test(tcase, forbidden_address_ends_in_one_refusal, 0,
	    (int)COUNT(refusals));
	tcase_add_test(tcase, callback_may_send);
	tcase_add_test(tcase, freed_courier_calls_nobody);
	tcase_add_loop_test(
	    tcase, unreadable_file_makes_no_courier, 0, (int)COUNT(unreadable));
	tcase_add_test(tcase, wake_ends_a_wait);
	tcase_add_test(tcase, watched_descriptor_is_reported_until_forgotten);
	tcase_add_test(tcase, every_error_has_a_name_of_its_own);
	suite_add_tcase(suite, tcase);
	return suite;
}
