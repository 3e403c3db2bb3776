/*
 * listener: framing tricks, problems, credentials that must not load.
 */
#include "test/unit/unit.h"

#include "hub/listener/prefilter.h"
#include "hub/listener/problem.h"
#include "hub/listener/server.h"
#include "hub/listener/tls_peer.h"

struct framing {
	const char *version;
	struct exchange_field headers[4];
	const char *code; /* "" where it passes */
	uint64_t length;
};

static const struct framing framings[] = {
	{ "HTTP/1.1", { { "Host", "h" } }, "", 0 },
	{ "HTTP/1.1", { { "Host", "h" }, { "Content-Length", "17" } }, "", 17 },
	{ "HTTP/1.1", { { "Transfer-Encoding", "Chunked" } }, "", 0 },
	{ "HTTP/1.1", { { "Accept", "a" }, { "Accept", "b" } }, "", 0 },
	{ "HTTP/1.1", { { "Content-Encoding", "identity" } }, "", 0 },
	{ "HTTP/1.1", { { "Content-Length", "1" }, { "content-length", "1" } },
	    "repeated_header", 0 },
	{ "HTTP/1.1", { { "Host", "a" }, { "HOST", "a" } }, "repeated_header",
	    0 },
	{ "HTTP/1.1",
	    { { "Idempotency-Key", "a" }, { "idempotency-key", "b" } },
	    "repeated_header", 0 },
	{ "HTTP/1.1",
	    { { "webhook-signature", "a" }, { "Webhook-Signature", "b" } },
	    "repeated_header", 0 },
	{ "HTTP/1.1", { { "webhook-id", "a" }, { "webhook-id", "a" } },
	    "repeated_header", 0 },
	{ "HTTP/1.1", { { "Content-Type", "a" }, { "Content-Type", "a" } },
	    "repeated_header", 0 },
	{ "HTTP/1.1",
	    { { "Transfer-Encoding", "chunked" }, { "Content-Length", "5" } },
	    "two_lengths", 0 },
	{ "HTTP/1.1",
	    { { "Transfer-Encoding", "chunked" },
		{ "Transfer-Encoding", "chunked" } },
	    "repeated_header", 0 },
	{ "HTTP/1.1", { { "Transfer-Encoding", "gzip, chunked" } },
	    "bad_transfer_encoding", 0 },
	{ "HTTP/1.1", { { "Transfer-Encoding", "identity" } },
	    "bad_transfer_encoding", 0 },
	{ "HTTP/1.0", { { "Transfer-Encoding", "chunked" } },
	    "bad_transfer_encoding", 0 },
	{ "HTTP/1.1", { { "Content-Encoding", "gzip" } },
	    "bad_content_encoding", 0 },
	{ "HTTP/1.1", { { "Content-Length", "+5" } }, "bad_content_length", 0 },
	{ "HTTP/1.1", { { "Content-Length", "-5" } }, "bad_content_length", 0 },
	{ "HTTP/1.1", { { "Content-Length", "0x5" } }, "bad_content_length",
	    0 },
	{ "HTTP/1.1", { { "Content-Length", "5, 5" } }, "bad_content_length",
	    0 },
	{ "HTTP/1.1", { { "Content-Length", "" } }, "bad_content_length", 0 },
	{ "HTTP/1.1", { { "Content-Length", "9999999999999999" } },
	    "bad_content_length", 0 },
	{ "HTTP/1.1", { { "Content-Length ", "5" } }, "bad_header_name", 0 },
	{ "HTTP/1.1", { { "", "5" } }, "bad_header_name", 0 },
	{ "HTTP/1.1", { { "X\xc3\xa9", "5" } }, "bad_header_name", 0 },
	{ "HTTP/1.1", { { "X", "a\nb" } }, "bad_header_value", 0 },
	{ "HTTP/1.1", { { "X", "a\x7f" } }, "bad_header_value", 0 },
};

START_TEST(framing_is_judged_by_its_headers)
{
	const struct framing *f = &framings[_i];
	struct prefilter_request request = { .version = f->version,
		.headers = f->headers };
	uint64_t length = 99;
	struct err err = { .code = "" };

	while (request.header_count < COUNT(f->headers) &&
	    f->headers[request.header_count].name != NULL)
		request.header_count++;
	ck_assert_int_eq(prefilter_check(&request, &length, &err),
	    *f->code != '\0' ? RC_MALFORMED : RC_OK);
	ck_assert_str_eq(err.code, f->code);
	if (*f->code == '\0')
		ck_assert_uint_eq(length, f->length);
}
END_TEST

START_TEST(nul_byte_is_refused)
{
	struct prefilter_request request = { .version = "HTTP/1.1",
		.has_nul = true };
	uint64_t length;
	struct err err;

	ck_assert_int_eq(
	    prefilter_check(&request, &length, &err), RC_MALFORMED);
	ck_assert_str_eq(err.code, "nul_in_request");
}
END_TEST

START_TEST(crowd_of_headers_is_refused)
{
	static struct exchange_field crowd[101];
	struct prefilter_request request = { .version = "HTTP/1.1",
		.headers = crowd,
		.header_count = COUNT(crowd) };
	uint64_t length;
	struct err err;

	for (size_t i = 0; i < COUNT(crowd); i++)
		crowd[i] = (struct exchange_field){ "X", "y" };
	ck_assert_int_eq(
	    prefilter_check(&request, &length, &err), RC_MALFORMED);
	ck_assert_str_eq(err.code, "too_many_headers");
	request.header_count--;
	ck_assert_int_eq(prefilter_check(&request, &length, &err), RC_OK);
}
END_TEST

START_TEST(problem_escapes_its_detail)
{
	const struct problem problem = { .status = 400,
		.code = "two_words",
		.detail = "a \"b\"\n\\",
		.trace_id = "t" };
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };

	strbuf_init(&out, 1024);
	problem_write(&out, &problem);
	ck_assert_str_eq(out.bytes,
	    "{\"type\":\"/problems/two_words\","
	    "\"title\":\"two words\",\"status\":400,"
	    "\"detail\":\"a \\\"b\\\"\\u000a\\\\\",\"code\":\"two_words\","
	    "\"errors\":[],\"trace_id\":\"t\"}");
}
END_TEST

static void
never(struct exchange *exchange, void *context)
{
	(void)exchange;
	(void)context;
}

static const struct wrong_start {
	struct server_settings settings;
	const char *code;
} wrong_starts[] = {
	{ { .handler = never, .plain = true, .address = "0.0.0.0" },
	    "not_loopback" },
	{ { .handler = never, .plain = true, .address = "::" },
	    "not_loopback" },
	{ { .handler = never, .address = "example.org" }, "bad_address" },
	{ { .handler = never, .address = "127.0.0.300" }, "bad_address" },
	{ { .handler = never }, "no_file" },
	{ { .handler = never, .client_ca_file = "/nowhere/ca.pem" },
	    "unreadable_file" },
	{ { .handler = never, .client_ca_file = "/dev/null" },
	    "bad_client_ca" },
};

START_TEST(wrong_settings_do_not_start)
{
	struct server *server = NULL;
	struct err err;

	ck_assert_int_eq(
	    server_start(&wrong_starts[_i].settings, &server, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, wrong_starts[_i].code);
	ck_assert_ptr_null(server);
}
END_TEST

START_TEST(only_old_priorities_name_tls_1_2)
{
	ck_assert_ptr_null(strstr(tls_peer_priorities(false), "TLS1.2"));
	ck_assert_ptr_nonnull(strstr(tls_peer_priorities(true), "TLS1.2"));
	ck_assert_ptr_nonnull(strstr(tls_peer_priorities(true), "NO_TICKETS"));
}
END_TEST

Suite *
listener_suite(void)
{
	Suite *suite = suite_create("listener");
	TCase *tcase = tcase_create("listener");

	tcase_add_loop_test(
	    tcase, framing_is_judged_by_its_headers, 0, (int)COUNT(framings));
	tcase_add_test(tcase, nul_byte_is_refused);
	tcase_add_test(tcase, crowd_of_headers_is_refused);
	tcase_add_test(tcase, problem_escapes_its_detail);
	tcase_add_loop_test(
	    tcase, wrong_settings_do_not_start, 0, (int)COUNT(wrong_starts));
	tcase_add_test(tcase, only_old_priorities_name_tls_1_2);
	suite_add_tcase(suite, tcase);
	return suite;
}
