/*
 * Documents as tables: see document.h.
 */
#include "hub/domain/document.h"

#include <ctype.h>
#include <string.h>

#include "hub/domain/profile.h"

#define LIST(name, what, ...)                                      \
	static const char *const name##_names[] = { __VA_ARGS__ }; \
	const struct words name##_words = { what, name##_names,    \
		COUNT(name##_names) }

/* clang-format off */
LIST(document_format, "document format",
	"pdf", "xml", "cms", "asic", "zip", "png", "jpeg", "tiff", "heic");

LIST(signature_format, "signature format",
	"none", "pades", "cades", "detached_ed25519");

LIST(signature_check, "signature check",
	"not_signed", "not_checked", "good_own_key", "good_named_key");

LIST(document_decision, "decision", "verified", "defective", "rejected");

LIST(defect, "defect",
	"unreadable", "incomplete", "signature_missing", "signature_invalid",
	"seal_missing", "wrong_document", "wrong_case", "wrong_account",
	"wrong_amount", "issuer_not_competent", "rank_too_low", "out_of_date",
	"not_addressed_to_us", "language", "copy_not_certified",
	"suspected_forgery", "other");
/* clang-format on */

_Static_assert(COUNT(document_format_names) == FORMAT_COUNT, "formats");
_Static_assert(
    COUNT(signature_format_names) == SIGNATURE_FORMAT_COUNT, "signatures");
_Static_assert(COUNT(signature_check_names) == SIGNATURE_CHECK_COUNT, "checks");
_Static_assert(
    COUNT(document_decision_names) == DOCUMENT_DECISION_COUNT, "decisions");
_Static_assert(COUNT(defect_names) == DEFECT_COUNT, "defects");

/* ---- kinds of paper */

/* clang-format off */
static const struct document_type types[] = {
	/* code                  label                                              police  institution */
	{ "ORDER",               "Order of a court or another body that may give one", true,  false },
	{ "EVIDENCE",            "Picture or paper that is only evidence",          true,  true  },
	{ "CORRESPONDENCE",      "Letter between the unit and the institution",     true,  true  },
	{ "ACCOUNT_STATEMENT",   "Statement of the account",                        false, true  },
	{ "ACCOUNT_OPENING",     "Papers with which the account was opened",        false, true  },
	{ "HOLD_CONFIRMATION",   "Confirmation of what is held",                    false, true  },
	{ "RELEASE_CONFIRMATION", "Confirmation that nothing is held any more",     false, true  },
	{ "PAYMENT_PROOF",       "Proof of a payment or of restitution",            false, true  },
	{ "INDEMNITY",           "Letter of indemnity",                             true,  true  },
};
/* clang-format on */

/* Of the profiles' documents, those by which somebody orders. */
static const char *const orders[] = { "ORDER", "ATTACHMENT_ORDER",
	"SUSPENSION_ORDER", "RESTRAINT_ORDER", "ARREST_RULING", "AFO",
	"WARRANT", "SEIZURE_WARRANT", "PROSECUTOR_NOTICE",
	"FREEZING_CERTIFICATE", "EPOC_ORDER", "EPOC_PR_ORDER" };

const struct document_type *
document_types(size_t *count)
{
	*count = COUNT(types);
	return types;
}

static bool
is_of_a_profile(const char *code)
{
	size_t count;
	const struct profile *profiles = profile_list(&count);

	for (size_t i = 0; i < count; i++)
		if (profile_document(&profiles[i], code) != NULL)
			return true;
	return false;
}

bool
document_type_allowed(const char *code, bool by_institution)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(types[i].code, code) == 0)
			return by_institution ? types[i].by_institution
					      : types[i].by_police;
	return !by_institution && is_of_a_profile(code);
}

bool
document_is_order(const char *code)
{
	for (size_t i = 0; i < COUNT(orders); i++)
		if (strcmp(orders[i], code) == 0)
			return true;
	return false;
}

/* ---- formats */

/* Bytes at a place of the head. */
struct mark {
	enum document_format format;
	size_t at, length;
	const char *bytes;
};

/* The first that fits.  An ASiC container begins with its type, stored
 * (ETSI EN 319 162-1, A.1); HEIF brands: ISO/IEC 23008-12. */
/* clang-format off */
static const struct mark marks[] = {
	{ FORMAT_PDF,  0, 5, "%PDF-" },
	{ FORMAT_PNG,  0, 8, "\x89PNG\r\n\x1a\n" },
	{ FORMAT_JPEG, 0, 3, "\xff\xd8\xff" },
	{ FORMAT_TIFF, 0, 4, "II*\0" },
	{ FORMAT_TIFF, 0, 4, "MM\0*" },
	{ FORMAT_HEIC, 4, 8, "ftypheic" },
	{ FORMAT_HEIC, 4, 8, "ftypheix" },
	{ FORMAT_HEIC, 4, 8, "ftypmif1" },
	{ FORMAT_XML,  0, 5, "<?xml" },
	{ FORMAT_XML,  0, 8, "\xef\xbb\xbf<?xml" },
	{ FORMAT_ASIC, 30, 35, "mimetypeapplication/vnd.etsi.asic-e" },
	{ FORMAT_ASIC, 30, 35, "mimetypeapplication/vnd.etsi.asic-s" },
	{ FORMAT_ZIP,  0, 4, "PK\x03\x04" },
};
/* clang-format on */

/* SEQUENCE, any length, OBJECT IDENTIFIER 1.2.840.113549.1.7.2 (signedData;
 * RFC 5652, 5.1). */
static bool
is_signed_data(const uint8_t *head, size_t length)
{
	static const uint8_t oid[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7,
		0x0d, 0x01, 0x07, 0x02 };
	size_t size;

	if (length < 2 || head[0] != 0x30)
		return false;
	size = 2 + ((head[1] & 0x80) != 0 ? (size_t)(head[1] & 0x7f) : 0);
	return size <= 6 && length >= size + sizeof(oid) &&
	    memcmp(head + size, oid, sizeof(oid)) == 0;
}

bool
document_sniff(const void *head, size_t length, enum document_format *format)
{
	for (size_t i = 0; i < COUNT(marks); i++) {
		const struct mark *mark = &marks[i];

		if (length < mark->at + mark->length ||
		    memcmp((const char *)head + mark->at, mark->bytes,
			mark->length) != 0)
			continue;
		*format = mark->format;
		return true;
	}
	*format = FORMAT_CMS;
	return is_signed_data(head, length);
}

/* clang-format off */
static const struct {
	enum document_format format;
	const char *name;
} media[] = {
	{ FORMAT_PDF,  "application/pdf" },
	{ FORMAT_XML,  "application/xml" },
	{ FORMAT_XML,  "text/xml" },
	{ FORMAT_CMS,  "application/pkcs7-mime" },
	{ FORMAT_CMS,  "application/pkcs7-signature" },
	{ FORMAT_CMS,  "application/cms" },
	{ FORMAT_ASIC, "application/vnd.etsi.asic-e+zip" },
	{ FORMAT_ASIC, "application/vnd.etsi.asic-s+zip" },
	{ FORMAT_ZIP,  "application/zip" },
	{ FORMAT_ZIP,  "application/vnd.oasis.opendocument.text" },
	{ FORMAT_PNG,  "image/png" },
	{ FORMAT_JPEG, "image/jpeg" },
	{ FORMAT_TIFF, "image/tiff" },
	{ FORMAT_HEIC, "image/heic" },
	{ FORMAT_HEIC, "image/heif" },
};
/* clang-format on */

bool
document_media_name(const char *type, char name[DOCUMENT_MEDIA_SIZE])
{
	size_t length = strcspn(type, "; \t");

	if (length == 0 || length >= DOCUMENT_MEDIA_SIZE)
		return false;
	for (size_t i = 0; i < length; i++)
		name[i] = (char)tolower((unsigned char)type[i]);
	name[length] = '\0';
	return true;
}

bool
document_media_agrees(enum document_format format, const char *type)
{
	char name[DOCUMENT_MEDIA_SIZE];

	if (!document_media_name(type, name))
		return false;
	for (size_t i = 0; i < COUNT(media); i++)
		if (media[i].format == format &&
		    strcmp(media[i].name, name) == 0)
			return true;
	return false;
}

const char *
document_media_of(enum document_format format)
{
	for (size_t i = 0; i < COUNT(media); i++)
		if (media[i].format == format)
			return media[i].name;
	return "application/octet-stream";
}

bool
document_is_picture(enum document_format format)
{
	return format == FORMAT_PNG || format == FORMAT_JPEG ||
	    format == FORMAT_TIFF || format == FORMAT_HEIC;
}

bool
document_can_bear(enum document_format format, enum signature_format signature)
{
	switch (signature) {
	case SIGNATURE_NONE:
	case SIGNATURE_DETACHED_ED25519:
		return true;
	case SIGNATURE_PADES:
		return format == FORMAT_PDF;
	case SIGNATURE_CADES:
		return format == FORMAT_CMS || format == FORMAT_ASIC;
	case SIGNATURE_FORMAT_COUNT:
		break;
	}
	return false;
}
