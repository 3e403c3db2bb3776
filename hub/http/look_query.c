/*
 * Query parameters of lists: see look_query.h.
 */
#include "hub/http/look_query.h"

#include <string.h>

#include "hub/domain/ids.h"
#include "hub/http/gate.h"

enum { DEFAULT_LIMIT = 50, WORD_SIZE = 32 };

static enum rc
read_cursor(const struct call *call, enum cursor_kind kind,
    struct cursor *cursor, struct err *err)
{
	const char *text = exchange_query(call->exchange, "cursor");

	if (text == NULL || cursor_parse(text, kind, cursor))
		return RC_OK;
	return err_set(
	    err, RC_INVALID, "bad_cursor", "the cursor is not of this list");
}

enum rc
look_query_page(const struct call *call, enum cursor_kind kind,
    struct view_request *request, struct err *err)
{
	TRY(gate_read_limit(exchange_query(call->exchange, "limit"),
	    DEFAULT_LIMIT, VIEW_LIMIT, &request->limit, err));
	return read_cursor(call, kind, &request->cursor, err);
}

enum rc
look_query_words(const struct call *call, const char *name,
    const struct words *words, uint32_t *bits, struct err *err)
{
	const char *text = exchange_query(call->exchange, name);

	while (text != NULL && *text != '\0') {
		size_t length = strcspn(text, ",");
		char word[WORD_SIZE] = "";
		int found;

		if (length < sizeof(word))
			memcpy(word, text, length);
		if (!words_find(words, word, &found))
			return err_set(err, RC_INVALID, "not_one_of",
			    "%s is a list: not a %s", name, words->what);
		*bits |= UINT32_C(1) << found;
		text += length + (text[length] == ',');
	}
	return RC_OK;
}

enum rc
look_query_case(
    const struct call *call, struct view_request *request, struct err *err)
{
	const char *text = exchange_query(call->exchange, "case");

	if (text == NULL || id_parse(ID_CASE, text, &request->of_case))
		return RC_OK;
	return err_set(err, RC_INVALID, "bad_case",
	    "case is the id of a case: ?case=case_...");
}

void
look_query_scope(const struct call *call, struct view_request *request)
{
	request->unit = exchange_query(call->exchange, "unit");
	request->district = exchange_query(call->exchange, "district");
	request->institution = exchange_query(call->exchange, "institution");
}
