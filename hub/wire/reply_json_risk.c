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

static void (*const writers[COMMAND_KIND_COUNT])(
    struct strbuf *, const struct source *) = {
	[COMMAND_REGISTER_AGREEMENT] = write_agreement,
	[COMMAND_WITHDRAW_AGREEMENT] = write_agreement,
	[COMMAND_SEND_SIGNAL] = write_signal,
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
