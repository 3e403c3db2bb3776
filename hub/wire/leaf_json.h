/*
 * The leaf of an event in RFC 8785 form, and the values behind its
 * commitments (docs/trust.md, "Evidence").
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/domain/event.h"

/* A field's value in RFC 8785 form: what is committed to. */
void leaf_json_value(struct strbuf *out, const struct event_field *field);

/* The leaf: exactly v, event_id, case, type, actor, happened_at,
 * recorded_at, commitments; `commitments[n]` belongs to field n. */
void leaf_json_write(struct strbuf *out, const struct event *event,
    const uint8_t (*commitments)[32]);

/* The sealed list: [{"field":"…","salt":"<64 hex>","value":<JSON>}]. */
void leaf_json_write_values(struct strbuf *out, const struct event *event,
    const uint8_t (*salts)[EVENT_SALT_SIZE]);
