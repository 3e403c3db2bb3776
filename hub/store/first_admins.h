/*
 * The first rows of an empty registry: the hub's own institution and two
 * admins (docs/trust.md).  Used by `freezeline migrate` alone, as the owner;
 * everybody after them is proposed by one and confirmed by another.
 */
#pragma once

#include "hub/domain/snapshot.h"
#include "hub/store/db.h"

enum { FIRST_ADMINS_COUNT = 2, FIRST_ADMINS_EVENTS = 3 };

struct first_admin {
	struct id id;
	const char *name, *serial;
	const uint8_t *key, *fingerprint; /* SHA-256 each */
	int64_t valid_until;
};

/* With its leaf and its sealed values. */
struct first_event {
	int64_t id;
	const char *type;
	struct id subject;
	struct blob leaf, sealed;
	int key_no;
};

struct first_admins {
	struct id institution;
	const char *name, *country;
	int64_t at;
	struct first_admin admins[FIRST_ADMINS_COUNT];
	struct first_event events[FIRST_ADMINS_EVENTS];
};

/* Begin the transaction, lock the registry and take the number from which
 * event ids are made (number * 65536 + n).  RC_CONFLICT `registry_not_empty`
 * where somebody is registered; then no transaction is open. */
NODISCARD enum rc
first_admins_begin(struct db *db, int64_t *number, struct err *err);

/* Save all and commit; what fails is rolled back. */
NODISCARD enum rc first_admins_save(
    struct db *db, const struct first_admins *first, struct err *err);
