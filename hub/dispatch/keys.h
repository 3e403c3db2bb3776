/*
 * The keys of delivery: what opens sealed messages, and one signer for each
 * endpoint, of the hub's own v1a key and the endpoint's keys that are in use
 * now.  Loaded when the registry changed.  The dispatcher's thread alone.
 */
#pragma once

#include "hub/crypto/signer.h"
#include "hub/domain/snapshot.h"
#include "hub/store/db.h"

struct keyring;
struct hub_keys;

enum { KEYS_IDS_SIZE = SIGNER_KEY_LIMIT * (SIGNING_KEY_ID_SIZE + 1) };

/* Of one endpoint. */
struct keys_signer {
	int32_t endpoint;
	struct signer *signer;   /* NULL: it was never made */
	int64_t until;           /* a key begins or ends then; 0: none */
	char ids[KEYS_IDS_SIZE]; /* with spaces between them */
};

struct keys;

/* Borrows both.  Never NULL. */
struct keys *
keys_new(const struct keyring *keyring, const struct hub_keys *hub_keys);
void keys_free(struct keys *keys);

/* Read the endpoints' secrets anew and open them; signers made before are to
 * be cleared.  One that does not open is left out and logged. */
NODISCARD enum rc keys_load(struct keys *keys, struct db *db, struct err *err);

/* The signer of an endpoint as of `now`, made if need be.  RC_INVALID when it
 * has too many keys. */
NODISCARD enum rc keys_sign_for(const struct keys *keys, int64_t now,
    struct keys_signer *signer, struct err *err);
void keys_signer_clear(struct keys_signer *signer);

/* Open a message; `body` is the caller's to free. */
NODISCARD enum rc keys_open(const struct keys *keys, const struct id *message,
    int key_no, const struct blob *wrapped_key, const struct blob *sealed,
    uint8_t **body, size_t *length, struct err *err);
