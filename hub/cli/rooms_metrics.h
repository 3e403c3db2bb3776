/*
 * The metrics of the rooms that the http room does not know.
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/clerk/deadlines.h"
#include "hub/clerk/sequencer.h"
#include "hub/dispatch/dispatcher.h"
#include "hub/listener/server.h"

/* Append them; one that is NULL has none. */
void rooms_metrics_write(struct dispatcher *dispatcher,
    struct sequencer *sequencer, struct deadlines *deadlines,
    const struct server *server, struct strbuf *out);
