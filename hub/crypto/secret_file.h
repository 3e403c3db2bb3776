/*
 * Files that hold keys, and files that must be whole after a crash: read
 * only where nobody else may read them, written 0600, fsynced, folder too.
 */
#pragma once

#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

/* The file as NUL-terminated text of at most `size` - 1 bytes.  RC_INVALID
 * unless it is a regular file of mode 0600 or 0400 ("key_file_exposed") and
 * fits; "key_file_unreadable" where it cannot be opened. */
NODISCARD enum rc secret_file_read(
    const char *path, char *text, size_t size, size_t *length, struct err *err);

/* A new file of this mode.  RC_CONFLICT where the path exists; then nothing
 * is changed. */
NODISCARD enum rc secret_file_create(const char *path, unsigned mode,
    const void *bytes, size_t length, struct err *err);

/* Put a new file in the place of the old one in one step. */
NODISCARD enum rc secret_file_replace(const char *path, unsigned mode,
    const void *bytes, size_t length, struct err *err);
