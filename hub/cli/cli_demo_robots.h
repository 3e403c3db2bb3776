/*
 * The institutions of the demo: each a `freezeline nodal` child with its
 * rule file, certificate and port (or its inbox).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_child.h"
#include "hub/cli/cli_demo_place.h"
#include "hub/wire/json_view.h"

enum { CLI_DEMO_ROBOT_LIMIT = 16, CLI_DEMO_ROBOT_TEXT = 128 };

struct cli_demo_robot {
	char slug[CLI_DEMO_ROBOT_TEXT];
	char secret[CLI_DEMO_ROBOT_TEXT]; /* whsec_, told at registration */
	int port;                         /* 0: works from its inbox */
	struct cli_demo_child child;
};

struct cli_demo_robots {
	struct cli_demo_robot items[CLI_DEMO_ROBOT_LIMIT];
	size_t count;
};

/* Free ports of the loopback address, all different: they are held until all
 * are chosen, then let go. */
NODISCARD enum rc
cli_demo_robots_find_ports(int *ports, size_t count, struct err *err);

/* May this port be listened on?  RC_CONFLICT `port_in_use`. */
NODISCARD enum rc cli_demo_robots_try_port(int port, struct err *err);

/* One robot for each institution with an endpoint, with a port where that is
 * a webhook. */
NODISCARD enum rc cli_demo_robots_plan(const struct json_view *registry,
    struct cli_demo_robots *robots, struct err *err);

/* The robot of a slug, or NULL. */
struct cli_demo_robot *
cli_demo_robots_find(struct cli_demo_robots *robots, const char *slug);

/* Start all and wait until they listen.  `examples` is the folder with
 * robots/SLUG.rules.json. */
NODISCARD enum rc cli_demo_robots_start(struct cli_demo_robots *robots,
    const struct cli_demo_place *place, const char *hub, const char *examples,
    struct err *err);

/* False where one of them did not end well. */
bool cli_demo_robots_stop(struct cli_demo_robots *robots);

/* The name of one that has ended by itself, or NULL. */
const char *cli_demo_robots_lost(struct cli_demo_robots *robots);
