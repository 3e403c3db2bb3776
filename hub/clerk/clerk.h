/*
 * The clerk: a thread that does once an hour what must be done now and then:
 * partitions for the coming periods, and replies that no retry will ask for
 * any more.  One node by the lease "clerk"; it has a session only while it
 * works.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"

struct clerk;

struct clerk_settings {
	const char *conninfo;
	struct id owner; /* of this process: made anew at each start */
};

/* RC_FAILED when the thread cannot be started. */
NODISCARD enum rc clerk_start(const struct clerk_settings *settings,
    struct clerk **clerk, struct err *err);
void clerk_stop(struct clerk *clerk);
