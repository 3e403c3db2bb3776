/*
 * The world: see world.h.
 */
#include "test/unit/world.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/domain/profile.h"
#include "hub/service/service.h"

struct world world;

enum { WORLD_ARENA = 256 << 20 };
enum {
	KIND_PLACE = 1,
	KIND_PERSON,
	KIND_END,
	KIND_CASE,
	KIND_REQUEST,
	KIND_TARGET,
	KIND_COMMAND
};

static const int64_t midday = INT64_C(1795521600) * CLOCK_SECOND;

static const struct {
	const char *slug;
	enum institution_kind kind;
	enum place parent;
	const char *bank_code; /* its route */
	enum endpoint_kind endpoint;
	int max_batch; /* 0: no endpoint */
} places[PLACE_END] = {
	[STATE] = { "state", INSTITUTION_POLICE_UNIT, 0, NULL, ENDPOINT_INBOX,
	    1 },
	[DISTRICT] = { "district", INSTITUTION_POLICE_UNIT, STATE, NULL,
	    ENDPOINT_INBOX, 1 },
	[NEIGHBOUR] = { "neighbour", INSTITUTION_POLICE_UNIT, STATE, NULL,
	    ENDPOINT_INBOX, 1 },
	[BANK] = { "bank", INSTITUTION_BANK, 0, "SBIN", ENDPOINT_WEBHOOK, 3 },
	[OTHER_BANK] = { "other_bank", INSTITUTION_BANK, 0, "HDFC",
	    ENDPOINT_WEBHOOK, 1 },
	[MUTE_BANK] = { "mute_bank", INSTITUTION_BANK, 0, "ICIC",
	    ENDPOINT_WEBHOOK, 0 },
	[WALLET] = { "wallet", INSTITUTION_WALLET, 0, NULL, ENDPOINT_WEBHOOK,
	    1 },
	[GATEWAY] = { "gateway", INSTITUTION_PAYMENT_GATEWAY, 0, NULL,
	    ENDPOINT_WEBHOOK, 1 },
	[SHOP] = { "shop", INSTITUTION_ECOMMERCE, 0, NULL, ENDPOINT_WEBHOOK,
	    1 },
	[TELCO] = { "telco", INSTITUTION_TELCO, 0, NULL, ENDPOINT_INBOX, 1 },
	[VASP] = { "vasp", INSTITUTION_VASP, 0, NULL, ENDPOINT_WEBHOOK, 1 },
	[REGULATOR] = { "regulator", INSTITUTION_REGULATOR, 0, NULL,
	    ENDPOINT_INBOX, 1 },
	[AUDITORS] = { "auditors", INSTITUTION_AUDITOR, 0, NULL, ENDPOINT_INBOX,
	    1 },
	[HUB] = { "hub", INSTITUTION_HUB, 0, NULL, ENDPOINT_INBOX, 1 },
};

static const struct {
	enum place place;
	enum role role;
} people[PERSON_END] = {
	[OFFICER] = { DISTRICT, ROLE_OFFICER },
	[SECOND_OFFICER] = { DISTRICT, ROLE_OFFICER },
	[SUPERVISOR] = { DISTRICT, ROLE_SUPERVISOR },
	[STATE_SUPERVISOR] = { STATE, ROLE_SUPERVISOR },
	[STATE_OFFICER] = { STATE, ROLE_OFFICER },
	[NEIGHBOUR_OFFICER] = { NEIGHBOUR, ROLE_OFFICER },
	[NEIGHBOUR_SUPERVISOR] = { NEIGHBOUR, ROLE_SUPERVISOR },
	[BANK_NODAL] = { BANK, ROLE_NODAL },
	[BANK_SERVICE] = { BANK, ROLE_SERVICE },
	[OTHER_NODAL] = { OTHER_BANK, ROLE_NODAL },
	[WALLET_NODAL] = { WALLET, ROLE_NODAL },
	[GATEWAY_NODAL] = { GATEWAY, ROLE_NODAL },
	[SHOP_NODAL] = { SHOP, ROLE_NODAL },
	[TELCO_NODAL] = { TELCO, ROLE_NODAL },
	[VASP_NODAL] = { VASP, ROLE_NODAL },
	[AUDITOR] = { AUDITORS, ROLE_AUDITOR },
	[ADMIN] = { HUB, ROLE_ADMIN },
	[SECOND_ADMIN] = { HUB, ROLE_ADMIN },
	[DISPATCHER] = { HUB, ROLE_HUB },
};

struct id
world_id(int kind, int number)
{
	struct id id = { { 0 } };

	id.bytes[0] = (uint8_t)kind;
	id.bytes[12] = (uint8_t)(number >> 8);
	id.bytes[13] = (uint8_t)number;
	return id;
}

struct id
world_place(enum place place)
{
	return world_id(KIND_PLACE, (int)place);
}

struct id
world_person(enum person person)
{
	return world_id(KIND_PERSON, (int)person + 1);
}

struct id
world_case_id(void)
{
	return world_id(KIND_CASE, 1);
}

struct id
world_request_id(void)
{
	return world_id(KIND_REQUEST, 1);
}

struct money
world_inr(int64_t minor)
{
	return (struct money){ minor, "INR" };
}

struct identifier
world_account(enum place bank, int number)
{
	struct identifier identifier = { .type = IDENTIFIER_IN_ACCOUNT };

	(void)snprintf(
	    identifier.value, sizeof identifier.value, "%09d", number);
	(void)snprintf(identifier.qualifier, sizeof identifier.qualifier,
	    "%s0000001", places[bank].bank_code);
	return identifier;
}

/* ---- the registry */

struct rows {
	struct institution institutions[PLACE_END];
	struct endpoint endpoints[PLACE_END];
	struct route routes[PLACE_END];
	struct principal principals[PERSON_END];
	struct certificate certificates[PERSON_END];
	struct registry_rows all;
};

static void
add_place(struct rows *rows, enum place place)
{
	struct id id = world_place(place);

	rows->institutions[rows->all.institution_count++] =
	    (struct institution){ .id = id,
		    .parent = places[place].parent == 0
			? (struct id){ { 0 } }
			: world_place(places[place].parent),
		    .slug = places[place].slug,
		    .name = places[place].slug,
		    .country = "IN",
		    .region = "KL",
		    .profile = "IN",
		    .phone = "",
		    .kind = places[place].kind,
		    .status = REGISTRY_ACTIVE };
	if (places[place].max_batch > 0)
		rows->endpoints[rows->all.endpoint_count++] = (struct endpoint){
			.id = world_id(KIND_END, (int)place),
			.institution = id,
			.number = (int32_t)place,
			.kind = places[place].endpoint,
			.url = "",
			.adapter = "json",
			.pinned_key = "",
			.max_batch = places[place].max_batch,
			.status = REGISTRY_ACTIVE
		};
	if (places[place].bank_code != NULL)
		rows->routes[rows->all.route_count++] = (struct route){
			ROUTE_IFSC_BANK, places[place].bank_code, id
		};
}

static void
add_person(struct rows *rows, enum person person)
{
	struct certificate *certificate =
	    &rows->certificates[rows->all.certificate_count++];

	rows->principals[rows->all.principal_count++] = (struct principal){
		.id = world_person(person),
		.institution = world_place(people[person].place),
		.role = people[person].role,
		.name = "",
		.rank = "",
		.status = REGISTRY_ACTIVE,
		.valid_until = INT64_MAX
	};
	certificate->key[0] = (uint8_t)(person + 1);
	certificate->principal = world_person(person);
}

static struct registry *
view_new(void)
{
	struct rows *rows = calloc(1, sizeof *rows);
	struct registry *view;

	if (rows == NULL)
		abort();
	for (int place = STATE; place < PLACE_END; place++)
		add_place(rows, (enum place)place);
	for (int person = 0; person < DISPATCHER; person++)
		add_person(rows, (enum person)person);
	rows->all.agreements = world_agreements(
	    world.now, &rows->all.agreement_count);
	rows->all.institutions = rows->institutions;
	rows->all.endpoints = rows->endpoints;
	rows->all.routes = rows->routes;
	rows->all.principals = rows->principals;
	rows->all.certificates = rows->certificates;
	view = registry_new(&rows->all);
	free(rows);
	return view;
}

/* ---- the snapshot */

static void
add_actors(void)
{
	for (int person = 0; person < DISPATCHER; person++) {
		struct actor_row *row = snapshot_add_actor(&world.snapshot);

		row->key[0] = (uint8_t)(person + 1);
		row->principal = world_person((enum person)person);
		row->institution = world_place(people[person].place);
		row->role = people[person].role;
		row->status = row->institution_status = REGISTRY_ACTIVE;
		row->valid_until = INT64_MAX;
	}
}

static void
add_case(void)
{
	struct case_file *file = snapshot_add_case(&world.snapshot);
	struct freeze_request *request = snapshot_add_request(&world.snapshot);

	file->id = world_case_id();
	file->unit = world_place(DISTRICT);
	file->created_by = world_person(OFFICER);
	file->state = CASE_DISPATCHED;
	file->profile = "IN";
	file->language = file->narrative = "";
	file->loss = world_inr(100000);
	file->occurred_at = file->reported_at = file->received_at = world.now -
	    WORLD_HOUR;
	request->id = world_request_id();
	request->case_id = file->id;
	request->requested_by = world_person(OFFICER);
	request->generation = 1;
	request->action = ACTION_HOLD_AMOUNT;
	request->basis = "NCRP_ACK";
	request->more_authorities = "";
	request->profile = "IN@2026-01-02";
	request->reason = "";
	request->state = request->desired_state = REQUEST_ISSUED;
	request->created_at = request->issued_at = world.now - WORLD_HOUR;
	request->expires_at = world.now + 10 * WORLD_DAY;
}

void
world_set_up(void)
{
	static int64_t numbers[1024];

	memset(&world, 0, sizeof world);
	world.now = midday;
	world.arena = arena_new(WORLD_ARENA);
	world.before.arena = arena_new(WORLD_ARENA);
	world.registry = view_new();
	snapshot_init(&world.snapshot, world.arena, world.registry);
	effects_init(&world.effects, &world.snapshot);
	for (size_t i = 0; i < COUNT(numbers); i++)
		numbers[i] = (int64_t)i + 1;
	world.snapshot.case_numbers = numbers;
	world.snapshot.case_number_count = COUNT(numbers);
	world.snapshot.registry_delay_seconds = 86400;
	add_actors();
	add_case();
}

void
world_tear_down(void)
{
	registry_unref(world.registry);
	arena_free(world.arena);
	arena_free(world.before.arena);
}

struct case_file *
world_case(void)
{
	struct id id = world_case_id();

	return snapshot_case(&world.snapshot, &id);
}

struct freeze_request *
world_request(void)
{
	struct id id = world_request_id();

	return snapshot_request(&world.snapshot, &id);
}

struct target *
world_target(int number, enum target_state state)
{
	struct target *target = snapshot_add_target(&world.snapshot);

	target->id = world_id(KIND_TARGET, number);
	target->case_id = world_case_id();
	target->request = world_request_id();
	target->institution = world_place(BANK);
	target->position = number;
	target->layer = target->generation = 1;
	target->state = state;
	target->is_open = true;
	target->identifier = world_account(BANK, number);
	target->holder = "";
	identifier_mask(&target->identifier, target->mask);
	target->dedupe_hash[0] = 1;
	target->dedupe_hash[31] = (uint8_t)number;
	target->requested = world_inr(100000);
	target->response_code = target->not_followed = -1;
	target->created_at = world.now - WORLD_HOUR;
	if (state != TARGET_PROPOSED && state != TARGET_SUPERSEDED)
		target->queued_at = target->created_at;
	if (target_state_is_held(state) || state == TARGET_ATTACHED ||
	    state == TARGET_RELEASE_PENDING) {
		target->acknowledged_at = target->answered_at =
		    target->held_at = world.now - WORLD_HOUR / 2;
		target->expires_at = world.now + WORLD_DAY;
		target->held_minor = state == TARGET_BLOCKED ? 0
		    : state == TARGET_HELD_PARTIAL           ? 40000
							     : 100000;
	}
	return target;
}

void
world_commit(void)
{
	struct snapshot *snapshot = &world.snapshot;

	for (size_t i = 0; i < snapshot->case_count; i++)
		snapshot->cases[i]->row = (struct row_state){ false, false };
	for (size_t i = 0; i < snapshot->request_count; i++)
		snapshot->requests[i]->row = (struct row_state){ false, false };
	for (size_t i = 0; i < snapshot->target_count; i++)
		snapshot->targets[i]->row = (struct row_state){ false, false };
	for (size_t i = 0; i < snapshot->grievance_count; i++)
		snapshot->grievances[i]->row = (struct row_state){ false,
			false };
	for (size_t i = 0; i < snapshot->restitution_count; i++)
		snapshot->restitutions[i]->row = (struct row_state){ false,
			false };
	for (size_t i = 0; i < snapshot->txn_count; i++)
		snapshot->txns[i]->row = (struct row_state){ false, false };
	for (size_t i = 0; i < snapshot->deadline_count; i++)
		snapshot->deadlines[i]->row = (struct row_state){ false,
			false };
	for (size_t i = 0; i < snapshot->document_count; i++)
		snapshot->documents[i]->row = (struct row_state){ false,
			false };
	for (size_t i = 0; i < snapshot->formality_count; i++)
		snapshot->formalities[i]->row = (struct row_state){ false,
			false };
	for (size_t i = 0; i < snapshot->risk.watch_count; i++)
		snapshot->risk.watches[i]->row = (struct row_state){ false,
			false };
	for (size_t i = 0; i < snapshot->risk.hold_count; i++)
		snapshot->risk.holds[i]->row = (struct row_state){ false,
			false };
	effects_init(&world.effects, snapshot);
}

/* ---- running */

struct command *
world_command(enum command_kind kind, enum person person)
{
	struct command *command = &world.command;

	memset(command, 0, sizeof *command);
	command->kind = kind;
	command->at = world.now;
	command->base = world_id(KIND_COMMAND, ++world.bases);
	command->arena = world.arena;
	command->actor.principal = world_person(person);
	command->actor.institution = world_place(people[person].place);
	command->actor.role = people[person].role;
	command->actor.kind = places[people[person].place].kind;
	if (people[person].role == ROLE_HUB)
		command->actor.principal = (struct id){ { 0 } };
	else
		command->actor.key[0] = (uint8_t)(person + 1);
	return command;
}

enum rc
world_run(void)
{
	enum rc rc;

	invariant_remember(&world.before, &world.effects);
	memset(&world.reply, 0, sizeof world.reply);
	memset(&world.err, 0, sizeof world.err);
	rc = service_prepare(&world.command, world.registry, &world.err);
	if (rc == RC_OK)
		rc = service_decide(
		    &world.command, &world.effects, &world.reply, &world.err);
	if (rc == RC_OK)
		invariant_check_done(&world.before, &world.effects);
	else
		invariant_check_refused(&world.before, &world.effects);
	return rc;
}

void
world_done(int status)
{
	enum rc rc = world_run();

	ck_assert_msg(rc == RC_OK, "%s %s: %s", world.err.code,
	    world.err.pointer, world.err.text);
	ck_assert_int_eq(world.reply.status, status);
}

void
world_refused(enum rc rc, const char *code, const char *pointer)
{
	enum rc got = world_run();

	ck_assert_msg(got == rc && strcmp(world.err.code, code) == 0 &&
		strcmp(world.err.pointer, pointer) == 0,
	    "got %d %s at '%s' (%s), wanted %d %s at '%s'", (int)got,
	    world.err.code, world.err.pointer, world.err.text, (int)rc, code,
	    pointer);
	ck_assert_str_ne(world.err.text, "");
}

/* ---- looking */

const struct event *
world_event(const char *type)
{
	for (size_t i = world.effects.event_count; i-- > 0;)
		if (strcmp(world.effects.events[i].type, type) == 0)
			return &world.effects.events[i];
	return NULL;
}

size_t
world_events(const char *type)
{
	size_t count = 0;

	for (size_t i = 0; i < world.effects.event_count; i++)
		count += strcmp(world.effects.events[i].type, type) == 0;
	return count;
}

const char *
world_field(const struct event *event, const char *name)
{
	ck_assert_ptr_nonnull(event);
	for (size_t i = 0; i < event->field_count; i++)
		if (strcmp(event->fields[i].name, name) == 0)
			return event->fields[i].text;
	return NULL;
}

size_t
world_messages(enum message_type type, enum place to)
{
	struct id id = world_place(to);
	size_t count = 0;

	for (size_t i = 0; i < world.effects.message_count; i++)
		count += world.effects.messages[i].envelope.type == type &&
		    id_equal(&world.effects.messages[i].institution, &id);
	return count;
}
