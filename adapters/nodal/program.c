/*
 * Running a program: see program.h.
 */
#include "adapters/nodal/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub/base/clock.h"

enum { CHUNK = 16384 };

/* The parent's ends of the pipes; -1 once closed. */
struct run {
	pid_t pid;
	int to, from;
	const char *input;
	size_t left;
	struct strbuf *output;
	int64_t deadline;
};

static void
shut(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static enum rc
spawn(const char *path, int in, int out, pid_t *pid, struct err *err)
{
	char *argv[] = { (char *)(uintptr_t)path, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int status;

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	(void)posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	/* Our blocked and ignored signals are not the program's. */
	(void)posix_spawnattr_init(&attributes);
	(void)posix_spawnattr_setflags(&attributes,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
		POSIX_SPAWN_SETPGROUP);
	(void)posix_spawnattr_setsigmask(&attributes, &none);
	(void)posix_spawnattr_setsigdefault(&attributes, &all);
	(void)posix_spawnattr_setpgroup(&attributes, 0);
	status = posix_spawnp(pid, path, &actions, &attributes, argv, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)posix_spawnattr_destroy(&attributes);
	if (status != 0)
		return err_set(err, RC_FAILED, "program_failed",
		    "cannot start %s: %s", path, strerror(status));
	return RC_OK;
}

/* Both pipes are O_CLOEXEC: only the child's ends cross, by dup2. */
static enum rc
start(const char *path, struct run *run, struct err *err)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	enum rc rc;

	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		rc = err_set(err, RC_FAILED, "program_failed", "no pipe: %s",
		    strerror(errno));
	else
		rc = spawn(path, in[0], out[1], &run->pid, err);
	shut(&in[0]);
	shut(&out[1]);
	if (rc != RC_OK) {
		shut(&in[1]);
		shut(&out[0]);
		return rc;
	}
	run->to = in[1];
	run->from = out[0];
	(void)fcntl(run->to, F_SETFL, O_NONBLOCK);
	return RC_OK;
}

/* A program may close its input early: that is its own business. */
static void
feed(struct run *run)
{
	ssize_t put = write(run->to, run->input, run->left);

	if (put < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (put > 0) {
		run->input += put;
		run->left -= (size_t)put;
	}
	if (put < 0 || run->left == 0)
		shut(&run->to);
}

static enum rc
collect(struct run *run, struct err *err)
{
	char chunk[CHUNK];
	ssize_t got = read(run->from, chunk, sizeof(chunk));

	if (got < 0 && errno == EINTR)
		return RC_OK;
	if (got <= 0) {
		shut(&run->from);
		return RC_OK;
	}
	strbuf_append_bytes(run->output, chunk, (size_t)got);
	if (run->output->failed || run->output->length > PROGRAM_OUTPUT_LIMIT)
		return err_set(err, RC_FAILED, "program_too_long",
		    "the program printed more than %d bytes",
		    PROGRAM_OUTPUT_LIMIT);
	return RC_OK;
}

/* Until it closes its output. */
static enum rc
converse(struct run *run, struct err *err)
{
	while (run->from >= 0) {
		struct pollfd fds[] = { { run->from, POLLIN, 0 },
			{ run->to, POLLOUT, 0 } };
		int64_t left = (run->deadline - clock_monotonic()) / 1000;
		int ready = left > 0 ? poll(fds, COUNT(fds), (int)left) : 0;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return err_set(err, RC_FAILED, "program_too_slow",
			    "the program took too long");
		if (fds[1].revents != 0)
			feed(run);
		if (fds[0].revents != 0)
			TRY(collect(run, err));
	}
	return RC_OK;
}

/* It has closed its output; it must also end. */
static enum rc
await_end(struct run *run, struct err *err)
{
	enum { NAP_MS = 5 };
	int status = 0;

	while (waitpid(run->pid, &status, WNOHANG) == 0) {
		if (clock_monotonic() > run->deadline)
			return err_set(err, RC_FAILED, "program_too_slow",
			    "the program took too long");
		(void)poll(NULL, 0, NAP_MS);
	}
	run->pid = 0;
	if (WIFSIGNALED(status))
		return err_set(err, RC_FAILED, "program_failed",
		    "the program died of signal %d", WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return err_set(err, RC_FAILED, "program_failed",
		    "the program ended with status %d", WEXITSTATUS(status));
	return RC_OK;
}

enum rc
program_run(const char *path, const char *input, size_t length, int deadline_ms,
    struct strbuf *output, struct err *err)
{
	struct run run = { .to = -1,
		.from = -1,
		.input = input,
		.left = length,
		.output = output,
		.deadline = clock_monotonic() + deadline_ms * INT64_C(1000) };
	enum rc rc = start(path, &run, err);

	if (rc == RC_OK)
		rc = converse(&run, err);
	shut(&run.to);
	shut(&run.from);
	if (rc == RC_OK)
		rc = await_end(&run, err);
	if (run.pid > 0) {
		(void)kill(-run.pid, SIGKILL);
		(void)waitpid(run.pid, NULL, 0);
	}
	return rc;
}
