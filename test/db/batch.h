/*
 * Batches as a desk would make them, without the desk: a small registry,
 * cases of four targets, bytes in place of sealed ones.
 */
#pragma once

#include "hub/domain/effects.h"
#include "hub/store/effects_save.h"
#include "hub/store/snapshot_load.h"

enum { BATCH_TARGETS = 4 };

/* A police unit with an inbox and a bank with a webhook. */
struct world {
	struct id admins[2], unit, bank, officer, nodal;
	uint8_t officer_key[ACTOR_KEY_SIZE], nodal_key[ACTOR_KEY_SIZE];
	struct registry *registry;
};

struct batch {
	struct db *db;
	struct arena *arena;
	struct snapshot snapshot;
	struct effects effects;
	struct command command;
};

/* Register and confirm the world in an empty database. */
void world_make(struct world *world, struct db *db);
void world_clear(struct world *world);

void batch_init(struct batch *batch, struct db *db);
void batch_clear(struct batch *batch);

/* Load what the keys name; must succeed. */
void batch_begin(struct batch *batch, const struct world *world,
    const struct load_keys *keys);

/* A dispatched case of one request with four queued targets, two payments,
 * two external references and a message to each target's bank. */
struct case_file *
batch_add_case(struct batch *batch, const struct world *world, unsigned number);

/* A reply kept under this key. */
void batch_add_reply(struct batch *batch, const struct world *world,
    const struct id *case_id, const char *key);

/* What the desk does before it saves: event ids and leaves, seqs, bytes. */
void batch_seal(struct batch *batch);

/* Seal and save; `must` ends the test when it fails. */
enum rc batch_save(struct batch *batch, struct err *err);
void batch_must(struct batch *batch);
