/*
 * Confirm what another person proposed for the registry, and revoke a
 * certificate.
 */
#include <string.h>

#include "hub/base/clock.h"
#include "hub/base/encode.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/service/use_cases.h"

/* What the kinds of rows have in common. */
struct proposal {
	const char *prefix, *event;
	enum registry_change_kind kind;
	struct id institution, proposed_by;
	enum registry_status status;
	bool is_there;
};

static struct proposal
find_agreement(const struct registry *registry, const struct id *id)
{
	static const enum registry_status statuses[] = {
		[AGREEMENT_PROPOSED] = REGISTRY_PROPOSED,
		[AGREEMENT_ACTIVE] = REGISTRY_ACTIVE,
		[AGREEMENT_WITHDRAWN] = REGISTRY_SUSPENDED,
	};
	const struct agreement *agreement = registry_agreement(registry, id);

	if (agreement == NULL)
		return (struct proposal){ .is_there = false };
	return (struct proposal){ .prefix = ID_AGREEMENT,
		.event = "agreement.confirmed",
		.kind = REGISTRY_CONFIRM_AGREEMENT,
		.institution = agreement->source,
		.proposed_by = agreement->proposed_by,
		.status = statuses[agreement->status],
		.is_there = true };
}

static struct proposal
find_proposal(
    const struct registry *registry, const struct confirm_registration *confirm)
{
	struct proposal proposal = { 0 };
	const struct institution *institution;
	const struct principal *principal;
	const struct endpoint *endpoint;

	switch (confirm->thing) {
	case REGISTRY_INSTITUTION:
		institution = registry_institution(registry, &confirm->id);
		proposal = (struct proposal){ .prefix = ID_INSTITUTION,
			.event = "institution.confirmed",
			.kind = REGISTRY_CONFIRM_INSTITUTION,
			.is_there = institution != NULL };
		if (institution != NULL) {
			proposal.institution = institution->id;
			proposal.proposed_by = institution->proposed_by;
			proposal.status = institution->status;
		}
		break;
	case REGISTRY_PLACE:
		institution = registry_institution(registry, &confirm->id);
		proposal = (struct proposal){ .prefix = ID_INSTITUTION,
			.event = "institution.placed",
			.kind = REGISTRY_CONFIRM_PLACE };
		if (institution != NULL &&
		    !id_is_zero(&institution->moved_by)) {
			proposal.is_there = true;
			proposal.institution = institution->id;
			proposal.proposed_by = institution->moved_by;
			proposal.status = REGISTRY_PROPOSED;
		}
		break;
	case REGISTRY_PRINCIPAL:
		principal = registry_principal(registry, &confirm->id);
		proposal = (struct proposal){ .prefix = ID_PRINCIPAL,
			.event = "principal.confirmed",
			.kind = REGISTRY_CONFIRM_PRINCIPAL,
			.is_there = principal != NULL };
		if (principal != NULL) {
			proposal.institution = principal->institution;
			proposal.proposed_by = principal->proposed_by;
			proposal.status = principal->status;
		}
		break;
	case REGISTRY_ENDPOINT:
		endpoint = registry_endpoint(registry, &confirm->id);
		proposal = (struct proposal){ .prefix = ID_ENDPOINT,
			.event = "endpoint.confirmed",
			.kind = REGISTRY_CONFIRM_ENDPOINT,
			.is_there = endpoint != NULL };
		if (endpoint != NULL) {
			proposal.institution = endpoint->institution;
			proposal.proposed_by = endpoint->proposed_by;
			proposal.status = endpoint->status;
		}
		break;
	case REGISTRY_AGREEMENT:
		proposal = find_agreement(registry, &confirm->id);
		break;
	}
	return proposal;
}

enum rc
confirm_registration_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct confirm_registration *confirm = &command->confirm;
	const struct snapshot *snapshot = effects->snapshot;
	struct proposal proposal;
	struct registry_change *change;

	TRY(access_check(&command->actor, RIGHT_CONFIRM_REGISTRY, err));
	proposal = find_proposal(snapshot->registry, confirm);
	if (!proposal.is_there)
		return err_set(err, RC_MISSING, "not_found",
		    "nothing of this id is proposed");
	if (proposal.status != REGISTRY_PROPOSED)
		return err_set(err, RC_CONFLICT, "not_proposed",
		    "it is %s already",
		    words_name(&registry_status_words, (int)proposal.status));
	if (id_equal(&proposal.proposed_by, &command->actor.principal))
		return err_set(err, RC_FORBIDDEN, "own_proposal",
		    "another person than the proposer confirms");
	change = effects_add_change(effects);
	change->kind = proposal.kind;
	change->id = confirm->id;
	change->institution = proposal.institution;
	change->actor = command->actor.principal;
	change->at = command->at;
	change->active_from = command->at +
	    snapshot->registry_delay_seconds * CLOCK_SECOND;
	(void)effects_note(effects, command, proposal.event, NULL,
	    proposal.prefix, &confirm->id);
	reply->status = 200;
	reply->thing = confirm->id;
	return RC_OK;
}

enum rc
revoke_certificate_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct revoke_certificate *revoke = &command->revoke;
	const struct certificate *certificate;
	struct registry_change *change;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_REVOKE_CERTIFICATE, err));
	certificate = registry_certificate(
	    effects->snapshot->registry, revoke->key);
	if (certificate == NULL)
		return err_set(err, RC_MISSING, "not_found",
		    "no certificate has this key");
	if (certificate->is_revoked)
		return err_set(err, RC_CONFLICT, "already_revoked",
		    "the certificate is revoked already");
	change = effects_add_change(effects);
	change->kind = REGISTRY_REVOKE_CERTIFICATE;
	change->id = certificate->principal;
	change->actor = command->actor.principal;
	change->at = command->at;
	change->key = revoke->key;
	event = effects_note(effects, command, "certificate.revoked", NULL,
	    ID_PRINCIPAL, &certificate->principal);
	event_text(event, "reason", revoke->reason);
	reply->status = 200;
	reply->thing = certificate->principal;
	return RC_OK;
}
