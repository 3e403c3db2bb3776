/*
 * A small world: see parts.h.
 */
#include "test/unit/parts.h"

#include <string.h>

struct id
parts_id(enum parts_id which)
{
	struct id id = { .bytes = { (uint8_t)which } };

	return id;
}

struct registry *
parts_registry(void)
{
	const struct institution institutions[] = {
		{ .id = parts_id(PARTS_UNIT),
		    .slug = "kl_kochi_cyber",
		    .name = "Unit",
		    .country = "IN",
		    .region = "KL",
		    .profile = "IN",
		    .phone = "",
		    .kind = INSTITUTION_POLICE_UNIT,
		    .status = REGISTRY_ACTIVE },
		{ .id = parts_id(PARTS_BANK),
		    .slug = "malabar_bank",
		    .name = "Malabar \"Spice\" Bank",
		    .country = "IN",
		    .region = "KL",
		    .profile = "IN",
		    .phone = "+914845550201",
		    .kind = INSTITUTION_BANK,
		    .status = REGISTRY_ACTIVE },
		{ .id = parts_id(PARTS_TELCO),
		    .slug = "steppe_mobile",
		    .name = "Steppe Mobile",
		    .country = "KZ",
		    .region = "",
		    .profile = "KZ",
		    .phone = "",
		    .kind = INSTITUTION_TELCO,
		    .status = REGISTRY_ACTIVE },
	};
	const struct endpoint endpoints[] = {
		{ .id = { { 91 } },
		    .institution = parts_id(PARTS_BANK),
		    .number = 1,
		    .kind = ENDPOINT_WEBHOOK,
		    .url = "https://bank.example/",
		    .adapter = "json",
		    .pinned_key = "",
		    .max_batch = 1,
		    .concurrency = 8,
		    .status = REGISTRY_ACTIVE },
		{ .id = { { 92 } },
		    .institution = parts_id(PARTS_TELCO),
		    .number = 2,
		    .kind = ENDPOINT_INBOX,
		    .url = "",
		    .adapter = "json",
		    .pinned_key = "",
		    .max_batch = 1,
		    .concurrency = 8,
		    .status = REGISTRY_ACTIVE },
	};
	const struct registry_rows rows = {
		.version = 1,
		.institutions = institutions,
		.institution_count = COUNT(institutions),
		.endpoints = endpoints,
		.endpoint_count = COUNT(endpoints),
	};

	return registry_new(&rows);
}

static void
fill_case(struct snapshot *snapshot, enum parts_id id, const char *ref)
{
	struct case_file *file = snapshot_add_case(snapshot);

	file->id = parts_id(id);
	file->unit = parts_id(PARTS_UNIT);
	memcpy(file->ref, ref, strlen(ref) + 1);
	file->state = CASE_DISPATCHED;
	file->authorised = AUTHORISED_YES;
	file->profile = "IN";
	file->priority = PRIORITY_P1;
	file->language = "";
	file->complainant = (struct complainant){ "Secret Complainant",
		"+919876500011", "secret@example.com", "Secret Street" };
	file->narrative = "a secret narrative";
	file->reported_at = file->received_at = PARTS_AT;
}

static void
fill_request(struct snapshot *snapshot, struct id id, enum parts_id case_id)
{
	struct freeze_request *request = snapshot_add_request(snapshot);

	request->id = id;
	request->case_id = parts_id(case_id);
	request->generation = 1;
	request->action = ACTION_HOLD_AMOUNT;
	request->scope = SCOPE_AMOUNT;
	request->priority = PRIORITY_P1;
	request->basis = "BNSS_106";
	request->more_authorities = "";
	request->profile = "IN@2026-01-02";
	request->reason = "";
	request->state = request->desired_state = REQUEST_ISSUED;
	request->expires_at = PARTS_AT + 90;
}

static struct target *
fill_target(struct snapshot *snapshot, struct id id, struct id request,
    enum parts_id institution)
{
	struct target *target = snapshot_add_target(snapshot);

	target->id = id;
	target->case_id = parts_id(PARTS_CASE);
	target->request = request;
	target->institution = parts_id(institution);
	target->layer = target->generation = 1;
	target->state = TARGET_QUEUED;
	target->is_open = true;
	target->identifier = (struct identifier){ IDENTIFIER_IN_ACCOUNT,
		"004410220197", "MLBX0000044" };
	target->holder = "A. Mule";
	(void)identifier_mask(&target->identifier, target->mask);
	target->requested = (struct money){ 69961400, "INR" };
	target->response_code = -1;
	return target;
}

void
parts_fill(struct snapshot *snapshot)
{
	struct id other = { { 77 } };
	struct txn *txn = snapshot_add_txn(snapshot);

	txn->id = parts_id(PARTS_TXN);
	txn->case_id = parts_id(PARTS_CASE);
	txn->layer = 1;
	txn->mcc = "";
	txn->money = (struct money){ 70000000, "INR" };
	txn->at = PARTS_AT;
	txn->has_reference = txn->has_from = true;
	txn->reference = (struct identifier){ IDENTIFIER_RRN, "607111173345",
		"" };
	txn->from = (struct identifier){ IDENTIFIER_UPI_VPA,
		"secret.payer@deccan", "" };
	fill_case(snapshot, PARTS_OTHER_CASE, "IN-KL-2026-000999-X");
	fill_request(snapshot, other, PARTS_OTHER_CASE);
	(void)fill_target(snapshot, other, other, PARTS_BANK);
	fill_case(snapshot, PARTS_CASE, "IN-KL-2026-000123-C");
	fill_request(snapshot, parts_id(PARTS_REQUEST), PARTS_CASE);
	fill_target(snapshot, parts_id(PARTS_TARGET), parts_id(PARTS_REQUEST),
	    PARTS_BANK)
	    ->txn = txn->id;
	fill_target(snapshot, parts_id(PARTS_SECOND_TARGET),
	    parts_id(PARTS_REQUEST), PARTS_TELCO)
	    ->duplicate_of = other;
}
