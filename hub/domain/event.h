/*
 * An event: one entry of the append-only timeline and one leaf of the tree
 * (docs/trust.md, "Evidence").  Its fields are commitments in the leaf; the
 * values are kept beside it, sealed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/id.h"
#include "hub/domain/machine.h"

enum { EVENT_FIELD_LIMIT = 12, EVENT_SALT_SIZE = 32 };

/* A field is text, or a number where `text` is NULL. */
struct event_field {
	const char *name, *text;
	int64_t number;
};

struct event {
	int64_t id;        /* given when the batch is saved */
	const char *type;  /* "target.held_full": machine, '.', event */
	struct id case_id; /* zero: of no single case */
	struct id actor;   /* zero: the hub itself */
	struct id subject; /* the case, request, target, principal … */
	const char *subject_prefix; /* ID_TARGET … */
	int64_t happened_at, recorded_at;
	const struct machine *machine; /* NULL: no move */
	int from, move, to;
	struct event_field fields[EVENT_FIELD_LIMIT];
	size_t field_count;
	/* The desk's; key_no 0: sealed with the case's key. */
	int key_no;
	const uint8_t *leaf, *sealed;
	size_t leaf_length, sealed_length;
};
