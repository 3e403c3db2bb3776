/*
 * Child processes: see cli_demo_child.h.
 */
#include "hub/cli/cli_demo_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub/base/clock.h"

enum {
	LINE_SIZE = 512,
	OUTPUT_SIZE = 4096,
	NAP_MS = 10,
	EXIT_NOT_STARTED = 127
};

/* In the child, between fork and exec. */
static void
become(const struct cli_demo_launch *launch, int output, int log, pid_t parent)
{
	sigset_t none;
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)setpgid(0, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	/* It may have died before that was said. */
	if (getppid() != parent)
		_exit(EXIT_NOT_STARTED);
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGTERM, SIG_DFL);
	(void)signal(SIGHUP, SIG_DFL);
	(void)signal(SIGPIPE, SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(output, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0)
		_exit(EXIT_NOT_STARTED);
	(void)execv(launch->argv[0], (char *const *)(uintptr_t)launch->argv);
	_exit(EXIT_NOT_STARTED);
}

static enum rc
fail(const char *name, const char *what, struct err *err)
{
	return err_set(err, RC_FAILED, "demo_child", "%s %s", name, what);
}

enum rc
cli_demo_child_start(const struct cli_demo_launch *launch,
    struct cli_demo_child *child, struct err *err)
{
	pid_t parent = getpid();
	int ends[2], log;

	(void)snprintf(child->name, sizeof(child->name), "%s", launch->name);
	(void)snprintf(child->log, sizeof(child->log), "%s", launch->log);
	child->pid = child->status = 0;
	child->output = -1;
	log = open(
	    launch->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (log < 0)
		return fail(launch->name, "has no log file", err);
	if (pipe2(ends, O_CLOEXEC) != 0) {
		(void)close(log);
		return fail(launch->name, "has no pipe", err);
	}
	child->pid = fork();
	if (child->pid == 0)
		become(launch, ends[1], log, parent);
	(void)close(log);
	(void)close(ends[1]);
	child->output = ends[0];
	if (child->pid > 0)
		return RC_OK;
	child->pid = 0;
	(void)close(ends[0]);
	child->output = -1;
	return fail(launch->name, "cannot be started", err);
}

/* ---- its end */

static void
shut_output(struct cli_demo_child *child)
{
	if (child->output >= 0)
		(void)close(child->output);
	child->output = -1;
}

bool
cli_demo_child_has_ended(struct cli_demo_child *child)
{
	if (child->pid == 0)
		return true;
	if (waitpid(child->pid, &child->status, WNOHANG) != child->pid)
		return false;
	child->pid = 0;
	shut_output(child);
	return true;
}

void
cli_demo_child_ask_to_stop(const struct cli_demo_child *child)
{
	if (child->pid > 0)
		(void)kill(child->pid, SIGTERM);
}

bool
cli_demo_child_stop(struct cli_demo_child *child, int milliseconds)
{
	int64_t deadline = clock_monotonic() + milliseconds * INT64_C(1000);

	cli_demo_child_ask_to_stop(child);
	while (!cli_demo_child_has_ended(child)) {
		if (clock_monotonic() > deadline)
			(void)kill(-child->pid, SIGKILL);
		(void)poll(NULL, 0, NAP_MS);
	}
	return WIFEXITED(child->status) && WEXITSTATUS(child->status) == 0;
}

/* ---- its output */

/* The last line of its log says best what was wrong. */
static enum rc
tell_failure(const struct cli_demo_child *child, struct err *err)
{
	char line[LINE_SIZE], last[LINE_SIZE] = "no reason given";
	FILE *log = fopen(child->log, "re");

	while (log != NULL && fgets(line, sizeof(line), log) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] != '\0')
			memcpy(last, line, sizeof(last));
	}
	if (log != NULL)
		(void)fclose(log);
	return err_set(err, RC_FAILED, "demo_child",
	    "%s failed: %.160s (%.100s)", child->name, last, child->log);
}

/* Is the line there, to its end? */
static bool
find_line(const char *output, const char *text, int *number)
{
	const char *found = strstr(output, text);

	if (found == NULL || strchr(found, '\n') == NULL)
		return false;
	if (number != NULL)
		*number = (int)strtol(found + strlen(text), NULL, 10);
	return true;
}

enum rc
cli_demo_child_await_line(struct cli_demo_child *child, const char *text,
    int milliseconds, int *number, struct err *err)
{
	int64_t deadline = clock_monotonic() + milliseconds * INT64_C(1000);
	char output[OUTPUT_SIZE];
	size_t used = 0;

	while (used < sizeof(output) - 1) {
		struct pollfd fd = { child->output, POLLIN, 0 };
		int64_t left = (deadline - clock_monotonic()) / 1000;
		ssize_t got;

		if (left <= 0)
			return fail(child->name, "does not get ready", err);
		if (poll(&fd, 1, (int)left) < 1)
			continue;
		got = read(
		    child->output, output + used, sizeof(output) - used - 1);
		if (got <= 0)
			break;
		used += (size_t)got;
		output[used] = '\0';
		if (find_line(output, text, number))
			return RC_OK;
	}
	return tell_failure(child, err);
}

static void
collect(int fd, struct strbuf *output)
{
	char chunk[LINE_SIZE];
	ssize_t got;

	while ((got = read(fd, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno != EINTR)
			return;
		if (got > 0 && output != NULL)
			strbuf_append_bytes(output, chunk, (size_t)got);
	}
}

enum rc
cli_demo_child_run(const struct cli_demo_launch *launch, struct strbuf *output,
    struct err *err)
{
	struct cli_demo_child child;
	int status = 0;
	pid_t ended;

	TRY(cli_demo_child_start(launch, &child, err));
	collect(child.output, output);
	shut_output(&child);
	do
		ended = waitpid(child.pid, &status, 0);
	while (ended < 0 && errno == EINTR);
	if (ended < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return tell_failure(&child, err);
	return RC_OK;
}
