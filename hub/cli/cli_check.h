/*
 * `freezeline check`: the doctor.  Looks, changes nothing.
 */
#pragma once

/* Settings as `serve` takes them, and --integrity, --json.  Returns an exit
 * code: 1 when there are problems. */
int cli_check(int argc, char **argv);
