/*
 * The spoken reference of a case: IN-KL-2026-000123-C.  Country, region,
 * year and number, then a check character, so that a slip on the telephone
 * is caught.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"

/* `text` has `size` bytes.  Returns it.  A region of "" is left out. */
char *case_ref_format(const char *country, const char *region, int64_t at,
    int64_t number, char *text, size_t size);

/* Nothing but capital letters, digits and hyphens, and is the last one right?
 * (ISO/IEC 7064, MOD 37,36, over the letters and digits.) */
bool case_ref_check(const char *text);
