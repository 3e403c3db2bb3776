/*
 * Volumes of a case: see velocity.h.
 */
#include "hub/service/velocity.h"

#include <string.h>

#include "hub/domain/ids.h"

enum { PRIORITY_STATUS = 1 };

/* Saturates: no sum of a day reaches it. */
static int64_t
add(int64_t sum, int64_t more)
{
	return sum > INT64_MAX - more ? INT64_MAX : sum + more;
}

/* What one count is about. */
struct count {
	enum volume_kind kind;
	const uint8_t *subject;
	size_t size;
	const char *currency;
	int64_t more, limit;
};

/* A limit that is there stays one, however small a part of it is asked. */
static int64_t
scaled(int64_t limit, const struct snapshot *snapshot)
{
	int64_t percent = snapshot->velocity_percent;

	if (limit > INT64_MAX / percent)
		return INT64_MAX;
	return limit > 0 && limit * percent < 100 ? 1 : limit * percent / 100;
}

static void
count_one(struct snapshot *snapshot, const struct profile *profile,
    struct impact *impact, const struct count *count)
{
	struct volume *volume = snapshot_volume(snapshot, count->kind,
	    count->subject, count->size, count->currency);
	struct volume_state *state;
	int64_t before;

	if (volume == NULL || impact->volume_count == IMPACT_VOLUMES)
		return;
	before = volume->figure;
	volume->figure = add(before, count->more);
	state = &impact->volumes[impact->volume_count++];
	*state = (struct volume_state){ .kind = count->kind };
	memcpy(state->currency, volume->currency, sizeof(state->currency));
	volume_judge(state, before, volume->figure,
	    scaled(count->limit, snapshot), profile->hard_multiple);
}

/* What the case asks for in one currency, every hop of it. */
static int64_t
sum_of(const struct submit_case *submit, const char *currency)
{
	int64_t sum = 0;

	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++) {
			const struct money *amount =
			    &submit->requests[r].targets[t].amount;

			if (strcmp(amount->currency, currency) == 0)
				sum = add(sum, amount->minor);
		}
	return sum;
}

/* Of a currency without a limit every case waits for an approval anyway. */
static void
count_amounts(const struct command *command, const struct profile *profile,
    struct snapshot *snapshot, struct impact *impact)
{
	for (size_t i = 0; i < profile->limit_count; i++) {
		const struct profile_limit *limit = &profile->limits[i];
		const struct count count = { VOLUME_OFFICER_AMOUNT,
			command->actor.principal.bytes,
			sizeof(command->actor.principal.bytes), limit->currency,
			sum_of(&command->submit, limit->currency),
			limit->officer_day };

		if (count.more > 0)
			count_one(snapshot, profile, impact, &count);
	}
}

void
velocity_count(const struct command *command, const struct profile *profile,
    struct snapshot *snapshot, struct impact *impact)
{
	const struct actor *actor = &command->actor;
	const struct submit_case *submit = &command->submit;
	const struct count counts[] = {
		{ VOLUME_OFFICER_REQUESTS, actor->principal.bytes,
		    sizeof(actor->principal.bytes), "",
		    (int64_t)submit->request_count, profile->officer_requests },
		{ VOLUME_UNIT_REQUESTS, actor->institution.bytes,
		    sizeof(actor->institution.bytes), "",
		    (int64_t)submit->request_count, profile->unit_requests },
		{ VOLUME_COMPLAINANT_CASES, submit->complainant_hash,
		    sizeof(submit->complainant_hash), "", 1,
		    profile->complainant_cases },
	};

	if (snapshot->velocity_percent == 0)
		return;
	for (size_t i = 0; i < COUNT(counts); i++)
		if (counts[i].kind != VOLUME_COMPLAINANT_CASES ||
		    submit->has_complainant_hash)
			count_one(snapshot, profile, impact, &counts[i]);
	count_amounts(command, profile, snapshot, impact);
}

/* Many complaints of one person are looked into, not held up: whoever was
 * robbed twice is a victim twice. */
bool
velocity_is_extreme(const struct command *command, const struct impact *impact)
{
	if (command->actor.role == ROLE_NODAL)
		return false;
	for (size_t i = 0; i < impact->volume_count; i++)
		if (impact->volumes[i].grade == VOLUME_EXTREME &&
		    impact->volumes[i].kind != VOLUME_COMPLAINANT_CASES)
			return true;
	return false;
}

/* The nearest unit above that can be reached, else the own one; zero where
 * that cannot be either. */
static struct id
find_told(const struct registry *registry, const struct id *unit, int64_t at)
{
	const struct institution *own = registry_institution(registry, unit);
	const struct institution *above = own == NULL
	    ? NULL
	    : registry_institution(registry, &own->parent);

	if (above != NULL &&
	    registry_endpoint_of(registry, &above->id, at) != NULL)
		return above->id;
	if (registry_endpoint_of(registry, unit, at) != NULL)
		return *unit;
	return (struct id){ { 0 } };
}

static void
write_event(struct effects *effects, const struct command *command,
    const struct alert_row *alert)
{
	struct event *event = effects_note(effects, command, "alert.velocity",
	    &alert->case_id, ID_ALERT, &alert->id);

	event_text(
	    event, "kind", words_name(&volume_kind_words, (int)alert->kind));
	event_text(
	    event, "grade", words_name(&volume_grade_words, (int)alert->grade));
	event_number(event, "figure", alert->figure);
	event_number(event, "limit", alert->limit);
	event_text(event, "currency", alert->currency);
	effects_event_id(
	    effects, event, "officer", ID_PRINCIPAL, &alert->principal);
}

/* The first target of the case stands in the message: by it the case is
 * found. */
static void
tell(struct effects *effects, struct command *command,
    const struct alert_row *alert)
{
	const struct snapshot *snapshot = effects->snapshot;
	struct message_row *messages;
	size_t count;

	for (size_t i = 0; i < snapshot->target_count; i++) {
		struct target *target = snapshot->targets[i];

		if (!id_equal(&target->case_id, &alert->case_id))
			continue;
		messages = effects_enqueue(effects, command,
		    MESSAGE_ALERT_VELOCITY, PRIORITY_STATUS, &alert->told,
		    &target, 1, &count);
		messages[0].envelope.alert = arena_memdup(
		    snapshot->arena, alert, sizeof(*alert));
		return;
	}
}

void
velocity_alert(struct effects *effects, struct command *command,
    const struct case_file *file, const struct impact *impact)
{
	for (size_t i = 0; i < impact->volume_count; i++) {
		const struct volume_state *state = &impact->volumes[i];
		struct alert_row *row;

		if (!state->is_crossed)
			continue;
		row = effects_add_alert(effects);
		row->id = command_next_id(command);
		row->unit = file->unit;
		row->principal = command->actor.principal;
		row->case_id = file->id;
		row->kind = state->kind;
		row->grade = state->grade;
		row->figure = state->figure;
		row->limit = state->limit;
		row->raised_at = command->at;
		memcpy(row->currency, state->currency, sizeof(row->currency));
		row->told = find_told(
		    effects->snapshot->registry, &file->unit, command->at);
		write_event(effects, command, row);
		if (!id_is_zero(&row->told))
			tell(effects, command, row);
	}
}
