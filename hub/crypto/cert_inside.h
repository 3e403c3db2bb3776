/*
 * Inside this room: what an authority is made of.
 */
#pragma once

#include <openssl/x509.h>

struct cert_authority {
	X509 *certificate;
	EVP_PKEY *key;
};
