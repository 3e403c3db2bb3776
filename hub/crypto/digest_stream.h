/*
 * SHA-256 of what comes piece by piece.  For texts that are whole see
 * digest.h.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/crypto/digest.h"

struct digest_stream;

/* Never NULL. */
struct digest_stream *digest_stream_new(void);
void digest_stream_free(struct digest_stream *stream);

void digest_stream_add(
    struct digest_stream *stream, const void *bytes, size_t length);

/* `out` gets DIGEST_SIZE bytes; nothing may be added afterwards. */
void digest_stream_end(struct digest_stream *stream, uint8_t *out);
