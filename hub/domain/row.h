/*
 * What every row of a snapshot has.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes owned by the arena. */
struct blob {
	const uint8_t *bytes;
	size_t length;
};

/* What the store must do with a row at the end of the batch. */
struct row_state {
	bool is_new, is_dirty;
};
