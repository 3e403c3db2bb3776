/*
 * A message under way: the row as it was fetched, opened only for the time of
 * an attempt, and how that ended.  Used by the dispatcher's thread alone.
 */
#pragma once

#include "hub/client/courier.h"
#include "hub/dispatch/keys.h"
#include "hub/store/outbox.h"

enum { LETTER_TEXT_SIZE = 64 };

struct letter {
	struct letter *next;         /* in a queue or batch */
	struct letter *same;         /* in the list of those known */
	struct letter *left, *right; /* of those under way in its lane */
	struct outbox_row row;       /* all it points to is the letter's own */
	int64_t epoch;               /* of its shard, when it was fetched */
	bool is_retry;               /* from outbox_retry */
	bool is_under_way;           /* taken and not yet forgotten */
	bool is_ping;                /* of no row: never recorded, in no lane */

	/* Of the present attempt. */
	uint8_t *body; /* opened; owned */
	size_t body_length;
	char remote[COURIER_ADDRESS_SIZE], key_ids[KEYS_IDS_SIZE];
	uint8_t response_sha256[32];
	struct outbox_attempt attempt;
};

/* A copy of the row. */
struct letter *letter_new(const struct outbox_row *row, int64_t epoch);
void letter_free(struct letter *letter);

/* A ping: a signed message that keeps a connection and tells nothing. */
struct letter *letter_new_ping(void);

/* Open and sign it and start its delivery to `endpoint`.  RC_FAILED where the
 * sealed bytes or their key are damaged or missing; RC_INVALID for a URL that
 * is not https. */
NODISCARD enum rc letter_send(struct letter *letter, struct courier *courier,
    const struct endpoint *endpoint, const struct keys *keys,
    struct keys_signer *signer, struct err *err);

/* The attempt is over: note how, for the record, and forget the bytes. */
void letter_note(struct letter *letter, const struct outcome *outcome);

/* The attempt could not even start. */
void letter_note_failure(struct letter *letter, const char *error);
