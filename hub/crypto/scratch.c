/*
 * Contexts and algorithms that are kept: see scratch.h.
 */
#include "hub/crypto/scratch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/log.h"
#include "hub/crypto/crypto.h"

enum { STOCK_SIZE = 768 };

struct scratch {
	EVP_MD_CTX *digest;
	EVP_CIPHER_CTX *cipher;
	uint8_t stock[STOCK_SIZE];
	size_t left;    /* bytes of the stock not yet taken */
	unsigned forks; /* of the process when it was filled */
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t at_thread_end;
static EVP_MD *sha256;
static EVP_CIPHER *aes_256_gcm;
static atomic_uint forks;
static _Thread_local struct scratch *mine;

static void
scratch_free(void *pointer)
{
	struct scratch *scratch = pointer;

	EVP_MD_CTX_free(scratch->digest);
	EVP_CIPHER_CTX_free(scratch->cipher);
	free(scratch);
}

static void
count_fork(void)
{
	atomic_fetch_add(&forks, 1);
}

static void
fetch(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	aes_256_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	if (sha256 == NULL || aes_256_gcm == NULL ||
	    pthread_key_create(&at_thread_end, scratch_free) != 0 ||
	    pthread_atfork(NULL, NULL, count_fork) != 0)
		log_panic("no SHA-256 or AES-256-GCM", NULL);
}

static struct scratch *
scratch_get(void)
{
	struct scratch *made;

	if (mine != NULL)
		return mine;
	(void)pthread_once(&once, fetch);
	made = calloc(1, sizeof(*made));
	if (made == NULL)
		abort();
	made->digest = EVP_MD_CTX_new();
	made->cipher = EVP_CIPHER_CTX_new();
	if (made->digest == NULL || made->cipher == NULL ||
	    pthread_setspecific(at_thread_end, made) != 0)
		abort();
	mine = made;
	return made;
}

EVP_MD_CTX *
scratch_digest(void)
{
	return scratch_get()->digest;
}

EVP_CIPHER_CTX *
scratch_cipher(void)
{
	return scratch_get()->cipher;
}

void
scratch_nonce(void *bytes, size_t length)
{
	struct scratch *scratch = scratch_get();
	unsigned now = atomic_load(&forks);

	if (scratch->left < length || scratch->forks != now) {
		crypto_random(scratch->stock, sizeof(scratch->stock));
		scratch->left = sizeof(scratch->stock);
		scratch->forks = now;
	}
	scratch->left -= length;
	memcpy(bytes, scratch->stock + scratch->left, length);
}

const EVP_MD *
scratch_sha256(void)
{
	(void)pthread_once(&once, fetch);
	return sha256;
}

const EVP_CIPHER *
scratch_aes_256_gcm(void)
{
	(void)pthread_once(&once, fetch);
	return aes_256_gcm;
}
