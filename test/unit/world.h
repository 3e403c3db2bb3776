/*
 * A world for tests of use cases: a registry with one institution of each
 * kind and their people, a snapshot of one case, and the running of a
 * command against it.  Unlike the desk it has neither database nor crypto.
 */
#pragma once

#include "hub/base/clock.h"
#include "hub/domain/effects.h"
#include "hub/domain/ids.h"
#include "hub/domain/reply.h"
#include "test/unit/invariant.h"

enum place {
	STATE = 1, /* the unit above DISTRICT */
	DISTRICT,
	NEIGHBOUR,
	BANK,
	OTHER_BANK,
	MUTE_BANK, /* without an endpoint */
	WALLET,
	GATEWAY,
	SHOP,
	TELCO,
	VASP,
	REGULATOR,
	AUDITORS,
	HUB,
	PLACE_END
};

/* Person + 1 is the number of their id and key. */
enum person {
	OFFICER,
	SECOND_OFFICER, /* of DISTRICT, like OFFICER and SUPERVISOR */
	SUPERVISOR,
	STATE_SUPERVISOR,
	STATE_OFFICER,
	NEIGHBOUR_OFFICER,
	NEIGHBOUR_SUPERVISOR,
	BANK_NODAL,
	BANK_SERVICE,
	OTHER_NODAL,
	WALLET_NODAL,
	GATEWAY_NODAL,
	SHOP_NODAL,
	TELCO_NODAL,
	VASP_NODAL,
	AUDITOR,
	ADMIN,
	SECOND_ADMIN,
	DISPATCHER, /* the hub itself */
	PERSON_END
};

#define WORLD_HOUR (3600 * CLOCK_SECOND)
#define WORLD_DAY (24 * WORLD_HOUR)

struct world {
	struct arena *arena;
	struct registry *registry;
	struct snapshot snapshot;
	struct effects effects;
	struct command command;
	struct reply reply;
	struct err err;
	int64_t now;
	int bases; /* commands made */
	struct invariant before;
};
extern struct world world;

/* A checked fixture: the world with a dispatched case of DISTRICT and its
 * request 1 (HOLD_AMOUNT, issued, asked by OFFICER, 10 days to run). */
void world_set_up(void);
void world_tear_down(void);

struct id world_place(enum place place);
struct id world_person(enum person person);
struct id world_id(int kind, int number);
/* TELCO may signal calls to BANK (1: also sms_burst, 6) and WALLET (2), and
 * sim_swap to MUTE_BANK (3); 4 to OTHER_BANK is only proposed, 5 is over. */
struct id world_agreement(int number);

/* world_agreements.c: all of them, for the registry. */
const struct agreement *world_agreements(int64_t now, size_t *count);

struct id world_case_id(void);
struct id world_request_id(void);
struct case_file *world_case(void);
struct freeze_request *world_request(void);

/* A loaded target of request 1 at BANK: 1,000.00 INR, its own hash. */
struct target *world_target(int number, enum target_state state);

/* world.command anew: of this kind, by this person, now. */
struct command *world_command(enum command_kind kind, enum person person);

/* Prepare and decide.  Refused: fails the test if anything changed.  Done:
 * fails it where an invariant of the effects is broken. */
enum rc world_run(void);

/* Assert what it says. */
void world_done(int status);
void world_refused(enum rc rc, const char *code, const char *pointer);

/* As if the batch were saved and the next one began: rows are loaded ones,
 * the lists are empty, the memory stays. */
void world_commit(void);

/* An Indian account at BANK or OTHER_BANK; 9 digits. */
struct identifier world_account(enum place bank, int number);
struct money world_inr(int64_t minor);

/* Events of this type among the effects; the last of them, or NULL. */
size_t world_events(const char *type);
const struct event *world_event(const char *type);
/* A field's text of an event, or NULL. */
const char *world_field(const struct event *event, const char *name);
size_t world_messages(enum message_type type, enum place to);
