/*
 * Sealed columns: what the rooms that hold rows share.  A value is bound to
 * its column and row, so that one moved to another row does not open.
 */
#pragma once

#include <stddef.h>

#include "hub/base/arena.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/id.h"
#include "hub/crypto/sealing.h"
#include "hub/domain/snapshot.h"

/* The columns' names as they stand in the binding: never renamed. */
#define SEALED_COMPLAINANT "case_file.complainant"
#define SEALED_NARRATIVE "case_file.narrative"
#define SEALED_EXTERNAL_REF \
	"external_ref.sealed" /* row: case id, position in 2 bytes
						    big-endian */
#define SEALED_REASON "freeze_request.reason"
#define SEALED_ON_BEHALF_OF "freeze_request.on_behalf_of"
#define SEALED_ON_BEHALF_REF "freeze_request.on_behalf_ref"
#define SEALED_TXN "disputed_txn.sealed"
#define SEALED_TARGET "target.sealed"
#define SEALED_HOLD_REF "target.hold_ref"
#define SEALED_RESPONSE "response.sealed"
#define SEALED_GRIEVANCE "grievance.sealed"
#define SEALED_EVIDENCE "counter_evidence.sealed"
#define SEALED_SIGNAL "signal.sealed"
#define SEALED_DOCUMENT "document.sealed"
#define SEALED_DOCUMENT_KEY "document.content_key"
#define SEALED_DOCUMENT_NOTE "document.decision_note"
#define SEALED_CHUNK \
	"document_chunk.sealed" /* row: content id, number in 4 bytes
						    big-endian */
#define SEALED_WATCH "watch_entry.sealed"
#define SEALED_DISPUTE "watch_entry.dispute"
#define SEALED_PAYMENT_HOLD "payment_hold.sealed"
#define SEALED_ATTACHMENT "attachment.sealed"
#define SEALED_RESTITUTION "restitution.sealed"
#define SEALED_RESTITUTION_ORDER "restitution.sealed_order"
#define SEALED_RESTITUTION_PROOF "restitution.sealed_proof"
#define SEALED_EVENT \
	"event_value.sealed" /* row: event id, 8 bytes
						   big-endian */
#define SEALED_MESSAGE "message.sealed"
#define SEALED_REPLY "idempotency.reply" /* row: principal id */
#define SEALED_SECRET "endpoint_key.secret"

struct sealed_place {
	const char *column;
	const void *row; /* its id */
	size_t row_length;
};

/* Place of a row whose key is an id. */
struct sealed_place sealed_place_of(const char *column, const struct id *row);

/* The eight bytes that stand for an event's row; `bytes` has eight.  Returns
 * the place, which borrows them. */
struct sealed_place sealed_place_event(int64_t event_id, uint8_t *bytes);

enum { SEALED_REF_ROW_SIZE = sizeof(struct id) + 2 };

/* The same for the n-th external reference of a case; `bytes` has
 * SEALED_REF_ROW_SIZE. */
struct sealed_place
sealed_place_ref(const struct id *case_id, size_t n, uint8_t *bytes);

enum { SEALED_CHUNK_ROW_SIZE = sizeof(struct id) + 4 };

/* The same for a piece of a content; `bytes` has SEALED_CHUNK_ROW_SIZE. */
struct sealed_place
sealed_place_chunk(const struct id *content, uint32_t number, uint8_t *bytes);

/* Seal into the arena.  RC_TOO_LARGE when it is full. */
NODISCARD enum rc sealed_column_seal(const struct data_key *key,
    const struct sealed_place *place, const struct blob *plain,
    struct arena *arena, struct blob *sealed, struct err *err);

/* Open into the arena, with a NUL behind the bytes.  RC_FAILED
 * `sealed_data_damaged`, RC_TOO_LARGE. */
NODISCARD enum rc sealed_column_open(const struct data_key *key,
    const struct sealed_place *place, const struct blob *sealed,
    struct arena *arena, struct blob *plain, struct err *err);
