/*
 * The one thread that writes the append file: what arrives while it syncs is
 * written with the next sync, so that many concurrent requests share one
 * fsync.  It also is the judge of repeats: an id that was ever stored is
 * never new again.  Called by the receiver, the inbox poller and the worker.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "adapters/nodal/store_file.h"
#include "hub/base/common.h"
#include "hub/base/err.h"

struct journal;

enum journal_outcome {
	JOURNAL_STORED,
	JOURNAL_REPEATED, /* a message that is stored already */
	JOURNAL_FAILED,   /* nothing is stored */
};

/* Open the file, give what it holds to `replay` (id_table filled on the
 * way), start the thread. */
NODISCARD enum rc journal_open(const char *path,
    enum rc (*replay)(
	void *context, const struct store_record *record, struct err *err),
    void *context, struct journal **journal, struct err *err);

/* Write what waits, stop the thread, free. */
void journal_close(struct journal *journal);

/* Store a record.  `done` runs once on the journal's thread, after the sync,
 * and must not wait; it may be NULL.  Everything is copied.  Any thread. */
void journal_submit(struct journal *journal, const struct store_record *record,
    void (*done)(void *context, enum journal_outcome outcome), void *context);

/* The same, and wait for the outcome. */
enum journal_outcome
journal_write(struct journal *journal, const struct store_record *record);
