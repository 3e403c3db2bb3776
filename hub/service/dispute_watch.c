/*
 * The way off a list: the institution that keeps the account, or a police
 * unit, objects; the source or an admin decides.  One person lets go, keeping
 * the entry takes two: nobody stays on a list by one person's word.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/risking.h"
#include "hub/service/use_cases.h"

/* An institution objects for its own customer; where the registry does not
 * know whose the account is, any that looks it up may. */
static bool
may_dispute(const struct actor *actor, const struct watch_entry *entry)
{
	return actor->kind == INSTITUTION_POLICE_UNIT ||
	    id_is_zero(&entry->holder) ||
	    id_equal(&entry->holder, &actor->institution);
}

enum rc
dispute_watch_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct dispute_watch *dispute = &command->dispute_watch;
	struct watch_entry *entry = risk_rows_watch(
	    &effects->snapshot->risk, &dispute->entry);
	struct event *event;
	int to;

	TRY(access_check(&command->actor, RIGHT_KEEP_WATCH_LIST, err));
	if (entry != NULL &&
	    id_equal(&entry->institution, &command->actor.institution))
		return err_set(err, RC_CONFLICT, "own_entry",
		    "the entry is yours: withdraw it");
	if (entry == NULL || !may_dispute(&command->actor, entry))
		return err_set(err, RC_MISSING, "not_found",
		    "there is no such entry, or it is not about your customer");
	TRY(machine_next(
	    &watch_machine, (int)entry->state, WATCH_EVENT_DISPUTED, &to, err));
	event = risking_move_watch(
	    effects, command, entry, (int)entry->state, WATCH_EVENT_DISPUTED);
	event_text(event, "text", dispute->text);
	entry->disputed_by = command->actor.institution;
	entry->disputed_at = command->at;
	entry->dispute = dispute->text;
	entry->sealed_dispute = (struct blob){ NULL, 0 };
	reply->status = 201;
	reply->thing = entry->id;
	return RC_OK;
}

/* ---- deciding */

static bool
may_decide(const struct actor *actor, const struct watch_entry *entry)
{
	return actor->role == ROLE_ADMIN ||
	    id_equal(&entry->institution, &actor->institution);
}

/* The first of two: on record, and nothing moves. */
static void
keep_first(
    struct command *command, struct effects *effects, struct watch_entry *entry)
{
	struct event *event = effects_note(effects, command,
	    "watch_entry.kept_by_one", NULL, ID_WATCH, &entry->id);

	event_text(event, "reason", command->decide_watch.reason);
	entry->kept_by = command->actor.principal;
	risking_touch_watch(command, entry);
}

static void
decide(struct command *command, struct effects *effects,
    struct watch_entry *entry, enum watch_event move)
{
	struct event *event = risking_move_watch(
	    effects, command, entry, (int)entry->state, move);

	event_text(event, "reason", command->decide_watch.reason);
}

enum rc
decide_watch_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct decide_watch *draft = &command->decide_watch;
	struct watch_entry *entry = risk_rows_watch(
	    &effects->snapshot->risk, &draft->entry);
	enum watch_event move = draft->decision == WATCH_KEEP
	    ? WATCH_EVENT_KEPT
	    : WATCH_EVENT_DELISTED;
	int to;

	TRY(access_check(&command->actor, RIGHT_DECIDE_WATCH, err));
	if (entry == NULL || !may_decide(&command->actor, entry))
		return err_set(err, RC_MISSING, "not_found",
		    "no entry of yours has this id");
	TRY(machine_next(
	    &watch_machine, (int)entry->state, (int)move, &to, err));
	if (move == WATCH_EVENT_KEPT &&
	    id_equal(&entry->kept_by, &command->actor.principal))
		return err_set(err, RC_FORBIDDEN, "own_decision",
		    "another person than the first keeps it");
	if (move == WATCH_EVENT_KEPT && id_is_zero(&entry->kept_by))
		keep_first(command, effects, entry);
	else
		decide(command, effects, entry, move);
	reply->status = 200;
	reply->thing = entry->id;
	return RC_OK;
}
