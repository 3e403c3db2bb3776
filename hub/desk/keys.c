/*
 * What the commands of a batch name: rows to load, hashes to look for.
 */
#include <stddef.h>
#include <string.h>

#include "hub/desk/inside.h"

/* Room for everything that `count` jobs may name, cut from the arena. */
struct lists {
	struct id *cases, *requests, *targets, *grievances, *trails, *whole;
	struct id *restitutions;
	struct id *documents, *formalities;
	struct load_message_key *messages;
	struct load_deadline_key *deadlines;
	uint8_t (*hashes)[SNAPSHOT_HASH_SIZE];
	struct load_kept_key *kept;
	uint8_t (*actors)[ACTOR_KEY_SIZE];
};

bool
keys_is_kept(const struct command *command)
{
	return command->idempotency.key[0] != '\0' && !command->is_dry_run;
}

const struct id *
keys_request_of(const struct pass_deadline *pass)
{
	if (pass->kind == DEADLINE_FORMALITY)
		return &pass->request;
	return pass->kind == DEADLINE_CONFIRMATION ||
		pass->kind == DEADLINE_REQUEST
	    ? &pass->subject
	    : NULL;
}

/* With all that hangs on it. */
static void
add_case(const struct id *id, struct lists *lists, struct load_keys *keys)
{
	lists->cases[keys->case_count++] = *id;
	lists->whole[keys->whole_count++] = *id;
}

/* Without a reference a payment of this call is like no other.  One that the
 * case has is opened once it is loaded: batch.c loads again. */
static bool
is_shared(const struct submit_case *submit, const struct target_draft *target)
{
	static const uint8_t unknown[COMMAND_HASH_SIZE];

	if (target->has_txn_id)
		return memcmp(target->dedupe_hash, unknown, sizeof unknown) !=
		    0;
	return target->txn >= 0 && submit->txns[target->txn].has_reference;
}

static void
add_submit(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct submit_case *submit = &command->submit;
	if (submit->is_addition)
		add_case(&submit->into, lists, keys);
	else
		keys->case_numbers++;
	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++) {
			const struct target_draft *target =
			    &submit->requests[r].targets[t];

			if (is_shared(submit, target))
				memcpy(lists->hashes[keys->dedupe_count++],
				    target->dedupe_hash, SNAPSHOT_HASH_SIZE);
		}
}

static void
add_respond(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct respond *respond = &command->respond;
	lists->targets[keys->target_count++] = respond->target;
	/* A hold may be too much where more of its money is held, a lead where
	 * more is asked. */
	if (response_code_rule(respond->code)->family == FAMILY_HELD ||
	    respond->lead_count > 0)
		lists->trails[keys->trail_count++] = respond->target;
	for (size_t i = 0; i < respond->lead_count; i++)
		if (respond->leads[i].has_institution &&
		    respond->leads[i].has_reference)
			memcpy(lists->hashes[keys->dedupe_count++],
			    respond->leads[i].dedupe_hash, SNAPSHOT_HASH_SIZE);
}

/* The hash is known once the target has been loaded: batch.c loads again. */
static void
add_correct(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct correct_target *correct = &command->correct;
	static const uint8_t unknown[COMMAND_HASH_SIZE];

	lists->targets[keys->target_count++] = correct->target;
	if (memcmp(correct->dedupe_hash, unknown, sizeof unknown) != 0)
		memcpy(lists->hashes[keys->dedupe_count++],
		    correct->dedupe_hash, SNAPSHOT_HASH_SIZE);
}

static void
add_reported(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct record_delivery *delivery = &command->delivery;
	for (size_t i = 0; i < delivery->report_count; i++)
		for (size_t t = 0; t < delivery->reports[i].target_count; t++)
			lists->targets[keys->target_count++] =
			    delivery->reports[i].targets[t];
}

static void
add_target(const struct id *target, struct lists *lists, struct load_keys *keys)
{
	lists->targets[keys->target_count++] = *target;
}

static void
add_request(
    const struct id *request, struct lists *lists, struct load_keys *keys)
{
	lists->requests[keys->request_count++] = *request;
}

/* By itself or by its target: see load_keys. */
static void
add_grievance(const struct id *id, struct lists *lists, struct load_keys *keys)
{
	add_target(id, lists, keys);
	lists->grievances[keys->grievance_count++] = *id;
}

static void
add_requests(const struct id *requests, size_t count, struct lists *lists,
    struct load_keys *keys)
{
	for (size_t i = 0; i < count; i++)
		add_request(&requests[i], lists, keys);
}

static void
add_filing(const struct file_document *filing, struct lists *lists,
    struct load_keys *keys)
{
	lists->cases[keys->case_count++] = filing->case_id;
	if (!id_is_zero(&filing->supersedes))
		lists->documents[keys->document_count++] = filing->supersedes;
	for (size_t i = 0; i < filing->formality_count; i++)
		lists->formalities[keys->formality_count++] =
		    filing->formalities[i];
	add_requests(filing->requests, filing->request_count, lists, keys);
	add_requests(filing->learned.ids, filing->learned.count, lists, keys);
}

static void
add_decision(const struct decide_document *decide, struct lists *lists,
    struct load_keys *keys)
{
	lists->documents[keys->document_count++] = decide->document;
	add_requests(decide->learned.ids, decide->learned.count, lists, keys);
}

static void
add_waiver(const struct waive_formality *waive, struct lists *lists,
    struct load_keys *keys)
{
	lists->formalities[keys->formality_count++] = waive->formality;
	add_requests(waive->learned.ids, waive->learned.count, lists, keys);
}

static void
add_papers(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	if (command->kind == COMMAND_FILE_DOCUMENT)
		add_filing(&command->file_document, lists, keys);
	else if (command->kind == COMMAND_DECIDE_DOCUMENT)
		add_decision(&command->decide_document, lists, keys);
	else
		add_waiver(&command->waive_formality, lists, keys);
}

/* What an institution is told of a request names its documents. */
static bool
wants_documents(const struct command *command)
{
	return command->kind != COMMAND_SUBMIT_CASE &&
	    command->kind != COMMAND_RECORD_DELIVERY &&
	    command->kind != COMMAND_RECORD_ACCESS &&
	    command->kind != COMMAND_CHECKPOINT_INBOX &&
	    (command->kind != COMMAND_RESPOND ||
		command->respond.lead_count > 0);
}

/* By itself, by its target or by a grievance about that. */
static void
add_restitution(
    const struct id *id, struct lists *lists, struct load_keys *keys)
{
	lists->restitutions[keys->restitution_count++] = *id;
}

/* What lets go of a hold asks whether it is owed to a victim. */
static void
add_hold(const struct id *target, struct lists *lists, struct load_keys *keys)
{
	add_target(target, lists, keys);
	add_restitution(target, lists, keys);
}

static void
add_judgement(
    const struct id *grievance, struct lists *lists, struct load_keys *keys)
{
	add_grievance(grievance, lists, keys);
	add_restitution(grievance, lists, keys);
}

static void
add_proposal(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct propose_restitution *propose = &command->propose;

	lists->cases[keys->case_count++] = propose->case_id;
	for (size_t i = 0; i < propose->held_count; i++)
		add_hold(&propose->held[i].target, lists, keys);
	for (size_t i = 0; i < propose->claim_count; i++)
		if (propose->claims[i].has_case)
			add_case(&propose->claims[i].case_id, lists, keys);
}

/* The order itself, where it is filed here. */
static void
add_order(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct id *document = command->kind == COMMAND_ATTACH_TARGET
	    ? &command->attach.document
	    : &command->order.document;

	if (!id_is_zero(document))
		lists->documents[keys->document_count++] = *document;
}

static void
add_checkpoint(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct checkpoint_inbox *checkpoint = &command->checkpoint;

	for (size_t i = 0; i < checkpoint->message_count; i++)
		lists->messages[keys->message_count++] =
		    (struct load_message_key){ checkpoint->messages[i],
			    command->actor.institution };
}

static void
add_deadline(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct pass_deadline *pass = &command->deadline;
	lists->deadlines[keys->deadline_count++] = (struct load_deadline_key){
		pass->subject, pass->kind
	};
	if (keys_risk_has(pass->kind))
		return; /* of no case */
	if (keys_request_of(pass) != NULL)
		add_request(keys_request_of(pass), lists, keys);
	else if (pass->kind == DEADLINE_RESTITUTION)
		add_hold(&pass->subject, lists, keys);
	else if (pass->kind == DEADLINE_GRIEVANCE_REPLY ||
	    pass->kind == DEADLINE_GRIEVANCE_DECISION)
		add_grievance(&pass->subject, lists, keys);
	else
		add_target(&pass->subject, lists, keys);
}

/* Of a command that names one thing: what it is, and where its id stands. */
#define AT(member) offsetof(struct command, member)
static const struct named {
	void (*add)(
	    const struct id *id, struct lists *lists, struct load_keys *keys);
	size_t at;
} named[COMMAND_KIND_COUNT] = {
	[COMMAND_APPROVE_REQUEST] = { add_request, AT(approve.request) },
	[COMMAND_WITHDRAW_REQUEST] = { add_request, AT(withdraw.request) },
	[COMMAND_AMEND_REQUEST] = { add_request, AT(amend.request) },
	[COMMAND_PATCH_CASE] = { add_case, AT(patch_case.case_id) },
	[COMMAND_WITHDRAW_CASE] = { add_case, AT(withdraw_case.case_id) },
	[COMMAND_CLOSE_CASE] = { add_case, AT(close_case.case_id) },
	[COMMAND_ISSUE_TARGET] = { add_target, AT(issue.target) },
	[COMMAND_REMIND_TARGET] = { add_target, AT(remind.target) },
	[COMMAND_RELEASE_TARGET] = { add_hold, AT(release.target) },
	[COMMAND_REDUCE_TARGET] = { add_hold, AT(reduce.target) },
	[COMMAND_EXTEND_TARGET] = { add_target, AT(extend.target) },
	[COMMAND_ATTACH_EVIDENCE] = { add_target, AT(evidence.target) },
	[COMMAND_FILE_GRIEVANCE] = { add_grievance, AT(file_grievance.target) },
	[COMMAND_DECIDE_GRIEVANCE] = { add_judgement,
	    AT(decide_grievance.grievance) },
	[COMMAND_ATTACH_TARGET] = { add_target, AT(attach.target) },
	[COMMAND_ORDER_RESTITUTION] = { add_hold, AT(order.restitution) },
	[COMMAND_PAY_RESTITUTION] = { add_hold, AT(pay.restitution) },
};
#undef AT

static void
add_merge(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	add_case(&command->merge.case_id, lists, keys);
	add_case(&command->merge.into, lists, keys);
}

/* All that its case asks for counts: the case is known once the request is,
 * and batch.c loads again. */
static void
add_amendment(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	if (!id_is_zero(&command->amend.case_id))
		add_case(&command->amend.case_id, lists, keys);
}

/* Of one that names more than one thing.  The rest names nothing, or what
 * belongs to no case (keys_risk.c). */
static void (*const adders[COMMAND_KIND_COUNT])(const struct command *command,
    struct lists *lists, struct load_keys *keys) = {
	[COMMAND_SUBMIT_CASE] = add_submit,
	[COMMAND_ADD_REQUESTS] = add_submit,
	[COMMAND_AMEND_REQUEST] = add_amendment,
	[COMMAND_MERGE_CASE] = add_merge,
	[COMMAND_CORRECT_TARGET] = add_correct,
	[COMMAND_FILE_DOCUMENT] = add_papers,
	[COMMAND_DECIDE_DOCUMENT] = add_papers,
	[COMMAND_WAIVE_FORMALITY] = add_papers,
	[COMMAND_PROPOSE_RESTITUTION] = add_proposal,
	[COMMAND_ATTACH_TARGET] = add_order,
	[COMMAND_ORDER_RESTITUTION] = add_order,
	[COMMAND_RESPOND] = add_respond,
	[COMMAND_CHECKPOINT_INBOX] = add_checkpoint,
	[COMMAND_RECORD_DELIVERY] = add_reported,
	[COMMAND_PASS_DEADLINE] = add_deadline,
};

static void
add_command(
    const struct command *command, struct lists *lists, struct load_keys *keys)
{
	const struct named *one = &named[command->kind];

	keys->wants_documents |= wants_documents(command);
	if (one->add != NULL)
		one->add((const void *)((const char *)command + one->at), lists,
		    keys);
	if (adders[command->kind] != NULL)
		adders[command->kind](command, lists, keys);
}

static bool
cut_lists(struct batch *batch, size_t weight, struct lists *lists)
{
	struct arena *arena = batch->arena;

	lists->cases = arena_alloc(arena, weight * sizeof *lists->cases);
	lists->whole = arena_alloc(arena, weight * sizeof *lists->whole);
	lists->documents = arena_alloc(
	    arena, weight * sizeof *lists->documents);
	lists->formalities = arena_alloc(
	    arena, weight * sizeof *lists->formalities);
	lists->requests = arena_alloc(arena, weight * sizeof *lists->requests);
	lists->targets = arena_alloc(arena, weight * sizeof *lists->targets);
	lists->grievances = arena_alloc(
	    arena, weight * sizeof *lists->grievances);
	lists->trails = arena_alloc(arena, weight * sizeof *lists->trails);
	lists->restitutions = arena_alloc(
	    arena, weight * sizeof *lists->restitutions);
	lists->messages = arena_alloc(arena, weight * sizeof *lists->messages);
	lists->deadlines = arena_alloc(
	    arena, weight * sizeof *lists->deadlines);
	lists->hashes = arena_alloc(arena, weight * sizeof *lists->hashes);
	lists->kept = arena_alloc(arena, weight * sizeof *lists->kept);
	lists->actors = arena_alloc(arena, weight * sizeof *lists->actors);
	return lists->documents != NULL && lists->formalities != NULL &&
	    lists->cases != NULL && lists->whole != NULL &&
	    lists->requests != NULL && lists->targets != NULL &&
	    lists->grievances != NULL && lists->trails != NULL &&
	    lists->restitutions != NULL && lists->messages != NULL &&
	    lists->deadlines != NULL && lists->hashes != NULL &&
	    lists->kept != NULL && lists->actors != NULL;
}

enum rc
keys_collect(struct batch *batch, struct load_keys *keys, struct err *err)
{
	struct lists lists = { 0 };
	size_t weight = 1;

	memset(keys, 0, sizeof *keys);
	for (size_t i = 0; i < batch->count; i++)
		weight += keys_weight(batch->jobs[i]->command) +
		    batch->jobs[i]->command->twin_count;
	if (!cut_lists(batch, weight, &lists))
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	for (size_t i = 0; i < batch->count; i++) {
		const struct command *command = batch->jobs[i]->command;

		if (command->actor.role != ROLE_HUB)
			memcpy(lists.actors[keys->actor_count++],
			    command->actor.key, ACTOR_KEY_SIZE);
		if (keys_is_kept(command))
			lists.kept[keys->kept_count++] = (struct load_kept_key){
				command->actor.principal,
				command->idempotency.key
			};
		for (size_t n = 0; n < command->twin_count; n++)
			add_target(&command->twins[n], &lists, keys);
		if (batch->jobs[i]->unfit.rc == RC_OK)
			add_command(command, &lists, keys);
	}
	keys->cases = lists.cases;
	keys->whole_cases = lists.whole;
	keys->documents = lists.documents;
	keys->formalities = lists.formalities;
	keys->restitutions = lists.restitutions;
	keys->requests = lists.requests;
	keys->targets = lists.targets;
	keys->grievances = lists.grievances;
	keys->trails = lists.trails;
	keys->messages = lists.messages;
	keys->deadlines = lists.deadlines;
	keys->dedupe_hashes = (const uint8_t(*)[SNAPSHOT_HASH_SIZE])
				  lists.hashes;
	keys->kept = lists.kept;
	keys->actor_keys = (const uint8_t(*)[ACTOR_KEY_SIZE])lists.actors;
	TRY(keys_risk_collect(batch, &keys->risk, err));
	return volumes_collect(batch, keys, err);
}
