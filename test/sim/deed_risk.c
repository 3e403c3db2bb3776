/*
 * Deeds with flagged identifiers and payment holds: see deed.h.  A few payees
 * are enough: lists and payments then meet.
 */
#include <string.h>

#include "test/sim/deed.h"

enum { PAYEES = 6, TRIES = 8 };

/* Mostly those who may; anybody one time in ten. */
static enum person
pick(struct random *random, const enum person *people, size_t count)
{
	if (random_chance(random, 10))
		return (enum person)random_below(random, PERSON_END);
	return people[random_below(random, (int)count)];
}

static enum person
pick_keeper(struct random *random)
{
	static const enum person keepers[] = { BANK_NODAL, OTHER_NODAL, OFFICER,
		SUPERVISOR, WALLET_NODAL };

	return pick(random, keepers, COUNT(keepers));
}

/* The account of a payee, and the hash that stands for it. */
static struct identifier
pick_payee(struct random *random, uint8_t hash[RISK_HASH_SIZE])
{
	int number = random_below(random, PAYEES);

	memset(hash, number + 1, RISK_HASH_SIZE);
	return world_account(number % 2 == 0 ? BANK : OTHER_BANK, number + 1);
}

/* One in this state, if a few tries find one. */
static const struct watch_entry *
pick_entry(struct random *random, enum watch_state wanted)
{
	const struct risk_rows *rows = &world.snapshot.risk;
	const struct watch_entry *entry = NULL;

	for (int i = 0; i < TRIES && rows->watch_count > 0; i++) {
		entry =
		    rows->watches[random_below(random, (int)rows->watch_count)];
		if (entry->state == wanted)
			break;
	}
	return entry;
}

bool
deed_list(struct random *random)
{
	static const struct {
		enum person person;
		enum watch_source source;
	} authors[] = {
		{ BANK_NODAL, WATCH_OWN_LIST },
		{ OTHER_NODAL, WATCH_THIRD_PARTY },
		{ OFFICER, WATCH_CRIMINAL_CASE },
		{ WALLET_NODAL, WATCH_OWN_LIST },
		{ BANK_NODAL, WATCH_CRIMINAL_CASE }, /* not theirs */
	};
	size_t i = (size_t)random_below(random, COUNT(authors));
	struct command *command = world_command(
	    COMMAND_ADD_WATCH, authors[i].person);
	struct add_watch *draft = &command->add_watch;

	draft->source = authors[i].source;
	draft->subject = pick_payee(random, draft->subject_hash);
	draft->reference = "x";
	draft->note = "";
	draft->expires_at = world.now + random_below(random, 100) * WORLD_DAY;
	return true;
}

bool
deed_unlist(struct random *random)
{
	const struct watch_entry *entry = pick_entry(random, WATCH_ACTIVE);
	struct command *command;

	if (entry == NULL)
		return false;
	command = world_command(COMMAND_WITHDRAW_WATCH, pick_keeper(random));
	command->withdraw_watch.entry = entry->id;
	command->withdraw_watch.row_version = random_chance(random, 10)
	    ? 9
	    : entry->row_version;
	return true;
}

bool
deed_dispute(struct random *random)
{
	const struct watch_entry *entry = pick_entry(random, WATCH_ACTIVE);
	struct command *command;

	if (entry == NULL)
		return false;
	command = world_command(COMMAND_DISPUTE_WATCH, pick_keeper(random));
	command->dispute_watch.entry = entry->id;
	command->dispute_watch.text = "x";
	return true;
}

bool
deed_judge(struct random *random)
{
	static const enum person judges[] = { BANK_NODAL, OTHER_NODAL, OFFICER,
		SECOND_OFFICER, ADMIN, SECOND_ADMIN };
	const struct watch_entry *entry = pick_entry(random, WATCH_DISPUTED);
	struct command *command;

	if (entry == NULL)
		return false;
	command = world_command(
	    COMMAND_DECIDE_WATCH, pick(random, judges, COUNT(judges)));
	command->decide_watch.entry = entry->id;
	command->decide_watch.decision = random_chance(random, 70)
	    ? WATCH_KEEP
	    : WATCH_DELIST;
	command->decide_watch.reason = "x";
	return true;
}

bool
deed_look_up(struct random *random)
{
	static struct sought sought;
	struct command *command = world_command(
	    COMMAND_LOOK_UP, pick_keeper(random));

	sought.identifier = pick_payee(random, sought.hash);
	command->look_up.purpose = random_chance(random, 30)
	    ? LOOKUP_INVESTIGATION
	    : LOOKUP_PAYMENT_SCREENING;
	command->look_up.sought = &sought;
	command->look_up.sought_count = 1;
	return true;
}

bool
deed_hold_payment(struct random *random)
{
	static const enum person payers[] = { BANK_NODAL, BANK_SERVICE,
		OTHER_NODAL, WALLET_NODAL, GATEWAY_NODAL };
	struct command *command = world_command(
	    COMMAND_PLACE_PAYMENT_HOLD, pick(random, payers, COUNT(payers)));
	struct place_payment_hold *draft = &command->place_payment_hold;

	draft->payee = pick_payee(random, draft->payee_hash);
	draft->money = world_inr(1 + random_below(random, 1000000));
	draft->reference = draft->note = "";
	return true;
}

/* Somebody who answers for the institution. */
static enum person
payer_of(const struct payment_hold *hold)
{
	static const enum person payers[] = { BANK_NODAL, OTHER_NODAL,
		WALLET_NODAL, GATEWAY_NODAL };

	for (size_t i = 0; i < COUNT(payers); i++)
		if (id_equal(&hold->institution,
			&world.snapshot.actors[payers[i]].institution))
			return payers[i];
	return BANK_NODAL;
}

bool
deed_answer_payment(struct random *random)
{
	const struct risk_rows *rows = &world.snapshot.risk;
	const struct payment_hold *hold = NULL;
	struct command *command;

	for (int i = 0; i < TRIES && rows->hold_count > 0; i++) {
		hold = rows->holds[random_below(random, (int)rows->hold_count)];
		if (payment_hold_state_waits(hold->state))
			break;
	}
	if (hold == NULL)
		return false;
	command = world_command(COMMAND_ANSWER_PAYMENT_HOLD,
	    random_chance(random, 90) ? payer_of(hold) : pick_keeper(random));
	command->answer_payment_hold.hold = hold->id;
	command->answer_payment_hold.answer = random_chance(random, 70)
	    ? PAYMENT_CONFIRMED
	    : PAYMENT_REFUSED;
	return true;
}
