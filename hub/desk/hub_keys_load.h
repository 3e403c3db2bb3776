/*
 * The hub's data keys from the database, the first one made where there is
 * none.  Called once by the composition root.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/crypto/hub_keys.h"

/* RC_UNAVAILABLE, or RC_FAILED where the keyring cannot unwrap one. */
NODISCARD enum rc hub_keys_load(const char *conninfo,
    const struct keyring *keyring, struct hub_keys **keys, struct err *err);
