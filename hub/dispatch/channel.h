/*
 * A database session beside the courier's loop: watched, asked without
 * waiting, and opened again after a loss.  The dispatcher has two.
 */
#pragma once

#include "hub/client/courier.h"
#include "hub/store/ask.h"

struct channel {
	struct courier *courier; /* borrowed */
	struct db *db;           /* owned */
	struct ask ask;
	int fd;           /* watched; -1: none */
	int64_t retry_at; /* monotonic: not opened before */
	courier_ready *ready;
	void *context;
};

/* Open it; `ready` is called when an answer may have come.  RC_UNAVAILABLE,
 * RC_FAILED as db_open; then it is closed. */
NODISCARD enum rc channel_start(struct channel *channel,
    struct courier *courier, const struct db_settings *settings,
    courier_ready *ready, void *context, struct err *err);
void channel_stop(struct channel *channel);

/* It may be used and nothing is asked. */
bool channel_is_idle(const struct channel *channel);

/* Give the connection up: whatever it holds or was asked is lost. */
void channel_break(struct channel *channel);

/* Open a broken session again, at most once a second.  True when it was. */
bool channel_mend(struct channel *channel);
