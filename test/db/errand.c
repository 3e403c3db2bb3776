/*
 * Errands: see errand.h.
 */
#include "test/db/errand.h"

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hub/base/clock.h"
#include "hub/domain/ids.h"

enum { PATIENCE_SECONDS = 30, ARENA_LIMIT = 1 << 20 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool is_gate_shut, is_desk_waiting;

/* ---- what is asked */

struct errand *
errand_new(enum command_kind kind, const struct id *person,
    const struct id *institution, const uint8_t *key, enum role role)
{
	struct errand *errand = calloc(1, sizeof *errand);

	ck_assert_ptr_nonnull(errand);
	errand->command.kind = kind;
	errand->command.at = clock_now();
	errand->command.base = id_new();
	/* What the desk learns of a command stays with it. */
	errand->command.arena = arena_new(ARENA_LIMIT);
	errand->command.actor.principal = *person;
	errand->command.actor.institution = *institution;
	errand->command.actor.role = role;
	errand->command.actor.kind = role == ROLE_OFFICER
	    ? INSTITUTION_POLICE_UNIT
	    : INSTITUTION_BANK;
	memcpy(errand->command.actor.key, key, ACTOR_KEY_SIZE);
	return errand;
}

void
errand_free(struct errand *errand)
{
	if (errand == NULL)
		return;
	arena_free(errand->command.arena);
	free(errand->body);
	free(errand);
}

void
errand_cleanup(struct errand **errand)
{
	errand_free(*errand);
}

static struct identifier
account(int number)
{
	struct identifier identifier = { .type = IDENTIFIER_IN_ACCOUNT,
		.qualifier = "NOBK0000001" };

	(void)snprintf(
	    identifier.value, sizeof identifier.value, "%09d", number);
	return identifier;
}

static void
draft_txn(struct txn_draft *txn, int number, int64_t at)
{
	*txn = (struct txn_draft){ .parent = -1,
		.layer = 1,
		.mcc = "",
		.money = { 100000, "INR" },
		.at = at - CLOCK_SECOND,
		.has_reference = true,
		.reference = { .type = IDENTIFIER_RRN } };
	(void)snprintf(
	    txn->reference.value, sizeof txn->reference.value, "%012d", number);
}

struct errand *
errand_case(const struct world *world, int number, size_t count)
{
	struct errand *errand = errand_new(COMMAND_SUBMIT_CASE, &world->officer,
	    &world->unit, world->officer_key, ROLE_OFFICER);
	struct submit_case *submit = &errand->command.submit;

	draft_txn(&errand->txn, number, errand->command.at);
	for (size_t i = 0; i < count; i++)
		errand->targets[i] = (struct target_draft){
			.identifier = account(number * 100 + (int)i),
			.holder = "",
			.layer = 1,
			.amount = { 1000, "INR" }
		};
	errand->request = (struct request_draft){ .basis = "",
		.reason = "",
		.targets = errand->targets,
		.target_count = count };
	submit->profile = submit->language = submit->narrative = "";
	submit->complainant = (struct complainant){ "", "", "", "" };
	submit->loss = (struct money){ 100000, "INR" };
	submit->occurred_at = submit->reported_at = errand->command.at;
	submit->txns = &errand->txn;
	submit->txn_count = 1;
	submit->requests = &errand->request;
	submit->request_count = 1;
	return errand;
}

struct errand *
errand_answer(const struct world *world, const struct id *target)
{
	struct errand *errand = errand_new(COMMAND_RESPOND, &world->nodal,
	    &world->bank, world->nodal_key, ROLE_NODAL);
	struct respond *respond = &errand->command.respond;

	respond->target = *target;
	respond->code = RESPONSE_NIL_BAL;
	respond->hold_ref = respond->prior_authority = respond->note = "";
	respond->suggested_institution = "";
	respond->body = "{}";
	respond->body_length = 2;
	return errand;
}

struct errand *
errand_correction(
    const struct world *world, const struct id *target, int number)
{
	struct errand *errand = errand_new(COMMAND_CORRECT_TARGET,
	    &world->officer, &world->unit, world->officer_key, ROLE_OFFICER);
	struct correct_target *correct = &errand->command.correct;

	correct->target = *target;
	correct->has_identifier = true;
	correct->identifier = account(number);
	correct->note = "";
	return errand;
}

void
errand_key(struct errand *errand, const char *key, int body)
{
	(void)snprintf(errand->command.idempotency.key,
	    sizeof errand->command.idempotency.key, "%s", key);
	errand->command.idempotency.fingerprint[0] = (uint8_t)body;
}

/* ---- giving and waiting */

static void
keep_answer(void *context, struct command *command, const struct reply *reply)
{
	struct errand *errand = context;

	ck_assert_ptr_eq(command, &errand->command);
	pthread_mutex_lock(&lock);
	ck_assert(!errand->is_done);
	errand->is_done = true;
	errand->is_replay = reply->is_replay;
	errand->rc = reply->rc;
	errand->err = reply->err;
	errand->status = reply->status;
	(void)snprintf(errand->location, sizeof errand->location, "%s",
	    reply->location == NULL ? "" : reply->location);
	errand->body = strndup(
	    reply->body == NULL ? "" : reply->body, reply->body_length);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

void
errand_give(struct errand *errand, struct desk *desk)
{
	desk_submit(desk, &errand->command, keep_answer, errand);
}

void
errand_wait(struct errand *errand)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PATIENCE_SECONDS;
	pthread_mutex_lock(&lock);
	while (!errand->is_done)
		ck_assert_int_eq(
		    pthread_cond_timedwait(&changed, &lock, &until), 0);
	pthread_mutex_unlock(&lock);
}

void
errand_run(struct errand *errand, struct desk *desk)
{
	errand_give(errand, desk);
	errand_wait(errand);
}

void
errand_must(struct errand *errand, struct desk *desk, int status)
{
	errand_run(errand, desk);
	ck_assert_msg(errand->rc == RC_OK, "%s %s: %s", errand->err.code,
	    errand->err.pointer, errand->err.text);
	ck_assert_int_eq(errand->status, status);
}

struct id
errand_target(const struct errand *errand, int index)
{
	const char *at = errand->body;
	char text[ID_TEXT_SIZE];
	struct id id;

	for (int i = 0; i <= index; i++) {
		at = strstr(i == 0 ? at : at + 1, "\"tgt_");
		ck_assert_ptr_nonnull(at);
	}
	(void)snprintf(text, sizeof text, "%.30s", at + 1);
	ck_assert(id_parse(ID_TARGET, text, &id));
	return id;
}

/* ---- the gate */

static void
wait_at_gate(void *context, struct command *command, const struct reply *reply)
{
	(void)command;
	(void)reply;
	pthread_mutex_lock(&lock);
	is_desk_waiting = true;
	pthread_cond_broadcast(&changed);
	while (is_gate_shut)
		pthread_cond_wait(&changed, &lock);
	is_desk_waiting = false;
	pthread_mutex_unlock(&lock);
	errand_free(context);
}

void
errand_hold_desk(const struct world *world, struct desk *desk)
{
	static const struct id nobody = { { 9 } };
	struct errand *errand = errand_answer(world, &nobody);

	pthread_mutex_lock(&lock);
	is_gate_shut = true;
	pthread_mutex_unlock(&lock);
	desk_submit(desk, &errand->command, wait_at_gate, errand);
	pthread_mutex_lock(&lock);
	while (!is_desk_waiting)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

void
errand_release_desk(void)
{
	pthread_mutex_lock(&lock);
	is_gate_shut = false;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}
