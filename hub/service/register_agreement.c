/*
 * Agreements between a telco and a bank or wallet: without a current one no
 * signal flows.  One admin proposes, another confirms (confirm_registration);
 * taking one back needs one person of either side, or an admin.
 */
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/use_cases.h"

static enum rc
find_side(const struct registry *registry, const char *text,
    const char *pointer, struct id *id, struct err *err)
{
	const struct institution *found = registry_institution_named(
	    registry, text);

	if (found == NULL)
		return err_at(err, RC_INVALID, pointer, "unknown_institution",
		    "no institution is named so");
	*id = found->id;
	return RC_OK;
}

enum rc
register_agreement_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct agreement_draft *draft = &command->agreement;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	TRY(find_side(
	    registry, draft->source_text, "/source", &draft->source, err));
	return find_side(registry, draft->destination_text, "/destination",
	    &draft->destination, err);
}

static enum rc
check_kind(const struct registry *registry, const struct id *id,
    uint32_t allowed, const char *pointer, struct err *err)
{
	const struct institution *institution = registry_institution(
	    registry, id);

	if (institution == NULL)
		return err_at(err, RC_INVALID, pointer, "unknown_institution",
		    "no institution is named so");
	if ((allowed & UINT32_C(1) << institution->kind) == 0)
		return err_at(err, RC_INVALID, pointer, "kind_not_allowed",
		    "a %s is no side of an agreement here",
		    words_name(
			&institution_kind_words, (int)institution->kind));
	return RC_OK;
}

static enum rc
check(const struct command *command, const struct registry *registry,
    struct err *err)
{
	const struct agreement_draft *draft = &command->agreement;
	int64_t from = draft->valid_from != 0 ? draft->valid_from : command->at;

	TRY(check_kind(registry, &draft->source,
	    UINT32_C(1) << INSTITUTION_TELCO, "/source", err));
	TRY(check_kind(registry, &draft->destination,
	    UINT32_C(1) << INSTITUTION_BANK | UINT32_C(1) << INSTITUTION_WALLET,
	    "/destination", err));
	if (draft->kinds == 0)
		return err_at(err, RC_INVALID, "/kinds", "too_few_items",
		    "an agreement is about one kind of signal at least");
	if (draft->valid_until <= from || draft->valid_until <= command->at)
		return err_at(err, RC_INVALID, "/valid_until", "bad_span",
		    "valid_until is not after valid_from, or over already");
	return RC_OK;
}

enum rc
register_agreement_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct agreement_draft *draft = &command->agreement;
	const struct snapshot *snapshot = effects->snapshot;
	struct registry_change *change;
	struct event *event;
	char kinds[SIGNAL_KINDS_SIZE];

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	TRY(check(command, snapshot->registry, err));
	change = effects_add_change(effects);
	change->kind = REGISTRY_ADD_AGREEMENT;
	change->id = command_next_id(command);
	change->institution = draft->source;
	change->actor = command->actor.principal;
	change->at = command->at;
	change->agreement = draft;
	event = effects_note(effects, command, "agreement.proposed", NULL,
	    ID_AGREEMENT, &change->id);
	effects_event_id(
	    effects, event, "source", ID_INSTITUTION, &draft->source);
	effects_event_id(
	    effects, event, "destination", ID_INSTITUTION, &draft->destination);
	event_text(event, "purpose", draft->purpose);
	event_text(event, "kinds",
	    arena_strdup(
		snapshot->arena, signal_kinds_format(draft->kinds, kinds)));
	reply->status = 201;
	reply->thing = change->id;
	return RC_OK;
}

/* ---- taking it back */

static bool
is_side(const struct actor *actor, const struct agreement *agreement)
{
	return actor->role == ROLE_ADMIN ||
	    id_equal(&agreement->source, &actor->institution) ||
	    id_equal(&agreement->destination, &actor->institution);
}

enum rc
withdraw_agreement_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct withdraw_agreement *withdraw =
	    &command->withdraw_agreement;
	const struct agreement *agreement;
	struct registry_change *change;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_WITHDRAW_AGREEMENT, err));
	agreement = registry_agreement(
	    effects->snapshot->registry, &withdraw->agreement);
	if (agreement == NULL || !is_side(&command->actor, agreement))
		return err_set(err, RC_MISSING, "not_found",
		    "no agreement of yours has this id");
	if (agreement->status == AGREEMENT_WITHDRAWN)
		return err_set(err, RC_CONFLICT, "already_withdrawn",
		    "the agreement is withdrawn already");
	change = effects_add_change(effects);
	change->kind = REGISTRY_WITHDRAW_AGREEMENT;
	change->id = agreement->id;
	change->institution = agreement->source;
	change->actor = command->actor.principal;
	change->at = change->active_from = command->at;
	event = effects_note(effects, command, "agreement.withdrawn", NULL,
	    ID_AGREEMENT, &agreement->id);
	event_text(event, "reason", withdraw->reason);
	reply->status = 200;
	reply->thing = agreement->id;
	return RC_OK;
}
