/*
 * Replies of commands: see reply_json.h.  A responder is told of his own
 * target only; a police unit sees identifiers masked, for whoever sent one
 * whole knows it.
 */
#include "hub/wire/reply_json.h"

#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/domain/ids.h"
#include "hub/domain/registry.h"
#include "hub/wire/impact_json.h"
#include "hub/wire/json_values.h"
#include "hub/wire/reply_json_papers.h"
#include "hub/wire/json_writer.h"
#include "hub/wire/reply_json_risk.h"
#include "hub/wire/reply_json_registry.h"
#include "hub/wire/reply_json_way_back.h"

/* What the parts of one reply look at. */
struct source {
	const struct command *command;
	const struct reply *reply;
	const struct snapshot *snapshot;
};

static void
write_time_told(struct strbuf *out, const char *key, int64_t at)
{
	if (at != 0)
		json_write_time(out, key, at);
}

static void
write_id_told(struct strbuf *out, const char *key, const char *prefix,
    const struct id *id)
{
	if (!id_is_zero(id))
		json_write_id(out, key, prefix, id);
}

static void
write_state(struct strbuf *out, const char *key, const struct machine *machine,
    int state)
{
	json_write_text(out, key, machine_state_name(machine, state));
}

/* ---- targets */

static void
write_institution(
    struct strbuf *out, const struct snapshot *snapshot, const struct id *id)
{
	const struct institution *institution = registry_institution(
	    snapshot->registry, id);

	json_write_object(out, "institution");
	json_write_id(out, "id", ID_INSTITUTION, id);
	if (institution != NULL) {
		json_write_text(out, "slug", institution->slug);
		json_write_text(out, "name", institution->name);
	}
	json_write_object_end(out);
}

/* How it would leave, for the one who tries a case out. */
static void
write_way(struct strbuf *out, const struct source *source,
    const struct target *target)
{
	const struct endpoint *endpoint = registry_endpoint_of(
	    source->snapshot->registry, &target->institution,
	    source->command->at);

	impact_json_usual(
	    out, snapshot_usual(source->snapshot, &target->institution));
	if (endpoint == NULL)
		json_write_null(out, "endpoint_kind");
	else
		json_write_word(out, "endpoint_kind", &endpoint_kind_words,
		    (int)endpoint->kind);
}

static void
write_answer(struct strbuf *out, const struct target *target)
{
	struct money held = {
		.minor = target->held_minor,
		.currency = { target->requested.currency[0],
		    target->requested.currency[1],
		    target->requested.currency[2] },
	};

	if (target->response_code >= 0)
		json_write_word(out, "response_code", &response_code_words,
		    target->response_code);
	json_write_money(out, "amount_held", &held);
	if (target->reduce_to_minor > 0) {
		held.minor = target->reduce_to_minor;
		json_write_money(out, "reduction_ordered", &held);
	}
	write_time_told(out, "expires_at", target->expires_at);
	write_time_told(out, "correct_until", target->correct_until);
}

static void
write_target_members(struct strbuf *out, const struct source *source,
    const struct target *target)
{
	json_write_id(out, "id", ID_TARGET, &target->id);
	write_institution(out, source->snapshot, &target->institution);
	write_state(out, "status", &target_machine, (int)target->state);
	json_write_int(out, "layer", target->layer);
	json_write_int(out, "generation", target->generation);
	json_write_masked(
	    out, "identifier", target->identifier.type, target->mask);
	json_write_money(out, "amount_requested", &target->requested);
	json_write_bool(out, "duplicate", !id_is_zero(&target->duplicate_of));
	if (source->command->is_dry_run)
		write_way(out, source, target);
}

static void
write_target(struct strbuf *out, const struct source *source)
{
	const struct target *target = snapshot_target(
	    source->snapshot, &source->reply->target);

	json_write_object(out, NULL);
	if (target != NULL) {
		write_target_members(out, source, target);
		json_write_id(out, "case_id", ID_CASE, &target->case_id);
		json_write_id(out, "request_id", ID_REQUEST, &target->request);
		write_answer(out, target);
		json_write_int(out, "reminders", target->reminders);
	}
	json_write_object_end(out);
}

/* ---- requests */

static void
write_targets(
    struct strbuf *out, const struct source *source, const struct id *request)
{
	const struct snapshot *snapshot = source->snapshot;

	json_write_array(out, "targets");
	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];

		if (!id_equal(&target->request, request))
			continue;
		json_write_object(out, NULL);
		write_target_members(out, source, target);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void
write_request_members(struct strbuf *out, const struct source *source,
    const struct freeze_request *request)
{
	json_write_id(out, "id", ID_REQUEST, &request->id);
	write_state(out, "status", &request_machine, (int)request->state);
	write_state(out, "desired_status", &request_machine,
	    (int)request->desired_state);
	json_write_int(out, "generation", request->generation);
	json_write_word(out, "action", &action_words, (int)request->action);
	json_write_word(out, "scope", &scope_words, (int)request->scope);
	json_write_text(out, "profile", request->profile);
	json_write_text(out, "basis", request->basis);
	write_time_told(out, "issued_at", request->issued_at);
	write_time_told(out, "confirm_by", request->confirm_by);
	write_time_told(out, "expires_at", request->expires_at);
	write_targets(out, source, &request->id);
}

static void
write_request(struct strbuf *out, const struct source *source)
{
	const struct freeze_request *request = snapshot_request(
	    source->snapshot, &source->reply->request);

	json_write_object(out, NULL);
	if (request != NULL) {
		write_request_members(out, source, request);
		json_write_id(out, "case_id", ID_CASE, &request->case_id);
	}
	json_write_object_end(out);
}

/* ---- cases */

static void
write_requests(struct strbuf *out, const struct source *source)
{
	const struct snapshot *snapshot = source->snapshot;

	json_write_array(out, "requests");
	for (size_t i = 0; i < snapshot->request_count; i++) {
		const struct freeze_request *request = snapshot->requests[i];

		if (!id_equal(&request->case_id, &source->reply->case_id) ||
		    request->position < source->reply->first_request)
			continue;
		json_write_object(out, NULL);
		write_request_members(out, source, request);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

/* The client's key of each payment beside the id that it got. */
static void
write_txns(struct strbuf *out, const struct source *source)
{
	const struct submit_case *submit = &source->command->submit;
	const struct snapshot *snapshot = source->snapshot;

	json_write_array(out, "transactions");
	for (size_t i = 0; i < snapshot->txn_count; i++) {
		const struct txn *txn = snapshot->txns[i];
		int place = txn->position - source->reply->first_txn;

		if (!id_equal(&txn->case_id, &source->reply->case_id) ||
		    place < 0 || (size_t)place >= submit->txn_count)
			continue;
		json_write_object(out, NULL);
		json_write_text(out, "key", submit->txns[place].key);
		json_write_id(out, "id", ID_TXN, &txn->id);
		json_write_object_end(out);
	}
	json_write_array_end(out);
}

static void
write_case(struct strbuf *out, const struct source *source)
{
	const struct case_file *file = snapshot_case(
	    source->snapshot, &source->reply->case_id);

	json_write_object(out, NULL);
	if (source->command->is_dry_run)
		json_write_bool(out, "dry_run", true);
	if (file != NULL) {
		json_write_id(out, "id", ID_CASE, &file->id);
		json_write_text(out, "ref", file->ref);
		write_state(out, "status", &case_machine, (int)file->state);
		json_write_word(
		    out, "priority", &priority_words, (int)file->priority);
		json_write_text(out, "profile", file->profile);
		json_write_time(out, "received_at", file->received_at);
		write_txns(out, source);
		write_requests(out, source);
		if (source->command->is_dry_run &&
		    source->reply->impact != NULL)
			impact_json_write(out, "impact",
			    &source->command->submit, source->reply->impact);
	}
	json_write_object_end(out);
}

/* An act on a whole case: where it stands, with all its requests. */
static void
write_case_act(struct strbuf *out, const struct source *source)
{
	const struct case_file *file = snapshot_case(
	    source->snapshot, &source->reply->case_id);
	const struct case_file *into = file == NULL
	    ? NULL
	    : snapshot_case(source->snapshot, &file->merged_into);

	json_write_object(out, NULL);
	if (file != NULL) {
		json_write_id(out, "id", ID_CASE, &file->id);
		json_write_text(out, "ref", file->ref);
		write_state(out, "status", &case_machine, (int)file->state);
		if (file->outcome != NULL)
			json_write_text(out, "outcome", file->outcome);
		if (into != NULL) {
			json_write_object(out, "merged_into");
			json_write_id(out, "id", ID_CASE, &into->id);
			json_write_text(out, "ref", into->ref);
			json_write_object_end(out);
		}
		write_requests(out, source);
	}
	json_write_object_end(out);
}

/* ---- answers, and the inbox */

static void
write_response(struct strbuf *out, const struct source *source)
{
	const struct respond *respond = &source->command->respond;
	const struct target *target = snapshot_target(
	    source->snapshot, &source->reply->target);

	json_write_object(out, NULL);
	write_id_told(out, "id", ID_RESPONSE, &source->reply->response);
	json_write_word(out, "code", &response_code_words, (int)respond->code);
	json_write_object(out, "target");
	if (target != NULL) {
		json_write_id(out, "id", ID_TARGET, &target->id);
		write_state(out, "status", &target_machine, (int)target->state);
		json_write_int(out, "generation", target->generation);
		write_answer(out, target);
	}
	json_write_object_end(out);
	json_write_int(out, "leads", (int64_t)respond->lead_count);
	json_write_int(out, "exits", (int64_t)respond->exit_count);
	json_write_object_end(out);
}

static void
write_checkpoint(struct strbuf *out, const struct source *source)
{
	json_write_object(out, NULL);
	json_write_int(out, "delivered", source->reply->count);
	json_write_object_end(out);
}

/* ---- the way out */

static void
write_grievance(struct strbuf *out, const struct source *source)
{
	reply_json_papers_grievance(out, source->reply, source->snapshot);
}

static void
write_evidence(struct strbuf *out, const struct source *source)
{
	reply_json_papers_evidence(out, source->command, source->reply);
}

/* ---- documents */

static void
write_document(struct strbuf *out, const struct source *source)
{
	reply_json_papers_document(
	    out, &source->reply->thing, source->snapshot);
}

static void
write_waived(struct strbuf *out, const struct source *source)
{
	reply_json_papers_formality(
	    out, snapshot_formality(source->snapshot, &source->reply->thing));
}

static void
write_way_back(struct strbuf *out, const struct source *source)
{
	reply_json_way_back(
	    out, source->command, source->reply, source->snapshot);
}

/* ---- the registry */

static void
write_registered(struct strbuf *out, const struct source *source)
{
	reply_json_registry(out, source->command, &source->reply->thing);
}

static void
write_confirmed(struct strbuf *out, const struct source *source)
{
	static const char *const prefixes[] = {
		[REGISTRY_INSTITUTION] = ID_INSTITUTION,
		[REGISTRY_PLACE] = ID_INSTITUTION,
		[REGISTRY_PRINCIPAL] = ID_PRINCIPAL,
		[REGISTRY_ENDPOINT] = ID_ENDPOINT,
		[REGISTRY_AGREEMENT] = ID_AGREEMENT,
	};
	const struct confirm_registration *confirm = &source->command->confirm;

	json_write_object(out, NULL);
	json_write_id(out, "id", prefixes[confirm->thing], &confirm->id);
	json_write_word(out, "status", &registry_status_words, REGISTRY_ACTIVE);
	/* A place opens no key and no endpoint: it holds at once. */
	json_write_time(out, "active_from",
	    confirm->thing == REGISTRY_PLACE ? source->command->at
					     : source->command->at +
		    source->snapshot->registry_delay_seconds * CLOCK_SECOND);
	json_write_object_end(out);
}

static void
write_revoked(struct strbuf *out, const struct source *source)
{
	char key[HEX_SIZE(ACTOR_KEY_SIZE)];

	json_write_object(out, NULL);
	json_write_text(out, "spki_sha256",
	    hex_encode(source->command->revoke.key, ACTOR_KEY_SIZE, key));
	json_write_text(out, "status", "revoked");
	json_write_object_end(out);
}

static void
write_risk(struct strbuf *out, const struct source *source)
{
	reply_json_risk(out, source->command, source->reply, source->snapshot);
}

/* ---- the table */

/* NULL: the hub's own command, which nobody waits for. */
static void (*const writers[COMMAND_KIND_COUNT])(
    struct strbuf *, const struct source *) = {
	[COMMAND_SUBMIT_CASE] = write_case,
	[COMMAND_APPROVE_REQUEST] = write_request,
	[COMMAND_WITHDRAW_REQUEST] = write_request,
	[COMMAND_AMEND_REQUEST] = write_request,
	[COMMAND_ADD_REQUESTS] = write_case,
	[COMMAND_PATCH_CASE] = write_case_act,
	[COMMAND_WITHDRAW_CASE] = write_case_act,
	[COMMAND_MERGE_CASE] = write_case_act,
	[COMMAND_CLOSE_CASE] = write_case_act,
	[COMMAND_ISSUE_TARGET] = write_target,
	[COMMAND_CORRECT_TARGET] = write_target,
	[COMMAND_REMIND_TARGET] = write_target,
	[COMMAND_RELEASE_TARGET] = write_target,
	[COMMAND_REDUCE_TARGET] = write_target,
	[COMMAND_EXTEND_TARGET] = write_target,
	[COMMAND_ATTACH_EVIDENCE] = write_evidence,
	[COMMAND_FILE_GRIEVANCE] = write_grievance,
	[COMMAND_DECIDE_GRIEVANCE] = write_grievance,
	[COMMAND_FILE_DOCUMENT] = write_document,
	[COMMAND_DECIDE_DOCUMENT] = write_document,
	[COMMAND_WAIVE_FORMALITY] = write_waived,
	[COMMAND_ATTACH_TARGET] = write_target,
	[COMMAND_PROPOSE_RESTITUTION] = write_way_back,
	[COMMAND_ORDER_RESTITUTION] = write_way_back,
	[COMMAND_PAY_RESTITUTION] = write_way_back,
	[COMMAND_RESPOND] = write_response,
	[COMMAND_CHECKPOINT_INBOX] = write_checkpoint,
	[COMMAND_REGISTER_INSTITUTION] = write_registered,
	[COMMAND_REGISTER_PRINCIPAL] = write_registered,
	[COMMAND_REGISTER_ENDPOINT] = write_registered,
	[COMMAND_PLACE_INSTITUTION] = write_registered,
	[COMMAND_SET_ROSTER] = write_registered,
	[COMMAND_CONFIRM_REGISTRATION] = write_confirmed,
	[COMMAND_REVOKE_CERTIFICATE] = write_revoked,
	[COMMAND_REGISTER_AGREEMENT] = write_risk,
	[COMMAND_WITHDRAW_AGREEMENT] = write_risk,
	[COMMAND_SEND_SIGNAL] = write_risk,
	[COMMAND_ADD_WATCH] = write_risk,
	[COMMAND_WITHDRAW_WATCH] = write_risk,
	[COMMAND_DISPUTE_WATCH] = write_risk,
	[COMMAND_DECIDE_WATCH] = write_risk,
	[COMMAND_LOOK_UP] = write_risk,
	[COMMAND_PLACE_PAYMENT_HOLD] = write_risk,
	[COMMAND_ANSWER_PAYMENT_HOLD] = write_risk,
	[COMMAND_TEST_ENDPOINT] = write_registered,
};

void
reply_json_write(struct strbuf *out, const struct command *command,
    const struct reply *reply, const struct snapshot *snapshot)
{
	const struct source source = { command, reply, snapshot };

	if (writers[command->kind] != NULL)
		writers[command->kind](out, &source);
}
