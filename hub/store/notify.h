/*
 * Telling other processes: one NOTIFY on the channel "freezeline".  Used by
 * the bell on a session of its own, never inside a business transaction
 * (measured: half to a third of the rate).
 */
#pragma once

#include "hub/store/db.h"

#define NOTIFY_CHANNEL "freezeline"

NODISCARD enum rc
notify_send(struct db *db, const char *payload, struct err *err);
