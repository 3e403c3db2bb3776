/*
 * A file that a person names, whole; "-" is standard input.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

/* Append it to an initialised buffer.  RC_MISSING where it cannot be read,
 * RC_TOO_LARGE over the buffer's limit. */
NODISCARD enum rc
input_file_read(const char *path, struct strbuf *out, struct err *err);
