/*
 * Files with keys: see secret_file.h.
 */
#include "hub/crypto/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
close_cleanup(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static enum rc
check_exposure(int fd, const char *path, struct err *err)
{
	struct stat status;
	unsigned mode;

	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		return err_set(err, RC_INVALID, "key_file_unreadable",
		    "%s is not a regular file", path);
	mode = status.st_mode & 07777U;
	if (mode != 0600 && mode != 0400)
		return err_set(err, RC_INVALID, "key_file_exposed",
		    "%s has mode %04o, must be 0600 or 0400", path, mode);
	return RC_OK;
}

enum rc
secret_file_read(
    const char *path, char *text, size_t size, size_t *length, struct err *err)
{
	SCOPED(close_cleanup)
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	size_t used = 0;
	ssize_t got;

	if (fd < 0)
		return err_set(err, RC_INVALID, "key_file_unreadable",
		    "cannot open %s: %s", path, strerror(errno));
	TRY(check_exposure(fd, path, err));
	do {
		got = read(fd, text + used, size - used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, RC_INVALID, "key_file_unreadable",
			    "cannot read %s: %s", path, strerror(errno));
		used += (size_t)got;
	} while (got != 0 && used < size);
	if (used == size)
		return err_set(err, RC_INVALID, "key_file_too_large",
		    "%s is larger than %zu bytes", path, size - 1);
	text[used] = '\0';
	*length = used;
	return RC_OK;
}

static enum rc
failed(struct err *err, const char *what, const char *path)
{
	return err_set(err, RC_FAILED, "key_file_unwritable",
	    "cannot %s %s: %s", what, path, strerror(errno));
}

/* A rename or a new name is durable only when its folder is. */
static enum rc
sync_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX] = ".";
	SCOPED(close_cleanup) int fd = -1;

	if (slash != NULL)
		(void)snprintf(folder, sizeof(folder), "%.*s",
		    slash == path ? 1 : (int)(slash - path), path);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		return failed(err, "sync the folder of", path);
	return RC_OK;
}

static enum rc
write_all(
    int fd, const char *path, const char *bytes, size_t length, struct err *err)
{
	while (length > 0) {
		ssize_t put = write(fd, bytes, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return failed(err, "write", path);
		bytes += put;
		length -= (size_t)put;
	}
	return fsync(fd) == 0 ? RC_OK : failed(err, "sync", path);
}

static enum rc
create(const char *path, unsigned mode, const void *bytes, size_t length,
    struct err *err)
{
	SCOPED(close_cleanup)
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	enum rc rc;

	if (fd < 0 && errno == EEXIST)
		return err_set(err, RC_CONFLICT, "key_file_exists",
		    "%s exists and is not overwritten", path);
	if (fd < 0)
		return failed(err, "create", path);
	rc = write_all(fd, path, bytes, length, err);
	if (rc != RC_OK)
		(void)unlink(path);
	return rc;
}

enum rc
secret_file_create(const char *path, unsigned mode, const void *bytes,
    size_t length, struct err *err)
{
	TRY(create(path, mode, bytes, length, err));
	return sync_folder(path, err);
}

enum rc
secret_file_replace(const char *path, unsigned mode, const void *bytes,
    size_t length, struct err *err)
{
	char draft[PATH_MAX];
	int size = snprintf(draft, sizeof(draft), "%s.new", path);

	if (size < 0 || (size_t)size >= sizeof(draft))
		return err_set(err, RC_INVALID, "key_file_unwritable",
		    "the path %s is too long", path);
	(void)unlink(draft); /* what a crash left */
	TRY(create(draft, mode, bytes, length, err));
	if (rename(draft, path) != 0) {
		(void)unlink(draft);
		return failed(err, "replace", path);
	}
	return sync_folder(path, err);
}
