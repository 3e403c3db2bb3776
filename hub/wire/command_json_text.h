/*
 * Free text of request bodies: what people and other systems write is looked
 * through for whole card numbers before anything of it is kept (PCI DSS 3.4).
 * Only the files of command_json call it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

/* A member that was read as text; where it was not, `*text` may be NULL. */
struct free_text {
	const char *name, *const *text;
};

/* RC_INVALID card_number_refused at the first member with a whole card
 * number; the sentence has its place, never its digits. */
NODISCARD enum rc command_json_text_check(
    const struct free_text *texts, size_t count, struct err *err);

/* RC_INVALID bad_form at `pointer` unless `text` has from `shortest` to
 * `longest` bytes, all of `allowed`; `form` says so to people. */
NODISCARD enum rc
command_json_text_form(const char *text, const char *pointer, size_t shortest,
    size_t longest, const char *allowed, const char *form, struct err *err);
