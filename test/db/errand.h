/*
 * Errands: commands given to a real desk, with the answer kept after the
 * desk has forgotten it.
 */
#pragma once

#include "hub/desk/desk.h"
#include "test/db/batch.h"

enum { ERRAND_TARGETS = 40 };

struct errand {
	struct command command;
	struct txn_draft txn;
	struct target_draft targets[ERRAND_TARGETS];
	struct request_draft request;
	/* The answer. */
	bool is_done, is_replay;
	enum rc rc;
	struct err err;
	int status;
	char location[64];
	char *body;
};

/* A new errand of this person of the world. */
struct errand *errand_new(enum command_kind kind, const struct id *person,
    const struct id *institution, const uint8_t *key, enum role role);
void errand_free(struct errand *errand);
void errand_cleanup(struct errand **errand);

/* A case of one request with `count` targets at the bank, one payment of
 * reference `number`. */
struct errand *errand_case(const struct world *world, int number, size_t count);

/* An answer of the nodal officer: NIL_BAL unless the test changes it. */
struct errand *
errand_answer(const struct world *world, const struct id *target);

/* A correction of the target's account to the account `number`. */
struct errand *errand_correction(
    const struct world *world, const struct id *target, int number);

/* The Idempotency-Key; `body` tells bodies apart. */
void errand_key(struct errand *errand, const char *key, int body);

void errand_give(struct errand *errand, struct desk *desk);

/* Until the answer is there; fails the test after half a minute. */
void errand_wait(struct errand *errand);

/* Both; the answer must be this. */
void errand_run(struct errand *errand, struct desk *desk);
void errand_must(struct errand *errand, struct desk *desk, int status);

/* The `index`th target's id in the answer. */
struct id errand_target(const struct errand *errand, int index);

/* While held, the desk waits in the answer of an errand that it was given;
 * what is given meanwhile is one batch. */
void errand_hold_desk(const struct world *world, struct desk *desk);
void errand_release_desk(void);
