/*
 * document_headers, and the bodies of decisions and waivers: what is read,
 * and where what is wrong stands.
 */
#include "test/unit/unit.h"

#include <stddef.h>

#include "hub/base/arena.h"
#include "hub/base/clock.h"
#include "hub/wire/command_json.h"
#include "hub/wire/document_headers.h"

/* 2026-06-10T12:00:00Z */
static const int64_t now = INT64_C(1781092800) * CLOCK_SECOND;

static struct arena *arena;
static struct command command;
static struct document_headers headers;
static struct err err;

static void
set_up(void)
{
	static const char pdf[] = "%PDF-1.7\n";

	arena = arena_new(1 << 20);
	memset(&command, 0, sizeof command);
	command.arena = arena;
	command.at = now;
	headers = (struct document_headers){ .content_type = "application/pdf",
		.type = "FIR",
		.head = (const uint8_t *)pdf,
		.head_length = sizeof pdf - 1 };
}

static void
tear_down(void)
{
	arena_free(arena);
}

START_TEST(header_fields_become_a_command)
{
	const struct file_document *filing = &command.file_document;

	headers.issuer = "%D0%90%D0%B9 %22x%22";
	headers.number = "118/2026";
	headers.name = "a%20b.pdf";
	headers.date = "2026-06-10";
	headers.language = "kk-KZ";
	headers.signature_format = "pades";
	headers.request = "frq_01h455vb4pex5vsknk084sn02q, "
			  "frq_01h455vb4pex5vsknk084sn02r";
	headers.supersedes = "doc_01h455vb4pex5vsknk084sn02q";
	ck_assert_int_eq(
	    document_headers_read(&headers, &command, &err), RC_OK);
	ck_assert_str_eq(filing->issuer, "Ай \"x\"");
	ck_assert_str_eq(filing->number, "118/2026");
	ck_assert_str_eq(filing->name, "a b.pdf");
	ck_assert_str_eq(filing->media_type, "application/pdf");
	ck_assert_int_eq(filing->format, FORMAT_PDF);
	ck_assert_int_eq(filing->signature_check, SIGNATURE_NOT_CHECKED);
	ck_assert_uint_eq(filing->request_count, 2);
	ck_assert_uint_eq(filing->formality_count, 0);
	ck_assert(!id_is_zero(&filing->supersedes));
}
END_TEST

#define AT(field) offsetof(struct document_headers, field)
#define FML "fml_01h455vb4pex5vsknk084sn02q,"
#define FOUR(text) text text text text

/* clang-format off */
static const struct {
	size_t at;
	const char *value, *code, *pointer;
} wrong[] = {
	{ AT(type), NULL, "missing_member", "/headers/document-type" },
	{ AT(type), "", "bad_form", "/headers/document-type" },
	{ AT(type), "F I R", "bad_form", "/headers/document-type" },
	{ AT(type), FOUR("ABCDEFGHIJK"), "bad_form", "/headers/document-type" },
	{ AT(content_type), NULL, "media_type_mismatch", "/headers/content-type" },
	{ AT(content_type), "image/png", "media_type_mismatch", "/headers/content-type" },
	{ AT(issuer), "", "text_empty", "/headers/document-issuer" },
	{ AT(issuer), "%", "bad_text", "/headers/document-issuer" },
	{ AT(issuer), "%4", "bad_text", "/headers/document-issuer" },
	{ AT(issuer), "%zz", "bad_text", "/headers/document-issuer" },
	{ AT(issuer), "a%00b", "bad_text", "/headers/document-issuer" },
	{ AT(issuer), "a%0Ab", "bad_text", "/headers/document-issuer" },
	{ AT(issuer), "%C3", "bad_text", "/headers/document-issuer" },
	{ AT(issuer), "%ED%A0%80", "bad_text", "/headers/document-issuer" },
	{ AT(issuer), "\xc3\xa9", "bad_text", "/headers/document-issuer" },
	{ AT(number), FOUR(FOUR("12345678")), "text_too_long", "/headers/document-number" },
	{ AT(number), "4111%20111111111111", "card_number_refused", "/headers/document-number" },
	{ AT(name), "4111-1111-1111-1111.pdf", "card_number_refused", "/headers/document-name" },
	{ AT(name), "%34111111111111111", "card_number_refused", "/headers/document-name" },
	{ AT(date), "", "bad_form", "/headers/document-date" },
	{ AT(date), "2026-6-1", "bad_date", "/headers/document-date" },
	{ AT(date), "2026-02-29", "bad_date", "/headers/document-date" },
	{ AT(date), "10.06.2026", "bad_form", "/headers/document-date" },
	{ AT(date), "2026-06-12", "in_future", "/headers/document-date" },
	{ AT(language), "en_IN", "bad_form", "/headers/document-language" },
	{ AT(signature_format), "wax", "not_one_of", "/headers/document-signature-format" },
	{ AT(signature_format), "cades", "signature_format_mismatch", "/headers/document-signature-format" },
	{ AT(signature_format), "detached_ed25519", "missing_member", "/headers/document-signature" },
	{ AT(signature), "AAAA", "not_allowed", "/headers/document-signature" },
	{ AT(signature), "A A", "bad_form", "/headers/document-signature" },
	{ AT(signer_key), "AAAA", "not_allowed", "/headers/document-signer-key" },
	{ AT(formality), "frq_01h455vb4pex5vsknk084sn02q", "bad_id", "/headers/document-formality" },
	{ AT(formality), "x", "bad_id", "/headers/document-formality" },
	{ AT(formality), FOUR(FOUR(FML)) FML, "too_many_items", "/headers/document-formality" },
	{ AT(request), "frq_1", "bad_id", "/headers/document-request" },
	{ AT(supersedes), "", "bad_id", "/headers/document-supersedes" },
};
/* clang-format on */

START_TEST(wrong_field_is_pointed_at)
{
	const char **field = (const char **)((char *)&headers + wrong[_i].at);

	*field = wrong[_i].value;
	ck_assert_int_eq(
	    document_headers_read(&headers, &command, &err), RC_INVALID);
	ck_assert_str_eq(err.code, wrong[_i].code);
	ck_assert_str_eq(err.pointer, wrong[_i].pointer);
	ck_assert_ptr_null(strstr(err.text, "4111"));
}
END_TEST

START_TEST(content_of_no_format_is_refused)
{
	headers.head = (const uint8_t *)"MZ";
	headers.head_length = 2;
	ck_assert_int_eq(
	    document_headers_read(&headers, &command, &err), RC_INVALID);
	ck_assert_str_eq(err.code, "unknown_document_format");
}
END_TEST

/* ---- bodies */

static const struct {
	bool is_waiver;
	const char *body, *code, *pointer; /* code NULL: good */
} bodies[] = {
	{ false, "{\"decision\":\"verified\"}", NULL, NULL },
	{ false,
	    "{\"decision\":\"defective\",\"defects\":[\"language\","
	    "\"other\"],\"note\":\"x\"}",
	    NULL, NULL },
	{ true, "{\"reason\":\"x\"}", NULL, NULL },
	{ false, "{}", "missing_member", "/decision" },
	{ false, "{\"decision\":\"good\"}", "not_one_of", "/decision" },
	{ false, "{\"decision\":\"verified\",\"x\":1}", "unknown_member",
	    "/x" },
	{ false, "{\"decision\":\"defective\",\"defects\":[\"ugly\"]}",
	    "not_one_of", "/defects/0" },
	{ false, "{\"decision\":\"defective\",\"defects\":\"language\"}",
	    "wrong_type", "/defects" },
	{ false, "{\"decision\":\"rejected\",\"note\":\"4111111111111111\"}",
	    "card_number_refused", "/note" },
	{ true, "{}", "missing_member", "/reason" },
	{ true, "{\"reason\":\"\"}", "text_empty", "/reason" },
	{ true, "{\"reason\":7}", "wrong_type", "/reason" },
	{ true, "{\"reason\":\"4111111111111111\"}", "card_number_refused",
	    "/reason" },
};

START_TEST(body_is_read_or_pointed_at)
{
	const char *body = bodies[_i].body;
	enum rc rc = bodies[_i].is_waiver
	    ? command_json_waiver(body, strlen(body), &command, &err)
	    : command_json_document_decision(
		  body, strlen(body), &command, &err);

	if (bodies[_i].code == NULL) {
		ck_assert_int_eq(rc, RC_OK);
		return;
	}
	ck_assert_int_eq(rc, RC_INVALID);
	ck_assert_str_eq(err.code, bodies[_i].code);
	ck_assert_str_eq(err.pointer, bodies[_i].pointer);
}
END_TEST

Suite *
document_headers_suite(void)
{
	Suite *suite = suite_create("document_headers");
	TCase *tcase = tcase_create("document_headers");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, header_fields_become_a_command);
	tcase_add_loop_test(tcase, wrong_field_is_pointed_at, 0, COUNT(wrong));
	tcase_add_test(tcase, content_of_no_format_is_refused);
	tcase_add_loop_test(
	    tcase, body_is_read_or_pointed_at, 0, COUNT(bodies));
	suite_add_tcase(suite, tcase);
	return suite;
}
