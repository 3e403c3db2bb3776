/*
 * What the reading room loads, view by view.  Sealed columns arrive sealed.
 * All memory is the arena's; RC_TOO_LARGE `view_too_large` at its limit,
 * RC_MISSING `not_found`, RC_UNAVAILABLE without a database.  Whose rows a
 * caller may see is the caller's to say; nothing is filtered here unasked.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/domain/effects.h"
#include "hub/domain/snapshot.h"
#include "hub/store/db.h"

/* ---- one case */

/* A case that was merged with another. */
struct view_kin {
	struct id id;
	char ref[SNAPSHOT_REF_SIZE];
};

struct view_case {
	struct case_file *file;
	struct sealed_ref *refs;
	struct txn *txns;
	struct freeze_request *requests;
	struct target *targets;
	struct lead_row *leads; /* not for an institution; the oldest first */
	struct formality *formalities;
	struct view_kin *kin;
	size_t kin_count;
	struct document *documents;       /* that the institution may see */
	struct restitution *restitutions; /* the oldest first */
	size_t ref_count, txn_count, request_count, target_count, lead_count;
	size_t formality_count, document_count, restitution_count;
};

/* A case with all that belongs to it.  `institution` NULL: all targets, and
 * what the responders found; else the targets that were sent to it. */
NODISCARD enum rc view_load_case(struct db *db, const struct id *case_id,
    const struct id *institution, struct arena *arena, struct view_case *view,
    struct err *err);

/* The id of the case with a spoken reference. */
NODISCARD enum rc view_load_case_id(
    struct db *db, const char *ref, struct id *case_id, struct err *err);

/* Its file alone. */
NODISCARD enum rc view_load_file(struct db *db, const struct id *case_id,
    struct arena *arena, struct case_file **file, struct err *err);

/* ---- one document */

struct view_document {
	struct document *document;
	struct formality *formalities; /* that it was filed for last */
	size_t formality_count;
};

/* `institution` NULL: whatever it is; else only what that one may see, and of
 * its requests and formalities those with own targets. */
NODISCARD enum rc view_load_document(struct db *db, const struct id *id,
    const struct id *institution, struct arena *arena,
    struct view_document *view, struct err *err);

/* A sealed piece of a content; RC_FAILED `content_missing`. */
NODISCARD enum rc view_load_chunk(struct db *db, const struct id *content,
    int number, struct arena *arena, struct blob *sealed, struct err *err);

/* ---- one target */

struct view_target {
	struct case_file *file;
	struct freeze_request *request;
	struct target *target;
	struct response_row *responses;     /* the oldest first */
	struct grievance *grievances;       /* the same */
	struct evidence_row *evidence;      /* the same */
	struct attachment_row *attachments; /* the same */
	struct formality *formalities;      /* of its request */
	size_t response_count, grievance_count, evidence_count;
	size_t formality_count, attachment_count;
};

NODISCARD enum rc view_load_target(struct db *db, const struct id *target_id,
    struct arena *arena, struct view_target *view, struct err *err);

/* ---- one restitution */

struct view_restitution {
	struct case_file *file; /* of its target */
	struct restitution *restitution;
};

NODISCARD enum rc
view_load_restitution(struct db *db, const struct id *restitution_id,
    struct arena *arena, struct view_restitution *view, struct err *err);

/* ---- a page of cases */

struct view_list_query {
	const struct id *units; /* cases of these */
	size_t unit_count;
	const struct id *institution; /* or, not NULL, with its targets */
	int limit;
	int64_t before;  /* the key of the last one seen; 0: from the top */
	struct id after; /* of the last one seen */
	/* Only in these states; none: in any. */
	const char *const *states;
	size_t state_count;
};

struct view_list_item {
	struct id id, unit;
	char ref[SNAPSHOT_REF_SIZE];
	enum case_state state;
	const char *outcome; /* or NULL */
	int typology;
	enum authorised authorised;
	const char *profile;
	enum priority priority;
	struct money loss;
	int64_t occurred_at, reported_at, received_at, updated_at;
	int64_t key_at; /* where the next page begins */
	struct id key_id;
	int64_t targets;
};

NODISCARD enum rc view_load_list(struct db *db,
    const struct view_list_query *query, struct arena *arena,
    struct view_list_item **items, size_t *count, struct err *err);

/* ---- a page of what is owed */

/* Owed under a law by this moment. */
struct view_until {
	const char *profile; /* its name */
	int64_t at;
};

struct view_debt_query {
	const struct id *units; /* of cases of these; NULL: of any */
	size_t unit_count;
	const struct id *institution;    /* NULL: any; else with its targets */
	const struct id *asked;          /* the same, of which one asks */
	const struct id *case_id;        /* NULL: any */
	const struct view_until *untils; /* NULL: owed whenever, or settled */
	size_t until_count;
	uint32_t states; /* bit per enum formality_state; 0: any */
	int64_t at;      /* what is owed and due by then is overdue */
	int limit;
	int64_t after; /* the key of the last one seen; 0: from the first due */
	struct id after_id;
};

struct view_debt {
	struct formality formality;
	struct id unit;
	char ref[SNAPSHOT_REF_SIZE];
	const struct id
	    *institutions; /* with targets of the request, sent to them */
	size_t institution_count;
};

/* The first due first. */
NODISCARD enum rc view_load_debts(struct db *db,
    const struct view_debt_query *query, struct arena *arena,
    struct view_debt **debts, size_t *count, struct err *err);

/* ---- a page of alerts */

struct view_alert_query {
	const struct id *units;
	size_t unit_count;
	int limit;
	int64_t before; /* the key of the last one seen; 0: from the newest */
	struct id before_id;
};

struct view_alert {
	struct alert_row alert;
	char ref[SNAPSHOT_REF_SIZE]; /* of its case */
};

/* The newest first. */
NODISCARD enum rc view_load_alerts(struct db *db,
    const struct view_alert_query *query, struct arena *arena,
    struct view_alert **alerts, size_t *count, struct err *err);

/* ---- a page of clocks that are open */

struct view_deadline_query {
	const struct id *units; /* of cases of these; NULL: of any */
	size_t unit_count;
	const struct id *institution; /* of what it has, or owes; NULL: any */
	bool is_own; /* it looks itself: only of what was sent to it */
	const struct id *case_id; /* NULL: any */
	uint32_t kinds, states;   /* bit per deadline_kind, deadline_status */
	int limit;
	int64_t after; /* the key of the last one seen; 0: from the first due */
	struct id after_subject;
	const char *after_kind;
};

struct view_deadline {
	struct deadline deadline;
	char ref[SNAPSHOT_REF_SIZE];
	struct id request, target, institution; /* zero: none */
};

/* The first due first. */
NODISCARD enum rc view_load_deadlines(struct db *db,
    const struct view_deadline_query *query, struct arena *arena,
    struct view_deadline **deadlines, size_t *count, struct err *err);

/* ---- a page of a case's timeline */

struct view_timeline_query {
	struct id case_id;
	int64_t after; /* leaf index; -1: from the start */
	int limit;
	const struct id *institution; /* NULL: all; else of its own targets */
};

struct view_event {
	int64_t leaf_index, event_id, happened_at, recorded_at;
	const char *type;
	struct id actor; /* zero: the hub */
	struct blob leaf;
	int key_no;         /* 0: the case's key seals it */
	struct blob sealed; /* none: erased, or nothing to say */
};

struct view_timeline {
	struct case_file *file;
	struct view_event *events;
	size_t event_count;
	size_t target_count; /* of query->institution, sent to it */
};

NODISCARD enum rc
view_load_timeline(struct db *db, const struct view_timeline_query *query,
    struct arena *arena, struct view_timeline *view, struct err *err);

/* ---- an inbox */

struct view_message {
	int64_t seq, created_at;
	int32_t endpoint;
	struct id id, case_id;
	enum message_type type;
	int key_no; /* 0: the case's key seals it */
	struct blob sealed, wrapped_key;
};

struct view_inbox_query {
	const int32_t *endpoints; /* their numbers */
	size_t endpoint_count;
	int64_t after; /* seq */
	int limit;
};

/* The oldest that wait. */
NODISCARD enum rc view_load_inbox(struct db *db,
    const struct view_inbox_query *query, struct arena *arena,
    struct view_message **messages, size_t *count, struct err *err);

/* ---- those who wait */

struct view_known_case {
	struct id id;
	int64_t row_version;
};

struct view_waiting {
	const struct view_known_case *cases;
	size_t case_count;
	const int32_t *endpoints;
	size_t endpoint_count;
};

/* Which of them have news: cases with another version, and endpoints with
 * mail. */
NODISCARD enum rc
view_load_waiting(struct db *db, const struct view_waiting *waiting,
    struct arena *arena, struct id **cases, size_t *case_count,
    int32_t **endpoints, size_t *endpoint_count, struct err *err);
