/*
 * How many cases and answers a second one connection saves, in batches as the
 * desk makes them (load, save, COMMIT; no decisions, no sealing).  Prints one line for
 * each batch size.  Run by make bench-store against a fresh database.
 */
#include <stdio.h>
#include <stdlib.h>

#include "hub/base/clock.h"
#include "test/db/batch.h"
#include "test/db/db.h"

enum { BENCH_SECONDS = 4 };

enum { WAITING_LIMIT = 262144 };

static unsigned case_number;

/* Targets that wait for an answer. */
static struct id waiting[WAITING_LIMIT];
static size_t waiting_count;

/* One batch: `count` new cases, each with its reply. */
static void
save_batch(struct batch *batch, const struct world *world, size_t count)
{
	struct load_kept_key kept[128];
	char texts[128][32];
	uint8_t hashes[128][SNAPSHOT_HASH_SIZE];
	struct load_keys keys = { .kept = kept,
		.kept_count = count,
		.dedupe_hashes = (const uint8_t(*)[SNAPSHOT_HASH_SIZE])hashes,
		.dedupe_count = count,
		.actor_keys = (const uint8_t(*)[ACTOR_KEY_SIZE])
				  world->officer_key,
		.actor_count = 1,
		.case_numbers = count };

	for (size_t i = 0; i < count; i++) {
		struct id id = id_new();

		snprintf(texts[i], sizeof(texts[i]), "key-%u",
		    case_number + (unsigned)i);
		kept[i].principal = world->officer;
		kept[i].key = texts[i];
		memset(hashes[i], 0, sizeof(hashes[i]));
		memcpy(hashes[i], id.bytes, sizeof(id.bytes));
	}
	batch_begin(batch, world, &keys);
	for (size_t i = 0; i < count; i++) {
		const struct case_file *case_file = batch_add_case(
		    batch, world, case_number++);

		batch_add_reply(batch, world, &case_file->id, texts[i]);
	}
	batch_must(batch);
	for (size_t i = 0; i < batch->snapshot.target_count; i++)
		if (waiting_count < WAITING_LIMIT)
			waiting[waiting_count++] =
			    batch->snapshot.targets[i]->id;
}

static void
answer(struct batch *batch, const struct world *world, struct target *target)
{
	struct response_row *response = effects_add_response(&batch->effects);

	response->id = command_next_id(&batch->command);
	response->case_id = target->case_id;
	response->target = target->id;
	response->principal = world->nodal;
	response->institution = world->bank;
	response->generation = target->generation;
	response->code = RESPONSE_HLD_FULL;
	response->held_minor = target->requested.minor;
	response->received_at = batch->command.at;
	response->sealed = target->sealed;
	target->response_code = RESPONSE_HLD_FULL;
	target->held_minor = target->requested.minor;
	target->held_at = target->expires_at = batch->command.at;
	target->sealed_hold_ref = (struct blob){ (const uint8_t *)"H-1", 3 };
	(void)effects_move_target(
	    &batch->effects, &batch->command, target, TARGET_EVENT_HELD_FULL);
}

/* One batch: `count` targets that nobody answered before. */
static void
save_answers(struct batch *batch, const struct world *world, size_t count)
{
	struct load_keys keys = {
		.targets = &waiting[waiting_count - count],
		.target_count = count,
		.actor_keys = (const uint8_t(*)[ACTOR_KEY_SIZE])
				  world->nodal_key,
		.actor_count = 1,
	};

	waiting_count -= count;
	batch_begin(batch, world, &keys);
	for (size_t i = 0; i < count; i++)
		answer(batch, world, batch->snapshot.targets[i]);
	batch_must(batch);
}

static void
measure_answers(struct batch *batch, const struct world *world, size_t count)
{
	int64_t start = clock_monotonic(), spent = 0;
	size_t answers = 0;

	while (spent < BENCH_SECONDS * CLOCK_SECOND && waiting_count >= count) {
		save_answers(batch, world, count);
		answers += count;
		spent = clock_monotonic() - start;
	}
	if (answers == 0)
		return;
	printf("store: batches of %zu: %.0f answers/s\n", count,
	    (double)answers * 1e6 / (double)spent);
	fflush(stdout);
}

static void
measure(struct batch *batch, const struct world *world, size_t count)
{
	int64_t start = clock_monotonic(), spent = 0;
	size_t cases = 0;

	while (spent < BENCH_SECONDS * CLOCK_SECOND) {
		save_batch(batch, world, count);
		cases += count;
		spent = clock_monotonic() - start;
	}
	printf("store: batches of %zu: %.0f cases/s\n", count,
	    (double)cases * 1e6 / (double)spent);
	fflush(stdout);
}

int
main(void)
{
	static const size_t sizes[] = { 1, 16, 64, 128 };
	struct world world;
	struct batch batch;
	struct db *desk, *owner;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "INSERT INTO hub_data_key VALUES (1, 'wrapped')");
	db_close(owner);
	desk = db_as_hub(SESSION_DESK);
	world_make(&world, desk);
	batch_init(&batch, desk);
	for (size_t i = 0; i < COUNT(sizes); i++)
		measure(&batch, &world, sizes[i]);
	for (size_t i = 0; i < COUNT(sizes); i++)
		measure_answers(&batch, &world, sizes[i]);
	batch_clear(&batch);
	world_clear(&world);
	db_close(desk);
	return EXIT_SUCCESS;
}
