/*
 * ASCII text in place: what normalising an identifier needs.  No locale.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define TEXT_DIGITS "0123456789"
#define TEXT_UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define TEXT_LOWER "abcdefghijklmnopqrstuvwxyz"

/* Take every character of `set` out. */
void text_drop(char *text, const char *set);

/* Take spaces and tabs off both ends. */
void text_trim(char *text);

void text_to_upper(char *text);
void text_to_lower(char *text);

/* Whether all of a text, or its first `length` characters, are of `set`. */
bool text_only(const char *text, const char *set);
bool text_begins(const char *text, size_t length, const char *set);

/* 8-4-4-4-12 lower-case hex digits (RFC 9562). */
bool text_is_uuid(const char *text);
