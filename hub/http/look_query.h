/*
 * Query parameters that several lists share.  Inside the room only.
 */
#pragma once

#include "hub/domain/words.h"
#include "hub/http/call.h"

/* `limit` and `cursor`.  RC_INVALID `bad_limit`, `bad_cursor`. */
NODISCARD enum rc look_query_page(const struct call *call,
    enum cursor_kind kind, struct view_request *request, struct err *err);

/* "dispatched,in_progress" of the parameter `name` as bits.  RC_INVALID
 * `not_one_of`. */
NODISCARD enum rc look_query_words(const struct call *call, const char *name,
    const struct words *words, uint32_t *bits, struct err *err);

/* `case`, into request->of_case.  RC_INVALID `bad_case`. */
NODISCARD enum rc look_query_case(
    const struct call *call, struct view_request *request, struct err *err);

/* `unit`, `district` and `institution`. */
void look_query_scope(const struct call *call, struct view_request *request);
