/*
 * `freezeline serve`: the composition root.  Opens every room, tells them of
 * each other, and stops them in the order in which nothing is lost.
 */
#pragma once

/* Returns an exit code (exit_code.h). */
int cli_serve(int argc, char **argv);
