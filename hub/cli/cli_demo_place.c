/*
 * The demo's folder: see cli_demo_place.h.
 */
#include "hub/cli/cli_demo_place.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/crypto/secret_file.h"

enum { OPEN_FOLDERS = 16 };

static enum rc
fail(const char *what, const char *path, struct err *err)
{
	return err_set(err, RC_FAILED, "demo_folder", "cannot %s %s: %s", what,
	    path, strerror(errno));
}

/* The lock goes with the process, however it ends; the pid in the file is
 * for the sentence only. */
static enum rc
take_lock(struct cli_demo_place *place, struct err *err)
{
	char path[PATH_MAX], pid[32] = "";
	ssize_t got;

	(void)cli_demo_place_path(place, "lock", path);
	place->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (place->lock < 0)
		return fail("open", path, err);
	if (flock(place->lock, LOCK_EX | LOCK_NB) != 0) {
		got = read(place->lock, pid, sizeof(pid) - 1);
		(void)close(place->lock);
		place->lock = -1;
		pid[got > 0 ? got : 0] = '\0';
		pid[strcspn(pid, "\n")] = '\0';
		return err_set(err, RC_CONFLICT, "demo_running",
		    "a demo is running in %s (process %s); stop it with "
		    "Ctrl-C or kill %s",
		    place->shown, pid, pid);
	}
	(void)snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
	if (ftruncate(place->lock, 0) != 0 ||
	    write(place->lock, pid, strlen(pid)) < 0)
		return fail("write", path, err);
	return RC_OK;
}

enum rc
cli_demo_place_open(
    const char *dir, struct cli_demo_place *place, struct err *err)
{
	ssize_t length = readlink(
	    "/proc/self/exe", place->program, sizeof(place->program) - 1);

	place->lock = -1;
	if (length < 0)
		return fail("read", "/proc/self/exe", err);
	place->program[length] = '\0';
	(void)snprintf(place->shown, sizeof(place->shown), "%s", dir);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return fail("make", dir, err);
	if (realpath(dir, place->dir) == NULL)
		return fail("find", dir, err);
	return take_lock(place, err);
}

void
cli_demo_place_close(struct cli_demo_place *place)
{
	if (place->lock >= 0)
		(void)close(place->lock);
	place->lock = -1;
}

/* ---- sweeping */

static int
remove_one(
    const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	(void)remove(path);
	return 0;
}

void
cli_demo_place_sweep(const struct cli_demo_place *place)
{
	static const char *const left[] = { "robots", "timelines", "log",
		"keyring", "freezeline.ini" };
	char path[PATH_MAX];

	for (size_t i = 0; i < COUNT(left); i++)
		(void)nftw(cli_demo_place_path(place, left[i], path),
		    remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

/* ---- paths and files */

char *
cli_demo_place_path(
    const struct cli_demo_place *place, const char *name, char *path)
{
	int size = snprintf(path, PATH_MAX, "%s/%s", place->dir, name);

	/* A path that is cut names nothing of ours. */
	if (size < 0 || size >= PATH_MAX)
		path[0] = '\0';
	return path;
}

enum rc
cli_demo_place_folder(
    const struct cli_demo_place *place, const char *name, struct err *err)
{
	char path[PATH_MAX];

	(void)cli_demo_place_path(place, name, path);
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return fail("make", path, err);
	return RC_OK;
}

enum rc
cli_demo_place_write(const struct cli_demo_place *place, const char *name,
    const char *text, struct err *err)
{
	char path[PATH_MAX];

	return secret_file_replace(cli_demo_place_path(place, name, path), 0600,
	    text, strlen(text), err);
}
