/*
 * The address of a list's next page: the same list from where this page
 * ends.  Inside the room only.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/http/call.h"

/* Append "<path?limit=..&...&cursor=..>; rel="next"" (RFC 8288) with every
 * query of the call but its `limit` and `cursor`, percent-encoded. */
void next_link_write(struct strbuf *out, const char *path,
    const struct exchange_field *queries, size_t count, int limit,
    const char *cursor);

/* The header Link of the call's next page; none where `cursor` is "". */
void next_link_add(const struct call *call, struct response *response,
    int limit, const char *cursor);
