/*
 * SHA-256 piece by piece: see digest_stream.h.
 */
#include "hub/crypto/digest_stream.h"

#include <stdlib.h>

#include <openssl/evp.h>

#include "hub/base/log.h"
#include "hub/crypto/scratch.h"

struct digest_stream {
	EVP_MD_CTX *context;
};

struct digest_stream *
digest_stream_new(void)
{
	struct digest_stream *stream = calloc(1, sizeof(*stream));

	if (stream == NULL)
		abort();
	stream->context = EVP_MD_CTX_new();
	if (stream->context == NULL ||
	    EVP_DigestInit_ex2(stream->context, scratch_sha256(), NULL) != 1)
		log_panic("SHA-256 failed", NULL);
	return stream;
}

void
digest_stream_free(struct digest_stream *stream)
{
	if (stream == NULL)
		return;
	EVP_MD_CTX_free(stream->context);
	free(stream);
}

void
digest_stream_add(
    struct digest_stream *stream, const void *bytes, size_t length)
{
	if (EVP_DigestUpdate(stream->context, bytes, length) != 1)
		log_panic("SHA-256 failed", NULL);
}

void
digest_stream_end(struct digest_stream *stream, uint8_t *out)
{
	if (EVP_DigestFinal_ex(stream->context, out, NULL) != 1)
		log_panic("SHA-256 failed", NULL);
}
