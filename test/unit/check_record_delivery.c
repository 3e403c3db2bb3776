/*
 * record_delivery: what a 2xx, a first failure and an escalation do to a
 * target, also late, twice and of an older generation.
 */
#include "test/unit/unit.h"

#include "test/unit/world.h"

static struct delivery_report report;
static struct id about;

static void
deliver(enum delivery_fact fact, const struct target *target)
{
	struct record_delivery *delivery =
	    &world_command(COMMAND_RECORD_DELIVERY, DISPATCHER)->delivery;

	about = target->id;
	report = (struct delivery_report){ .fact = fact,
		.type = MESSAGE_FREEZE_REQUESTED,
		.message = world_id(20, 1),
		.endpoint = (int32_t)BANK,
		.generation = target->generation,
		.at = world.now - CLOCK_SECOND,
		.status = fact == DELIVERY_DELIVERED ? 200 : 503,
		.error = fact == DELIVERY_DELIVERED ? "" : "busy",
		.targets = &about,
		.target_count = 1 };
	delivery->reports = &report;
	delivery->report_count = 1;
}

/* D: delivered, S: sent, U: undeliverable; n: a note; a dot: nothing.  The
 * columns: attempted, delivered, escalated. */
static const struct {
	enum target_state state;
	const char *then;
} moves[] = {
	{ TARGET_PROPOSED, "nn." },
	{ TARGET_QUEUED, "SDU" },
	{ TARGET_SENT, "nDU" },
	{ TARGET_DELIVERED, "nn." },
	{ TARGET_UNDELIVERABLE, "nD." },
	{ TARGET_ACKNOWLEDGED, "nn." },
	{ TARGET_IN_REVIEW, "nn." },
	{ TARGET_HELD_FULL, "nn." },
	{ TARGET_HELD_PARTIAL, "nn." },
	{ TARGET_BLOCKED, "nn." },
	{ TARGET_NOT_HELD, "nn." },
	{ TARGET_REJECTED, "nn." },
	{ TARGET_REJECTED_FINAL, "nn." },
	{ TARGET_RELEASE_PENDING, "nn." },
	{ TARGET_RELEASED, "nn." },
	{ TARGET_ATTACHED, "nn." },
	{ TARGET_RESTORED, "nn." },
	{ TARGET_CANCELLED, "nn." },
	{ TARGET_SUPERSEDED, "nn." },
};

static enum target_state
state_of(char letter, enum target_state state)
{
	return letter == 'D' ? TARGET_DELIVERED
	    : letter == 'S'  ? TARGET_SENT
	    : letter == 'U'  ? TARGET_UNDELIVERABLE
			     : state;
}

/* A late one is an event without a move: the target is further on. */
START_TEST(fact_moves_the_target_or_is_noted)
{
	enum target_state state = moves[_i / DELIVERY_FACT_COUNT].state;
	enum delivery_fact fact = (enum delivery_fact)(
	    _i % DELIVERY_FACT_COUNT);
	char then = moves[_i / DELIVERY_FACT_COUNT].then[fact];
	struct target *target = world_target(1, state);

	ck_assert_uint_eq(COUNT(moves), TARGET_STATE_COUNT);
	deliver(fact, target);
	world_done(200);
	ck_assert_int_eq(target->state, state_of(then, state));
	ck_assert_uint_eq(world.effects.event_count, then != '.');
	ck_assert_uint_eq(
	    world_events("target.delivery_recorded"), then == 'n');
	ck_assert_int_eq(target->row.is_dirty, then != '.');
	ck_assert_int_eq(
	    target->delivered_at, fact == DELIVERY_DELIVERED ? report.at : 0);
	ck_assert_int_eq(
	    target->sent_at, fact == DELIVERY_ATTEMPTED ? report.at : 0);
	if (then != '.')
		ck_assert_int_eq(
		    world.effects.events[0].happened_at, report.at);
}
END_TEST

START_TEST(first_attempt_leaves_its_time_though_it_succeeds)
{
	struct target *target = world_target(1, TARGET_QUEUED);

	deliver(DELIVERY_DELIVERED, target);
	report.attempted_at = report.at - 5;
	world_done(200);
	ck_assert_int_eq(target->sent_at, report.at - 5);
}
END_TEST

/* An earlier one that failed was the first. */
START_TEST(later_attempt_leaves_the_first_ones_time)
{
	struct target *target = world_target(1, TARGET_SENT);

	target->sent_at = world.now - 90;
	deliver(DELIVERY_DELIVERED, target);
	report.attempted_at = report.at - 5;
	world_done(200);
	ck_assert_int_eq(target->sent_at, world.now - 90);
}
END_TEST

START_TEST(officer_is_told_of_the_undeliverable_once)
{
	struct target *target = world_target(1, TARGET_SENT);

	deliver(DELIVERY_ESCALATED, target);
	world_done(200);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_TARGET_UNDELIVERABLE, DISTRICT), 1);
	deliver(DELIVERY_ESCALATED, target);
	world_done(200);
	ck_assert_uint_eq(world.effects.message_count, 1);
	ck_assert_str_eq(
	    world_field(world_event("target.escalated"), "error"), "busy");
}
END_TEST

/* A sweep at lease take-over repeats reports. */
START_TEST(repeated_report_changes_nothing)
{
	struct target *target = world_target(1, TARGET_QUEUED);

	deliver((enum delivery_fact)_i, target);
	world_done(200);
	world_commit();
	deliver((enum delivery_fact)_i, target);
	world_done(200);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert(!target->row.is_dirty);
}
END_TEST

START_TEST(undeliverable_is_delivered_in_the_end)
{
	struct target *target = world_target(1, TARGET_UNDELIVERABLE);

	deliver(DELIVERY_DELIVERED, target);
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_DELIVERED);
}
END_TEST

static void
other_generation(void)
{
	report.generation++;
}

static void
unknown_target(void)
{
	about = world_id(99, 1);
}

static void
no_targets(void)
{
	report.target_count = 0;
}

static void
status_to_police(void)
{
	report.type = MESSAGE_RESPONSE_RECORDED;
}

static void
release(void)
{
	report.type = MESSAGE_RELEASE_ORDERED;
}

static void
reminder(void)
{
	report.type = MESSAGE_DEADLINE_WARNING;
}

static void (*const passed_over[])(void) = { other_generation, unknown_target,
	no_targets, status_to_police, release, reminder };

START_TEST(other_messages_move_nothing)
{
	struct target *target = world_target(1, TARGET_QUEUED);

	deliver(DELIVERY_DELIVERED, target);
	passed_over[_i]();
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_QUEUED);
	ck_assert_uint_eq(world.effects.event_count, 0);
}
END_TEST

/* ---- orders about what the institution has */

static const struct {
	enum message_type type;
	enum target_state waiting, done;
} orders[] = {
	{ MESSAGE_RELEASE_ORDERED, TARGET_RELEASE_PENDING, TARGET_RELEASED },
	{ MESSAGE_HOLD_REDUCE, TARGET_HELD_FULL, TARGET_RELEASED },
	{ MESSAGE_HOLD_EXTEND, TARGET_HELD_PARTIAL, TARGET_RELEASE_PENDING },
	{ MESSAGE_FREEZE_WITHDRAWN, TARGET_CANCELLED, TARGET_QUEUED },
};

static int order; /* the row of `orders` */

static struct target *
ordered(enum delivery_fact fact, enum target_state state)
{
	struct target *target = world_target(1, state);

	if (orders[order].type == MESSAGE_HOLD_REDUCE &&
	    state == orders[order].waiting)
		target->reduce_to_minor = 1;
	deliver(fact, target);
	report.type = orders[order].type;
	return target;
}

/* R5: a release is delivered and escalated like a freeze. */
START_TEST(order_that_does_not_arrive_alerts_the_unit)
{
	const struct target *target;
	const char *name = words_name(
	    &message_type_words, (int)orders[_i].type);

	order = _i;
	target = ordered(DELIVERY_ESCALATED, orders[_i].waiting);
	world_done(200);
	ck_assert_int_eq(target->state, orders[_i].waiting);
	ck_assert_uint_eq(
	    world_messages(MESSAGE_TARGET_UNDELIVERABLE, DISTRICT), 1);
	ck_assert_str_eq(world.effects.messages[0].envelope.order, name);
	ck_assert_str_eq(
	    world_field(world_event("target.order_undeliverable"), "order"),
	    name);
	ck_assert_str_eq(
	    world_field(world_event("target.order_undeliverable"), "error"),
	    "busy");
}
END_TEST

START_TEST(order_that_arrives_is_on_record)
{
	order = _i;
	(void)ordered(DELIVERY_DELIVERED, orders[_i].waiting);
	world_done(200);
	ck_assert_uint_eq(world_events("target.order_delivered"), 1);
	ck_assert_uint_eq(world.effects.event_count, 1);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

START_TEST(first_attempt_at_an_order_is_no_news)
{
	order = _i;
	(void)ordered(DELIVERY_ATTEMPTED, orders[_i].waiting);
	world_done(200);
	ck_assert_uint_eq(world.effects.event_count, 0);
}
END_TEST

/* Confirmed or overtaken while it was on its way. */
START_TEST(order_that_waits_no_more_alerts_nobody)
{
	order = _i;
	(void)ordered(DELIVERY_ESCALATED, orders[_i].done);
	world_done(200);
	ck_assert_uint_eq(world.effects.event_count, 0);
	ck_assert_uint_eq(world.effects.message_count, 0);
}
END_TEST

START_TEST(correction_carries_its_generation)
{
	struct target *target = world_target(1, TARGET_QUEUED);

	target->generation = 2;
	deliver(DELIVERY_DELIVERED, target);
	report.type = MESSAGE_CORRECTION_SUPPLIED;
	world_done(200);
	ck_assert_int_eq(target->state, TARGET_DELIVERED);
}
END_TEST

START_TEST(nobody_else_records_deliveries)
{
	deliver(DELIVERY_DELIVERED, world_target(1, TARGET_QUEUED));
	world.command.actor.role = (enum role)_i;
	world.command.actor.key[0] = (uint8_t)(ADMIN + 1);
	world.command.actor.principal = world_person(ADMIN);
	world.snapshot.actors[ADMIN].role = (enum role)_i;
	world_refused(RC_FORBIDDEN, "role_not_allowed", "");
}
END_TEST

Suite *
record_delivery_suite(void)
{
	Suite *suite = suite_create("record_delivery");
	TCase *tcase = tcase_create("record_delivery");

	tcase_add_checked_fixture(tcase, world_set_up, world_tear_down);
	tcase_add_loop_test(tcase, fact_moves_the_target_or_is_noted, 0,
	    TARGET_STATE_COUNT * DELIVERY_FACT_COUNT);
	tcase_add_test(tcase, first_attempt_leaves_its_time_though_it_succeeds);
	tcase_add_test(tcase, later_attempt_leaves_the_first_ones_time);
	tcase_add_test(tcase, officer_is_told_of_the_undeliverable_once);
	tcase_add_loop_test(
	    tcase, repeated_report_changes_nothing, 0, DELIVERY_FACT_COUNT);
	tcase_add_test(tcase, undeliverable_is_delivered_in_the_end);
	tcase_add_loop_test(
	    tcase, other_messages_move_nothing, 0, (int)COUNT(passed_over));
	tcase_add_loop_test(tcase, order_that_does_not_arrive_alerts_the_unit,
	    0, COUNT(orders));
	tcase_add_loop_test(
	    tcase, order_that_arrives_is_on_record, 0, COUNT(orders));
	tcase_add_loop_test(
	    tcase, first_attempt_at_an_order_is_no_news, 0, COUNT(orders));
	tcase_add_loop_test(
	    tcase, order_that_waits_no_more_alerts_nobody, 0, COUNT(orders));
	tcase_add_test(tcase, correction_carries_its_generation);
	tcase_add_loop_test(tcase, nobody_else_records_deliveries, 0, ROLE_HUB);
	suite_add_tcase(suite, tcase);
	return suite;
}
