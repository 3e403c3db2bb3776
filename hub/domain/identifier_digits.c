/*
 * The commonest check: a number of so many digits.
 */
#include "hub/domain/identifier_rules.h"

#include <string.h>

#include "hub/domain/text.h"

enum rc
identifier_digits(char *text, const char *pointer, const char *what,
    size_t shortest, size_t longest, struct err *err)
{
	size_t length;

	text_drop(text, " -\t");
	length = strlen(text);
	if (!text_only(text, TEXT_DIGITS))
		return err_at(err, RC_INVALID, pointer, "bad_character",
		    "%s has digits only", what);
	if (length >= shortest && length <= longest)
		return RC_OK;
	if (shortest == longest)
		return err_at(err, RC_INVALID, pointer, "bad_length",
		    "%s has %zu digits, not %zu", what, shortest, length);
	return err_at(err, RC_INVALID, pointer, "bad_length",
	    "%s has %zu to %zu digits, not %zu", what, shortest, longest,
	    length);
}
