/*
 * Put an identifier on a list, and take an own entry back.  No entry is
 * without a source, a reason and an end.
 */
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/risking.h"
#include "hub/service/use_cases.h"

#define DAY (24LL * 3600 * CLOCK_SECOND)

/* Who keeps the account may dispute the entry. */
enum rc
add_watch_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct add_watch *draft = &command->add_watch;
	const struct institution *holder;

	TRY(access_check(&command->actor, RIGHT_KEEP_WATCH_LIST, err));
	holder = registry_route(registry, &draft->subject, command->at);
	memset(&draft->holder, 0, sizeof(draft->holder));
	if (holder != NULL)
		draft->holder = holder->id;
	return RC_OK;
}

static enum rc
check_source(const struct command *command, struct err *err)
{
	const struct add_watch *draft = &command->add_watch;
	const struct watch_source_rule *rule = risk_rule_source(draft->source);
	bool is_police = command->actor.kind == INSTITUTION_POLICE_UNIT;

	if (!(is_police ? rule->by_police : rule->by_institutions))
		return err_at(err, RC_INVALID, "/source", "source_not_yours",
		    "a %s lists nothing by %s",
		    words_name(
			&institution_kind_words, (int)command->actor.kind),
		    words_name(&watch_source_words, (int)draft->source));
	if (rule->needs_reference && draft->reference[0] == '\0')
		return err_at(err, RC_INVALID, "/reference", "missing_member",
		    "this source needs the reference of its case, document "
		    "or informant");
	return RC_OK;
}

static enum rc
check_term(const struct command *command, const struct snapshot *snapshot,
    struct err *err)
{
	const struct add_watch *draft = &command->add_watch;
	int64_t most = risk_term_span(
	    risking_profile(snapshot, &command->actor.institution),
	    risk_rule_source(draft->source)->term);

	if (draft->expires_at <= command->at)
		return err_at(err, RC_INVALID, "/expires_at", "in_the_past",
		    "the entry would be over already");
	if (draft->expires_at > command->at + most)
		return err_at(err, RC_INVALID, "/expires_at", "too_late",
		    "an entry of this source lasts at most %d days",
		    (int)(most / DAY));
	return RC_OK;
}

static enum rc
check_is_new(const struct command *command, const struct snapshot *snapshot,
    struct err *err)
{
	const struct watch_entry *entry;
	size_t next = 0;

	while (
	    (entry = risk_rows_listed(&snapshot->risk,
		 command->add_watch.subject_hash, command->at, &next)) != NULL)
		if (id_equal(&entry->institution, &command->actor.institution))
			return err_set(err, RC_CONFLICT, "already_listed",
			    "an entry of yours about it is not over");
	return RC_OK;
}

static void
fill(struct watch_entry *entry, struct command *command)
{
	const struct add_watch *draft = &command->add_watch;

	entry->row.is_new = true;
	entry->id = command_next_id(command);
	entry->institution = command->actor.institution;
	entry->created_by = command->actor.principal;
	entry->holder = draft->holder;
	entry->source = (int)draft->source;
	entry->reason = draft->reason;
	entry->type = draft->subject.type;
	(void)identifier_mask(&draft->subject, entry->mask);
	memcpy(entry->hash, draft->subject_hash, sizeof(entry->hash));
	entry->expires_at = draft->expires_at;
	entry->created_at = command->at;
	entry->draft = draft;
}

enum rc
add_watch_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct snapshot *snapshot = effects->snapshot;
	struct watch_entry *entry;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_KEEP_WATCH_LIST, err));
	TRY(check_source(command, err));
	TRY(check_term(command, snapshot, err));
	TRY(check_is_new(command, snapshot, err));
	entry = risk_rows_add_watch(&snapshot->risk);
	if (entry == NULL)
		return err_set(
		    err, RC_TOO_LARGE, "batch_full", "too much at once");
	fill(entry, command);
	event = risking_move_watch(
	    effects, command, entry, STATE_NEW, WATCH_EVENT_LISTED);
	event_text(
	    event, "reason", words_name(&watch_reason_words, entry->reason));
	reply->status = 201;
	reply->thing = entry->id;
	return RC_OK;
}

/* ---- taking it back */

enum rc
withdraw_watch_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct withdraw_watch *withdraw = &command->withdraw_watch;
	struct watch_entry *entry = risk_rows_watch(
	    &effects->snapshot->risk, &withdraw->entry);
	int to;

	TRY(access_check(&command->actor, RIGHT_KEEP_WATCH_LIST, err));
	if (entry == NULL ||
	    !id_equal(&entry->institution, &command->actor.institution))
		return err_set(err, RC_MISSING, "not_found",
		    "no entry of yours has this id");
	if (entry->row.is_dirty || entry->row_version != withdraw->row_version)
		return err_set(err, RC_STALE, "stale",
		    "the entry has changed since you read it");
	TRY(machine_next(&watch_machine, (int)entry->state,
	    WATCH_EVENT_WITHDRAWN, &to, err));
	(void)risking_move_watch(
	    effects, command, entry, (int)entry->state, WATCH_EVENT_WITHDRAWN);
	reply->status = 200;
	reply->thing = entry->id;
	return RC_OK;
}
