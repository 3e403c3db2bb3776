/*
 * What the files of the reading room share: one run of a view, the sight of
 * its actor, opening what is sealed, and pieces of JSON that several views
 * have.  Nobody outside the room includes it.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/crypto/hub_keys.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealed_column.h"
#include "hub/reading/reader.h"
#include "hub/store/view_load.h"

/* How much of a case an actor sees (docs/domain.md, section 9). */
enum sight {
	SIGHT_FULL,   /* police: everything */
	SIGHT_MASKED, /* auditor: all rows; identifiers masked, nobody's data */
	SIGHT_OWN,    /* institution: the header and its own targets */
};

struct view_run {
	struct db *db;
	struct arena *arena;
	const struct keyring *keyring;
	const struct registry *registry;
	struct hub_keys **hub_keys; /* the thread's; NULL until needed */
	int64_t at;
	const struct view_request *request;
	enum sight sight;
	struct view_reply *reply;
	/* What a wait needs to know: is there anything new, and of what. */
	bool has_news;
	int64_t row_version;
};

/* Each fills run->reply but for rc and err. */
NODISCARD enum rc view_case_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_case_list_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_target_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_restitution_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_timeline_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_inbox_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_alerts_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_debts_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_deadlines_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_legal_debt_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_document_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_content_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_notice_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_status_run(struct view_run *run, struct err *err);
NODISCARD enum rc
view_response_times_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_outcomes_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_trail_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_signals_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_watches_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_watch_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_payment_holds_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_payment_hold_run(struct view_run *run, struct err *err);
NODISCARD enum rc view_attempts_run(struct view_run *run, struct err *err);

/* ---- view_common.c */

enum sight view_sight(const struct actor *actor);

/* The institution whose rows alone may be seen; NULL: all. */
const struct id *view_own_institution(const struct view_run *run);

/* The institutions whose cases the actor sees, of those that the request
 * asks for, in the arena.  RC_INVALID `unknown_unit` where it asks for none of
 * theirs. */
NODISCARD enum rc view_units(const struct view_run *run,
    const struct id **units, size_t *count, struct err *err);

/* Did the caller ask for a part of these only? */
bool view_has_scope(const struct view_run *run);

/* RC_INVALID `unknown_unit`. */
enum rc view_unknown_scope(struct err *err);

/* The institution that the query names (id or slug): NULL where it names
 * none.  RC_INVALID `unknown_institution`, for an institution also of every
 * other one: it is told of itself alone. */
NODISCARD enum rc view_asked_institution(
    const struct view_run *run, const struct id **institution, struct err *err);

/* The case that the request names: its id, or the one with its reference. */
NODISCARD enum rc
view_case_id(const struct view_run *run, struct id *case_id, struct err *err);

/* RC_MISSING `not_found`, the same for all that is not there or not theirs. */
enum rc view_missing(struct err *err);

/* Set the reply's etag to the version that the actor is shown; true where
 * if_none_match names it. */
bool view_is_known(struct view_run *run, int64_t version);

/* Does an If-None-Match header name this etag (RFC 9110, 13.1.2)? */
bool view_etag_matches(const char *header, const char *etag);

/* ---- view_open.c: sealed columns.  RC_FAILED where they do not open. */

NODISCARD enum rc view_open_case_key(const struct view_run *run,
    const struct blob *wrapped, struct data_key *key, struct err *err);

/* The hub's data key of a number. */
NODISCARD enum rc view_open_hub_key(const struct view_run *run, int number,
    const struct data_key **key, struct err *err);

/* With a NUL behind the bytes; "" where nothing is sealed. */
NODISCARD enum rc view_open_text(const struct view_run *run,
    const struct data_key *key, const char *column, const struct id *row,
    const struct blob *sealed, struct blob *plain, struct err *err);

/* ---- view_write.c: pieces of JSON */

void view_write_time(struct strbuf *out, const char *key, int64_t at);
void view_write_id(struct strbuf *out, const char *key, const char *prefix,
    const struct id *id);
void view_write_institution(
    const struct view_run *run, const char *key, const struct id *id);

/* The members of an object that was sealed as JSON, into an open object. */
void view_write_members(struct strbuf *out, const struct blob *object);

/* ---- view_object.c: objects for rows; `key` opens what the sight allows */

/* What a target belongs to. */
struct view_about {
	const struct case_file *file;
	const struct freeze_request *request;
};
NODISCARD enum rc
view_object_target(const struct view_run *run, const struct view_about *about,
    const struct target *target, const struct data_key *key, struct err *err);
NODISCARD enum rc view_object_evidence(const struct view_run *run,
    const struct evidence_row *evidence, const struct data_key *key,
    struct err *err);
NODISCARD enum rc view_object_grievance(const struct view_run *run,
    const struct grievance *grievance, const struct data_key *key,
    struct err *err);
NODISCARD enum rc view_object_request(const struct view_run *run,
    const struct freeze_request *request, const struct data_key *key,
    struct err *err);
NODISCARD enum rc view_object_txn(const struct view_run *run,
    const struct txn *txn, const struct data_key *key, struct err *err);

/* ---- view_document.c */

/* The member "documents". */
NODISCARD enum rc view_write_documents(const struct view_run *run,
    const struct document *documents, size_t count, const struct data_key *key,
    struct err *err);

/* ---- view_restitution.c: money on its way back */

/* The member "restitutions" of a case; an institution's are its own. */
void view_write_restitutions(
    const struct view_run *run, const struct view_case *view);

/* One element of the member "attachments" of a target. */
NODISCARD enum rc view_object_attachment(const struct view_run *run,
    const struct attachment_row *attachment, const struct data_key *key,
    struct err *err);

/* ---- view_debts.c: documents owed */

/* The member "formalities": those of one request; NULL: all. */
void view_write_formalities(const struct view_run *run,
    const struct formality *formalities, size_t count,
    const struct id *request);

/* Is one of the request's documents overdue? */
bool view_is_unperfected(const struct view_run *run,
    const struct formality *formalities, size_t count,
    const struct id *request);

/* The member "containment" of a case.  RC_TOO_LARGE. */
NODISCARD enum rc view_write_containment(
    const struct view_run *run, const struct view_case *view, struct err *err);

/* Less is ordered to be held than is: until the institution confirms. */
bool view_is_over_held(const struct target *target);

/* The member "overlays" of a case: what lies over any of its targets. */
void view_write_case_overlays(
    const struct view_run *run, const struct view_case *view);

/* The member "unperfected": is one of the request's overdue? */
void view_write_unperfected(const struct view_run *run,
    const struct formality *formalities, size_t count,
    const struct id *request);
