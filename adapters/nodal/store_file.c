/*
 * The append file: see store_file.h.
 */
#include "adapters/nodal/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/nodal/store_line.h"
#include "hub/base/log.h"
#include "hub/base/strbuf.h"

enum { BATCH_LIMIT = 64 * 1024 * 1024 };

struct store_file {
	int fd;
	off_t end; /* behind the last line that is stored */
	bool is_broken;
	struct strbuf batch;
};

static enum rc
failed(struct err *err, const char *what)
{
	return err_set(err, RC_FAILED, "store_failed",
	    "cannot %s the store: %s", what, strerror(errno));
}

/* A new file is durable only when its folder is. */
static enum rc
sync_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX] = ".";
	int fd, status;

	if (slash != NULL)
		(void)snprintf(folder, sizeof(folder), "%.*s",
		    slash == path ? 1 : (int)(slash - path), path);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return failed(err, "open the folder of");
	status = fsync(fd);
	(void)close(fd);
	return status == 0 ? RC_OK : failed(err, "sync the folder of");
}

struct replaying {
	enum rc (*replay)(void *, const struct store_record *, struct err *);
	void *context;
};

/* Lines until the first that is not whole; `store->end` is behind the last
 * good one. */
static enum rc
read_lines(struct store_file *store, FILE *file,
    const struct replaying *replaying, bool *is_torn, struct err *err)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	enum rc rc = RC_OK;

	*is_torn = false;
	while (rc == RC_OK && !*is_torn &&
	    (length = getline(&line, &capacity, file)) > 0) {
		struct store_line parsed;

		if (!store_line_parse(line, (size_t)length, &parsed)) {
			*is_torn = true;
			break;
		}
		rc = replaying->replay(replaying->context, &parsed.record, err);
		store_line_clear(&parsed);
		store->end += length;
	}
	if (rc == RC_OK && ferror(file))
		rc = failed(err, "read");
	free(line);
	return rc;
}

/* Is there a whole line behind the first bad one?  Then it is no torn end. */
static bool
goes_on(FILE *file)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	bool is_whole = false;

	while (!is_whole && (length = getline(&line, &capacity, file)) > 0) {
		struct store_line parsed;

		is_whole = store_line_parse(line, (size_t)length, &parsed);
		if (is_whole)
			store_line_clear(&parsed);
	}
	free(line);
	return is_whole;
}

static enum rc
cut_torn_end(struct store_file *store, FILE *file, struct err *err)
{
	char at[32];

	(void)snprintf(at, sizeof(at), "%lld", (long long)store->end);
	if (goes_on(file))
		return err_set(err, RC_INVALID, "store_damaged",
		    "the store is damaged at byte %s and goes on behind it",
		    at);
	if (ftruncate(store->fd, store->end) != 0 || fsync(store->fd) != 0)
		return failed(err, "cut the torn end off");
	log_warn("cut a torn end off the store", "byte", at, NULL);
	return RC_OK;
}

static enum rc
replay_all(struct store_file *store, const struct replaying *replaying,
    struct err *err)
{
	int fd = dup(store->fd);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
	bool is_torn = false;
	enum rc rc;

	if (file == NULL)
		return failed(err, "read");
	rc = read_lines(store, file, replaying, &is_torn, err);
	if (rc == RC_OK && is_torn)
		rc = cut_torn_end(store, file, err);
	(void)fclose(file);
	return rc;
}

enum rc
store_file_open(const char *path,
    enum rc (*replay)(
	void *context, const struct store_record *record, struct err *err),
    void *context, struct store_file **store, struct err *err)
{
	struct replaying replaying = { replay, context };
	SCOPED(store_file_cleanup)
	struct store_file *opened = calloc(1, sizeof(*opened));

	if (opened == NULL)
		abort();
	strbuf_init(&opened->batch, BATCH_LIMIT);
	opened->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (opened->fd < 0)
		return err_set(err, RC_FAILED, "store_failed",
		    "cannot open %s: %s", path, strerror(errno));
	if (flock(opened->fd, LOCK_EX | LOCK_NB) != 0)
		return err_set(err, RC_CONFLICT, "store_in_use",
		    "another process works with %s", path);
	TRY(sync_folder(path, err));
	TRY(replay_all(opened, &replaying, err));
	*store = opened;
	opened = NULL;
	return RC_OK;
}

void
store_file_free(struct store_file *store)
{
	if (store == NULL)
		return;
	if (store->fd >= 0)
		(void)close(store->fd);
	strbuf_clear(&store->batch);
	free(store);
}

void
store_file_cleanup(struct store_file **store)
{
	store_file_free(*store);
}

enum rc
store_file_append(struct store_file *store, const struct store_record *record,
    struct err *err)
{
	size_t before = store->batch.length;

	store_line_write(&store->batch, record);
	if (!store->batch.failed &&
	    store->batch.length - before <= STORE_LINE_LIMIT)
		return RC_OK;
	store->batch.failed = false;
	strbuf_drop(&store->batch, store->batch.length - before);
	return err_set(err, RC_INVALID, "record_too_large",
	    "the record is too large to be stored");
}

static enum rc
write_all(struct store_file *store, struct err *err)
{
	const char *at = store->batch.bytes;
	size_t left = store->batch.length;

	while (left > 0) {
		ssize_t put = write(store->fd, at, left);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return failed(err, "write to");
		at += put;
		left -= (size_t)put;
	}
	return RC_OK;
}

enum rc
store_file_sync(struct store_file *store, struct err *err)
{
	off_t end = store->end + (off_t)store->batch.length;

	if (store->is_broken)
		return err_set(err, RC_FAILED, "store_broken",
		    "the store takes nothing more since it failed");
	if (store->batch.length == 0)
		return RC_OK;
	if (write_all(store, err) != RC_OK) {
		store->is_broken = ftruncate(store->fd, store->end) != 0;
		store_file_discard(store);
		return RC_FAILED;
	}
	/* After a failed fsync the kernel may have dropped the pages: nobody
	 * knows what is on the disk. */
	if (fdatasync(store->fd) != 0) {
		store->is_broken = true;
		store_file_discard(store);
		return failed(err, "sync");
	}
	store->end = end;
	store_file_discard(store);
	return RC_OK;
}

void
store_file_discard(struct store_file *store)
{
	strbuf_reset(&store->batch);
}
