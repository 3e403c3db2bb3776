/*
 * The present view of the registry, for everybody in the process: reloaded
 * when the database's version has moved, at most a second late.  A thread of
 * its own looks twice a second and when it is woken.
 */
#pragma once

#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/registry.h"

struct registry_view;

/* Load the first view and start the thread. */
NODISCARD enum rc registry_view_open(
    const char *conninfo, struct registry_view **view, struct err *err);
void registry_view_close(struct registry_view *view);

/* The present view, with a reference for the caller.  Any thread. */
struct registry *registry_view_get(struct registry_view *view);

/* Load now and wait for it: after a registry change of this process, so that
 * the answer is not told before the change is seen.  Any thread. */
void registry_view_refresh(struct registry_view *view);

/* Look soon: another process has changed something.  Any thread. */
void registry_view_wake(struct registry_view *view);

/* Microseconds since the database last said what its version is. */
int64_t registry_view_age(struct registry_view *view);
