/*
 * The registry's acts: one admin proposes, another confirms, and after a
 * delay the row takes effect.  Taking a certificate away needs one person
 * and no delay.
 */
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/domain/profile.h"
#include "hub/service/use_cases.h"

static enum rc
find_institution(const struct registry *registry, const char *text,
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
register_institution_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct register_institution *draft = &command->institution;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	if (!draft->has_endpoint)
		draft->endpoint = (struct endpoint_draft){
			.kind = ENDPOINT_INBOX,
			.url = "",
			.adapter = "json",
			.pinned_key = "",
		};
	if (draft->parent_text == NULL)
		return RC_OK;
	return find_institution(
	    registry, draft->parent_text, "/parent", &draft->parent, err);
}

/* A nodal officer proposes for the own institution, an admin for all. */
static enum rc
check_own(const struct command *command, const struct id *institution,
    struct err *err)
{
	if (command->actor.role != ROLE_ADMIN &&
	    !id_equal(institution, &command->actor.institution))
		return err_at(err, RC_INVALID, "/institution",
		    "unknown_institution", "no institution is named so");
	return RC_OK;
}

enum rc
register_principal_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct principal_draft *draft = &command->principal;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	return find_institution(registry, draft->institution_text,
	    "/institution", &draft->institution, err);
}

enum rc
register_endpoint_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct endpoint_draft *draft = &command->endpoint;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_ENDPOINT, err));
	TRY(find_institution(registry, draft->institution_text, "/institution",
	    &draft->institution, err));
	return check_own(command, &draft->institution, err);
}

static struct registry_change *
add_change(struct effects *effects, const struct command *command,
    enum registry_change_kind kind, const struct id *id,
    const struct id *institution)
{
	struct registry_change *change = effects_add_change(effects);

	change->kind = kind;
	change->id = *id;
	change->institution = *institution;
	change->actor = command->actor.principal;
	change->at = command->at;
	return change;
}

static void
add_principal(struct command *command, struct effects *effects,
    const struct principal_draft *draft, const struct id *institution,
    struct id *id)
{
	struct event *event;

	*id = command_next_id(command);
	add_change(effects, command, REGISTRY_ADD_PRINCIPAL, id, institution)
	    ->principal = draft;
	event = effects_note(
	    effects, command, "principal.proposed", NULL, ID_PRINCIPAL, id);
	effects_event_id(
	    effects, event, "institution", ID_INSTITUTION, institution);
	event_text(event, "role", words_name(&role_words, (int)draft->role));
	event_text(event, "name", draft->name);
	event_text(event, "rank", draft->rank);
	event_text(event, "certificate_serial", draft->certificate.serial);
}

static void
add_endpoint(struct command *command, struct effects *effects,
    const struct endpoint_draft *draft, const struct id *institution,
    struct id *id)
{
	struct registry_change *change;
	struct event *event;

	*id = command_next_id(command);
	change = add_change(
	    effects, command, REGISTRY_ADD_ENDPOINT, id, institution);
	change->endpoint = draft;
	change->key_id = command_next_id(command);
	event = effects_note(
	    effects, command, "endpoint.proposed", NULL, ID_ENDPOINT, id);
	effects_event_id(
	    effects, event, "institution", ID_INSTITUTION, institution);
	event_text(
	    event, "kind", words_name(&endpoint_kind_words, (int)draft->kind));
	event_text(event, "url", draft->url);
	event_text(event, "allow_private", draft->allow_private ? "yes" : "no");
}

/* Who acts for whom (docs/domain.md, section 9). */
static bool
is_role_of(enum role role, enum institution_kind kind)
{
	switch (role) {
	case ROLE_OFFICER:
	case ROLE_SUPERVISOR:
		return kind == INSTITUTION_POLICE_UNIT;
	case ROLE_NODAL:
	case ROLE_SERVICE:
		return kind != INSTITUTION_POLICE_UNIT &&
		    kind != INSTITUTION_AUDITOR;
	case ROLE_AUDITOR:
		return kind == INSTITUTION_AUDITOR ||
		    kind == INSTITUTION_REGULATOR;
	case ROLE_ADMIN:
		return kind == INSTITUTION_HUB || kind == INSTITUTION_REGULATOR;
	case ROLE_HUB:
	case ROLE_COUNT:
		break;
	}
	return false; /* the hub's own role is nobody's certificate */
}

static enum rc
check_principal(const struct command *command, const struct registry *registry,
    const struct principal_draft *draft, enum institution_kind kind,
    struct err *err)
{
	int64_t from = draft->valid_from != 0 ? draft->valid_from : command->at;

	if (!is_role_of(draft->role, kind))
		return err_at(err, RC_INVALID, "/role", "role_not_of_kind",
		    "no %s acts for a %s",
		    words_name(&role_words, (int)draft->role),
		    words_name(&institution_kind_words, (int)kind));
	if (draft->certificate.not_after <= command->at)
		return err_at(err, RC_INVALID, "/certificate", "expired",
		    "the certificate is not valid any more");
	if (draft->valid_until != 0 &&
	    (draft->valid_until <= from || draft->valid_until <= command->at))
		return err_at(err, RC_INVALID, "/valid_until", "bad_span",
		    "valid_until is not after valid_from");
	/* Revoked keys too: they stay whose they were. */
	if (registry_certificate(registry, draft->certificate.key) != NULL)
		return err_at(err, RC_CONFLICT, "/certificate",
		    "key_already_enrolled",
		    "this key belongs to somebody already");
	return RC_OK;
}

static enum rc
check_principals(const struct command *command, const struct registry *registry,
    struct err *err)
{
	const struct register_institution *draft = &command->institution;

	for (size_t i = 0; i < draft->principal_count; i++) {
		const struct principal_draft *principal = &draft->principals[i];
		enum rc rc = check_principal(
		    command, registry, principal, draft->kind, err);

		for (size_t j = 0; j < i && rc == RC_OK; j++)
			if (memcmp(draft->principals[j].certificate.key,
				principal->certificate.key,
				ACTOR_KEY_SIZE) == 0)
				rc = err_at(err, RC_INVALID, "/certificate",
				    "key_twice", "one person, one key");
		if (rc != RC_OK) {
			err_prefix(err, "/principals/%zu", i);
			return rc;
		}
	}
	return RC_OK;
}

/* A supervisor's scope follows the tree, so only police hangs on police. */
static enum rc
check_parent(const struct registry *registry,
    const struct register_institution *draft, struct err *err)
{
	const struct institution *above = registry_institution(
	    registry, &draft->parent);

	if (above == NULL || above->kind == draft->kind)
		return RC_OK;
	return err_at(err, RC_INVALID, "/parent", "other_kind",
	    "a %s hangs on another one, not on a %s",
	    words_name(&institution_kind_words, (int)draft->kind),
	    words_name(&institution_kind_words, (int)above->kind));
}

enum rc
register_institution_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct register_institution *draft = &command->institution;
	const struct registry *registry = effects->snapshot->registry;
	struct id id, part;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	if (registry_institution_named(registry, draft->slug) != NULL)
		return err_at(err, RC_CONFLICT, "/slug", "slug_taken",
		    "an institution of this name is registered");
	if (profile_find(draft->profile) == NULL)
		return err_at(err, RC_INVALID, "/profile", "unknown_profile",
		    "no such profile");
	TRY(check_parent(registry, draft, err));
	TRY(check_principals(command, registry, err));
	id = command_next_id(command);
	add_change(effects, command, REGISTRY_ADD_INSTITUTION, &id, &id)
	    ->add_institution = draft;
	event = effects_note(effects, command, "institution.proposed", NULL,
	    ID_INSTITUTION, &id);
	event_text(event, "slug", draft->slug);
	event_text(event, "name", draft->name);
	event_text(event, "kind",
	    words_name(&institution_kind_words, (int)draft->kind));
	for (size_t i = 0; i < draft->principal_count; i++)
		add_principal(
		    command, effects, &draft->principals[i], &id, &part);
	add_endpoint(command, effects, &draft->endpoint, &id, &part);
	reply->status = 201;
	reply->thing = id;
	return RC_OK;
}

enum rc
register_principal_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct registry *registry = effects->snapshot->registry;
	const struct principal_draft *draft = &command->principal;
	const struct institution *institution = registry_institution(
	    registry, &draft->institution);

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	if (institution == NULL)
		return err_at(err, RC_INVALID, "/institution",
		    "unknown_institution", "no institution is named so");
	TRY(check_principal(command, registry, draft, institution->kind, err));
	add_principal(
	    command, effects, draft, &draft->institution, &reply->thing);
	reply->status = 201;
	return RC_OK;
}

enum rc
register_endpoint_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	const struct endpoint_draft *draft = &command->endpoint;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_ENDPOINT, err));
	TRY(check_own(command, &draft->institution, err));
	add_endpoint(
	    command, effects, draft, &draft->institution, &reply->thing);
	reply->status = 201;
	return RC_OK;
}
