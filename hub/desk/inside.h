/*
 * Inside the desk: a job is a command that waits, a batch is what one
 * transaction decides.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/base/strbuf.h"
#include "hub/crypto/hub_keys.h"
#include "hub/crypto/keyring.h"
#include "hub/desk/desk.h"
#include "hub/domain/effects.h"
#include "hub/store/db.h"
#include "hub/store/snapshot_load.h"

enum {
	BATCH_LIMIT = 128,         /* commands */
	BATCH_WEIGHT_LIMIT = 4096, /* targets, about */
	BATCH_EVENT_LIMIT = 65536, /* numbers in one batch_number */
	BATCH_ARENA_LIMIT = 256 << 20,
};

struct job {
	struct job *next;
	struct command *command;
	desk_done *done;
	void *context;
	int64_t deadline; /* monotonic */
	struct reply reply;
	struct err unfit; /* why it cannot be decided, or RC_OK */
	bool is_decided;  /* by this very run: the reply may be kept */
};

struct batch {
	struct arena *arena;
	struct db *db;
	const struct keyring *keyring;
	const struct hub_keys *hub_keys;
	struct registry *registry; /* one reference */
	int64_t registry_delay_seconds;
	int velocity_percent; /* of the limits; 0: off */
	struct job **jobs;
	size_t count;
	bool is_committed; /* the effects are what the database has */
	struct snapshot snapshot;
	struct effects effects;
};

/* ---- keys.c: what a batch's commands name */

/* The keyed hashes of a command's drafts; the institutions are resolved. */
void keys_hash(const struct keyring *keyring, struct command *command);

/* The same for a correction, whose payment stands in the snapshot. */
void
keys_hash_correction(const struct keyring *keyring, struct command *command,
    const struct target *target, const struct txn *txn, enum action action);

/* The keyed hash of an identifier. */
void keys_hash_identifier(const struct keyring *keyring,
    const struct identifier *identifier, uint8_t *hash);

/* ---- volumes.c: how much is asked for in a while */

/* The keyed hash of who complains, where a number or an address is known. */
void volumes_hash(const struct keyring *keyring, struct submit_case *submit);

/* The keys of volumes and of usual times. */
NODISCARD enum rc
volumes_collect(struct batch *batch, struct load_keys *keys, struct err *err);
/* The same for a target that is added to `txn` of its case, which is open.
 * True: it is another one than before. */
bool keys_hash_addition(const struct keyring *keyring,
    const struct snapshot *snapshot, const struct txn *txn, enum action action,
    struct target_draft *draft);

/* The keyed hash of another system's number. */
void keys_hash_ref(const struct keyring *keyring,
    const struct external_ref *ref, uint8_t *hash);

/* Of all jobs; of an unfit one only its actor and key.  RC_TOO_LARGE when the
 * arena is full. */
NODISCARD enum rc
keys_collect(struct batch *batch, struct load_keys *keys, struct err *err);

/* Is its reply kept under its Idempotency-Key?  A dry run's never is. */
bool keys_is_kept(const struct command *command);

/* The request whose rows a clock needs, all its targets among them; NULL: it
 * is about one target. */
const struct id *keys_request_of(const struct pass_deadline *pass);

/* About how many rows the command makes. */
size_t keys_weight(const struct command *command);

/* ---- keys_risk.c: the same for what belongs to no case */

void keys_risk_hash(const struct keyring *keyring, struct command *command);
/* Is it the clock of a watch entry or a payment hold? */
bool keys_risk_has(enum deadline_kind kind);
NODISCARD enum rc keys_risk_collect(
    struct batch *batch, struct load_risk_keys *keys, struct err *err);

/* ---- deciding.c: from the rows to replies */

/* Back to the state before the run; refusals by rules stand only for it. */
void deciding_reset(struct batch *batch);

/* Resolve and hash what the commands name.  What cannot be prepared is not
 * refused yet: it may have been answered before the registry changed. */
void deciding_prepare(struct batch *batch);

/* A correction's triple is known once its target and payment are opened, the
 * requests of a document once it is loaded, what leads ask once their request
 * is, and whose targets are doubled once the live ones are.  True: some were
 * not known when the rows were loaded. */
bool deciding_learn(struct batch *batch);

/* Settle every job.  RC_TOO_LARGE where a reply does not fit. */
NODISCARD enum rc deciding_all(struct batch *batch, struct err *err);

void deciding_refuse(struct job *job, const struct err *err);

/* ---- opening.c: sealed rows of the snapshot */

NODISCARD enum rc opening_case_key(
    struct batch *batch, struct case_file *case_file, struct err *err);
NODISCARD enum rc
opening_target(struct batch *batch, struct target *target, struct err *err);
NODISCARD enum rc
opening_txn(struct batch *batch, struct txn *txn, struct err *err);
NODISCARD enum rc opening_restitution(
    struct batch *batch, struct restitution *restitution, struct err *err);
NODISCARD enum rc opening_reply(struct batch *batch,
    const struct kept_reply *kept, struct reply *reply, struct err *err);

/* ---- closing.c: what was decided, numbered, built and sealed */

/* Rows, then records, ready to save.  Records do not change rows: those may
 * be on their way.  Whatever fails here fails the batch. */
NODISCARD enum rc closing_rows(struct batch *batch, struct err *err);
NODISCARD enum rc closing_records(struct batch *batch, struct err *err);

/* The key that seals what belongs to this case (zero or not in the snapshot:
 * the hub's), and its number (0: the case's). */
NODISCARD enum rc closing_key(struct batch *batch, const struct id *case_id,
    const struct data_key **key, int *key_no, struct err *err);

/* Restitutions, with the rows; courts' orders, with the records. */
NODISCARD enum rc closing_way_back_rows(
    struct batch *batch, struct strbuf *text, struct err *err);
NODISCARD enum rc
closing_way_back_records(struct batch *batch, struct err *err);

/* closing_risk.c: the same for what belongs to no case; `text` is for its
 * use. */
NODISCARD enum rc
closing_risk_seal(struct batch *batch, struct strbuf *text, struct err *err);

/* leaves.c: ids, leaves and values of the batch's events. */
NODISCARD enum rc leaves_make(struct batch *batch, struct err *err);

/* ---- batch.c */

/* Run the jobs until each is settled: retries, and bisects where the
 * database refuses.  `touched` gets what was committed. */
struct seat;
void batch_run(struct seat *seat, struct job **jobs, size_t count);
