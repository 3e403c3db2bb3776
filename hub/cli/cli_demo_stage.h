/*
 * All that runs beneath the demo: database, hub, institutions.  Started step
 * by step, stopped as a whole.
 */
#pragma once

#include <stdbool.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/cli/cli_demo_child.h"
#include "hub/cli/cli_demo_pki.h"
#include "hub/cli/cli_demo_place.h"
#include "hub/cli/cli_demo_robots.h"
#include "hub/wire/json_view.h"

enum { CLI_DEMO_STAGE_URL_SIZE = 64 };

struct cli_demo_stage {
	int port; /* of the hub; 0: any free one */
	struct cli_demo_place place;
	struct json_view *registry, *expected; /* of docs/examples */
	char password[CLI_DEMO_PKI_PASSWORD_SIZE];
	char hub[CLI_DEMO_STAGE_URL_SIZE]; /* https://localhost:PORT */
	struct cli_demo_child server;
	struct cli_demo_robots robots;
	bool has_database;
};

#define CLI_DEMO_STAGE_EXAMPLES "docs/examples"

/* What is said after each step, with the seconds since the start; true asks
 * to go no further. */
typedef bool cli_demo_stage_progress(void *context, const char *step);

/* Take the folder and start everything, from the repository's root.
 * RC_CONFLICT where a demo runs there or the port is taken.  Stop it in any
 * case. */
NODISCARD enum rc cli_demo_stage_start(const char *dir, int port,
    cli_demo_stage_progress *progress, void *context,
    struct cli_demo_stage *stage, struct err *err);

/* The hub first, so that whoever waits for it is answered; the database
 * last.  Its data go with it: the next run begins anew.  RC_FAILED where
 * something did not end well; all is stopped all the same. */
void cli_demo_stage_stop_hub(struct cli_demo_stage *stage);
NODISCARD enum rc
cli_demo_stage_stop(struct cli_demo_stage *stage, struct err *err);

/* The name of a program that has ended by itself, or NULL. */
const char *cli_demo_stage_lost(struct cli_demo_stage *stage);
