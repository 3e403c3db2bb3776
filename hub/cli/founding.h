/*
 * The founding of a registry from two certificates: rows and sealed events
 * for store/first_admins.
 */
#pragma once

#include "hub/base/common.h"
#include "hub/base/err.h"

/* What `freezeline migrate --first-admins` was told. */
struct founding {
	const char *owner_conninfo, *keyring_file;
	const char *name, *country;  /* of the hub's institution */
	const char *certificates[2]; /* PEM files of the two admins */
};

/* Once, on an empty registry of a migrated database.  RC_CONFLICT
 * `registry_not_empty`; RC_INVALID for certificates that do not serve: one
 * key twice, no client's, expired. */
NODISCARD enum rc
founding_run(const struct founding *founding, struct err *err);
