/*
 * Timelines replayed: see cli_demo_timeline.h.
 */
#include "hub/cli/cli_demo_timeline.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/cli/cli_demo_expected.h"
#include "hub/domain/machine.h"
#include "hub/domain/target_state.h"

/* What the hub says of a 2xx that came after the answer. */
static const char late_delivery[] = "target.delivery_recorded";

struct replay {
	const char *letter, *institution;
	const struct json_view *events;
	struct strbuf *faults;
	int count;
};

/* A target's way so far. */
struct way {
	const char *id;
	int state;
	uint64_t passed; /* bits of enum target_state */
	bool was_queued, was_delivered;
};

_Static_assert(TARGET_STATE_COUNT <= 64, "states are bits");

static void
fault(struct replay *replay, const char *what, const char *which)
{
	replay->count++;
	strbuf_printf(replay->faults, "%s, %s: %s%s\n", replay->letter,
	    replay->institution, what, which);
}

/* The value of an event's field; "" where it has none such. */
static const char *
field_of(const struct json_view *event, const char *field)
{
	const struct json_view *values = json_view_at(event, "values");

	for (size_t i = 0; i < json_view_count(values); i++) {
		const struct json_view *item = json_view_item(values, i);

		if (strcmp(json_view_text(item, "field", ""), field) == 0)
			return json_view_text(item, "value", "");
	}
	return "";
}

/* "target.held_full" is a move of the machine; others only tell. */
static void
step(struct replay *replay, struct way *way, const char *type)
{
	size_t length = strlen(target_machine.name);
	int move, next;

	if (strcmp(type, late_delivery) == 0)
		way->was_delivered = true;
	if (strncmp(type, target_machine.name, length) != 0 ||
	    type[length] != '.' ||
	    !words_find(target_machine.events, type + length + 1, &move))
		return;
	if (machine_next(&target_machine, way->state, move, &next, NULL) !=
	    RC_OK) {
		fault(replay, "out of order in its timeline: ", type);
		return;
	}
	way->state = next;
	way->passed |= UINT64_C(1) << next;
	way->was_queued |= next == TARGET_QUEUED;
	way->was_delivered |= move == TARGET_EVENT_DELIVERED;
}

static void
check_passed(struct replay *replay, const struct way *way,
    const struct json_view *wanted)
{
	const struct json_view *passed = json_view_at(wanted, "passed");

	for (size_t i = 0; i < json_view_count(passed); i++) {
		const char *name = json_view_text(
		    json_view_item(passed, i), "", "?");
		int state;

		if (!words_find(target_machine.states, name, &state) ||
		    (way->passed & UINT64_C(1) << state) == 0)
			fault(replay, "never was ", name);
	}
}

static void
replay_target(struct replay *replay, const struct json_view *wanted,
    const struct json_view *target)
{
	struct way way = { json_view_text(target, "id", "?"), STATE_NEW, 0,
		false, false };
	const struct json_view *event;

	for (size_t i = 0; (event = json_view_item(replay->events, i)) != NULL;
	     i++)
		if (strcmp(field_of(event, "target"), way.id) == 0)
			step(replay, &way, json_view_text(event, "type", ""));
	if (strcmp(machine_state_name(&target_machine, way.state),
		json_view_text(target, "status", "?")) != 0)
		fault(replay, "its timeline ends at ",
		    machine_state_name(&target_machine, way.state));
	if (way.was_queued && !way.was_delivered)
		fault(replay, "its timeline has no delivery", "");
	check_passed(replay, &way, wanted);
}

static void
check_order(struct replay *replay)
{
	const struct json_view *event;
	int64_t last = -1;

	for (size_t i = 0; (event = json_view_item(replay->events, i)) != NULL;
	     i++) {
		int64_t index = json_view_int(event, "leaf_index", -1);

		if (index <= last)
			fault(replay, "leaf indexes do not grow at ",
			    json_view_text(event, "event_id", "?"));
		last = index;
	}
}

int
cli_demo_timeline_check(const struct json_view *expected,
    const struct json_view *file, const struct json_view *timeline,
    struct strbuf *faults)
{
	const struct json_view *targets = json_view_at(expected, "targets");
	struct replay replay = {
		.letter = json_view_text(expected, "case", "?"),
		.institution = "timeline",
		.events = json_view_at(timeline, "items"),
		.faults = faults,
	};

	check_order(&replay);
	for (size_t i = 0; i < json_view_count(targets); i++) {
		const struct json_view *wanted = json_view_item(targets, i);
		const struct json_view *target = cli_demo_expected_find(
		    file, wanted);

		replay.institution = json_view_text(wanted, "institution", "?");
		/* A missing one is told elsewhere. */
		if (target != NULL)
			replay_target(&replay, wanted, target);
	}
	return replay.count;
}
