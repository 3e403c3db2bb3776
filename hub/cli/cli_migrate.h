/*
 * `freezeline migrate`: brings the schema up to date, as the owner; and,
 * once, the first two admins into an empty registry.
 */
#pragma once

/* Settings as `serve` takes them, and --status, --first-admins A.pem B.pem,
 * --country XX, --name TEXT.  Returns an exit code. */
int cli_migrate(int argc, char **argv);
