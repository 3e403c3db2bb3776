/*
 * Inside this room: certificates, keys and requests between OpenSSL's
 * objects and PEM text.  Nothing here prompts, and nothing here decides.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"

enum { X509_PEM_LIMIT = 1 << 20 };

void x509_cleanup(X509 **certificate);
void x509_key_cleanup(EVP_PKEY **key);
void x509_list_cleanup(X509_CRL **list);

/* The first block of its kind in the text, or NULL; the caller frees. */
X509 *x509_read(const char *pem, size_t length);
EVP_PKEY *x509_read_key(const char *pem, size_t length);
X509_REQ *x509_read_request(const char *pem, size_t length);

/* Append PEM.  A private key is PKCS#8 without a password. */
NODISCARD enum rc
x509_write(X509 *certificate, struct strbuf *pem, struct err *err);
NODISCARD enum rc
x509_write_key(EVP_PKEY *key, struct strbuf *pem, struct err *err);
NODISCARD enum rc
x509_write_list(X509_CRL *list, struct strbuf *pem, struct err *err);

/* A fresh P-256 key, or NULL. */
EVP_PKEY *x509_new_key(void);

/* Microseconds since 1970, or INT64_MIN where the text is no time. */
int64_t x509_time(const ASN1_TIME *time);

/* Lower-case hex without leading zeros; false where `size` is too small. */
NODISCARD bool x509_serial(const ASN1_INTEGER *serial, char *text, size_t size);
