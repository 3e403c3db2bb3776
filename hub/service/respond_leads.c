/*
 * Leads: see respond_leads.h.
 */
#include "hub/service/respond_leads.h"

#include <string.h>

#include "hub/domain/follow.h"
#include "hub/domain/ids.h"
#include "hub/service/addressee.h"
#include "hub/service/issuing.h"

/* The deepest layer that a row can have; profiles stop earlier. */
enum { LAYER_LIMIT = 32 };

enum rc
respond_leads_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct respond *respond = &command->respond;

	for (size_t i = 0; i < respond->lead_count; i++) {
		struct lead_draft *lead = &respond->leads[i];
		const struct institution *institution;
		enum rc rc;

		lead->has_institution = false;
		if (!lead->has_identifier)
			continue;
		rc = addressee_check_bank(registry, &lead->to, err);
		if (rc != RC_OK) {
			err_prefix(err, "/leads/%zu/to/identifier", i);
			return rc;
		}
		/* A bank that the hub does not know cannot be targeted, but
		 * the lead must not be lost. */
		if (addressee_find(registry, lead->institution_text, &lead->to,
			command->at, &institution, NULL) != RC_OK)
			continue;
		lead->has_institution = true;
		lead->institution = institution->id;
	}
	return RC_OK;
}

static const struct txn *
add_child_txn(struct command *command, struct effects *effects,
    const struct target *parent, const struct lead_draft *lead)
{
	struct txn *txn = effects_add_txn(effects);

	txn->id = command_next_id(command);
	txn->case_id = parent->case_id;
	txn->parent = parent->txn;
	/* Behind the officer's own: positions need only be in order. */
	txn->position = COMMAND_TXN_LIMIT + parent->layer;
	txn->layer = parent->layer + 1;
	txn->channel = lead->channel;
	txn->mcc = "";
	txn->money = lead->money;
	txn->at = lead->at != 0 ? lead->at : command->at;
	txn->is_open = true;
	txn->has_reference = lead->has_reference;
	txn->reference = lead->reference;
	txn->has_to = lead->has_identifier;
	txn->to = lead->to;
	memcpy(txn->reference_hash, lead->reference_hash,
	    sizeof txn->reference_hash);
	return txn;
}

static struct target *
add_child(struct command *command, struct effects *effects,
    const struct target *parent, const struct lead_draft *lead, size_t index)
{
	const struct txn *txn = add_child_txn(command, effects, parent, lead);
	struct target *child = effects_add_target(effects);

	child->id = command_next_id(command);
	child->case_id = parent->case_id;
	child->request = parent->request;
	child->institution = lead->institution;
	child->txn = txn->id;
	child->parent = parent->id;
	child->position = (parent->layer + 1) * COMMAND_TARGET_LIMIT *
		COMMAND_REQUEST_LIMIT +
	    parent->position % COMMAND_TARGET_LIMIT * COMMAND_LEAD_LIMIT +
	    (int)index;
	child->layer = parent->layer + 1;
	child->generation = 1;
	child->is_open = true;
	child->identifier = lead->to;
	child->holder = lead->holder;
	identifier_mask(&child->identifier, child->mask);
	memcpy(child->identifier_hash, lead->identifier_hash,
	    sizeof child->identifier_hash);
	memcpy(
	    child->dedupe_hash, lead->dedupe_hash, sizeof child->dedupe_hash);
	child->requested = lead->money;
	child->response_code = child->not_followed = -1;
	child->created_at = command->at;
	return child;
}

/* What is asked already of the accounts that this one named. */
static int64_t
led_on(const struct snapshot *snapshot, const struct target *parent,
    const struct target *child)
{
	int64_t sum = 0;

	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *other = snapshot->targets[i];

		if (other != child && id_equal(&other->parent, &parent->id) &&
		    other->queued_at != 0 && other->state != TARGET_CANCELLED &&
		    money_same_currency(&other->requested, &child->requested) &&
		    __builtin_add_overflow(sum, other->requested.minor, &sum))
			return INT64_MAX;
	}
	return sum;
}

static void
judge_child(const struct command *command, const struct effects *effects,
    struct target *child, const struct target *parent,
    const struct lead_draft *lead)
{
	const struct snapshot *snapshot = effects->snapshot;
	const struct case_file *file = snapshot_case(
	    snapshot, &parent->case_id);
	const struct follow_facts facts = {
		.profile = file == NULL ? NULL : profile_find(file->profile),
		.request = snapshot_request(snapshot, &parent->request),
		.parent = parent,
		.lead = lead,
		.institution = registry_institution(
		    snapshot->registry, &child->institution),
		.led_on_minor = led_on(snapshot, parent, child),
		.at = command->at,
	};

	child->not_followed = follow_check(&facts);
}

static void
enter_child(struct command *command, struct effects *effects,
    struct target *child, const struct target *parent,
    const struct lead_draft *lead, const struct id *response)
{
	const struct live_target *live = snapshot_live(
	    effects->snapshot, child->dedupe_hash, &child->id);
	struct event *event;

	if (live != NULL)
		child->duplicate_of = live->id;
	else
		judge_child(command, effects, child, parent, lead);
	event = effects_enter_target(effects, command, child,
	    live != NULL ? TARGET_EVENT_DUPLICATE : TARGET_EVENT_PROPOSED);
	issuing_describe(effects, event, child);
	effects_event_id(effects, event, "parent", ID_TARGET, &child->parent);
	effects_event_id(effects, event, "response", ID_RESPONSE, response);
	event_number(event, "layer", child->layer);
	event_text(event, "identifier", child->mask);
	effects_event_money(
	    effects, event, "amount_requested", &child->requested);
	if (child->not_followed >= 0)
		event_text(event, "not_followed",
		    words_name(&not_followed_words, child->not_followed));
	if (live != NULL)
		issuing_tell_duplicate(effects, command, child);
	/* One after the other: the next lead counts what this one asks. */
	if (live == NULL && child->not_followed < 0)
		issuing_send(effects, command,
		    snapshot_case(effects->snapshot, &child->case_id), &child,
		    1);
}

static struct lead_row *
add_lead(struct command *command, struct effects *effects,
    const struct target *parent, const struct id *response,
    enum response_code code, const struct money *money)
{
	struct lead_row *row = effects_add_lead(effects);

	row->id = command_next_id(command);
	row->case_id = parent->case_id;
	row->response = *response;
	row->target = parent->id;
	row->code = code;
	row->money = *money;
	row->created_at = command->at;
	return row;
}

void
respond_leads_record(struct command *command, struct effects *effects,
    struct target *parent, struct case_file *case_file,
    const struct id *response, const struct institution *about)
{
	const struct respond *respond = &command->respond;
	struct target *children[COMMAND_LEAD_LIMIT];
	size_t count = 0;

	for (size_t i = 0; i < respond->lead_count; i++) {
		const struct lead_draft *lead = &respond->leads[i];
		struct lead_row *row = add_lead(command, effects, parent,
		    response, lead->code, &lead->money);

		if (!lead->has_institution || parent->layer >= LAYER_LIMIT)
			continue;
		children[count] = add_child(command, effects, parent, lead, i);
		row->child = children[count]->id;
		enter_child(
		    command, effects, children[count], parent, lead, response);
		count++;
	}
	for (size_t i = 0; i < respond->exit_count; i++)
		(void)add_lead(command, effects, parent, response,
		    respond->exits[i].code, &respond->exits[i].money);
	if (count > 0)
		issuing_tell_unit(effects, command, MESSAGE_LEAD_CREATED,
		    case_file, children, count, NULL, about);
}
