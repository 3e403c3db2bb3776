/*
 * Finds whole card numbers in free text, so that none is ever stored or
 * logged (PCI DSS 3.4).  Digits of any script count; so do single spaces or
 * hyphens between them.  Used by identifier, wire and the intake of files.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"

struct card_span {
	size_t start, length; /* bytes of the UTF-8 text */
};

/* The first whole card number of `text` (need not be valid UTF-8): 13-19
 * digits that pass Luhn and begin with an issuer prefix of the IIN table
 * that has this length.  False where there is none. */
NODISCARD bool
card_scan(const char *text, size_t length, struct card_span *span);

/* Overwrite all but the last four digits of each card number with '*', in
 * place; a digit of several bytes becomes one '*' and the text shorter.
 * Returns how many were masked; `*length` is the new length. */
size_t card_scan_mask(char *text, size_t *length);
