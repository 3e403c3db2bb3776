/*
 * Registers the institutions of registry.json as two admins would: one
 * proposes, the other confirms.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_place.h"
#include "hub/cli/cli_demo_robots.h"
#include "hub/wire/json_view.h"

/* Returns when the hub knows the last of them.  Fills in the robots'
 * signing secrets. */
NODISCARD enum rc cli_demo_registry_enrol(const struct cli_demo_place *place,
    const char *hub, const struct json_view *registry,
    struct cli_demo_robots *robots, struct err *err);
