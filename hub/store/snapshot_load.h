/*
 * Loads what a batch of commands decides about, in one round trip: BEGIN,
 * then one SELECT for each kind of row, locked in the order of ids.  Called
 * by the desk only.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/snapshot.h"
#include "hub/store/db.h"
#include "hub/store/load_risk.h"

struct load_kept_key {
	struct id principal;
	const char *key;
};

struct load_message_key {
	struct id message,
	    institution; /* only of this institution's endpoints */
};

struct load_deadline_key {
	struct id subject; /* a target or request that is named as well */
	enum deadline_kind kind;
};

/* Whose volumes a submitted case adds to. */
struct load_volume_key {
	struct id principal, unit;
	const uint8_t *complainant; /* a hash, or NULL */
	int64_t at;
};

/* What the commands of a batch name.  Duplicates are allowed; the store
 * sorts.  A case is locked for each case, request and target named, and for
 * the targets of the messages named. */
struct load_keys {
	const struct id *cases;
	size_t case_count;
	const struct id *requests; /* with all their targets */
	size_t request_count;
	const struct id *targets; /* with their requests and txns */
	size_t target_count;
	/* Ids of grievances, which stand among the targets too, or of targets
	 * whose running grievance is needed. */
	const struct id *grievances;
	size_t grievance_count;
	/* Their cases are locked; their requests are not loaded by that. */
	const struct id *documents, *formalities;
	size_t document_count, formality_count;
	bool wants_documents; /* those of the requests and targets named too */
	/* Ids of restitutions, which stand among the targets too, or of targets
	 * or grievances about one whose open restitutions are needed.  A request
	 * named has those of its targets. */
	const struct id *restitutions;
	size_t restitution_count;
	const struct load_message_key *messages; /* with their targets */
	size_t message_count;
	const struct load_deadline_key *deadlines;
	size_t deadline_count;
	/* Targets whose case's money trail is needed: what is held in it, the
	 * hops to it and the payments; and cases that are needed whole. */
	const struct id *trails;
	size_t trail_count;
	const struct id *whole_cases; /* they stand among the cases too */
	size_t whole_count;
	/* Of targets about to be made or corrected: locked by advisory lock
	 * (first 8 bytes), then looked for among live targets. */
	const uint8_t (*dedupe_hashes)[SNAPSHOT_HASH_SIZE];
	size_t dedupe_count;
	const struct load_kept_key *kept;
	size_t kept_count;
	/* Locked by advisory lock, like the hashes: two desks do not count
	 * the same officer's requests at once. */
	const struct load_volume_key *volumes;
	size_t volume_count;
	const struct id *usual; /* institutions: their usual times */
	size_t usual_count;
	const uint8_t (*actor_keys)[ACTOR_KEY_SIZE];
	size_t actor_count;
	struct load_risk_keys risk; /* of no case */
	size_t case_numbers;        /* how many to draw */
};

/* Begin a transaction and fill the snapshot.  Sealed columns arrive as
 * blobs, unopened.  RC_RETRY on a conflict, RC_UNAVAILABLE without a
 * database; the transaction is then rolled back. */
NODISCARD enum rc snapshot_load(struct db *db, const struct load_keys *keys,
    struct snapshot *snapshot, struct err *err);
