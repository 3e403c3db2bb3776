/*
 * The append file's records become work again: see work.h.
 */
#include "adapters/nodal/work.h"

#include <stdlib.h>
#include <string.h>

static struct work_message *
find_message(const struct work *work, const char *id)
{
	struct work_message *message = work->first;

	while (message != NULL && strcmp(message->id, id) != 0)
		message = message->next;
	return message;
}

static struct work_target *
find_target(const struct work_message *message, const char *id)
{
	for (size_t i = 0; i < message->target_count; i++)
		if (strcmp(message->targets[i].id, id) == 0)
			return &message->targets[i];
	return NULL;
}

static void
replay_target(struct work_message *message, struct work_target *target,
    const struct store_record *record)
{
	if (record->kind == STORE_STEP) {
		free(target->body);
		target->n = record->n;
		target->body = strdup(record->body);
		return;
	}
	target->n = record->n;
	work_advance(message, target, record->at,
	    record->status >= 200 && record->status < 300);
}

enum rc
work_replay(void *context, const struct store_record *record, struct err *err)
{
	struct work *work = context;
	struct work_message *message;
	struct work_target *target;

	if (record->kind == STORE_MESSAGE)
		return work_add(
		    work, record->id, record->at, record->body, err);
	message = find_message(work, record->id);
	if (message == NULL)
		return RC_OK; /* done already */
	if (record->kind == STORE_DONE) {
		work_remove(work, message);
		return RC_OK;
	}
	if (record->kind == STORE_PLAN)
		return work_plan(message, record->body, err);
	target = find_target(message, record->target);
	if (target != NULL)
		replay_target(message, target, record);
	return RC_OK;
}
