/*
 * The institution's own program: a request on its standard input, the
 * answers on its standard output.  Blocks; called by the worker alone.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

enum { PROGRAM_OUTPUT_LIMIT = 256 * 1024, PROGRAM_DEADLINE_MS = 60000 };

/* Run `path` (no shell, PATH is searched) with `input`; append what it
 * prints to `output`, an initialised buffer.  RC_FAILED `program_failed`:
 * not startable, exit status not 0, a signal; `program_too_slow` past the
 * deadline (its whole process group is then killed); `program_too_long`. */
NODISCARD enum rc program_run(const char *path, const char *input,
    size_t length, int deadline_ms, struct strbuf *output, struct err *err);
