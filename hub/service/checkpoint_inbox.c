/*
 * Checkpoint an inbox: the institution has stored these messages.  That is a
 * delivery, not a receipt.  Ids that are no longer waiting are no fault: an
 * inbox is read at least once.
 */
#include "hub/domain/access.h"
#include "hub/service/delivery_facts.h"
#include "hub/service/use_cases.h"

static void
take(struct command *command, struct effects *effects,
    struct pending_message *pending)
{
	struct delivery_report report = { .fact = DELIVERY_DELIVERED,
		.type = pending->type,
		.message = pending->id,
		.endpoint = pending->endpoint,
		.generation = pending->generation,
		.at = command->at,
		.error = "",
		.targets = pending->targets,
		.target_count = pending->target_count };
	struct taken_row *row = effects_add_taken(effects);

	pending->is_taken = true;
	row->seq = pending->seq;
	row->message = pending->id;
	row->endpoint = pending->endpoint;
	row->at = command->at;
	delivery_facts_apply(command, effects, &report);
}

enum rc
checkpoint_inbox_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct checkpoint_inbox *checkpoint = &command->checkpoint;

	TRY(access_check(&command->actor, RIGHT_CHECKPOINT_INBOX, err));
	for (size_t i = 0; i < checkpoint->message_count; i++) {
		struct pending_message *pending = snapshot_pending(
		    effects->snapshot, &checkpoint->messages[i]);

		if (pending == NULL || pending->is_taken ||
		    !id_equal(
			&pending->institution, &command->actor.institution))
			continue;
		take(command, effects, pending);
		reply->count++;
	}
	reply->status = 200;
	return RC_OK;
}
