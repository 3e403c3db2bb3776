/*
 * Rows for the dispatcher's tests: endpoints with sealed secrets, messages
 * with sealed bodies, written as the desk would leave them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <libpq-fe.h>

#include "hub/crypto/hub_keys.h"
#include "hub/crypto/keyring.h"

struct dispatch_seed {
	PGconn *connection; /* as freezeline_hub */
	const struct keyring *keyring;
	const struct hub_keys *hub_keys;
};

/* A webhook of a new bank; its number, and its v1 secret as "whsec_…". */
int dispatch_seed_endpoint(struct dispatch_seed *seed, const char *url,
    int concurrency, bool allow_private, char *secret);

/* `count` messages of `bytes` bytes in one transaction: of one new case with
 * a target for each, or (`is_caseless`) sealed with the hub's key.  All have
 * the order key; 0: none. */
void dispatch_seed_messages(struct dispatch_seed *seed, int endpoint,
    int priority, int count, size_t bytes, bool is_caseless, int64_t order_key);
