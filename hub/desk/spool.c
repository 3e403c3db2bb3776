/*
 * Spooled uploads: see spool.h.
 */
#include "hub/desk/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "hub/base/arena.h"
#include "hub/base/log.h"
#include "hub/crypto/crypto.h"
#include "hub/crypto/digest_stream.h"
#include "hub/crypto/sealed_column.h"
#include "hub/domain/document.h"

enum {
	SEALED_SIZE = SPOOL_PIECE_SIZE + SEALING_OVERHEAD,
	ARENA_LIMIT = 2 * SEALED_SIZE + 4096,
};

struct spool {
	int file;
	bool has_failed;
	struct id content;
	struct data_key key;
	struct digest_stream *digest;
	struct arena *arena; /* of the piece at hand */
	uint8_t sha256[DIGEST_SIZE], head[DOCUMENT_SNIFF_SIZE];
	size_t head_length, filled; /* bytes of `piece` */
	int64_t size;
	int pieces;
	uint8_t piece[SPOOL_PIECE_SIZE];
	uint8_t sealed[SEALED_SIZE];
};

/* A file that no name leads to.  Not every file system makes one at once. */
static int
open_nameless(const char *directory)
{
	char path[4096];
	int file = open(
	    directory, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);

	if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return file;
	if (snprintf(path, sizeof path, "%s/freezeline-XXXXXX", directory) >=
	    (int)sizeof path)
		return -1;
	file = mkostemp(path, O_CLOEXEC);
	if (file >= 0)
		(void)unlink(path);
	return file;
}

static enum rc
fail(struct err *err)
{
	return err_set(err, RC_UNAVAILABLE, "spool_failed",
	    "the upload cannot be kept; try again");
}

enum rc
spool_open(const char *directory, struct spool **spool, struct err *err)
{
	struct spool *made = calloc(1, sizeof *made);

	if (made == NULL)
		log_panic("out of memory", NULL);
	made->file = open_nameless(directory);
	if (made->file < 0) {
		log_error("no file for an upload", "directory", directory,
		    "why", strerror(errno), NULL);
		free(made);
		return fail(err);
	}
	made->content = id_new();
	sealing_new_key(&made->key);
	made->digest = digest_stream_new();
	made->arena = arena_new(ARENA_LIMIT);
	*spool = made;
	return RC_OK;
}

void
spool_free(struct spool *spool)
{
	if (spool == NULL)
		return;
	(void)close(spool->file);
	digest_stream_free(spool->digest);
	arena_free(spool->arena);
	crypto_wipe(spool, sizeof *spool);
	free(spool);
}

/* ---- filling */

static bool
write_at(int file, const uint8_t *bytes, size_t length, off_t at)
{
	while (length > 0) {
		ssize_t written = pwrite(file, bytes, length, at);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes += written;
		length -= (size_t)written;
		at += written;
	}
	return true;
}

static bool
seal_piece(struct spool *spool)
{
	uint8_t row[SEALED_CHUNK_ROW_SIZE];
	const struct sealed_place place = sealed_place_chunk(
	    &spool->content, (uint32_t)spool->pieces, row);
	const struct blob plain = { spool->piece, spool->filled };
	struct blob sealed;
	struct err err;

	arena_reset(spool->arena);
	if (sealed_column_seal(&spool->key, &place, &plain, spool->arena,
		&sealed, &err) != RC_OK ||
	    !write_at(spool->file, sealed.bytes, sealed.length,
		(off_t)spool->pieces * SEALED_SIZE))
		return false;
	spool->pieces++;
	spool->filled = 0;
	return true;
}

static void
keep_head(struct spool *spool, const uint8_t *bytes, size_t length)
{
	size_t room = sizeof spool->head - spool->head_length;

	if (length > room)
		length = room;
	memcpy(spool->head + spool->head_length, bytes, length);
	spool->head_length += length;
}

bool
spool_add(struct spool *spool, const void *bytes, size_t length)
{
	const uint8_t *from = bytes;

	if (spool->has_failed)
		return false;
	digest_stream_add(spool->digest, bytes, length);
	keep_head(spool, bytes, length);
	spool->size += (int64_t)length;
	while (length > 0 && !spool->has_failed) {
		size_t part = sizeof spool->piece - spool->filled;

		if (part > length)
			part = length;
		memcpy(spool->piece + spool->filled, from, part);
		spool->filled += part;
		from += part;
		length -= part;
		if (spool->filled == sizeof spool->piece)
			spool->has_failed = !seal_piece(spool);
	}
	return !spool->has_failed;
}

enum rc
spool_end(struct spool *spool, struct err *err)
{
	if (spool->filled > 0 && !spool->has_failed)
		spool->has_failed = !seal_piece(spool);
	crypto_wipe(spool->piece, sizeof spool->piece);
	if (spool->has_failed)
		return fail(err);
	if (spool->size == 0)
		return err_set(err, RC_INVALID, "empty_document",
		    "the document has no content");
	digest_stream_end(spool->digest, spool->sha256);
	return RC_OK;
}

/* ---- reading */

int64_t
spool_size(const struct spool *spool)
{
	return spool->size;
}

int
spool_pieces(const struct spool *spool)
{
	return spool->pieces;
}

const uint8_t *
spool_sha256(const struct spool *spool)
{
	return spool->sha256;
}

const struct id *
spool_content(const struct spool *spool)
{
	return &spool->content;
}

const struct data_key *
spool_key(const struct spool *spool)
{
	return &spool->key;
}

const uint8_t *
spool_head(const struct spool *spool, size_t *length)
{
	*length = spool->head_length;
	return spool->head;
}

/* All but the last are whole. */
static size_t
piece_length(const struct spool *spool, int number)
{
	int64_t before = (int64_t)number * SPOOL_PIECE_SIZE;
	int64_t left = spool->size - before;

	return left > SPOOL_PIECE_SIZE ? SPOOL_PIECE_SIZE : (size_t)left;
}

enum rc
spool_piece(struct spool *spool, int number, const uint8_t **sealed,
    size_t *length, struct err *err)
{
	size_t wanted = piece_length(spool, number) + SEALING_OVERHEAD;
	size_t done = 0;

	while (done < wanted) {
		ssize_t got = pread(spool->file, spool->sealed + done,
		    wanted - done, (off_t)number * SEALED_SIZE + (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fail(err);
		done += (size_t)got;
	}
	*sealed = spool->sealed;
	*length = wanted;
	return RC_OK;
}

static enum rc
open_piece(struct spool *spool, int number, uint8_t *to, struct err *err)
{
	uint8_t row[SEALED_CHUNK_ROW_SIZE];
	const struct sealed_place place = sealed_place_chunk(
	    &spool->content, (uint32_t)number, row);
	struct blob sealed, plain;

	TRY(spool_piece(spool, number, &sealed.bytes, &sealed.length, err));
	arena_reset(spool->arena);
	TRY(sealed_column_open(
	    &spool->key, &place, &sealed, spool->arena, &plain, err));
	memcpy(to, plain.bytes, plain.length);
	return RC_OK;
}

enum rc
spool_whole(struct spool *spool, uint8_t **bytes, struct err *err)
{
	uint8_t *whole = malloc((size_t)spool->size);
	enum rc rc = RC_OK;

	if (whole == NULL)
		return fail(err);
	for (int i = 0; rc == RC_OK && i < spool->pieces; i++)
		rc = open_piece(
		    spool, i, whole + (size_t)i * SPOOL_PIECE_SIZE, err);
	if (rc != RC_OK) {
		crypto_wipe(whole, (size_t)spool->size);
		free(whole);
		return rc;
	}
	*bytes = whole;
	return RC_OK;
}
