/*
 * The demo's folder (.demo/): who uses it, and the paths in it.  The
 * certificates outlive a run, all else is made anew.
 */
#pragma once

#include <limits.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

struct cli_demo_place {
	char dir[PATH_MAX];     /* absolute */
	char shown[PATH_MAX];   /* as the caller named it, for people */
	char program[PATH_MAX]; /* this binary */
	int lock;               /* -1: not ours */
};

/* Make the folder (0700) and take it for this process.  RC_CONFLICT
 * `demo_running` with the other one's pid. */
NODISCARD enum rc cli_demo_place_open(
    const char *dir, struct cli_demo_place *place, struct err *err);
void cli_demo_place_close(struct cli_demo_place *place);

/* Remove what an earlier run left, but for pki/ and the database's files. */
void cli_demo_place_sweep(const struct cli_demo_place *place);

/* "DIR/name"; `path` has PATH_MAX bytes.  Returns it. */
char *cli_demo_place_path(
    const struct cli_demo_place *place, const char *name, char *path);

/* A folder (0700) in it, unless it is there. */
NODISCARD enum rc cli_demo_place_folder(
    const struct cli_demo_place *place, const char *name, struct err *err);

/* Write a file (0600), in the place of an old one. */
NODISCARD enum rc cli_demo_place_write(const struct cli_demo_place *place,
    const char *name, const char *text, struct err *err);
