/*
 * Batches for tests and the bench: see batch.h.
 */
#include "test/db/batch.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/ids.h"
#include "hub/store/registry_load.h"

enum { BATCH_BYTES = 64 * 1024 * 1024, EVENT_BITS = 16 };

static const char some_bytes[] =
    "sixty-four bytes and some more that stand where sealed ones would be";

static struct blob
blob_of(const void *bytes, size_t length)
{
	return (struct blob){ bytes, length };
}

void
batch_init(struct batch *batch, struct db *db)
{
	memset(batch, 0, sizeof(*batch));
	batch->db = db;
	batch->arena = arena_new(BATCH_BYTES);
}

void
batch_clear(struct batch *batch)
{
	arena_free(batch->arena);
}

void
batch_begin(struct batch *batch, const struct world *world,
    const struct load_keys *keys)
{
	struct err err;

	arena_reset(batch->arena);
	snapshot_init(&batch->snapshot, batch->arena, world->registry);
	if (snapshot_load(batch->db, keys, &batch->snapshot, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
	effects_init(&batch->effects, &batch->snapshot);
	memset(&batch->command, 0, sizeof(batch->command));
	batch->command.at = clock_now();
	batch->command.base = id_new();
	batch->command.arena = batch->arena;
	batch->command.actor.principal = world->officer;
	batch->command.actor.institution = world->unit;
	batch->command.actor.role = ROLE_OFFICER;
	batch->command.actor.kind = INSTITUTION_POLICE_UNIT;
}

/* ---- the registry */

static void
add_principal(struct batch *batch, const struct id *id,
    const struct id *institution, struct principal_draft *draft,
    const struct id *admin)
{
	struct registry_change *change = effects_add_change(&batch->effects);

	change->kind = REGISTRY_ADD_PRINCIPAL;
	change->id = *id;
	change->institution = *institution;
	change->actor = *admin;
	change->at = batch->command.at;
	change->principal = draft;
}

static void
add_endpoint(struct batch *batch, const struct id *institution,
    struct endpoint_draft *draft, const struct id *admin)
{
	struct registry_change *change = effects_add_change(&batch->effects);

	change->kind = REGISTRY_ADD_ENDPOINT;
	change->id = command_next_id(&batch->command);
	change->institution = *institution;
	change->actor = *admin;
	change->at = batch->command.at;
	change->endpoint = draft;
	change->key_id = command_next_id(&batch->command);
	change->key_no = 1;
	if (draft->kind == ENDPOINT_WEBHOOK)
		change->sealed_secret = blob_of(some_bytes, 64);
}

static void
add_institution(struct batch *batch, const struct id *id,
    struct register_institution *draft, const struct id *admin)
{
	struct registry_change *change = effects_add_change(&batch->effects);

	change->kind = REGISTRY_ADD_INSTITUTION;
	change->id = change->institution = *id;
	change->actor = *admin;
	change->at = batch->command.at;
	change->add_institution = draft;
}

static void
propose(struct batch *batch, struct world *world)
{
	static struct route_draft routes[] = {
		{ ROUTE_IFSC_BANK, "NOBK" },
		{ ROUTE_UPI_HANDLE, "nobank" },
	};
	static struct register_institution unit = { .slug = "kochi_police",
		.name = "Kochi police",
		.country = "IN",
		.profile = "IN",
		.kind = INSTITUTION_POLICE_UNIT },
					   bank = { .slug = "no_bank",
						   .name = "No Bank",
						   .country = "IN",
						   .region = "KL",
						   .profile = "IN",
						   .phone = "+910000000000",
						   .kind = INSTITUTION_BANK,
						   .routes = routes,
						   .route_count = COUNT(
						       routes) };
	static struct endpoint_draft inbox = { .kind = ENDPOINT_INBOX },
				     webhook = { .kind = ENDPOINT_WEBHOOK,
					     .url = "https://bank.test/hook",
					     .adapter = "json",
					     .concurrency = 4,
					     .rate_limit = 250,
					     .allow_private = true };
	static struct principal_draft officer = { .role = ROLE_OFFICER,
		.name = "Officer",
		.rank = "SI",
		.certificate = {
		    .serial = "01", .not_after = INT64_C(4102444800000000) } };
	static struct principal_draft nodal = { .role = ROLE_NODAL,
		.name = "Nodal",
		.certificate = {
		    .serial = "02", .not_after = INT64_C(4102444800000000) } };

	memcpy(officer.certificate.key, world->officer_key, ACTOR_KEY_SIZE);
	memcpy(nodal.certificate.key, world->nodal_key, ACTOR_KEY_SIZE);
	add_institution(batch, &world->unit, &unit, &world->admins[0]);
	add_institution(batch, &world->bank, &bank, &world->admins[0]);
	add_endpoint(batch, &world->unit, &inbox, &world->admins[0]);
	add_endpoint(batch, &world->bank, &webhook, &world->admins[0]);
	add_principal(
	    batch, &world->officer, &world->unit, &officer, &world->admins[0]);
	add_principal(
	    batch, &world->nodal, &world->bank, &nodal, &world->admins[0]);
}

static void
confirm(struct batch *batch, const struct id *id, const struct id *admin)
{
	struct registry_change *change = effects_add_change(&batch->effects);

	change->kind = REGISTRY_CONFIRM_INSTITUTION;
	change->id = *id;
	change->actor = *admin;
	change->at = change->active_from = batch->command.at;
}

void
world_make(struct world *world, struct db *db)
{
	struct load_keys keys = { 0 };
	struct batch batch;
	struct id base = id_new();
	struct err err;

	memset(world, 0, sizeof(*world));
	memset(world->officer_key, 1, ACTOR_KEY_SIZE);
	memset(world->nodal_key, 2, ACTOR_KEY_SIZE);
	world->admins[0] = id_nth(&base, 1);
	world->admins[1] = id_nth(&base, 2);
	world->unit = id_nth(&base, 3);
	world->bank = id_nth(&base, 4);
	world->officer = id_nth(&base, 5);
	world->nodal = id_nth(&base, 6);
	batch_init(&batch, db);
	batch_begin(&batch, world, &keys);
	propose(&batch, world);
	batch_must(&batch);
	batch_begin(&batch, world, &keys);
	confirm(&batch, &world->unit, &world->admins[1]);
	confirm(&batch, &world->bank, &world->admins[1]);
	batch_must(&batch);
	batch_clear(&batch);
	if (registry_load(db, &world->registry, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
}

void
world_clear(struct world *world)
{
	registry_unref(world->registry);
}

/* ---- cases */

static struct txn *
add_txn(struct batch *batch, const struct case_file *case_file, int position)
{
	struct txn *txn = effects_add_txn(&batch->effects);

	txn->id = command_next_id(&batch->command);
	txn->case_id = case_file->id;
	txn->position = position;
	txn->layer = position + 1;
	txn->mcc = position == 0 ? "6012" : "";
	txn->money = case_file->loss;
	txn->at = batch->command.at - CLOCK_SECOND;
	if (position == 0)
		memcpy(txn->reference_hash, case_file->id.bytes,
		    sizeof(case_file->id.bytes));
	txn->sealed = blob_of(some_bytes, 64);
	return txn;
}

static struct freeze_request *
add_request(struct batch *batch, const struct case_file *case_file)
{
	struct freeze_request *request = effects_add_request(&batch->effects);

	request->id = command_next_id(&batch->command);
	request->case_id = case_file->id;
	request->requested_by = batch->command.actor.principal;
	request->generation = 1;
	request->basis = "BNSS_106";
	request->more_authorities = "";
	request->profile = "IN@2026-01-02";
	request->reason = "";
	request->desired_state = REQUEST_ISSUED;
	request->issued_at = request->created_at = batch->command.at;
	request->expires_at = batch->command.at + 90 * 86400 * CLOCK_SECOND;
	(void)effects_enter_request(
	    &batch->effects, &batch->command, request, REQUEST_EVENT_ISSUED);
	return request;
}

static struct target *
add_target(struct batch *batch, const struct world *world,
    const struct freeze_request *request, const struct txn *txn, int position)
{
	struct target *target = effects_add_target(&batch->effects);

	target->id = command_next_id(&batch->command);
	target->case_id = request->case_id;
	target->request = request->id;
	target->institution = world->bank;
	target->txn = txn->id;
	target->position = position;
	target->layer = 1;
	target->generation = 1;
	target->identifier.type = IDENTIFIER_IN_ACCOUNT;
	snprintf(target->mask, sizeof(target->mask), "NOBK…%04d", position);
	memcpy(target->identifier_hash, target->id.bytes, 16);
	memcpy(target->dedupe_hash, target->id.bytes, 16);
	target->dedupe_hash[31] = 1;
	target->requested = txn->money;
	target->response_code = -1;
	target->queued_at = target->created_at = batch->command.at;
	target->sealed = blob_of(some_bytes, 64);
	(void)effects_enter_target(
	    &batch->effects, &batch->command, target, TARGET_EVENT_ISSUED);
	return target;
}

struct case_file *
batch_add_case(struct batch *batch, const struct world *world, unsigned number)
{
	static struct sealed_ref refs[] = {
		{ "ncrp", { 1 }, { (const uint8_t *)some_bytes, 40 } },
		{ "fir", { 2 }, { (const uint8_t *)some_bytes, 41 } },
	};
	struct case_file *case_file = effects_add_case(&batch->effects);
	struct freeze_request *request;
	struct target *targets[BATCH_TARGETS];
	struct txn *txn;
	size_t count;

	case_file->id = command_next_id(&batch->command);
	snprintf(case_file->ref, sizeof(case_file->ref), "IN-KL-2026-%06u-C",
	    number);
	case_file->unit = world->unit;
	case_file->created_by = world->officer;
	case_file->profile = "IN";
	case_file->language = "en";
	case_file->loss = (struct money){ 4999900, "INR" };
	case_file->occurred_at = case_file->reported_at = batch->command.at;
	case_file->received_at = batch->command.at;
	case_file->sealed_refs = refs;
	case_file->external_ref_count = COUNT(refs);
	case_file->wrapped_key = blob_of(some_bytes, 60);
	case_file->sealed_complainant = blob_of(some_bytes, 64);
	(void)effects_enter_case(
	    &batch->effects, &batch->command, case_file, CASE_EVENT_DISPATCHED);
	txn = add_txn(batch, case_file, 0);
	(void)add_txn(batch, case_file, 1);
	request = add_request(batch, case_file);
	for (int i = 0; i < BATCH_TARGETS; i++)
		targets[i] = add_target(batch, world, request, txn, i);
	(void)effects_enqueue(&batch->effects, &batch->command,
	    MESSAGE_FREEZE_REQUESTED, 0, &world->bank, targets, BATCH_TARGETS,
	    &count);
	return case_file;
}

void
batch_add_reply(struct batch *batch, const struct world *world,
    const struct id *case_id, const char *key)
{
	struct kept_reply *reply = effects_add_reply(&batch->effects);

	reply->principal = world->officer;
	snprintf(
	    reply->idempotency.key, sizeof(reply->idempotency.key), "%s", key);
	reply->idempotency.fingerprint[0] = 7;
	if (case_id != NULL)
		reply->case_id = *case_id;
	reply->key_no = 1;
	reply->status = 201;
	reply->location = "/v1/cases/x";
	reply->sealed = blob_of(some_bytes, 64);
}

/* ---- saving */

void
batch_seal(struct batch *batch)
{
	int64_t first = batch->snapshot.batch_number << EVENT_BITS;

	for (size_t i = 0; i < batch->effects.event_count; i++) {
		struct event *event = &batch->effects.events[i];

		event->id = first + (int64_t)i;
		event->key_no = 1;
		event->leaf = event->sealed = (const uint8_t *)some_bytes;
		event->leaf_length = 64;
		event->sealed_length = 32;
	}
	for (size_t i = 0; i < batch->effects.message_count; i++) {
		struct message_row *message = &batch->effects.messages[i];

		message->seq = first + (int64_t)i;
		message->key_no = 1;
		message->sealed = blob_of(some_bytes, 64);
	}
}

enum rc
batch_save(struct batch *batch, struct err *err)
{
	batch_seal(batch);
	TRY(effects_save_rows(batch->db, &batch->effects, err));
	return effects_save_records(batch->db, &batch->effects, err);
}

void
batch_must(struct batch *batch)
{
	struct err err;

	if (batch_save(batch, &err) != RC_OK)
		ck_abort_msg("%s: %s", err.code, err.text);
}
