/*
 * UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing
 * above U+10FFFF.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Length of the sequence (1 to 4) at the start of `length` bytes; 0: none. */
size_t utf8_sequence(const char *text, size_t length);

bool utf8_is_valid(const char *text, size_t length);

/* How many of the first `length` bytes remain when a sequence that was cut
 * off at the end is dropped. */
size_t utf8_trim(const char *text, size_t length);
