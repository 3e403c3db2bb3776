/*
 * Programs that the demo starts: hub, robots, scripts.  Each in a process
 * group of its own, so that Ctrl-C reaches the demo alone and it stops them
 * in order; they die with it where it cannot.  Called by the main thread.
 */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

enum { CLI_DEMO_CHILD_NAME_SIZE = 64 };

struct cli_demo_child {
	char name[CLI_DEMO_CHILD_NAME_SIZE];
	char log[PATH_MAX];
	pid_t pid;  /* 0: not running */
	int status; /* as waitpid gave it, once it has ended */
	int output; /* the reading end of its standard output, or -1 */
};

/* `argv` ends with NULL, argv[0] is the program's path.  Its standard error
 * is appended to `log`. */
struct cli_demo_launch {
	const char *name, *log;
	const char *const *argv;
};

/* RC_FAILED `demo_child`. */
NODISCARD enum rc cli_demo_child_start(const struct cli_demo_launch *launch,
    struct cli_demo_child *child, struct err *err);

/* Run it to its end; append what it prints to `output` (or NULL).  RC_FAILED
 * with the last line of its log where its exit status is not 0. */
NODISCARD enum rc cli_demo_child_run(const struct cli_demo_launch *launch,
    struct strbuf *output, struct err *err);

/* Wait for the line of its output that contains `text`; `number` (or NULL)
 * is what stands behind it.  RC_FAILED where it ends before, or after
 * `milliseconds`. */
NODISCARD enum rc cli_demo_child_await_line(struct cli_demo_child *child,
    const char *text, int milliseconds, int *number, struct err *err);

/* Has it ended by itself? */
bool cli_demo_child_has_ended(struct cli_demo_child *child);

/* SIGTERM. */
void cli_demo_child_ask_to_stop(const struct cli_demo_child *child);

/* SIGTERM; SIGKILL after `milliseconds`.  False where it did not end with
 * exit status 0; one that never ran has ended well. */
bool cli_demo_child_stop(struct cli_demo_child *child, int milliseconds);
