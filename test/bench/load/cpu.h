/*
 * Processor time of processes and all their descendants, living and waited
 * for: a web server's workers, a database's backends.
 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Seconds that the trees below `pids` have used so far; a process that is
 * gone counts as none. */
double cpu_seconds(const pid_t *pids, size_t count);
