/*
 * The registry as JSON: see view_registry.h.
 */
#include "hub/reading/view_registry.h"

#include <stdio.h>
#include <string.h>

#include "hub/base/encode.h"
#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"

/* A text that may be unknown is absent then. */
static void
write_told(struct strbuf *out, const char *key, const char *text)
{
	if (text[0] != '\0')
		json_write_text(out, key, text);
}

static void
write_status(
    struct strbuf *out, enum registry_status status, int64_t active_from)
{
	json_write_word(out, "status", &registry_status_words, (int)status);
	if (active_from != 0)
		json_write_time(out, "active_from", active_from);
}

static void
write_page_end(struct strbuf *out, const struct registry_page *page)
{
	json_write_array_end(out);
	if (page->next[0] != '\0')
		json_write_text(out, "next_cursor", page->next);
	json_write_object_end(out);
}

/* ---- institutions */

/* What another person has still to confirm. */
static void
write_new_place(struct strbuf *out, const struct institution *institution)
{
	json_write_object(out, "proposed_place");
	if (!id_is_zero(&institution->new_parent))
		json_write_id(
		    out, "parent_id", ID_INSTITUTION, &institution->new_parent);
	write_told(out, "district", institution->new_district);
	json_write_object_end(out);
}

static void
write_institution(struct strbuf *out, const struct institution *institution)
{
	json_write_object(out, NULL);
	json_write_id(out, "id", ID_INSTITUTION, &institution->id);
	json_write_text(out, "slug", institution->slug);
	json_write_text(out, "name", institution->name);
	json_write_word(
	    out, "kind", &institution_kind_words, (int)institution->kind);
	json_write_text(out, "country", institution->country);
	write_told(out, "region", institution->region);
	json_write_text(out, "profile", institution->profile);
	write_told(out, "phone", institution->phone);
	if (!id_is_zero(&institution->parent))
		json_write_id(
		    out, "parent_id", ID_INSTITUTION, &institution->parent);
	write_told(out, "district", institution->district);
	write_status(out, institution->status, institution->active_from);
	if (!id_is_zero(&institution->moved_by))
		write_new_place(out, institution);
	json_write_object_end(out);
}

void
view_registry_institutions(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, struct registry_page *page)
{
	const struct institution *const *all, *last = NULL;
	size_t count;
	int written = 0;

	page->next[0] = '\0';
	all = registry_institutions(registry, &count);
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++) {
		if (strcmp(all[i]->slug, page->cursor.word) <= 0)
			continue;
		if (actor->role != ROLE_ADMIN &&
		    all[i]->status == REGISTRY_PROPOSED)
			continue;
		if (written == page->limit) {
			struct cursor next = { .kind = CURSOR_INSTITUTIONS };

			(void)snprintf(
			    next.word, sizeof(next.word), "%s", last->slug);
			(void)cursor_format(&next, page->next);
			break;
		}
		write_institution(out, all[i]);
		last = all[i];
		written++;
	}
	write_page_end(out, page);
}

/* ---- endpoints */

static void
write_endpoint(struct strbuf *out, const struct registry *registry,
    const struct endpoint *endpoint)
{
	const struct institution *institution = registry_institution(
	    registry, &endpoint->institution);

	json_write_object(out, NULL);
	json_write_id(out, "id", ID_ENDPOINT, &endpoint->id);
	json_write_object(out, "institution");
	json_write_id(out, "id", ID_INSTITUTION, &endpoint->institution);
	if (institution != NULL) {
		json_write_text(out, "slug", institution->slug);
		json_write_text(out, "name", institution->name);
	}
	json_write_object_end(out);
	json_write_word(out, "kind", &endpoint_kind_words, (int)endpoint->kind);
	write_told(out, "url", endpoint->url);
	json_write_text(out, "adapter", endpoint->adapter);
	write_told(out, "pinned_key", endpoint->pinned_key);
	json_write_int(out, "max_batch", endpoint->max_batch);
	json_write_int(out, "concurrency", endpoint->concurrency);
	if (endpoint->rate_limit > 0)
		json_write_int(out, "rate_limit", endpoint->rate_limit);
	json_write_bool(out, "allow_private", endpoint->allow_private);
	write_status(out, endpoint->status, endpoint->active_from);
	json_write_object_end(out);
}

void
view_registry_endpoints(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, struct registry_page *page)
{
	bool sees_all = actor->role == ROLE_ADMIN ||
	    actor->role == ROLE_AUDITOR;
	const struct endpoint *const *all;
	struct cursor next = { .kind = CURSOR_ENDPOINTS };
	size_t count;
	int written = 0;

	page->next[0] = '\0';
	all = registry_endpoints(registry, &count);
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++) {
		if (all[i]->number <= page->cursor.number ||
		    (!sees_all &&
			!id_equal(&all[i]->institution, &actor->institution)))
			continue;
		if (written == page->limit) {
			(void)cursor_format(&next, page->next);
			break;
		}
		write_endpoint(out, registry, all[i]);
		next.number = all[i]->number;
		written++;
	}
	write_page_end(out, page);
}

/* ---- me */

static void
write_own_institution(struct strbuf *out, const struct institution *institution)
{
	json_write_object(out, "institution");
	if (institution != NULL) {
		json_write_id(out, "id", ID_INSTITUTION, &institution->id);
		json_write_text(out, "slug", institution->slug);
		json_write_text(out, "name", institution->name);
		json_write_word(out, "kind", &institution_kind_words,
		    (int)institution->kind);
		json_write_text(out, "country", institution->country);
		json_write_text(out, "profile", institution->profile);
	}
	json_write_object_end(out);
}

static void
write_rights(struct strbuf *out, enum role role)
{
	json_write_array(out, "rights");
	for (int i = 0; i < RIGHT_COUNT; i++)
		if ((access_roles((enum right)i) & (UINT32_C(1) << role)) != 0)
			json_write_text(out, NULL, words_name(&right_words, i));
	json_write_array_end(out);
}

void
view_registry_me(struct strbuf *out, const struct registry *registry,
    const struct actor *actor)
{
	const struct principal *principal = registry_principal(
	    registry, &actor->principal);
	char key[HEX_SIZE(ACTOR_KEY_SIZE)];

	json_write_object(out, NULL);
	json_write_object(out, "principal");
	json_write_id(out, "id", ID_PRINCIPAL, &actor->principal);
	if (principal != NULL)
		json_write_text(out, "name", principal->name);
	json_write_word(out, "role", &role_words, (int)actor->role);
	write_told(out, "rank", actor->rank);
	if (principal != NULL)
		json_write_time(out, "valid_until", principal->valid_until);
	json_write_object_end(out);
	write_own_institution(
	    out, registry_institution(registry, &actor->institution));
	json_write_text(
	    out, "spki_sha256", hex_encode(actor->key, ACTOR_KEY_SIZE, key));
	write_rights(out, actor->role);
	json_write_object_end(out);
}
