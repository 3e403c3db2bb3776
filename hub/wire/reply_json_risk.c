/*
 * Replies about risks: see reply_json_risk.h.
 */
#include "hub/wire/reply_json_risk.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

struct source {
	const struct command *command;
	const struct reply *reply;
	const struct snapshot *snapshot;
};

static void
write_agreement(struct strbuf *out, const struct source *source)
{
	bool is_new = source->command->kind == COMMAND_REGISTER_AGREEMENT;

	json_write_id(out, "id", ID_AGREEMENT, &source->reply->thing);
	json_write_word(out, "status", &agreement_status_words,
	    is_new ? AGREEMENT_PROPOSED : AGREEMENT_WITHDRAWN);
}

static void
write_signal(struct strbuf *out, const struct source *source)
{
	const struct send_signal *signal = &source->command->signal;

	json_write_id(out, "id", ID_SIGNAL, &source->reply->thing);
	json_write_word(out, "kind", &signal_kind_words, (int)signal->kind);
	json_write_int(out, "recipients", source->reply->count);
	json_write_time(out, "expires_at", signal->expires_at);
}

/* After an act; the whole entry is its own resource. */
static void
write_watch(struct strbuf *out, const struct source *source)
{
	const struct watch_entry *entry = risk_rows_watch(
	    &source->snapshot->risk, &source->reply->thing);

	if (entry == NULL)
		return;
	json_write_id(out, "id", ID_WATCH, &entry->id);
	json_write_text(out, "status",
	    machine_state_name(&watch_machine, (int)entry->state));
	json_write_time(out, "expires_at", entry->expires_at);
	json_write_bool(out, "waits_for_second", !id_is_zero(&entry->kept_by));
}

static void
write_hold(struct strbuf *out, const struct source *source)
{
	const struct payment_hold *hold = risk_rows_hold(
	    &source->snapshot->risk, &source->reply->thing);

	if (hold == NULL)
		return;
	json_write_id(out, "id", ID_PAYMENT_HOLD, &hold->id);
	json_write_text(out, "status",
	    machine_state_name(&payment_hold_machine, (int)hold->state));
	json_write_word(out, "ground", &payment_ground_words, hold->ground);
	json_write_time(out, "term_ends_at", hold->term_ends_at);
	if (hold->ended_at != 0)
		json_write_time(out, "ended_at", hold->ended_at);
}

/* ---- look-ups */

static bool
write_entries(struct strbuf *out, const struct source *source,
    const struct sought *sought)
{
	const struct watch_entry *entry;
	bool is_flagged = false;
	size_t next = 0;

	json_write_array(out, "entries");
	while ((entry = risk_rows_listed(&source->snapshot->risk, sought->hash,
		    source->command->at, &next)) != NULL) {
		json_write_object(out, NULL);
		json_write_id(out, "id", ID_WATCH, &entry->id);
		json_write_word(
		    out, "source", &watch_source_words, entry->source);
		json_write_word(
		    out, "reason", &watch_reason_words, entry->reason);
		json_write_time(out, "expires_at", entry->expires_at);
		json_write_bool(
		    out, "disputed", entry->state == WATCH_DISPUTED);
		json_write_object_end(out);
		is_flagged = true;
	}
	json_write_array_end(out);
	return is_flagged;
}

static bool
write_told(struct strbuf *out, const struct source *source,
    const struct sought *sought)
{
	const struct received_signal *signal;
	bool is_flagged = false;
	size_t next = 0;

	json_write_array(out, "signals");
	while ((signal = risk_rows_told(&source->snapshot->risk, sought->hash,
		    &source->command->actor.institution, source->command->at,
		    &next)) != NULL) {
		json_write_object(out, NULL);
		json_write_id(out, "id", ID_SIGNAL, &signal->id);
		json_write_word(out, "kind", &signal_kind_words, signal->kind);
		json_write_time(out, "expires_at", signal->expires_at);
		json_write_object_end(out);
		is_flagged = true;
	}
	json_write_array_end(out);
	return is_flagged;
}

/* In the order in which they were asked. */
static void
write_answers(struct strbuf *out, const struct source *source)
{
	const struct look_up *look = &source->command->look_up;
	char mask[IDENTIFIER_MASK_SIZE];

	json_write_word(
	    out, "purpose", &lookup_purpose_words, (int)look->purpose);
	json_write_array(out, "answers");
	for (size_t i = 0; i < look->sought_count; i++) {
		const struct sought *sought = &look->sought[i];
		bool is_flagged;

		json_write_object(out, NULL);
		json_write_masked(out, "identifier", sought->identifier.type,
		    identifier_mask(&sought->identifier, mask));
		is_flagged = write_entries(out, source, sought);
		is_flagged |= write_told(out, source, sought);
		json_write_bool(out, "flagged", is_flagged);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void (*const writers[COMMAND_KIND_COUNT])(
    struct strbuf *, const struct source *) = {
	[COMMAND_REGISTER_AGREEMENT] = write_agreement,
	[COMMAND_WITHDRAW_AGREEMENT] = write_agreement,
	[COMMAND_SEND_SIGNAL] = write_signal,
	[COMMAND_ADD_WATCH] = write_watch,
	[COMMAND_WITHDRAW_WATCH] = write_watch,
	[COMMAND_DISPUTE_WATCH] = write_watch,
	[COMMAND_DECIDE_WATCH] = write_watch,
	[COMMAND_LOOK_UP] = write_answers,
	[COMMAND_PLACE_PAYMENT_HOLD] = write_hold,
	[COMMAND_ANSWER_PAYMENT_HOLD] = write_hold,
};

void
reply_json_risk(struct strbuf *out, const struct command *command,
    const struct reply *reply, const struct snapshot *snapshot)
{
	const struct source source = { command, reply, snapshot };

	json_write_object(out, NULL);
	writers[command->kind](out, &source);
	json_write_object_end(out);
}
