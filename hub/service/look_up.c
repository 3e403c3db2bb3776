/*
 * Look identifiers up: flagged or not, by which source, until when.  Who else
 * asked, whose entry it is and which case stands behind it is told nobody.
 * The look-up is on record before its answer leaves.
 */
#include "hub/base/encode.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/use_cases.h"

/* Eight bytes of a keyed hash tell an auditor whether it was asked about. */
enum { TOLD_BYTES = 8 };

static bool
is_flagged(const struct command *command, const struct risk_rows *rows,
    const struct sought *sought)
{
	size_t watches = 0, signals = 0;

	return risk_rows_listed(rows, sought->hash, command->at, &watches) !=
	    NULL ||
	    risk_rows_told(rows, sought->hash, &command->actor.institution,
		command->at, &signals) != NULL;
}

/* The hashes' beginnings, a space between two. */
static const char *
describe(const struct look_up *look, struct arena *arena)
{
	size_t count = look->sought_count;
	char *text = arena_alloc(arena, count * HEX_SIZE(TOLD_BYTES));

	for (size_t i = 0; text != NULL && i < count; i++) {
		char *at = text + i * HEX_SIZE(TOLD_BYTES);

		(void)hex_encode(look->sought[i].hash, TOLD_BYTES, at);
		if (i + 1 < count)
			at[HEX_SIZE(TOLD_BYTES) - 1] = ' ';
	}
	return text;
}

static enum rc
check_purpose(const struct command *command, struct err *err)
{
	enum lookup_purpose purpose = command->look_up.purpose;
	const struct lookup_purpose_rule *rule = risk_rule_purpose(purpose);
	bool is_police = command->actor.kind == INSTITUTION_POLICE_UNIT;

	if (is_police ? rule->by_police : rule->by_institutions)
		return RC_OK;
	return err_at(err, RC_INVALID, "/purpose", "purpose_not_yours",
	    "a %s does not look up for %s",
	    words_name(&institution_kind_words, (int)command->actor.kind),
	    words_name(&lookup_purpose_words, (int)purpose));
}

enum rc
look_up_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct look_up *look = &command->look_up;
	const struct snapshot *snapshot = effects->snapshot;
	struct event *event;
	int64_t flagged = 0;
	const char *hashes;

	TRY(access_check(&command->actor, RIGHT_LOOK_UP, err));
	TRY(check_purpose(command, err));
	hashes = describe(look, snapshot->arena);
	if (hashes == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	for (size_t i = 0; i < look->sought_count; i++)
		flagged += is_flagged(
		    command, &snapshot->risk, &look->sought[i]);
	event = effects_note(effects, command, "lookup.made", NULL,
	    ID_PRINCIPAL, &command->actor.principal);
	event_text(event, "purpose",
	    words_name(&lookup_purpose_words, (int)look->purpose));
	effects_event_id(effects, event, "institution", ID_INSTITUTION,
	    &command->actor.institution);
	event_number(event, "count", (int64_t)look->sought_count);
	event_number(event, "flagged", flagged);
	event_text(event, "hashes", hashes);
	reply->status = 200;
	return RC_OK;
}
