/*
 * Bytes as text: lower-case hex and base64 (RFC 4648).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"

/* Sizes of the text with its NUL. */
#define HEX_SIZE(bytes) (2 * (bytes) + 1)
#define BASE64_SIZE(bytes) (((bytes) + 2) / 3 * 4 + 1)

/* `text` has HEX_SIZE(length) bytes.  Returns it. */
char *hex_encode(const void *bytes, size_t length, char *text);

/* Exactly 2 * length hex digits of either case; false for anything else. */
NODISCARD bool hex_decode(const char *text, void *bytes, size_t length);

/* Padded base64; `text` has BASE64_SIZE(length) bytes.  Returns it. */
char *base64_encode(const void *bytes, size_t length, char *text);

/* Strict padded base64 of the first `text_length` characters into `bytes`
 * (`capacity` bytes).  False if it is no base64 or does not fit. */
NODISCARD bool base64_decode(const char *text, size_t text_length, void *bytes,
    size_t capacity, size_t *length);
