/*
 * The hub's data keys by number: for what belongs to no case.  Read from the
 * database at start; constant afterwards, so any thread may use them.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/crypto/sealing.h"

struct hub_keys;

/* Never NULL. */
struct hub_keys *hub_keys_new(void);
void hub_keys_free(struct hub_keys *keys);
void hub_keys_cleanup(struct hub_keys **keys);

/* Unwrap one and add it.  RC_FAILED as sealing_unwrap. */
NODISCARD enum rc
hub_keys_add(struct hub_keys *keys, const struct keyring *keyring, int number,
    const void *wrapped, size_t length, struct err *err);

/* NULL: no key of this number. */
const struct data_key *hub_keys_find(const struct hub_keys *keys, int number);

/* The highest number, for new rows; 0 when there is none. */
int hub_keys_newest(const struct hub_keys *keys);
