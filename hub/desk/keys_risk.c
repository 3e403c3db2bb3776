/*
 * What the commands of a batch name that belongs to no case: watch entries,
 * payment holds, signals, and hashes to look them up by.
 */
#include <string.h>

#include "hub/desk/inside.h"

void
keys_risk_hash(const struct keyring *keyring, struct command *command)
{
	struct look_up *look = &command->look_up;

	if (command->kind == COMMAND_SEND_SIGNAL)
		keys_hash_identifier(keyring, &command->signal.subject,
		    command->signal.subject_hash);
	if (command->kind == COMMAND_ADD_WATCH)
		keys_hash_identifier(keyring, &command->add_watch.subject,
		    command->add_watch.subject_hash);
	if (command->kind == COMMAND_PLACE_PAYMENT_HOLD)
		keys_hash_identifier(keyring,
		    &command->place_payment_hold.payee,
		    command->place_payment_hold.payee_hash);
	if (command->kind != COMMAND_LOOK_UP)
		return;
	for (size_t i = 0; i < look->sought_count; i++)
		keys_hash_identifier(
		    keyring, &look->sought[i].identifier, look->sought[i].hash);
}

bool
keys_risk_has(enum deadline_kind kind)
{
	return kind == DEADLINE_WATCH || kind == DEADLINE_PAYMENT_HOLD;
}

struct lists {
	struct id *watches, *holds, *signals;
	uint8_t (*hashes)[RISK_HASH_SIZE];
};

static void
add_hash(const uint8_t hash[RISK_HASH_SIZE], struct lists *lists,
    struct load_risk_keys *keys)
{
	memcpy(lists->hashes[keys->hash_count++], hash, RISK_HASH_SIZE);
}

static void
add_watch(const struct id *id, struct lists *lists, struct load_risk_keys *keys)
{
	lists->watches[keys->watch_count++] = *id;
}

static void
add_hold(const struct id *id, struct lists *lists, struct load_risk_keys *keys)
{
	lists->holds[keys->hold_count++] = *id;
}

static void
add_clock(const struct pass_deadline *pass, struct lists *lists,
    struct load_risk_keys *keys)
{
	if (pass->kind == DEADLINE_WATCH)
		add_watch(&pass->subject, lists, keys);
	if (pass->kind == DEADLINE_PAYMENT_HOLD)
		add_hold(&pass->subject, lists, keys);
}

static void
add_placing(const struct place_payment_hold *draft, struct lists *lists,
    struct load_risk_keys *keys)
{
	add_hash(draft->payee_hash, lists, keys);
	if (draft->has_signal)
		lists->signals[keys->signal_count++] = draft->signal;
}

static void
add_command(const struct command *command, struct lists *lists,
    struct load_risk_keys *keys)
{
	if (command->kind == COMMAND_ADD_WATCH)
		add_hash(command->add_watch.subject_hash, lists, keys);
	if (command->kind == COMMAND_WITHDRAW_WATCH)
		add_watch(&command->withdraw_watch.entry, lists, keys);
	if (command->kind == COMMAND_DISPUTE_WATCH)
		add_watch(&command->dispute_watch.entry, lists, keys);
	if (command->kind == COMMAND_DECIDE_WATCH)
		add_watch(&command->decide_watch.entry, lists, keys);
	if (command->kind == COMMAND_LOOK_UP)
		for (size_t i = 0; i < command->look_up.sought_count; i++)
			add_hash(command->look_up.sought[i].hash, lists, keys);
	if (command->kind == COMMAND_PLACE_PAYMENT_HOLD)
		add_placing(&command->place_payment_hold, lists, keys);
	if (command->kind == COMMAND_ANSWER_PAYMENT_HOLD)
		add_hold(&command->answer_payment_hold.hold, lists, keys);
	if (command->kind == COMMAND_PASS_DEADLINE)
		add_clock(&command->deadline, lists, keys);
}

/* The most that one command names of a kind. */
static size_t
weight_of(const struct command *command)
{
	return command->kind == COMMAND_LOOK_UP ? command->look_up.sought_count
						: 1;
}

enum rc
keys_risk_collect(
    struct batch *batch, struct load_risk_keys *keys, struct err *err)
{
	struct lists lists;
	size_t weight = 1;

	for (size_t i = 0; i < batch->count; i++)
		weight += weight_of(batch->jobs[i]->command);
	lists.watches = arena_alloc(
	    batch->arena, weight * sizeof *lists.watches);
	lists.holds = arena_alloc(batch->arena, weight * sizeof *lists.holds);
	lists.signals = arena_alloc(
	    batch->arena, weight * sizeof *lists.signals);
	lists.hashes = arena_alloc(batch->arena, weight * sizeof *lists.hashes);
	if (lists.watches == NULL || lists.holds == NULL ||
	    lists.signals == NULL || lists.hashes == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	for (size_t i = 0; i < batch->count; i++)
		if (batch->jobs[i]->unfit.rc == RC_OK)
			add_command(batch->jobs[i]->command, &lists, keys);
	keys->watches = lists.watches;
	keys->holds = lists.holds;
	keys->signals = lists.signals;
	keys->hashes = (const uint8_t(*)[RISK_HASH_SIZE])lists.hashes;
	return RC_OK;
}
