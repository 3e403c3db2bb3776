/*
 * A certificate authority in a folder, for `freezeline ca`:
 *
 *	ca.pem ca.key     the authority; the key is 0600
 *	index.txt         what it did, in order (authority_index.h)
 *	crl.pem           the present revocation list
 *
 * The folder belongs on a machine without a network; only ca.pem, crl.pem
 * and what was issued leave it.  Times are given by the caller.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/crypto/cert.h"
#include "hub/crypto/cert_authority.h"

enum {
	AUTHORITY_PATH_SIZE = 1024,
	AUTHORITY_DAYS_MAX = 36500,
};

/* What shall be issued, and where it shall lie. */
struct authority_order {
	const char *name;      /* of the files: letters, digits, "._-" */
	const char *folder;    /* for NAME.pem, NAME.key, NAME.p12; NULL: DIR */
	struct cert_wish wish; /* its times are set from `days` */
	int days;
	const char *password; /* of NAME.p12, or NULL: none is written */
};

/* What was issued; a path is "" where no such file was written. */
struct authority_issued {
	struct cert cert;
	char certificate[AUTHORITY_PATH_SIZE], key[AUTHORITY_PATH_SIZE],
	    bundle[AUTHORITY_PATH_SIZE];
};

/* Make the folder (0700) where it is missing, the authority and its first,
 * empty list.  RC_CONFLICT where it already holds an authority. */
NODISCARD enum rc authority_init(const char *dir, const char *name, int days,
    int list_days, int64_t now, struct cert *cert, struct err *err);

/* RC_CONFLICT where a file of that name is there: nothing is overwritten.
 * RC_INVALID for a name, wish or number of days that cannot be. */
NODISCARD enum rc
authority_issue(const char *dir, const struct authority_order *order,
    int64_t now, struct authority_issued *issued, struct err *err);

/* Revoke for ever and make a new list.  RC_INVALID, "not_ours", for another
 * authority's certificate; RC_CONFLICT where it is revoked already. */
NODISCARD enum rc authority_revoke(const char *dir, const char *certificate,
    int list_days, int64_t now, struct cert *cert, struct err *err);

/* A new list with all that was ever revoked, valid for `days`.  Fills in its
 * number, times and count; `items` is NULL. */
NODISCARD enum rc authority_list(const char *dir, int days, int64_t now,
    struct cert_list *list, struct err *err);
