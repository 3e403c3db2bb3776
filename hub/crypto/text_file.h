/*
 * Inside this room: a small file that is no secret, read whole.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

/* Append the file to `text`, whose limit it must fit.  RC_INVALID,
 * "unreadable_file". */
NODISCARD enum rc
text_file_read(const char *path, struct strbuf *text, struct err *err);
