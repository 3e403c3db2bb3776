/*
 * Shared by the use cases of risks: see risking.h.
 */
#include "hub/service/risking.h"

#include <string.h>

#include "hub/domain/ids.h"

static void
touch(struct row_state *row)
{
	if (!row->is_new)
		row->is_dirty = true;
}

struct event *
risking_move_watch(struct effects *effects, const struct command *command,
    struct watch_entry *entry, int from, enum watch_event move)
{
	int to;
	struct event *event = effects_move_apart(effects, command,
	    &watch_machine, from, (int)move, ID_WATCH, &entry->id, &to);

	if (to != STATE_NEW)
		entry->state = (enum watch_state)to;
	/* Whatever ends an objection, nobody waits for a second any more. */
	memset(&entry->kept_by, 0, sizeof(entry->kept_by));
	risking_touch_watch(command, entry);
	effects_event_id(
	    effects, event, "institution", ID_INSTITUTION, &entry->institution);
	event_text(
	    event, "source", words_name(&watch_source_words, entry->source));
	return event;
}

struct event *
risking_move_hold(struct effects *effects, const struct command *command,
    struct payment_hold *hold, int from, enum payment_hold_event move)
{
	int to;
	struct event *event = effects_move_apart(effects, command,
	    &payment_hold_machine, from, (int)move, ID_PAYMENT_HOLD, &hold->id,
	    &to);

	if (to != STATE_NEW)
		hold->state = (enum payment_hold_state)to;
	hold->updated_at = command->at;
	touch(&hold->row);
	effects_event_id(
	    effects, event, "institution", ID_INSTITUTION, &hold->institution);
	effects_event_money(effects, event, "amount", &hold->money);
	return event;
}

void
risking_touch_watch(const struct command *command, struct watch_entry *entry)
{
	entry->updated_at = command->at;
	touch(&entry->row);
}

const char *
risking_profile(const struct snapshot *snapshot, const struct id *institution)
{
	const struct institution *found = registry_institution(
	    snapshot->registry, institution);

	return found == NULL ? "generic" : found->profile;
}
