/*
 * Inside this room: one digest and one cipher context for each thread, and
 * the algorithms fetched once.  A context made per call costs more than the
 * hash of a short text.  A user leaves nothing in them that it needs later.
 */
#pragma once

#include <stddef.h>

#include <openssl/evp.h>

/* This thread's contexts; freed when the thread ends.  Never NULL. */
EVP_MD_CTX *scratch_digest(void);
EVP_CIPHER_CTX *scratch_cipher(void);

/* At most SCRATCH_NONCE_MAX random bytes from this thread's small stock, for
 * nonces and nothing secret: asking the generator each time costs twice as
 * much as sealing a field.  A fork empties the stock: two processes never
 * take the same bytes. */
enum { SCRATCH_NONCE_MAX = 32 };
void scratch_nonce(void *bytes, size_t length);

/* Fetched once for the process.  Never NULL. */
const EVP_MD *scratch_sha256(void);
const EVP_CIPHER *scratch_aes_256_gcm(void);
