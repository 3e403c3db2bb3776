/*
 * Check digits of the standards that identifiers follow.  All take ASCII
 * digits that the caller has looked at.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"

/* Luhn (ISO/IEC 7812-1 annex B): the last digit checks the others. */
NODISCARD bool check_digit_luhn(const char *digits, size_t count);

/* The Luhn digit that belongs behind `count` digits. */
char check_digit_luhn_next(const char *digits, size_t count);

/* ISO 7064 MOD 97-10 of capital letters and digits: true when it is 1.  The
 * first `moved` characters count as if they stood last (ISO 13616: four). */
NODISCARD bool check_digit_mod97(const char *text, size_t moved);

/* Sum of digit times weight, the weights used again when they end. */
unsigned check_digit_sum(const char *digits, size_t count,
    const unsigned *weights, size_t weight_count);
