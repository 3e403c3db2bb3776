/*
 * Agreements as the registry has them in memory: see view_registry.h.
 */
#include "hub/domain/ids.h"
#include "hub/reading/view_registry.h"
#include "hub/wire/json_values.h"

static void
write_side(struct strbuf *out, const char *key, const struct registry *registry,
    const struct id *id)
{
	const struct institution *institution = registry_institution(
	    registry, id);

	json_write_object(out, key);
	json_write_id(out, "id", ID_INSTITUTION, id);
	if (institution != NULL) {
		json_write_text(out, "slug", institution->slug);
		json_write_text(out, "name", institution->name);
	}
	json_write_object_end(out);
}

static void
write_kinds(struct strbuf *out, const struct agreement *agreement)
{
	json_write_array(out, "kinds");
	for (int kind = 0; kind < SIGNAL_KIND_COUNT; kind++)
		if (registry_agreement_covers(
			agreement, (enum signal_kind)kind))
			json_write_word(out, NULL, &signal_kind_words, kind);
	json_write_array_end(out);
}

static void
write_agreement(struct strbuf *out, const struct registry *registry,
    const struct agreement *agreement)
{
	json_write_object(out, NULL);
	json_write_id(out, "id", ID_AGREEMENT, &agreement->id);
	write_side(out, "source", registry, &agreement->source);
	write_side(out, "destination", registry, &agreement->destination);
	json_write_text(out, "purpose", agreement->purpose);
	write_kinds(out, agreement);
	json_write_time(out, "valid_from", agreement->valid_from);
	json_write_time(out, "valid_until", agreement->valid_until);
	json_write_word(
	    out, "status", &agreement_status_words, (int)agreement->status);
	if (agreement->active_from != 0)
		json_write_time(out, "active_from", agreement->active_from);
	json_write_object_end(out);
}

void
view_registry_agreements(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, struct registry_page *page)
{
	bool sees_all = actor->role == ROLE_ADMIN ||
	    actor->role == ROLE_AUDITOR;
	struct cursor next = { .kind = CURSOR_AGREEMENTS };
	const struct agreement *all;
	size_t count;
	int written = 0;

	page->next[0] = '\0';
	all = registry_agreements(registry, &count);
	json_write_object(out, NULL);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++) {
		if (id_compare(&all[i].id, &page->cursor.id) <= 0 ||
		    (!sees_all &&
			!id_equal(&all[i].source, &actor->institution) &&
			!id_equal(&all[i].destination, &actor->institution)))
			continue;
		if (written == page->limit) {
			(void)cursor_format(&next, page->next);
			break;
		}
		write_agreement(out, registry, &all[i]);
		next.id = all[i].id;
		written++;
	}
	json_write_array_end(out);
	if (page->next[0] != '\0')
		json_write_text(out, "next_cursor", page->next);
	json_write_object_end(out);
}
