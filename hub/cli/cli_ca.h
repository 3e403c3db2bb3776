/*
 * `freezeline ca`: a small certificate authority in a folder, for
 * development, tests and places that run their own.
 */
#pragma once

/* argv[0] is "ca", argv[1] the verb: init, issue, revoke, crl, show.
 * Returns the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
int cli_ca(int argc, char **argv);
