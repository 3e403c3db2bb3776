/*
 * Rosters from the registry in memory: see view_registry.h.
 */
#include "hub/reading/view_registry.h"

#include <string.h>

#include "hub/domain/access.h"
#include "hub/domain/ids.h"
#include "hub/wire/json_values.h"
#include "hub/wire/roster_json.h"

static void
write_name(
    struct strbuf *out, const char *key, const struct institution *institution)
{
	json_write_object(out, key);
	json_write_id(out, "id", ID_INSTITUTION, &institution->id);
	json_write_text(out, "slug", institution->slug);
	json_write_text(out, "name", institution->name);
	json_write_object_end(out);
}

/* Who is there, and who stands in where nobody is. */
static void
write_duty(struct strbuf *out, const struct registry *registry,
    const struct id *institution, int64_t at)
{
	const struct institution *above = registry_hands_over(
	    registry, institution, at);
	struct duty duty;

	registry_duty(registry, institution, at, &duty);
	roster_json_duty(out, "on_duty", &duty);
	if (above != NULL)
		write_name(out, "hands_over_to", above);
}

bool
view_registry_roster(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, const struct id *institution, int64_t at)
{
	const struct institution *row = registry_institution(
	    registry, institution);

	if (row == NULL || !access_sees_roster(actor, registry, institution))
		return false;
	json_write_object(out, NULL);
	write_name(out, "institution", row);
	json_write_time(out, "at", at);
	roster_json_write(out, registry, institution);
	write_duty(out, registry, institution, at);
	json_write_object_end(out);
	return true;
}

static bool
is_asked_for(const struct registry *registry, const struct id *institution,
    const char *unit, const char *district)
{
	const struct institution *above = unit == NULL
	    ? NULL
	    : registry_institution_named(registry, unit);

	if (unit != NULL &&
	    (above == NULL ||
		!registry_is_within(registry, institution, &above->id)))
		return false;
	return district == NULL ||
	    strcmp(registry_district(registry, institution), district) == 0;
}

void
view_registry_duties(struct strbuf *out, const struct registry *registry,
    const struct actor *actor, const char *unit, const char *district,
    int64_t at)
{
	const struct institution *const *all;
	struct duty duty;
	size_t count;

	all = registry_institutions(registry, &count);
	json_write_object(out, NULL);
	json_write_time(out, "at", at);
	json_write_array(out, "items");
	for (size_t i = 0; i < count; i++) {
		const struct id *id = &all[i]->id;

		registry_duty(registry, id, at, &duty);
		if (!duty.has_roster ||
		    !access_sees_roster(actor, registry, id) ||
		    !is_asked_for(registry, id, unit, district))
			continue;
		json_write_object(out, NULL);
		write_name(out, "institution", all[i]);
		write_duty(out, registry, id, at);
		json_write_object_end(out);
	}
	json_write_array_end(out);
	json_write_object_end(out);
}
