/*
 * The header fields that come with a document's bytes, as a command
 * (docs/decisions/0011-documents.md says why not a body of parts).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/command.h"

/* NULL where the field is absent. */
struct document_headers {
	const char *content_type;
	const char *type, *issuer, *number, *date, *language, *name;
	const char *signature_format, *signature, *signer_key;
	const char *formality, *request, *supersedes;
	const uint8_t *head; /* the first bytes of the content */
	size_t head_length;
};

/* Text is percent-encoded UTF-8.  RC_INVALID with the pointer
 * /headers/NAME. */
NODISCARD enum rc document_headers_read(const struct document_headers *headers,
    struct command *command, struct err *err);
