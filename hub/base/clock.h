/*
 * Time: int64 microseconds since 1970-01-01 UTC, and RFC 3339 text.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"

enum { CLOCK_TEXT_SIZE = 32 };

#define CLOCK_SECOND INT64_C(1000000)

/* Wall-clock microseconds UTC. */
int64_t clock_now(void);

/* Microseconds of CLOCK_MONOTONIC, for spans and leases. */
int64_t clock_monotonic(void);

/* "2026-11-24T12:19:26.123Z" (decimals 3, webs and pages) or with six
 * decimals (leaves).  `text` has CLOCK_TEXT_SIZE bytes.  Returns it. */
char *clock_format(int64_t at, int decimals, char *text);

/* RFC 3339 with any offset and up to nine decimals (cut to microseconds);
 * years 1970 to 9999.  False if it is anything else. */
NODISCARD bool clock_parse(const char *text, int64_t *at);
