/*
 * The rooms of a running hub, opened in the order in which each needs the
 * ones before it, and told of each other: the only place that knows all.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/config/config.h"

struct rooms;

/* Open everything but the listeners.  On failure what was opened is closed. */
NODISCARD enum rc rooms_open(const struct config *config, const char *version,
    struct rooms **rooms, struct err *err);

/* Bind the API and the admin listener and begin to serve. */
NODISCARD enum rc rooms_serve(struct rooms *rooms, struct err *err);

/* The ports that were bound. */
int rooms_port(const struct rooms *rooms);
int rooms_admin_port(const struct rooms *rooms);

/* Read certificate, key, authorities and revocation lists again. */
NODISCARD enum rc rooms_reload(struct rooms *rooms, struct err *err);

/* Stop taking requests, finish what was taken, end every thread, free. */
void rooms_close(struct rooms *rooms);
