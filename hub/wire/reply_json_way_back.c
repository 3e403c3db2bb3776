/*
 * Restitutions in replies: see reply_json_way_back.h.
 */
#include "hub/wire/reply_json_way_back.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"

static void
write_state(struct strbuf *out, const struct machine *machine, int state)
{
	json_write_text(out, "status", machine_state_name(machine, state));
}

static void
write_time_told(struct strbuf *out, const char *key, int64_t at)
{
	if (at != 0)
		json_write_time(out, key, at);
}

static void
write_one(struct strbuf *out, const struct restitution *restitution)
{
	json_write_object(out, NULL);
	json_write_id(out, "id", ID_RESTITUTION, &restitution->id);
	write_state(out, &restitution_machine, (int)restitution->state);
	json_write_id(out, "target_id", ID_TARGET, &restitution->target);
	json_write_id(out, "victim_case_id", ID_CASE, &restitution->claim_case);
	json_write_money(out, "amount", &restitution->amount);
	json_write_time(out, "proposed_at", restitution->proposed_at);
	json_write_object_end(out);
}

static void
write_proposal(struct strbuf *out, const struct reply *reply,
    const struct snapshot *snapshot)
{
	json_write_object(out, NULL);
	json_write_id(out, "case_id", ID_CASE, &reply->case_id);
	json_write_id(out, "plan_id", ID_RESTITUTION, &reply->thing);
	json_write_array(out, "restitutions");
	for (size_t i = 0; i < snapshot->restitution_count; i++)
		if (id_equal(&snapshot->restitutions[i]->plan, &reply->thing))
			write_one(out, snapshot->restitutions[i]);
	json_write_array_end(out);
	json_write_object_end(out);
}

static void
write_target(struct strbuf *out, const struct target *target)
{
	struct money held = target->requested;

	held.minor = target->held_minor;
	json_write_object(out, "target");
	json_write_id(out, "id", ID_TARGET, &target->id);
	write_state(out, &target_machine, (int)target->state);
	json_write_money(out, "amount_held", &held);
	write_time_told(out, "expires_at", target->expires_at);
	json_write_object_end(out);
}

static void
write_restitution(struct strbuf *out, const struct reply *reply,
    const struct snapshot *snapshot)
{
	const struct restitution *restitution = snapshot_restitution(
	    snapshot, &reply->thing);
	const struct target *target = snapshot_target(snapshot, &reply->target);

	json_write_object(out, NULL);
	if (restitution != NULL && target != NULL) {
		json_write_id(out, "id", ID_RESTITUTION, &restitution->id);
		write_state(out, &restitution_machine, (int)restitution->state);
		json_write_money(out, "amount", &restitution->amount);
		write_time_told(out, "due_at", restitution->due_at);
		write_time_told(out, "paid_at", restitution->paid_at);
		write_target(out, target);
	}
	json_write_object_end(out);
}

void
reply_json_way_back(struct strbuf *out, const struct command *command,
    const struct reply *reply, const struct snapshot *snapshot)
{
	if (command->kind == COMMAND_PROPOSE_RESTITUTION)
		write_proposal(out, reply, snapshot);
	else
		write_restitution(out, reply, snapshot);
}
