/*
 * Parsing a text in a test: the result stays until the next one.
 */
#pragma once

#include "hub/parsing/parsing.h"

extern struct parsed parse_text_result;

enum rc parse_text_bytes(
    const char *text, size_t length, const char *country, struct err *err);

/* The only draft of a text, or NULL; fails the test where it is refused. */
const struct parsed_draft *parse_text(const char *text, const char *country);
