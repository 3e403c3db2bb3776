/*
 * Free text of request bodies: see command_json_text.h.
 */
#include "hub/wire/command_json_text.h"

#include <string.h>

#include "hub/domain/card_scan.h"

enum rc
command_json_text_check(
    const struct free_text *texts, size_t count, struct err *err)
{
	struct card_span span;

	for (size_t i = 0; i < count; i++) {
		const char *text = *texts[i].text;

		if (text == NULL || !card_scan(text, strlen(text), &span))
			continue;
		(void)err_set(err, RC_INVALID, "card_number_refused",
		    "a whole card number stands at byte %zu, %zu bytes long; "
		    "leave the first 6 and last 4 digits",
		    span.start, span.length);
		err_prefix(err, "/%s", texts[i].name);
		return RC_INVALID;
	}
	return RC_OK;
}

enum rc
command_json_text_form(const char *text, const char *pointer, size_t shortest,
    size_t longest, const char *allowed, const char *form, struct err *err)
{
	size_t length = strlen(text);

	if (length >= shortest && length <= longest &&
	    strspn(text, allowed) == length)
		return RC_OK;
	return err_at(err, RC_INVALID, pointer, "bad_form", "must be %s", form);
}
