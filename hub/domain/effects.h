/*
 * What a decision wants done.  Rows change in the snapshot at once; the rest
 * is a growing list of typed records that the desk saves in one transaction.
 * Appending never fails half-way: when the arena is full the effects are
 * marked failed and the whole batch is refused.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/domain/envelope.h"
#include "hub/domain/event.h"
#include "hub/domain/snapshot.h"

struct response_row {
	struct id id, case_id, target, principal, institution;
	int generation;
	enum response_code code;
	uint8_t key[ACTOR_KEY_SIZE];
	int64_t held_minor, received_at;
	struct blob body;   /* as received */
	struct blob sealed; /* the desk's */
};

struct evidence_row {
	struct id id, case_id, target, submitted_by, institution;
	int kind; /* evidence_kind_words */
	int64_t submitted_at;
	const char *text;
	struct blob sealed; /* the desk's */
};

/* A court's order on what is held. */
struct attachment_row {
	struct id id, case_id, target, registered_by;
	const char *basis;
	int64_t expires_at, registered_at;
	const char *order;  /* JSON as it came */
	struct blob sealed; /* the desk's */
};

struct lead_row {
	struct id id, case_id, response, target, child; /* child zero: none */
	enum response_code code;
	struct money money;
	int64_t created_at;
};

/* One envelope to one endpoint, and its outbox row. */
struct message_row {
	struct envelope envelope;
	const struct endpoint *endpoint;
	struct id institution;
	int priority; /* 0 freeze and release, 1 status, 2 bulk */
	/* The desk's. */
	int64_t seq;
	int key_no;
	struct blob sealed;
};

/* A message that an inbox checkpoint or two people take out of the queue. */
struct taken_row {
	int64_t seq;
	struct id message;
	int32_t endpoint;
	int64_t at;
};

enum registry_change_kind {
	REGISTRY_ADD_INSTITUTION,
	REGISTRY_ADD_PRINCIPAL,
	REGISTRY_ADD_ENDPOINT,
	REGISTRY_PROPOSE_PLACE,
	REGISTRY_SET_ROSTER,
	REGISTRY_CONFIRM_PLACE,
	REGISTRY_CONFIRM_INSTITUTION, /* with its principals and endpoints */
	REGISTRY_CONFIRM_PRINCIPAL,
	REGISTRY_CONFIRM_ENDPOINT,
	REGISTRY_REVOKE_CERTIFICATE,
	REGISTRY_ADD_AGREEMENT,
	REGISTRY_CONFIRM_AGREEMENT,
	REGISTRY_WITHDRAW_AGREEMENT,
};

struct registry_change {
	enum registry_change_kind kind;
	struct id id;          /* of the row */
	struct id institution; /* whose it is */
	struct id actor;       /* who proposed, confirmed, revoked */
	int64_t at, active_from;
	const struct register_institution *add_institution;
	const struct place_institution *place;
	const struct shift *shifts; /* of a roster, all that it is now */
	size_t shift_count;
	const struct principal_draft *principal;
	const struct endpoint_draft *endpoint;
	const struct agreement_draft *agreement;
	struct id key_id;   /* of the endpoint's secret */
	const uint8_t *key; /* SPKI, of a revocation */
	/* The desk's. */
	int key_no;
	struct blob sealed_secret;
};

/* A signal, and to whom it goes by which agreement. */
struct signal_row {
	const struct send_signal *draft;
	struct id id, source, sent_by;
	enum signal_kind kind;
	enum identifier_type type;
	char mask[IDENTIFIER_MASK_SIZE];
	uint8_t hash[SNAPSHOT_HASH_SIZE];
	int64_t observed_from, observed_until, expires_at, created_at;
	const struct id *recipients, *agreements;
	size_t recipient_count;
	/* The desk's. */
	int key_no;
	struct blob sealed;
};

struct effects_spare; /* what is filled in vain once the arena is full */

struct effects {
	struct snapshot *snapshot;
	struct effects_spare *spare;
	struct message_row spare_message;
	struct event *events;
	struct response_row *responses;
	struct lead_row *leads;
	struct evidence_row *evidence;
	struct attachment_row *attachments;
	struct message_row *messages;
	struct alert_row *alerts;
	struct taken_row *taken;
	struct kept_reply *replies;
	struct registry_change *changes;
	struct signal_row *signals;
	size_t event_count, event_capacity, response_count, response_capacity;
	size_t evidence_count, evidence_capacity;
	size_t alert_count, alert_capacity;
	size_t attachment_count, attachment_capacity;
	size_t lead_count, lead_capacity, message_count, message_capacity;
	size_t taken_count, taken_capacity, reply_count, reply_capacity;
	size_t change_count, change_capacity, signal_count, signal_capacity;
	bool gives_kept; /* an earlier transaction's reply leaves with these */
	bool failed;
};

void effects_init(struct effects *effects, struct snapshot *snapshot);

/* Where the list ends stood, to tell what one command added. */
struct effects_mark {
	size_t events, responses, evidence, attachments, leads, messages, taken,
	    changes, signals;
};
struct effects_mark effects_mark(const struct effects *effects);

/* ---- rows; the caller fills the new row, all zero but row.is_new.  Never
 * NULL. */

struct case_file *effects_add_case(struct effects *effects);
struct txn *effects_add_txn(struct effects *effects);
struct freeze_request *effects_add_request(struct effects *effects);
struct target *effects_add_target(struct effects *effects);
struct grievance *effects_add_grievance(struct effects *effects);
struct restitution *effects_add_restitution(struct effects *effects);
struct formality *effects_add_formality(struct effects *effects);
struct document *effects_add_document(struct effects *effects);

/* Move a row by its machine and append the event of the move; the row and its
 * case are saved at the end of the batch.  The move must have been asked for
 * with machine_next before the first effect; one that is not allowed marks
 * the effects failed.  The event is borrowed until the next one is appended:
 * add fields to it.  Never NULL. */
struct event *
effects_move_case(struct effects *effects, const struct command *command,
    struct case_file *case_file, enum case_event move);
struct event *
effects_move_request(struct effects *effects, const struct command *command,
    struct freeze_request *request, enum request_event move);
struct event *
effects_move_target(struct effects *effects, const struct command *command,
    struct target *target, enum target_event move);
struct event *
effects_move_formality(struct effects *effects, const struct command *command,
    struct formality *formality, enum formality_event move);

struct event *
effects_move_restitution(struct effects *effects, const struct command *command,
    struct restitution *restitution, enum restitution_event move);
struct event *
effects_move_grievance(struct effects *effects, const struct command *command,
    struct grievance *grievance, enum grievance_event move);

/* The same for rows just added: from STATE_NEW. */
struct event *
effects_enter_case(struct effects *effects, const struct command *command,
    struct case_file *case_file, enum case_event move);
struct event *
effects_enter_request(struct effects *effects, const struct command *command,
    struct freeze_request *request, enum request_event move);
struct event *
effects_enter_target(struct effects *effects, const struct command *command,
    struct target *target, enum target_event move);
struct event *
effects_move_document(struct effects *effects, const struct command *command,
    struct document *document, enum document_event move);
struct event *
effects_enter_document(struct effects *effects, const struct command *command,
    struct document *document, enum document_event move);
struct event *
effects_enter_formality(struct effects *effects, const struct command *command,
    struct formality *formality, enum formality_event move);

struct event *effects_enter_restitution(struct effects *effects,
    const struct command *command, struct restitution *restitution,
    enum restitution_event move);
struct event *
effects_enter_grievance(struct effects *effects, const struct command *command,
    struct grievance *grievance, enum grievance_event move);

/* A move of what belongs to no case: the event, and where it leads. */
struct event *effects_move_apart(struct effects *effects,
    const struct command *command, const struct machine *machine, int from,
    int move, const char *prefix, const struct id *subject, int *to);

/* A target that changes without a move: saved, with its case, at the end. */
void effects_touch_target(struct effects *effects,
    const struct command *command, struct target *target);

/* The same for a grievance: its target is shown with it, so its version
 * rises too. */
void effects_touch_grievance(struct effects *effects,
    const struct command *command, struct grievance *grievance);

/* The same for a case alone. */
void effects_touch_case(struct effects *effects, const struct command *command,
    struct case_file *case_file);

/* The same for a request. */
void effects_touch_request(struct effects *effects,
    const struct command *command, struct freeze_request *request);

/* Begin a clock of a subject, or begin it anew, as `begun` has it (its kind,
 * case, times, stage and who owes).  `is_new`: the subject has just been made
 * and has none yet. */
void effects_set_deadline(struct effects *effects, const struct id *subject,
    const struct deadline *begun, bool is_new);

/* A clock stops: what it waited for is done or owed no more. */
void effects_end_deadline(
    struct effects *effects, const struct id *subject, enum deadline_kind kind);

/* An event without a move; `type` is static text.  `case_id` NULL: of no
 * single case. */
struct event *effects_note(struct effects *effects,
    const struct command *command, const char *type, const struct id *case_id,
    const char *subject_prefix, const struct id *subject);

/* A field of an event; text is borrowed.  NULL or "" text adds nothing. */
void event_text(struct event *event, const char *name, const char *text);
void event_number(struct event *event, const char *name, int64_t number);
/* Amount and currency as "123.45 INR", id as TypeID text. */
void effects_event_money(struct effects *effects, struct event *event,
    const char *name, const struct money *money);
void effects_event_id(struct effects *effects, struct event *event,
    const char *name, const char *prefix, const struct id *id);

/* ---- records; the caller fills what is returned.  Never NULL. */

struct response_row *effects_add_response(struct effects *effects);
struct lead_row *effects_add_lead(struct effects *effects);
struct evidence_row *effects_add_evidence(struct effects *effects);
struct alert_row *effects_add_alert(struct effects *effects);
struct attachment_row *effects_add_attachment(struct effects *effects);
struct taken_row *effects_add_taken(struct effects *effects);
struct kept_reply *effects_add_reply(struct effects *effects);
struct registry_change *effects_add_change(struct effects *effects);
struct signal_row *effects_add_signal(struct effects *effects);

/* Queue a message about no case to this very endpoint.  Never NULL. */
struct message_row *
effects_enqueue_to(struct effects *effects, struct command *command,
    enum message_type type, int priority, const struct endpoint *endpoint);

/* Queue a message about `targets` (of one request; copied) to the endpoint of
 * `institution`, cut by the endpoint's max_batch.  Its officer is the actor,
 * where that is a police officer.  Returns the first of them, so that the
 * caller sets answer, about and note on `count` rows from there; marks the
 * effects failed when the institution has no endpoint. */
struct message_row *
effects_enqueue(struct effects *effects, struct command *command,
    enum message_type type, int priority, const struct id *institution,
    struct target *const *targets, size_t target_count, size_t *count);
