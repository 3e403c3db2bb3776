/*
 * A batch for tests of effects and use cases: a registry of a police unit, a
 * bank, a wallet and one that has no endpoint; a dispatched case with one
 * issued request; an officer's command.
 */
#pragma once

#include "hub/domain/effects.h"

enum { NOW = 5000, EARLIER = 1000 };
enum { CASE = 1, TXN, REQUEST, TARGET, INSTITUTION, PERSON, END };
enum { UNIT = 1, BANK, WALLET, MUTE };

struct batch {
	struct arena *arena;
	struct registry *registry;
	struct snapshot snapshot;
	struct effects effects;
	struct command command;
};
extern struct batch batch;

/* A checked fixture. */
void batch_set_up(void);
void batch_tear_down(void);

struct id batch_id(int kind, int number);

/* A loaded target of the request, at the bank. */
struct target *batch_target(int number, enum target_state state);
