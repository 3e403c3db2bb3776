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
	if (command->actor.role != ROLE_ADMIN)
		return err_set(err, RC_FORBIDDEN, "role_not_allowed",
		    "only an admin enrols people");
	return find_institution(registry, draft->institution_text,
	    "/institution", &draft->institution, err);
}

enum rc
register_endpoint_prepare(
    struct command *command, const struct registry *registry, struct err *err)
{
	struct endpoint_draft *draft = &command->endpoint;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
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

enum rc
register_institution_decide(struct command *command, struct effects *effects,
    struct reply *reply, struct err *err)
{
	struct register_institution *draft = &command->institution;
	const struct registry *registry = effects->snapshot->registry;
	struct id id, part;
	struct event *event;

	TRY(access_check(&command->actor, RIGHT_PROPOSE_REGISTRY, err));
	if (command->actor.role != ROLE_ADMIN)
		return err_set(err, RC_FORBIDDEN, "role_not_allowed",
		    "only an admin registers institutions");
	if (registry_institution_named(registry, draft->slug) != NULL)
		return err_at(err, RC_CONFLICT, "/slug", "slug_taken",
		    "an institution of this name is registered");
	if (profile_find(draft->profile) == NULL)
		return err_at(err, RC_INVALID, "/profile", "unknown_profile",
		    "no such profile");
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
	const struct principal_draft *draft = &command->principal;

	if (registry_certificate(
		effects->snapshot->registry, draft->certificate.key) != NULL)
		return err_at(err, RC_CONFLICT, "/certificate",
		    "key_already_enrolled",
		    "this key belongs to somebody already");
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

	TRY(check_own(command, &draft->institution, err));
	add_endpoint(
	    command, effects, draft, &draft->institution, &reply->thing);
	reply->status = 201;
	return RC_OK;
}
