/*
 * The rows that a batch of commands decides about, loaded and locked by the
 * store, opened by the desk.  Effects change them, so a later command of the
 * batch sees what an earlier one did; what is new or dirty is saved at the
 * end.  All memory is the batch's arena.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/domain/case_state.h"
#include "hub/domain/command.h"
#include "hub/domain/document_state.h"
#include "hub/domain/formality_state.h"
#include "hub/domain/grievance_state.h"
#include "hub/domain/impact.h"
#include "hub/domain/registry.h"
#include "hub/domain/request_state.h"
#include "hub/domain/risk_rows.h"
#include "hub/domain/row.h"
#include "hub/domain/restitution_state.h"
#include "hub/domain/target_state.h"

enum { SNAPSHOT_HASH_SIZE = 32, SNAPSHOT_REF_SIZE = 40 };

/* An external reference as it is stored. */
struct sealed_ref {
	const char *scheme;
	uint8_t hash[SNAPSHOT_HASH_SIZE];
	struct blob sealed; /* its value */
};

struct case_file {
	struct row_state row;
	struct id id, unit, created_by;
	char ref[SNAPSHOT_REF_SIZE];
	enum case_state state;
	const char *outcome;   /* or NULL */
	struct id merged_into; /* zero: not merged */
	int typology, report_channel;
	enum authorised authorised;
	const char *profile; /* its name, without the version */
	enum priority priority;
	const char *language;
	struct money loss;
	int64_t occurred_at, reported_at, received_at, updated_at;
	int64_t row_version; /* as loaded; the store saves + 1 */
	/* Only of new rows: existing ones are not opened for a decision. */
	int64_t
	    bank_notice_at; /* of the payment, to the customer; 0: not told */
	int account_type;   /* enum account_type, -1: not told */
	struct blob complainant_hash; /* empty: neither number nor address */
	struct complainant complainant;
	const char *narrative;
	const struct external_ref *external_refs;
	size_t external_ref_count;
	/* The desk's: the data key, open and wrapped, and sealed text. */
	bool is_key_open;
	uint8_t data_key[32];
	struct blob wrapped_key, sealed_complainant, sealed_narrative;
	struct sealed_ref *sealed_refs; /* as many as external references */
};

struct txn {
	struct row_state row;
	struct id id, case_id, parent; /* parent zero: none */
	int position, layer, channel;
	const char *mcc;
	struct money money;
	int64_t at;
	bool is_open; /* reference, from and to */
	bool has_reference, has_from, has_to;
	struct identifier reference, from, to;      /* open */
	uint8_t reference_hash[SNAPSHOT_HASH_SIZE]; /* with has_reference */
	struct blob sealed;
};

struct freeze_request {
	struct row_state row;
	struct id id, case_id, requested_by, approved_by; /* zero: nobody */
	int position, generation;
	enum action action;
	enum scope scope;
	enum priority priority;
	const char *basis, *profile; /* profile: NAME@date */
	/* Further ones, as in authority_list.h; "" : none. */
	const char *more_authorities;
	const char *reason; /* only of new rows; "" : none */
	struct blob sealed_reason;
	/* Open where a target of it is; NULL or "": nobody's. */
	const char *on_behalf_of, *on_behalf_ref;
	struct blob sealed_on_behalf_of, sealed_on_behalf_ref;
	enum successor successor;
	enum follow_leads follow_leads;
	enum request_state state, desired_state;
	bool is_emergency;
	int64_t issued_at, confirm_by, expires_at, created_at; /* 0: not */
	int64_t row_version;
};

struct target {
	struct row_state row;
	struct id id, case_id, request, institution;
	struct id txn, parent, duplicate_of; /* zero: none */
	int position, layer, generation;
	enum target_state state;
	bool is_open; /* identifier, holder, hold_ref; the type always is */
	struct identifier identifier;
	const char *holder;
	char mask[IDENTIFIER_MASK_SIZE];
	uint8_t identifier_hash[SNAPSHOT_HASH_SIZE];
	uint8_t dedupe_hash[SNAPSHOT_HASH_SIZE];
	struct money requested;
	int64_t held_minor;
	int64_t reduce_to_minor; /* ordered, not confirmed; 0: not */
	int response_code;       /* enum response_code, -1: none */
	int not_followed;        /* enum not_followed, -1: none */
	/* Open where the target is; NULL: none.  Who sets it clears the sealed
	 * one, to have it sealed anew. */
	const char *hold_ref;
	struct blob sealed_hold_ref;
	int64_t held_at, expires_at, eta; /* 0: not */
	int64_t queued_at, sent_at, delivered_at, acknowledged_at, answered_at;
	int64_t correct_until;
	int reminders;
	bool is_disputed; /* an open grievance; only in views */
	int64_t created_at, updated_at, row_version;
	struct blob sealed;
};

struct grievance {
	struct row_state row;
	struct id id, case_id, target, institution, filed_by;
	struct id declined_by; /* the first of two who decline; zero */
	enum grievance_state state;
	int64_t filed_at, due_at, decided_at; /* 0: not */
	int64_t row_version;
	const char *text; /* only of new rows */
	struct blob sealed;
};

/* Money held at one target that goes to the victim of one case. */
struct restitution {
	struct row_state row;
	struct id id, plan; /* plan: the id of the first of one proposal */
	struct id case_id, target, institution;
	struct id claim_case; /* whose victim is paid; often the same case */
	enum restitution_state state;
	struct money amount;
	int64_t claim_minor; /* what that victim claims; `amount` is a share */
	struct id proposed_by, decided_by; /* zero: nobody */
	int64_t proposed_at, decided_at;   /* ordered, or refused */
	int64_t due_at, paid_at, ended_at; /* 0: not */
	int64_t updated_at, row_version;
	bool is_open; /* where to, and why it was proposed */
	struct identifier payee;
	const char *payee_name, *reason;
	/* Of this batch, else NULL; JSON as it came. */
	const char *order, *proof;
	struct blob sealed, sealed_order, sealed_proof;
};

enum { DEADLINE_KEY_SIZE = 17 };

/* A clock of a request or a target; one of each kind for a subject. */
struct deadline {
	struct row_state row;
	/* Subject and kind: what a look-up compares. */
	uint8_t key[DEADLINE_KEY_SIZE];
	struct id subject, case_id, owed_by;
	enum deadline_kind kind;
	enum deadline_status status;
	enum deadline_stage stage;           /* the one that comes at next_at */
	int64_t started_at, due_at, next_at; /* next_at 0: nothing comes */
	/* Not loaded and not begun in this batch: only its end is known. */
	bool is_end_only;
};

/* A legal document owed. */
struct formality {
	struct row_state row;
	struct id id, case_id, request;
	const char *profile, *basis, *type; /* profile: NAME@date */
	struct id document;                 /* filed for it last; zero: none */
	enum formality_state state;
	int64_t due_at, created_at, updated_at, row_version;
};

/* What only people read of a document. */
struct document_words {
	const char *issuer, *number, *name; /* "" : not told */
	const char *issued_on;              /* YYYY-MM-DD */
	const char *signature, *signer_key; /* base64 */
};

/* A paper on a case. */
struct document {
	struct row_state row;
	struct id id, case_id, institution, filed_by, supersedes, content;
	const char *type, *media_type, *language;
	enum document_state state;
	enum document_format format;
	enum signature_format signature_format;
	enum signature_check signature_check;
	int64_t size;
	int chunk_count;
	bool by_institution; /* else by the police */
	uint8_t sha256[SNAPSHOT_HASH_SIZE];
	const struct id *requests; /* that it is about */
	size_t request_count;
	struct id decided_by, decided_for; /* zero: nobody */
	uint32_t defects;                  /* bit per enum defect */
	int64_t filed_at, decided_at, updated_at, row_version;
	struct document_words words; /* only of new rows */
	const uint8_t *content_key;  /* the same; SEALING_KEY_SIZE bytes */
	const char *decision_note;   /* of a decision of this batch */
	/* The desk's. */
	struct blob sealed, sealed_content_key, sealed_note;
};

/* A live target of another case or request with the same dedupe hash. */
struct live_target {
	uint8_t dedupe_hash[SNAPSHOT_HASH_SIZE];
	struct id id, case_id, unit;
};

/* A stored reply. */
struct kept_reply {
	struct id principal;
	struct idempotency idempotency;
	struct id case_id; /* zero: sealed with hub data key key_no */
	int key_no;
	int status;
	const char *location;    /* "" : none */
	struct blob wrapped_key; /* the case's, where there is a case */
	struct blob sealed;
};

/* A message that waits in an outbox, for the checkpoint of an inbox. */
struct pending_message {
	struct id id, institution, case_id;
	int64_t seq;
	int32_t endpoint;
	enum message_type type;
	int generation;
	const struct id *targets;
	size_t target_count;
	bool is_taken; /* a checkpoint of this batch took it */
};

/* The actor's rows as they are now, not as the view had them. */
struct actor_row {
	struct id principal, institution;
	uint8_t key[ACTOR_KEY_SIZE];
	enum role role;
	enum registry_status status, institution_status;
	int64_t valid_from, valid_until, active_from, institution_active_from;
	bool is_revoked;
};

struct snapshot_lookups;

struct snapshot {
	struct arena *arena;
	const struct registry *registry;
	int64_t registry_delay_seconds;   /* between confirmation and effect */
	struct snapshot_lookups *lookups; /* filled as rows are looked for */
	struct case_file **cases;
	struct txn **txns;
	struct freeze_request **requests;
	struct target **targets;
	struct grievance **grievances;
	struct restitution **restitutions;
	struct deadline **deadlines; /* loaded where a clock has come */
	struct formality **formalities;
	struct document **documents; /* of the requests named, where asked */
	struct live_target *live_targets;
	struct kept_reply *kept_replies;
	struct pending_message *pending;
	struct actor_row *actors;
	struct risk_rows risk; /* of no case */
	size_t case_count, case_capacity, txn_count, txn_capacity;
	size_t request_count, request_capacity, target_count, target_capacity;
	size_t grievance_count, grievance_capacity;
	size_t restitution_count, restitution_capacity;
	size_t deadline_count, deadline_capacity;
	size_t formality_count, formality_capacity;
	size_t document_count, document_capacity;
	size_t live_count, live_capacity, kept_count, kept_capacity;
	size_t pending_count, pending_capacity, actor_count, actor_capacity;
	struct volume *volumes; /* of who submits in this batch */
	size_t volume_count, volume_capacity;
	int velocity_percent;           /* of the limits; 0: off */
	struct usual_time *usual_times; /* for a dry run */
	size_t usual_count, usual_capacity;
	int64_t batch_number;        /* this transaction's */
	const int64_t *case_numbers; /* one for each new case of the batch */
	size_t case_number_count, case_numbers_used;
};

/* An empty snapshot in `arena`. */
void snapshot_init(struct snapshot *snapshot, struct arena *arena,
    const struct registry *registry);

/* Add a zeroed row; NULL when the arena's limit is reached.  The caller sets
 * its id (or key) at once: an id never changes. */
struct case_file *snapshot_add_case(struct snapshot *snapshot);
struct txn *snapshot_add_txn(struct snapshot *snapshot);
struct freeze_request *snapshot_add_request(struct snapshot *snapshot);
struct target *snapshot_add_target(struct snapshot *snapshot);
struct grievance *snapshot_add_grievance(struct snapshot *snapshot);
struct restitution *snapshot_add_restitution(struct snapshot *snapshot);
struct deadline *snapshot_add_deadline(struct snapshot *snapshot,
    const struct id *subject, enum deadline_kind kind);
struct formality *snapshot_add_formality(struct snapshot *snapshot);
struct document *snapshot_add_document(struct snapshot *snapshot);
struct live_target *snapshot_add_live(struct snapshot *snapshot);
struct kept_reply *snapshot_add_kept(struct snapshot *snapshot);
struct pending_message *snapshot_add_pending(struct snapshot *snapshot);
struct actor_row *snapshot_add_actor(struct snapshot *snapshot);

struct usual_time *snapshot_add_usual(struct snapshot *snapshot);

/* The volume of a subject of `size` bytes, made with a figure of 0 where none
 * was loaded.  Good until the next call.  NULL when the arena is full. */
struct volume *snapshot_volume(struct snapshot *snapshot, enum volume_kind kind,
    const uint8_t *subject, size_t size, const char *currency);

/* NULL when there is none. */
const struct usual_time *
snapshot_usual(const struct snapshot *snapshot, const struct id *institution);
struct case_file *
snapshot_case(const struct snapshot *snapshot, const struct id *id);
struct txn *snapshot_txn(const struct snapshot *snapshot, const struct id *id);
struct freeze_request *
snapshot_request(const struct snapshot *snapshot, const struct id *id);
struct target *
snapshot_target(const struct snapshot *snapshot, const struct id *id);
struct grievance *
snapshot_grievance(const struct snapshot *snapshot, const struct id *id);
struct restitution *
snapshot_restitution(const struct snapshot *snapshot, const struct id *id);
/* The one about this target that is not over, of those loaded. */
struct grievance *snapshot_running_grievance(
    const struct snapshot *snapshot, const struct id *target);
struct formality *
snapshot_formality(const struct snapshot *snapshot, const struct id *id);
struct document *
snapshot_document(const struct snapshot *snapshot, const struct id *id);
struct deadline *snapshot_deadline(const struct snapshot *snapshot,
    const struct id *subject, enum deadline_kind kind);
struct kept_reply *snapshot_kept(const struct snapshot *snapshot,
    const struct id *principal, const char *key);
struct pending_message *
snapshot_pending(const struct snapshot *snapshot, const struct id *id);
const struct actor_row *snapshot_actor(
    const struct snapshot *snapshot, const uint8_t key[ACTOR_KEY_SIZE]);

/* A live target with this dedupe hash beside `except` (may be NULL): of the
 * database or made earlier in the batch, and not over since.  Good until the
 * next call. */
const struct live_target *snapshot_live(const struct snapshot *snapshot,
    const uint8_t dedupe_hash[SNAPSHOT_HASH_SIZE], const struct id *except);

/* Is the document about this request? */
bool
snapshot_is_about(const struct document *document, const struct id *request);

/* A verified document of this type about the request, of those loaded; or
 * NULL. */
const struct document *
snapshot_verified_document(const struct snapshot *snapshot,
    const struct id *request, const char *type);

/* Is there a verified order (hub/domain/document.h) on the request?  Of the
 * documents loaded: a command that names a request has all of it. */
bool snapshot_has_verified_order(
    const struct snapshot *snapshot, const struct id *request);

/* A target's dedupe hash may change in this batch (a correction): have
 * snapshot_live look at the target itself.  False when the arena is full. */
NODISCARD bool snapshot_watch(struct snapshot *snapshot, struct target *target);
