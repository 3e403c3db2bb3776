/*
 * document: formats by their bytes, the names that go with them, who files
 * what.
 */
#include "test/unit/unit.h"

#include "hub/base/common.h"
#include "hub/domain/document.h"

#define BYTES(text) text, sizeof(text) - 1
#define ASIC                                                           \
	"PK\x03\x04..........................mimetypeapplication/vnd." \
	"etsi.asic-e+zip"

/* clang-format off */
static const struct {
	const char *bytes;
	size_t length;
	const char *format; /* NULL: none */
} heads[] = {
	{ BYTES("%PDF-1.7\n"), "pdf" },
	{ BYTES("\x89PNG\r\n\x1a\n...."), "png" },
	{ BYTES("\xff\xd8\xff\xe0"), "jpeg" },
	{ BYTES("II*\0...."), "tiff" },
	{ BYTES("MM\0*...."), "tiff" },
	{ BYTES("\0\0\0\x18" "ftypheic...."), "heic" },
	{ BYTES("\0\0\0\x18" "ftypmif1...."), "heic" },
	{ BYTES("<?xml version='1.0'?>"), "xml" },
	{ BYTES("\xef\xbb\xbf<?xml?>"), "xml" },
	{ BYTES(ASIC), "asic" },
	{ BYTES("PK\x03\x04...."), "zip" },
	{ BYTES("\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"), "cms" },
	{ BYTES("\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"), "cms" },

	{ BYTES(""), NULL },
	{ BYTES("%PDF"), NULL },
	{ BYTES(" %PDF-1.7"), NULL },
	{ BYTES("MZ\x90\0"), NULL },
	{ BYTES("\x7f" "ELF"), NULL },
	{ BYTES("<html>"), NULL },
	{ BYTES("<svg xmlns='x'>"), NULL },
	{ BYTES("{\"a\":1}"), NULL },
	{ BYTES("plain words"), NULL },
	{ BYTES("\x89PNG\n\n\x1a\n"), NULL },
	{ BYTES("\xff\xd8"), NULL },
	{ BYTES("II*"), NULL },
	{ BYTES("\0\0\0\x18" "ftypmp42"), NULL },
	{ BYTES("PK\x05\x06...."), NULL },
	/* A data, not a signedData; another length; a length of lengths. */
	{ BYTES("\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"), NULL },
	{ BYTES("\x30\x82\x01\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"), NULL },
	{ BYTES("\x30\xff\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"), NULL },
	{ BYTES("\x30"), NULL },
};
/* clang-format on */

START_TEST(format_is_known_by_its_first_bytes)
{
	enum document_format format;
	bool is_known = document_sniff(
	    heads[_i].bytes, heads[_i].length, &format);

	ck_assert_int_eq(is_known, heads[_i].format != NULL);
	if (is_known)
		ck_assert_str_eq(
		    words_name(&document_format_words, (int)format),
		    heads[_i].format);
}
END_TEST

static const struct {
	enum document_format format;
	const char *type;
	bool agrees;
} named[] = {
	{ FORMAT_PDF, "application/pdf", true },
	{ FORMAT_PDF, "Application/PDF; x=y", true },
	{ FORMAT_XML, "text/xml", true },
	{ FORMAT_HEIC, "image/heif", true },
	{ FORMAT_PDF, "application/pdfx", false },
	{ FORMAT_PDF, "application/octet-stream", false },
	{ FORMAT_PDF, "image/png", false },
	{ FORMAT_PNG, "application/pdf", false },
	{ FORMAT_ZIP, "application/vnd.etsi.asic-e+zip", false },
	{ FORMAT_PDF, "", false },
	{ FORMAT_PDF, ";", false },
	{ FORMAT_PDF,
	    "application/a-name-that-is-longer-than-any-name-of-a-type-"
	    "that-is-known",
	    false },
};

START_TEST(type_must_be_a_name_of_the_format)
{
	ck_assert_int_eq(
	    document_media_agrees(named[_i].format, named[_i].type),
	    named[_i].agrees);
}
END_TEST

START_TEST(each_format_has_a_name_of_its_own)
{
	for (int i = 0; i < FORMAT_COUNT; i++) {
		enum document_format format = (enum document_format)i;

		ck_assert(
		    document_media_agrees(format, document_media_of(format)));
		ck_assert_int_eq(document_is_picture(format),
		    strncmp(document_media_of(format), "image/", 6) == 0);
	}
}
END_TEST

static const struct {
	enum document_format format;
	enum signature_format signature;
	bool can;
} borne[] = {
	{ FORMAT_PDF, SIGNATURE_PADES, true },
	{ FORMAT_CMS, SIGNATURE_CADES, true },
	{ FORMAT_ASIC, SIGNATURE_CADES, true },
	{ FORMAT_PNG, SIGNATURE_NONE, true },
	{ FORMAT_XML, SIGNATURE_DETACHED_ED25519, true },
	{ FORMAT_PDF, SIGNATURE_CADES, false },
	{ FORMAT_CMS, SIGNATURE_PADES, false },
	{ FORMAT_XML, SIGNATURE_PADES, false },
	{ FORMAT_ZIP, SIGNATURE_CADES, false },
	{ FORMAT_JPEG, SIGNATURE_PADES, false },
};

START_TEST(signature_must_fit_its_format)
{
	ck_assert_int_eq(
	    document_can_bear(borne[_i].format, borne[_i].signature),
	    borne[_i].can);
}
END_TEST

static const struct {
	const char *code;
	bool police, institution, is_order;
} types[] = {
	{ "FIR", true, false, false },
	{ "ORDER", true, false, true },
	{ "ATTACHMENT_ORDER", true, false, true },
	{ "EVIDENCE", true, true, false },
	{ "ACCOUNT_STATEMENT", false, true, false },
	{ "", false, false, false },
	{ "fir", false, false, false },
	{ "FIR ", false, false, false },
	{ "LOVE_LETTER", false, false, false },
	{ "COURT_ORDER_OF_MINE", false, false, false },
};

START_TEST(kinds_of_paper_have_their_filers)
{
	ck_assert_int_eq(
	    document_type_allowed(types[_i].code, false), types[_i].police);
	ck_assert_int_eq(
	    document_type_allowed(types[_i].code, true), types[_i].institution);
	ck_assert_int_eq(document_is_order(types[_i].code), types[_i].is_order);
}
END_TEST

Suite *
document_suite(void)
{
	Suite *suite = suite_create("document");
	TCase *tcase = tcase_create("document");

	tcase_add_loop_test(
	    tcase, format_is_known_by_its_first_bytes, 0, COUNT(heads));
	tcase_add_loop_test(
	    tcase, type_must_be_a_name_of_the_format, 0, COUNT(named));
	tcase_add_test(tcase, each_format_has_a_name_of_its_own);
	tcase_add_loop_test(
	    tcase, signature_must_fit_its_format, 0, COUNT(borne));
	tcase_add_loop_test(
	    tcase, kinds_of_paper_have_their_filers, 0, COUNT(types));
	suite_add_tcase(suite, tcase);
	return suite;
}
