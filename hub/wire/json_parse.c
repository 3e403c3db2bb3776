/*
 * Parsing: see json_parse.h.
 */
#include "hub/wire/json_parse.h"

#include <stdbool.h>

#include "hub/wire/json_reader.h"

/* Jansson's own sentences quote the text, which may hold an account number,
 * so each of its codes gets one of ours.  Others are a plain "not JSON". */
static const char *const complaints[] = {
	[json_error_premature_end_of_input] = "the text ends too early",
	[json_error_end_of_input_expected] = "text behind the end of the value",
	[json_error_invalid_utf8] = "not UTF-8",
	[json_error_null_character] = "a NUL character",
	[json_error_numeric_overflow] = "a number is too large",
	[json_error_duplicate_key] = "a member is there twice",
};

/* Whether no bracket nests deeper than the limit.  Right up to the first
 * error of syntax, and the parser goes no further than that. */
static bool
is_shallow(const char *text, size_t length)
{
	bool in_string = false;
	int depth = 0;

	for (size_t i = 0; i < length; i++) {
		char c = text[i];

		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			if (++depth > JSON_DEPTH_LIMIT)
				return false;
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return true;
}

static enum rc
complain(const json_error_t *error, struct err *err)
{
	enum json_error_code code = json_error_code(error);
	const char *sentence = "not JSON";

	if ((size_t)code < COUNT(complaints) && complaints[code] != NULL)
		sentence = complaints[code];
	return err_set(err, RC_MALFORMED,
	    code == json_error_duplicate_key ? "duplicate_member" : "bad_json",
	    "%s at line %d, column %d", sentence, error->line, error->column);
}

enum rc
json_parse(const char *text, size_t length, json_t **value, struct err *err)
{
	json_error_t error;

	*value = NULL;
	if (!is_shallow(text, length))
		return err_set(err, RC_MALFORMED, "json_too_deep",
		    "more than %d levels of nesting", JSON_DEPTH_LIMIT);
	*value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	return *value == NULL ? complain(&error, err) : RC_OK;
}

void
json_parse_cleanup(json_t **value)
{
	json_decref(*value);
}
