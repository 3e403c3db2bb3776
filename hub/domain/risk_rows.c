/*
 * Rows of no case: see risk_rows.h.
 */
#include "hub/domain/risk_rows.h"

#include <string.h>

/* Room for one more pointer, and the row itself. */
#define DEFINE_ADD(function, type, list, one)                                  \
	type *function(struct risk_rows *rows)                                 \
	{                                                                      \
		type **grown = arena_grow(rows->arena, rows->list,             \
		    rows->one##_count, &rows->one##_capacity, sizeof(type *)); \
		type *row = arena_alloc(rows->arena, sizeof(type));            \
                                                                               \
		if (grown != NULL)                                             \
			rows->list = grown;                                    \
		if (grown == NULL || row == NULL)                              \
			return NULL;                                           \
		grown[rows->one##_count++] = row;                              \
		return row;                                                    \
	}

/* clang-format off */
DEFINE_ADD(risk_rows_add_watch, struct watch_entry, watches, watch)
DEFINE_ADD(risk_rows_add_hold, struct payment_hold, holds, hold)
/* clang-format on */

struct received_signal *
risk_rows_add_received(struct risk_rows *rows)
{
	struct received_signal *grown = arena_grow(rows->arena, rows->received,
	    rows->received_count, &rows->received_capacity, sizeof(*grown));

	if (grown == NULL)
		return NULL;
	rows->received = grown;
	return &grown[rows->received_count++];
}

struct watch_entry *
risk_rows_watch(const struct risk_rows *rows, const struct id *id)
{
	for (size_t i = 0; i < rows->watch_count; i++)
		if (id_equal(&rows->watches[i]->id, id))
			return rows->watches[i];
	return NULL;
}

struct payment_hold *
risk_rows_hold(const struct risk_rows *rows, const struct id *id)
{
	for (size_t i = 0; i < rows->hold_count; i++)
		if (id_equal(&rows->holds[i]->id, id))
			return rows->holds[i];
	return NULL;
}

const struct received_signal *
risk_rows_received(const struct risk_rows *rows, const struct id *id,
    const struct id *institution)
{
	for (size_t i = 0; i < rows->received_count; i++)
		if (id_equal(&rows->received[i].id, id) &&
		    id_equal(&rows->received[i].institution, institution))
			return &rows->received[i];
	return NULL;
}

const struct watch_entry *
risk_rows_listed(const struct risk_rows *rows,
    const uint8_t hash[RISK_HASH_SIZE], int64_t at, size_t *next)
{
	while (*next < rows->watch_count) {
		const struct watch_entry *entry = rows->watches[(*next)++];

		if (watch_state_is_listed(entry->state) &&
		    entry->expires_at > at &&
		    memcmp(entry->hash, hash, RISK_HASH_SIZE) == 0)
			return entry;
	}
	return NULL;
}

const struct received_signal *
risk_rows_told(const struct risk_rows *rows, const uint8_t hash[RISK_HASH_SIZE],
    const struct id *institution, int64_t at, size_t *next)
{
	while (*next < rows->received_count) {
		const struct received_signal *signal =
		    &rows->received[(*next)++];

		if (signal->expires_at > at &&
		    id_equal(&signal->institution, institution) &&
		    memcmp(signal->hash, hash, RISK_HASH_SIZE) == 0)
			return signal;
	}
	return NULL;
}
