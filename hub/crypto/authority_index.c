/*
 * An authority's books: see authority_index.h.
 */
#include "hub/crypto/authority_index.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/base/strbuf.h"
#include "hub/crypto/text_file.h"

enum { INDEX_LIMIT = 64 << 20, LINE_SIZE = 384 };

static void
add_revoked(struct authority_index *index, const char *serial, int64_t at)
{
	struct cert_revocation *item;

	if (index->revoked_count == index->revoked_capacity) {
		size_t capacity = 2 * index->revoked_capacity + 16;

		index->revoked = reallocarray(
		    index->revoked, capacity, sizeof(*index->revoked));
		if (index->revoked == NULL)
			abort();
		index->revoked_capacity = capacity;
	}
	item = &index->revoked[index->revoked_count++];
	(void)snprintf(item->serial, sizeof(item->serial), "%s", serial);
	item->at = at;
}

static bool
is_serial(const char *text)
{
	size_t length = strlen(text);

	return length > 0 && length < CERT_SERIAL_SIZE &&
	    strspn(text, "0123456789abcdef") == length;
}

/* False where the line is none of the three. */
static bool
read_line(struct authority_index *index, const char *line)
{
	char serial[80] = "", tail = '\0';
	int64_t first = 0, second = 0, third = 0;

	if (sscanf(line, "issued %79s %" SCNd64, serial, &first) == 2)
		return is_serial(serial);
	if (sscanf(line, "revoked %79s %" SCNd64 "%c", serial, &first, &tail) ==
	    2) {
		if (!is_serial(serial))
			return false;
		add_revoked(index, serial, first * CLOCK_SECOND);
		return true;
	}
	if (sscanf(line, "list %" SCNd64 " %" SCNd64 " %" SCNd64 "%c", &first,
		&second, &third, &tail) != 3)
		return false;
	if (first > index->last_list)
		index->last_list = first;
	return true;
}

static enum rc
failed(struct err *err, const char *what, const char *path)
{
	return err_set(err, RC_FAILED, "authority_index_failed",
	    "cannot %s %s: %s", what, path, strerror(errno));
}

static enum rc
read_lines(struct authority_index *index, struct strbuf *text, struct err *err)
{
	char *line = text->bytes, *end;
	int number = 1;

	for (; (end = strchr(line, '\n')) != NULL; line = end + 1, number++) {
		*end = '\0';
		if (!read_line(index, line))
			return err_set(err, RC_FAILED,
			    "authority_index_damaged",
			    "line %d of %s is damaged", number, index->path);
	}
	if (*line != '\0' && ftruncate(index->fd, line - text->bytes) != 0)
		return failed(err, "mend", index->path);
	return RC_OK;
}

enum rc
authority_index_open(
    const char *path, struct authority_index *index, struct err *err)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	enum rc rc;

	*index = (struct authority_index){ .path = path };
	index->fd = open(path, O_RDWR | O_APPEND | O_CLOEXEC);
	if (index->fd < 0)
		return failed(err, "open", path);
	strbuf_init(&text, INDEX_LIMIT);
	rc = flock(index->fd, LOCK_EX) == 0 ? RC_OK : failed(err, "lock", path);
	if (rc == RC_OK)
		rc = text_file_read(path, &text, err);
	if (rc == RC_OK)
		rc = read_lines(index, &text, err);
	if (rc != RC_OK)
		authority_index_close(index);
	return rc;
}

void
authority_index_close(struct authority_index *index)
{
	if (index->fd >= 0)
		(void)close(index->fd);
	free(index->revoked);
	*index = (struct authority_index){ .fd = -1 };
}

bool
authority_index_is_revoked(
    const struct authority_index *index, const char *serial)
{
	for (size_t i = 0; i < index->revoked_count; i++)
		if (strcmp(index->revoked[i].serial, serial) == 0)
			return true;
	return false;
}

/* One write: a crash leaves the whole line, or a part that is dropped. */
static enum rc
append(
    struct authority_index *index, const char *line, int size, struct err *err)
{
	if (size < 0 || size >= LINE_SIZE)
		return err_set(err, RC_FAILED, "authority_index_failed",
		    "a line for %s is too long", index->path);
	if (write(index->fd, line, (size_t)size) != size ||
	    fsync(index->fd) != 0)
		return failed(err, "write", index->path);
	return RC_OK;
}

enum rc
authority_index_issued(struct authority_index *index, const struct cert *cert,
    const char *name, struct err *err)
{
	char fingerprint[HEX_SIZE(CERT_DIGEST_SIZE)], line[LINE_SIZE];
	int size = snprintf(line, sizeof(line), "issued %s %" PRId64 " %s %s\n",
	    cert->serial, cert->not_after / CLOCK_SECOND,
	    hex_encode(cert->fingerprint, CERT_DIGEST_SIZE, fingerprint), name);

	return append(index, line, size, err);
}

enum rc
authority_index_revoked(struct authority_index *index, const char *serial,
    int64_t at, struct err *err)
{
	char line[LINE_SIZE];
	int size = snprintf(line, sizeof(line), "revoked %s %" PRId64 "\n",
	    serial, at / CLOCK_SECOND);

	TRY(append(index, line, size, err));
	add_revoked(index, serial, at);
	return RC_OK;
}

enum rc
authority_index_list(struct authority_index *index, int64_t number, int64_t at,
    int64_t next_at, struct err *err)
{
	char line[LINE_SIZE];
	int size = snprintf(line, sizeof(line),
	    "list %" PRId64 " %" PRId64 " %" PRId64 "\n", number,
	    at / CLOCK_SECOND, next_at / CLOCK_SECOND);

	TRY(append(index, line, size, err));
	index->last_list = number;
	return RC_OK;
}
