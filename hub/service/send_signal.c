/*
 * Send a risk signal: from a telco to the banks and wallets that have an
 * agreement about this kind with it.  A signal belongs to no case.
 */
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/risk_term.h"
#include "hub/service/use_cases.h"

enum { PRIORITY_SIGNAL = 1 };

/* A telco's clock may be a little fast. */
#define CLOCK_SLACK (5 * 60 * CLOCK_SECOND)

/* What is older than this says little about today's payment. */
#define OBSERVED_AGO (30LL * 24 * 3600 * CLOCK_SECOND)

enum rc
send_signal_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct send_signal *draft = &command->signal;
	const struct institution *to;

	TRY(access_check(&command->actor, RIGHT_SEND_SIGNAL, err));
	if (draft->to_text == NULL)
		return RC_OK;
	to = registry_institution_named(registry, draft->to_text);
	if (to == NULL)
		return err_at(err, RC_INVALID, "/to", "unknown_institution",
		    "no institution is named so");
	draft->to = to->id;
	return RC_OK;
}

static enum rc
check_times(const struct command *command, const struct registry *registry,
    struct err *err)
{
	const struct send_signal *draft = &command->signal;
	const struct institution *own = registry_institution(
	    registry, &command->actor.institution);
	int64_t most = risk_term_span(
	    own == NULL ? "generic" : own->profile, RISK_SIGNAL);

	if (draft->observed_until < draft->observed_from)
		return err_at(err, RC_INVALID, "/observed/until", "bad_span",
		    "what was observed ends before it begins");
	if (draft->observed_until > command->at + CLOCK_SLACK)
		return err_at(err, RC_INVALID, "/observed/until",
		    "in_the_future", "nobody has observed that yet");
	if (draft->observed_from < command->at - OBSERVED_AGO)
		return err_at(err, RC_INVALID, "/observed/from", "too_old",
		    "what was observed is older than 30 days");
	if (draft->expires_at <= command->at)
		return err_at(err, RC_INVALID, "/expires_at", "in_the_past",
		    "the signal would be over already");
	if (draft->expires_at > command->at + most)
		return err_at(err, RC_INVALID, "/expires_at", "too_late",
		    "a signal lasts at most %d days here",
		    (int)(most / (24LL * 3600 * CLOCK_SECOND)));
	return RC_OK;
}

/* Of whom the signal goes to: nobody twice. */
struct addressees {
	struct id *institutions, *agreements;
	size_t count;
	bool has_agreement; /* about another kind, at least */
};

static bool
has(const struct addressees *addressees, const struct id *institution)
{
	for (size_t i = 0; i < addressees->count; i++)
		if (id_equal(&addressees->institutions[i], institution))
			return true;
	return false;
}

static void
find_addressees(const struct command *command, const struct registry *registry,
    struct addressees *addressees)
{
	const struct send_signal *draft = &command->signal;
	const struct agreement *all;
	size_t count;

	all = registry_agreements(registry, &count);
	for (size_t i = 0; i < count; i++) {
		const struct agreement *one = &all[i];

		if (!id_equal(&one->source, &command->actor.institution) ||
		    !registry_agreement_is_current(one, command->at) ||
		    (!id_is_zero(&draft->to) &&
			!id_equal(&draft->to, &one->destination)))
			continue;
		addressees->has_agreement = true;
		if (!registry_agreement_covers(one, draft->kind) ||
		    has(addressees, &one->destination))
			continue;
		addressees->institutions[addressees->count] = one->destination;
		addressees->agreements[addressees->count++] = one->id;
	}
}

static enum rc
check_addressees(const struct command *command, const struct effects *effects,
    struct addressees *addressees, struct err *err)
{
	const struct registry *registry = effects->snapshot->registry;
	struct arena *arena = effects->snapshot->arena;
	size_t count, size;

	(void)registry_agreements(registry, &count);
	size = (count + 1) * sizeof(*addressees->institutions);
	addressees->institutions = arena_alloc(arena, size);
	addressees->agreements = arena_alloc(arena, size);
	if (addressees->institutions == NULL || addressees->agreements == NULL)
		return err_set(err, RC_TOO_LARGE, "batch_full",
		    "there are too many agreements");
	find_addressees(command, registry, addressees);
	if (!addressees->has_agreement)
		return err_set(err, RC_FORBIDDEN, "no_agreement",
		    "no agreement lets you signal at present");
	if (addressees->count == 0)
		return err_at(err, RC_INVALID, "/kind", "kind_not_agreed",
		    "no agreement is about signals of this kind");
	return RC_OK;
}

/* Who has no endpoint at present finds it in the list. */
static void
tell(struct command *command, struct effects *effects,
    const struct addressees *addressees)
{
	const struct registry *registry = effects->snapshot->registry;
	const struct institution *own = registry_institution(
	    registry, &command->actor.institution);
	struct message_row *message;
	size_t count;

	for (size_t i = 0; i < addressees->count; i++) {
		const struct id *to = &addressees->institutions[i];

		if (registry_endpoint_of(registry, to, command->at) == NULL)
			continue;
		message = effects_enqueue(effects, command,
		    MESSAGE_SIGNAL_RECEIVED, PRIORITY_SIGNAL, to, NULL, 0,
		    &count);
		message->envelope.signal = &command->signal;
		message->envelope.about = own;
	}
}

static void
add_row(struct command *command, struct effects *effects,
    const struct addressees *addressees)
{
	struct send_signal *draft = &command->signal;
	struct signal_row *row = effects_add_signal(effects);

	draft->id = command_next_id(command);
	row->draft = draft;
	row->id = draft->id;
	row->source = command->actor.institution;
	row->sent_by = command->actor.principal;
	row->kind = draft->kind;
	row->type = draft->subject.type;
	(void)identifier_mask(&draft->subject, row->mask);
	memcpy(row->hash, draft->subject_hash, sizeof(row->hash));
	row->observed_from = draft->observed_from;
	row->observed_until = draft->observed_until;
	row->expires_at = draft->expires_at;
	row->created_at = command->at;
	row->recipients = addressees->institutions;
	row->agreements = addressees->agreements;
	row->recipient_count = addressees->count;
}

enum rc
send_signal_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct send_signal *draft = &command->signal;
	struct addressees addressees = { 0 };
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_SEND_SIGNAL, err));
	if (command->actor.kind != INSTITUTION_TELCO)
		return err_set(err, RC_FORBIDDEN, "telco_needed",
		    "only a telco sends signals");
	TRY(check_times(command, effects->snapshot->registry, err));
	TRY(check_addressees(command, effects, &addressees, err));
	add_row(command, effects, &addressees);
	event = effects_note(
	    effects, command, "signal.sent", NULL, ID_SIGNAL, &draft->id);
	event_text(
	    event, "kind", words_name(&signal_kind_words, (int)draft->kind));
	effects_event_id(effects, event, "source", ID_INSTITUTION,
	    &command->actor.institution);
	event_number(event, "recipients", (int64_t)addressees.count);
	tell(command, effects, &addressees);
	reply->status = 201;
	reply->thing = draft->id;
	reply->count = addressees.count;
	return RC_OK;
}
