/*
 * Processor time: see cpu.h.
 */
#include "test/bench/load/cpu.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Fields 14 to 17 of /proc/PID/stat, proc(5): the process and those of its
 * children that it has waited for. */
static double
own_seconds(pid_t pid)
{
	unsigned long user = 0, system = 0;
	long waited_user = 0, waited_system = 0;
	char path[64], text[1024] = "";
	const char *name_end;
	FILE *file;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	if (fgets(text, sizeof(text), file) == NULL)
		text[0] = '\0';
	(void)fclose(file);
	/* The name may hold spaces and brackets. */
	name_end = strrchr(text, ')');
	if (name_end == NULL ||
	    sscanf(name_end + 1,
		" %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld",
		&user, &system, &waited_user, &waited_system) != 4)
		return 0;
	return ((double)(user + system) +
		   (double)(waited_user + waited_system)) /
	    (double)sysconf(_SC_CLK_TCK);
}

/* Children are listed by the thread that made them; servers fork in their
 * main thread. */
static double
tree_seconds(pid_t pid)
{
	double seconds = own_seconds(pid);
	char path[64];
	FILE *file;
	int child;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
	    (int)pid, (int)pid);
	file = fopen(path, "r");
	if (file == NULL)
		return seconds;
	while (fscanf(file, "%d", &child) == 1)
		seconds += tree_seconds((pid_t)child);
	(void)fclose(file);
	return seconds;
}

double
cpu_seconds(const pid_t *pids, size_t count)
{
	double seconds = 0;

	for (size_t i = 0; i < count; i++)
		seconds += tree_seconds(pids[i]);
	return seconds;
}
