/*
 * Documents: which kinds of paper exist and who may file them, what their
 * bytes may be, how they may be signed, and why one is not good enough.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/domain/words.h"

enum {
	DOCUMENT_SNIFF_SIZE = 512, /* of its head, for the format */
	DOCUMENT_MEDIA_SIZE = 64,
	DOCUMENT_REQUEST_LIMIT = 16,
	DOCUMENT_FORMALITY_LIMIT = 16,
};

/* What the bytes are. */
enum document_format {
	FORMAT_PDF,
	FORMAT_XML,
	FORMAT_CMS,  /* RFC 5652, DER: CAdES and what it signs */
	FORMAT_ASIC, /* ETSI EN 319 162 */
	FORMAT_ZIP,  /* office papers */
	FORMAT_PNG,
	FORMAT_JPEG,
	FORMAT_TIFF,
	FORMAT_HEIC,
	FORMAT_COUNT
};
extern const struct words document_format_words;

/* The format of content by its first bytes; false where it is none that is
 * taken. */
NODISCARD bool
document_sniff(const void *head, size_t length, enum document_format *format);

/* Is `type` (a Content-Type; parameters are let be) a name of the format? */
bool document_media_agrees(enum document_format format, const char *type);

/* The first of its names. */
const char *document_media_of(enum document_format format);

/* The name under which content of this type leaves: lower case, without
 * parameters.  False where it has more than DOCUMENT_MEDIA_SIZE. */
NODISCARD bool
document_media_name(const char *type, char name[DOCUMENT_MEDIA_SIZE]);

/* A picture is evidence; it never satisfies a formality (docs/domain.md,
 * section 8). */
bool document_is_picture(enum document_format format);

enum signature_format {
	SIGNATURE_NONE,
	SIGNATURE_PADES,
	SIGNATURE_CADES,
	SIGNATURE_DETACHED_ED25519,
	SIGNATURE_FORMAT_COUNT
};
extern const struct words signature_format_words;

/* Can content of this format bear such a signature? */
bool
document_can_bear(enum document_format format, enum signature_format signature);

/* What is known of the signature.  One that does not fit is refused. */
enum signature_check {
	SIGNATURE_NOT_SIGNED,
	SIGNATURE_NOT_CHECKED,    /* the hub has no trust list for it */
	SIGNATURE_GOOD_OWN_KEY,   /* of who filed it */
	SIGNATURE_GOOD_NAMED_KEY, /* of a key that came with it */
	SIGNATURE_CHECK_COUNT
};
extern const struct words signature_check_words;

enum document_decision {
	DOCUMENT_DECIDE_VERIFIED,
	DOCUMENT_DECIDE_DEFECTIVE,
	DOCUMENT_DECIDE_REJECTED,
	DOCUMENT_DECISION_COUNT
};
extern const struct words document_decision_words;

/* Why a document is defective or rejected. */
enum defect {
	DEFECT_UNREADABLE,
	DEFECT_INCOMPLETE,
	DEFECT_SIGNATURE_MISSING,
	DEFECT_SIGNATURE_INVALID,
	DEFECT_SEAL_MISSING,
	DEFECT_WRONG_DOCUMENT,
	DEFECT_WRONG_CASE,
	DEFECT_WRONG_ACCOUNT,
	DEFECT_WRONG_AMOUNT,
	DEFECT_ISSUER_NOT_COMPETENT,
	DEFECT_RANK_TOO_LOW,
	DEFECT_OUT_OF_DATE,
	DEFECT_NOT_ADDRESSED_TO_US,
	DEFECT_LANGUAGE,
	DEFECT_COPY_NOT_CERTIFIED,
	DEFECT_SUSPECTED_FORGERY,
	DEFECT_OTHER, /* says it in words */
	DEFECT_COUNT
};
extern const struct words defect_words;

/* A kind of paper that no profile has to name. */
struct document_type {
	const char *code, *label;
	bool by_police, by_institution;
};

const struct document_type *document_types(size_t *count);

/* May the police, or an institution, file a paper of this kind?  False too
 * for a kind that neither the table nor any profile knows. */
bool document_type_allowed(const char *code, bool by_institution);

/* Is it the order of somebody who may give one (DEBIT_FREEZE needs it)? */
bool document_is_order(const char *code);
