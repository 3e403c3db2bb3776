/*
 * Orders of courts and restitutions in envelopes: see
 * json_way_back.h.
 */
#include "adapters/json_way_back.h"

#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

/* To who pays, with the order: where to.  Later, and to the police: what
 * became of it. */
static void
write_restitution(struct strbuf *out, const struct envelope *envelope)
{
	const struct restitution *restitution = envelope->restitution;

	json_write_object(out, "restitution");
	json_write_id(out, "id", ID_RESTITUTION, &restitution->id);
	json_write_text(out, "status",
	    machine_state_name(&restitution_machine, (int)restitution->state));
	json_write_money(out, "amount", &restitution->amount);
	if (restitution->due_at != 0)
		json_write_time(out, "due_at", restitution->due_at);
	if (restitution->paid_at != 0)
		json_write_time(out, "paid_at", restitution->paid_at);
	if (envelope->type == MESSAGE_RESTITUTION_ORDERED) {
		json_write_identifier(out, "payee", &restitution->payee);
		if (restitution->payee_name[0] != '\0')
			json_write_text(
			    out, "payee_name", restitution->payee_name);
		json_write_raw(out, "order", restitution->order);
	}
	if (envelope->note != NULL && envelope->note[0] != '\0')
		json_write_text(out, "note", envelope->note);
	json_write_object_end(out);
}

void
json_way_back_write(struct strbuf *out, const struct envelope *envelope)
{
	if (envelope->attachment != NULL)
		json_write_raw(out, "attachment", envelope->attachment->order);
	if (envelope->restitution != NULL)
		write_restitution(out, envelope);
}
