/*
 * The simulation: random commands on a world in memory; the invariants of
 * the design are checked after each (test/unit/invariant.h).  A run is cut
 * into worlds of their own seeds, so that a failure is told by one seed and
 * a step.  SIM_STEPS and SIM_SEED make longer and other runs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/sim/clock_check.h"
#include "test/sim/deed.h"
#include "test/sim/risk_check.h"

enum { WORLD_STEPS = 500, DEFAULT_STEPS = 20000, DEFAULT_SEED = 1 };

static const struct {
	const char *name;
	deed *deed;
	int weight;
} deeds[] = {
	{ "submit_case", deed_submit, 10 },
	{ "approve_request", deed_approve, 8 },
	{ "withdraw_request", deed_withdraw, 2 },
	{ "add_requests", deed_add, 4 },
	{ "amend_request", deed_amend, 3 },
	{ "withdraw_case", deed_withdraw_case, 1 },
	{ "merge_case", deed_merge, 1 },
	{ "close_case", deed_close, 4 },
	{ "issue_target", deed_issue, 8 },
	{ "correct_target", deed_correct, 6 },
	{ "remind_target", deed_remind, 3 },
	{ "release_target", deed_release, 1 },
	{ "reduce_target", deed_reduce, 3 },
	{ "extend_target", deed_extend, 3 },
	{ "file_grievance", deed_grieve, 4 },
	{ "decide_grievance", deed_decide, 8 },
	{ "attach_target", deed_attach, 1 },
	{ "propose_restitution", deed_propose, 4 },
	{ "order_restitution", deed_order, 5 },
	{ "pay_restitution", deed_pay, 6 },
	{ "respond", deed_respond, 45 },
	{ "checkpoint_inbox", deed_checkpoint, 4 },
	{ "record_delivery", deed_deliver, 14 },
	{ "pass_deadline", deed_pass, 4 },
	{ "add_watch", deed_list, 3 },
	{ "withdraw_watch", deed_unlist, 1 },
	{ "dispute_watch", deed_dispute, 2 },
	{ "decide_watch", deed_judge, 4 },
	{ "look_up", deed_look_up, 2 },
	{ "place_payment_hold", deed_hold_payment, 4 },
	{ "answer_payment_hold", deed_answer_payment, 3 },
};

struct tally {
	long done[COUNT(deeds)], refused[COUNT(deeds)];
	long states[TARGET_STATE_COUNT]; /* targets that entered them */
	long steps;
};

static uint64_t seed_now;
static int step_now;

static void
fail(const char *sentence)
{
	fprintf(stderr,
	    "sim: %s\nsim: step %d of a world; again: SIM_SEED=%llu "
	    "SIM_STEPS=%d\n",
	    sentence, step_now, (unsigned long long)seed_now, WORLD_STEPS);
	exit(EXIT_FAILURE);
}

static size_t
pick_deed(struct random *random)
{
	int sum = 0, at;
	size_t i = 0;

	for (size_t n = 0; n < COUNT(deeds); n++)
		sum += deeds[n].weight;
	for (at = random_below(random, sum); at >= deeds[i].weight; i++)
		at -= deeds[i].weight;
	return i;
}

/* What a store would: messages wait for whoever they are for. */
static void
commit(void)
{
	for (size_t i = 0; i < world.effects.message_count; i++) {
		const struct message_row *row = &world.effects.messages[i];
		const struct envelope *envelope = &row->envelope;
		struct id *ids = arena_alloc(
		    world.arena, (envelope->target_count + 1) * sizeof *ids);
		struct pending_message *pending = snapshot_add_pending(
		    &world.snapshot);

		if (ids == NULL || pending == NULL)
			fail("out of memory");
		for (size_t t = 0; t < envelope->target_count; t++)
			ids[t] = envelope->targets[t]->id;
		pending->id = envelope->id;
		pending->institution = row->institution;
		pending->case_id = envelope->case_file->id;
		pending->type = envelope->type;
		pending->generation = envelope->target_count == 0
		    ? 1
		    : envelope->targets[0]->generation;
		pending->targets = ids;
		pending->target_count = envelope->target_count;
	}
	world_commit();
}

static void
count_events(struct tally *tally, size_t from)
{
	for (size_t i = from; i < world.effects.event_count; i++)
		if (world.effects.events[i].machine == &target_machine)
			tally->states[world.effects.events[i].to]++;
}

/* FNV-1a over what was decided: two runs of a seed must agree. */
static uint64_t
fold(uint64_t sum, size_t from)
{
	for (size_t i = from; i < world.effects.event_count; i++) {
		const struct event *event = &world.effects.events[i];

		for (const char *c = event->type; *c != '\0'; c++)
			sum = (sum ^ (uint8_t)*c) * UINT64_C(0x100000001b3);
		for (size_t n = 0; n < sizeof event->subject.bytes; n++)
			sum = (sum ^ event->subject.bytes[n]) *
			    UINT64_C(0x100000001b3);
	}
	return sum;
}

static void
check_clocks(void)
{
	const char *sentence = clock_check(&world.snapshot);

	if (sentence == NULL)
		sentence = risk_check(&world.snapshot);
	if (sentence != NULL)
		fail(sentence);
}

static uint64_t
run_world(uint64_t seed, int steps, struct tally *tally)
{
	struct random random = { seed };
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	seed_now = seed;
	world_set_up();
	for (step_now = 0; step_now < steps; step_now++) {
		size_t which = pick_deed(&random);
		size_t from = world.effects.event_count;

		world.now += random_below(&random, 3600) * CLOCK_SECOND;
		if (!deeds[which].deed(&random))
			continue;
		if (world_run() == RC_OK)
			tally->done[which]++;
		else
			tally->refused[which]++;
		tally->steps++;
		count_events(tally, from);
		sum = fold(sum, from);
		check_clocks();
		if (random_chance(&random, 30))
			commit();
	}
	world_tear_down();
	return sum;
}

/* A run that never came anywhere would prove nothing. */
static void
check_reach(const struct tally *tally)
{
	for (size_t i = 0; i < COUNT(deeds); i++)
		if (tally->done[i] == 0 ||
		    (tally->refused[i] == 0 && deeds[i].deed != deed_deliver &&
			deeds[i].deed != deed_checkpoint &&
			deeds[i].deed != deed_pass))
			fail(deeds[i].name);
	for (int state = 0; state < TARGET_STATE_COUNT; state++)
		if (tally->states[state] == 0)
			fail(machine_state_name(&target_machine, state));
}

static long long
setting(const char *name, long long otherwise)
{
	const char *text = getenv(name);

	return text == NULL ? otherwise : strtoll(text, NULL, 10);
}

static void
print(const struct tally *tally)
{
	for (size_t i = 0; i < COUNT(deeds); i++)
		printf("  %-18s %7ld done %7ld refused\n", deeds[i].name,
		    tally->done[i], tally->refused[i]);
	for (int state = 0; state < TARGET_STATE_COUNT; state++)
		printf("  %-18s %7ld entered\n",
		    machine_state_name(&target_machine, state),
		    tally->states[state]);
}

int
main(void)
{
	long long steps = setting("SIM_STEPS", DEFAULT_STEPS);
	uint64_t seed = (uint64_t)setting("SIM_SEED", DEFAULT_SEED);
	struct tally tally = { 0 }, again = { 0 };

	invariant_fail = fail;
	if (run_world(seed, WORLD_STEPS, &again) !=
	    run_world(seed, WORLD_STEPS, &tally))
		fail("two runs of one seed differ");
	for (long long at = WORLD_STEPS; at < steps; at += WORLD_STEPS)
		(void)run_world(++seed, WORLD_STEPS, &tally);
	if (getenv("SIM_VERBOSE") != NULL)
		print(&tally);
	if (steps >= DEFAULT_STEPS)
		check_reach(&tally);
	printf("sim: 1 passed, 0 failed\n");
	return EXIT_SUCCESS;
}
