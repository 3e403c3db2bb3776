/*
 * request: base URLs, paths and headers that are refused before anything is
 * sent.  Calls over TLS: test/fault/client_*.test.mjs.
 */
#include "test/unit/unit.h"

#include "hub/client/request.h"

static const char *const good_urls[] = {
	"https://localhost",
	"https://localhost:8443",
	"https://localhost:8443/",
	"https://127.0.0.1:1",
	"HTTPS://[::1]:8443",
};

START_TEST(base_url_of_scheme_host_and_port_is_taken)
{
	struct request_settings settings = { .base_url = good_urls[_i] };
	SCOPED(request_cleanup) struct request_client *client = NULL;

	ck_assert_int_eq(request_new(&settings, &client, NULL), RC_OK);
	ck_assert_ptr_nonnull(client);
}
END_TEST

static const char *const wrong_urls[] = {
	NULL,
	"",
	"localhost:8443",
	"http://localhost",
	"ftp://localhost",
	"https://",
	"https://:8443",
	"https://localhost:99999",
	"https://localhost:8443/v1",
	"https://localhost?x=1",
	"https://localhost/#x",
	"https://user@localhost",
	"https://user:word@localhost",
	"https://local host",
};

START_TEST(other_base_url_is_refused)
{
	struct request_settings settings = { .base_url = wrong_urls[_i] };
	struct request_client *client = NULL;
	struct err err;

	ck_assert_int_eq(request_new(&settings, &client, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "bad_url");
	ck_assert_ptr_null(client);
}
END_TEST

START_TEST(unreadable_file_is_named)
{
	struct request_settings settings = { .base_url = "https://localhost",
		.authority_file = "/nonexistent/ca.pem" };
	struct request_client *client = NULL;
	struct err err;

	ck_assert_int_eq(request_new(&settings, &client, &err), RC_FAILED);
	ck_assert_str_eq(err.code, "unreadable_file");
	ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent/ca.pem"));
	ck_assert_ptr_null(client);
}
END_TEST

static const struct {
	const char *path, *header, *code;
} wrong_calls[] = {
	{ "", "A: b", "bad_path" },
	{ "v1/cases", "A: b", "bad_path" },
	{ "@evil.example/", "A: b", "bad_path" },
	{ ":1/", "A: b", "bad_path" },
	{ "/v1/a b", "A: b", "bad_path" },
	{ "/v1\r\nX: y", "A: b", "bad_path" },
	{ "/", "no colon", "bad_header" },
	{ "/", "A: b\r\nC: d", "bad_header" },
};

START_TEST(wrong_call_is_not_made)
{
	struct request_settings settings = {
		.base_url = "https://127.0.0.1:1"
	};
	SCOPED(request_cleanup) struct request_client *client = NULL;
	const char *headers[] = { wrong_calls[_i].header, NULL };
	struct request_response response;
	struct err err;

	request_response_init(&response);
	ck_assert_int_eq(request_new(&settings, &client, NULL), RC_OK);
	ck_assert_int_eq(request_perform(client, "GET", wrong_calls[_i].path,
			     headers, NULL, 0, &response, &err),
	    RC_INVALID);
	ck_assert_str_eq(err.code, wrong_calls[_i].code);
	ck_assert_int_eq(response.status, 0);
	request_response_clear(&response);
}
END_TEST

Suite *
request_suite(void)
{
	Suite *suite = suite_create("request");
	TCase *tcase = tcase_create("request");

	tcase_add_loop_test(tcase, base_url_of_scheme_host_and_port_is_taken, 0,
	    (int)COUNT(good_urls));
	tcase_add_loop_test(
	    tcase, other_base_url_is_refused, 0, (int)COUNT(wrong_urls));
	tcase_add_test(tcase, unreadable_file_is_named);
	tcase_add_loop_test(
	    tcase, wrong_call_is_not_made, 0, (int)COUNT(wrong_calls));
	suite_add_tcase(suite, tcase);
	return suite;
}
