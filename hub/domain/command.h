/*
 * Commands: everything that can change the state, whoever brings it (HTTP,
 * the dispatcher, the clerk).  Made at the edge with its time and ids, so
 * that a decision reads neither a clock nor a random source and may run
 * again.  All text lives in the command's arena.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/arena.h"
#include "hub/base/id.h"
#include "hub/domain/actor.h"
#include "hub/domain/case_command.h"
#include "hub/domain/document.h"
#include "hub/domain/identifier.h"
#include "hub/domain/money.h"
#include "hub/domain/registry_command.h"
#include "hub/domain/response_code.h"
#include "hub/domain/roster.h"
#include "hub/domain/risk_command.h"
#include "hub/domain/vocabulary.h"
#include "hub/domain/way_back_draft.h"

enum {
	COMMAND_KEY_SIZE = 256, /* of an Idempotency-Key, with its NUL */
	COMMAND_HASH_SIZE = 32,
	COMMAND_TXN_LIMIT = 64,
	COMMAND_REQUEST_LIMIT = 16,
	COMMAND_TARGET_LIMIT = 500, /* of one request */
	COMMAND_LEAD_LIMIT = 64,
	COMMAND_AUTHORITY_LIMIT = 3, /* beside the first */
};

enum command_kind {
	COMMAND_SUBMIT_CASE,
	COMMAND_APPROVE_REQUEST,
	COMMAND_WITHDRAW_REQUEST,
	COMMAND_AMEND_REQUEST,
	COMMAND_ADD_REQUESTS, /* its part is `submit` */
	COMMAND_PATCH_CASE,
	COMMAND_WITHDRAW_CASE,
	COMMAND_MERGE_CASE,
	COMMAND_CLOSE_CASE,
	COMMAND_ISSUE_TARGET,
	COMMAND_CORRECT_TARGET,
	COMMAND_REMIND_TARGET,
	COMMAND_RELEASE_TARGET,
	COMMAND_REDUCE_TARGET,
	COMMAND_EXTEND_TARGET,
	COMMAND_ATTACH_EVIDENCE,
	COMMAND_FILE_GRIEVANCE,
	COMMAND_DECIDE_GRIEVANCE,
	COMMAND_FILE_DOCUMENT,
	COMMAND_DECIDE_DOCUMENT,
	COMMAND_WAIVE_FORMALITY,
	COMMAND_ATTACH_TARGET,
	COMMAND_PROPOSE_RESTITUTION,
	COMMAND_ORDER_RESTITUTION,
	COMMAND_PAY_RESTITUTION,
	COMMAND_RESPOND,
	COMMAND_CHECKPOINT_INBOX,
	COMMAND_RECORD_DELIVERY,
	COMMAND_RECORD_ACCESS,
	COMMAND_PASS_DEADLINE,
	COMMAND_REGISTER_INSTITUTION,
	COMMAND_REGISTER_PRINCIPAL,
	COMMAND_REGISTER_ENDPOINT,
	COMMAND_PLACE_INSTITUTION,
	COMMAND_SET_ROSTER,
	COMMAND_CONFIRM_REGISTRATION,
	COMMAND_REVOKE_CERTIFICATE,
	COMMAND_REGISTER_AGREEMENT,
	COMMAND_WITHDRAW_AGREEMENT,
	COMMAND_SEND_SIGNAL,
	COMMAND_ADD_WATCH,
	COMMAND_WITHDRAW_WATCH,
	COMMAND_DISPUTE_WATCH,
	COMMAND_DECIDE_WATCH,
	COMMAND_LOOK_UP,
	COMMAND_PLACE_PAYMENT_HOLD,
	COMMAND_ANSWER_PAYMENT_HOLD,
	COMMAND_TEST_ENDPOINT,
	COMMAND_KIND_COUNT
};

/* A (scheme, value) of another system: NCRP acknowledgement, IC3 id … */
struct external_ref {
	const char *scheme, *value;
};

struct complainant {
	const char *name, *msisdn, *email, *address; /* "" where not told */
};

struct txn_draft {
	const char *key;        /* the client's name for it in this call */
	const char *parent_key; /* as told, or NULL; wire makes `parent` */
	int parent;             /* index of an earlier draft, -1: none */
	int layer;
	int channel; /* channel_words */
	const char *mcc;
	struct money money;
	int64_t at;
	bool has_reference, has_from, has_to;
	struct identifier reference, from, to;
	uint8_t reference_hash[COMMAND_HASH_SIZE]; /* set by the desk */
};

struct target_draft {
	const char *institution_text; /* "ins_…", slug, or NULL: by route */
	struct identifier identifier;
	const char *holder;  /* the name the victim knows, or "" */
	const char *txn_key; /* as told, or NULL; wire makes `txn` */
	int txn;             /* index of a draft, -1: none */
	bool has_txn_id;     /* or a payment that the case has already */
	struct id txn_id;
	int layer;
	struct money amount;
	/* Set before the load: by the use case's prepare, and the desk. */
	struct id institution;
	uint8_t identifier_hash[COMMAND_HASH_SIZE];
	uint8_t dedupe_hash[COMMAND_HASH_SIZE];
};

/* A law beside the first, of another country or an international one. */
struct authority_draft {
	const char *profile, *basis; /* basis "" : the profile's first */
};

struct request_draft {
	enum action action;
	enum scope scope;
	const char *basis; /* "" : the profile's first */
	enum successor successor;
	bool has_follow_leads; /* else the profile's */
	enum follow_leads follow_leads;
	const char *reason;
	/* Another authority in whose name it is asked, and its reference. */
	const char *on_behalf_of, *on_behalf_ref; /* "" : nobody's */
	struct authority_draft *authorities;
	size_t authority_count;
	bool is_emergency;
	int64_t expires_at; /* 0: the profile's span */
	struct target_draft *targets;
	size_t target_count;
};

struct submit_case {
	struct id into;   /* of requests that are added: the case */
	bool is_addition; /* payments may be named that it has */
	int typology, report_channel;
	enum authorised authorised;
	bool has_priority;
	enum priority priority; /* may only raise */
	const char *profile;    /* "" : the unit's */
	const char *language;   /* of the narrative, BCP 47, or "" */
	struct money loss;
	int64_t occurred_at, reported_at;
	int64_t bank_notice_at; /* 0: not told */
	bool has_account_type;
	enum account_type account_type;
	struct complainant complainant;
	const char *narrative;
	struct external_ref *external_refs;
	size_t external_ref_count;
	struct txn_draft *txns;
	size_t txn_count;
	struct request_draft *requests;
	size_t request_count;
	/* Of the number or address of who complains; set by the desk. */
	bool has_complainant_hash;
	uint8_t complainant_hash[COMMAND_HASH_SIZE];
};

struct issue_target {
	struct id target;
	bool is_dismissal;
	const char *reason; /* needed for a dismissal */
};

/* What a correction changes; the rest stays. */
struct correct_target {
	struct id target;
	bool has_identifier, has_holder, has_amount;
	struct identifier identifier;
	const char *holder;
	struct money amount;
	const char *note;
	uint8_t identifier_hash[COMMAND_HASH_SIZE];
	uint8_t dedupe_hash[COMMAND_HASH_SIZE];
};

struct remind_target {
	struct id target;
	const char *note;
};

struct release_target {
	struct id target;
	const char *reason;
};

/* Hold less: `amount` is what stays. */
struct reduce_target {
	struct id target;
	struct money amount;
	const char *reason;
};

struct extend_target {
	struct id target;
	int64_t expires_at;
	const char *basis; /* "" : the request's */
	const char *reason;
};

/* Requests that the desk learns from the rows that a command names. */
struct learned_requests {
	struct id ids[DOCUMENT_REQUEST_LIMIT];
	size_t count;
};

/* A paper for a case; its content is staged already. */
struct file_document {
	struct id case_id;
	struct id content; /* of its pieces */
	int chunk_count;
	int64_t size;
	uint8_t sha256[COMMAND_HASH_SIZE];
	uint8_t content_key[32];
	enum document_format format;
	const char *type, *media_type, *language;
	const char *issuer, *number, *issued_on, *name; /* "" : not told */
	enum signature_format signature_format;
	enum signature_check signature_check;
	const char *signature, *signer_key; /* base64, "" : none */
	struct id supersedes;               /* zero: nothing */
	const struct id *requests, *formalities;
	size_t request_count, formality_count;
	struct learned_requests learned;
};

struct decide_document {
	struct id document;
	enum document_decision decision;
	uint32_t defects; /* bit per enum defect */
	const char *note; /* "" : none */
	struct learned_requests learned;
};

struct waive_formality {
	struct id formality;
	const char *reason;
	struct learned_requests learned;
};

struct lead_draft {
	enum response_code code; /* OUT_XFER, OUT_VASP, OUT_FOREIGN */
	const char *institution_text;
	bool has_identifier;
	struct identifier to;
	const char *holder;
	bool has_reference;
	struct identifier reference;
	int channel; /* channel_words */
	int64_t at;
	struct money money; /* in the target's currency */
	bool has_amount_as_sent;
	struct money amount_as_sent;
	/* Set before the load. */
	bool has_institution;
	struct id institution;
	uint8_t reference_hash[COMMAND_HASH_SIZE];
	uint8_t identifier_hash[COMMAND_HASH_SIZE];
	uint8_t dedupe_hash[COMMAND_HASH_SIZE];
};

struct exit_draft {
	enum response_code code;
	const char *place, *terminal_id; /* one of them at least */
	struct money money;
	int64_t at;
};

struct respond {
	struct id target;
	enum action asked; /* of its target, for leads; set by the desk */
	int generation;    /* 0: the present one */
	enum response_code code;
	bool has_amount_held, has_balance, has_residual;
	struct money amount_held, balance, residual;
	enum residual_reason residual_reason;
	const char *hold_ref, *prior_authority, *note;
	int queue_rank;                   /* 0: not told */
	int64_t held_at, expires_at, eta; /* 0: not told */
	uint32_t mismatches;              /* bit per enum mismatch */
	const char *suggested_institution;
	struct lead_draft *leads;
	size_t lead_count;
	struct exit_draft *exits;
	size_t exit_count;
	const char *body; /* the JSON as received, kept sealed */
	size_t body_length;
};

struct checkpoint_inbox {
	struct id *messages;
	size_t message_count;
};

/* What one message's first 2xx, first failure or first escalation means. */
enum delivery_fact {
	DELIVERY_ATTEMPTED,
	DELIVERY_DELIVERED,
	DELIVERY_ESCALATED,
	DELIVERY_FACT_COUNT
};

struct delivery_report {
	enum delivery_fact fact;
	enum message_type type;
	struct id message;
	int32_t endpoint;
	int generation;
	int64_t at;
	int64_t attempted_at; /* of a delivery: its beginning; 0: not known */
	int status;           /* HTTP, 0: none */
	const char *error;    /* courier's word, or "" */
	const struct id *targets;
	size_t target_count;
};

struct record_delivery {
	struct delivery_report *reports;
	size_t report_count;
};

/* One coalesced reading (docs/trust.md, "Evidence"). */
struct record_access {
	struct id case_id;  /* zero: a list */
	const char *view;   /* "case", "timeline", "inbox" … */
	int64_t count;      /* cases on a list */
	struct id document; /* whose content leaves; zero: none */
};

/* A stage of a clock has come: brought by the clerk. */
struct pass_deadline {
	struct id subject; /* as the kind has it (hub/domain/clocks.h) */
	enum deadline_kind kind;
	struct id request; /* of a document's clock: whose it is */
};

/* `key` "" : no Idempotency-Key, the reply is not kept. */
struct idempotency {
	char key[COMMAND_KEY_SIZE];
	uint8_t fingerprint[COMMAND_HASH_SIZE];
};

struct command {
	enum command_kind kind;
	struct actor actor;
	int64_t at;        /* when it was received */
	struct id base;    /* its ids are id_nth(&base, n) */
	uint32_t ids_used; /* reset before every run of the decision */
	struct idempotency idempotency;
	/* Live targets that its own would double, found by the desk while it
	 * loads: their units are told. */
	const struct id *twins;
	size_t twin_count;
	bool is_dry_run; /* decide and answer, change nothing */
	struct arena *arena;
	char trace_id[33];
	union {
		struct submit_case submit;
		struct approve_request approve;
		struct withdraw_request withdraw;
		struct amend_request amend;
		struct patch_case patch_case;
		struct withdraw_case withdraw_case;
		struct merge_case merge;
		struct close_case close_case;
		struct issue_target issue;
		struct correct_target correct;
		struct remind_target remind;
		struct release_target release;
		struct reduce_target reduce;
		struct extend_target extend;
		struct attach_evidence evidence;
		struct file_grievance file_grievance;
		struct decide_grievance decide_grievance;
		struct file_document file_document;
		struct decide_document decide_document;
		struct waive_formality waive_formality;
		struct attach_target attach;
		struct propose_restitution propose;
		struct order_restitution order;
		struct pay_restitution pay;
		struct respond respond;
		struct checkpoint_inbox checkpoint;
		struct record_delivery delivery;
		struct record_access access;
		struct pass_deadline deadline;
		struct register_institution institution;
		struct principal_draft principal;
		struct endpoint_draft endpoint;
		struct place_institution place;
		struct set_roster roster;
		struct confirm_registration confirm;
		struct revoke_certificate revoke;
		struct agreement_draft agreement;
		struct withdraw_agreement withdraw_agreement;
		struct send_signal signal;
		struct add_watch add_watch;
		struct withdraw_watch withdraw_watch;
		struct dispute_watch dispute_watch;
		struct decide_watch decide_watch;
		struct look_up look_up;
		struct place_payment_hold place_payment_hold;
		struct answer_payment_hold answer_payment_hold;
		struct test_endpoint test_endpoint;
	};
};

/* The next id that this command makes. */
struct id command_next_id(struct command *command);

/* "submit_case": for logs and metrics. */
extern const struct words command_kind_words;
