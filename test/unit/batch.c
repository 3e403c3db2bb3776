/*
 * A batch for tests: see batch.h.
 */
#include "test/unit/batch.h"

#include <string.h>

#include "hub/base/common.h"

struct batch batch;

struct id
batch_id(int kind, int number)
{
	struct id id = { { 0 } };

	id.bytes[0] = (uint8_t)kind;
	id.bytes[15] = (uint8_t)number;
	return id;
}

static struct registry *
view_new(void)
{
	struct institution rows[] = { { .slug = "unit" }, { .slug = "bank" },
		{ .slug = "wallet" }, { .slug = "mute" } };
	struct endpoint ends[] = {
		{ .number = 1, .kind = ENDPOINT_INBOX, .max_batch = 1 },
		{ .number = 2, .kind = ENDPOINT_WEBHOOK, .max_batch = 3 },
		{ .number = 3, .kind = ENDPOINT_WEBHOOK, .max_batch = 0 },
	};
	const struct registry_rows all = { .institutions = rows,
		.institution_count = COUNT(rows),
		.endpoints = ends,
		.endpoint_count = COUNT(ends) };

	for (size_t i = 0; i < COUNT(rows); i++) {
		rows[i].id = batch_id(INSTITUTION, (int)i + 1);
		rows[i].status = REGISTRY_ACTIVE;
	}
	for (size_t i = 0; i < COUNT(ends); i++) {
		ends[i].id = batch_id(END, (int)i + 1);
		ends[i].institution = batch_id(INSTITUTION, (int)i + 1);
		ends[i].status = REGISTRY_ACTIVE;
	}
	return registry_new(&all);
}

/* A loaded case with one request; targets as the test wants. */
void
batch_set_up(void)
{
	struct case_file *case_file;
	struct freeze_request *request;

	batch.arena = arena_new((size_t)16 << 20);
	batch.registry = view_new();
	snapshot_init(&batch.snapshot, batch.arena, batch.registry);
	effects_init(&batch.effects, &batch.snapshot);
	memset(&batch.command, 0, sizeof(batch.command));
	batch.command.at = NOW;
	batch.command.base = batch_id(99, 0);
	batch.command.actor = (struct actor){ .principal = batch_id(PERSON, 1),
		.institution = batch_id(INSTITUTION, UNIT),
		.role = ROLE_OFFICER,
		.kind = INSTITUTION_POLICE_UNIT };
	case_file = snapshot_add_case(&batch.snapshot);
	case_file->id = batch_id(CASE, 1);
	case_file->unit = batch_id(INSTITUTION, UNIT);
	case_file->state = CASE_DISPATCHED;
	case_file->updated_at = EARLIER;
	request = snapshot_add_request(&batch.snapshot);
	request->id = batch_id(REQUEST, 1);
	request->case_id = case_file->id;
	request->state = REQUEST_ISSUED;
}

void
batch_tear_down(void)
{
	registry_unref(batch.registry);
	arena_free(batch.arena);
}

struct target *
batch_target(int number, enum target_state state)
{
	struct target *target = snapshot_add_target(&batch.snapshot);

	target->id = batch_id(TARGET, number);
	target->case_id = batch_id(CASE, 1);
	target->request = batch_id(REQUEST, 1);
	target->institution = batch_id(INSTITUTION, BANK);
	target->state = state;
	return target;
}
