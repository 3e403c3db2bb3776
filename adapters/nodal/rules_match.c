/*
 * Which rule fits a target: see rules.h.
 */
#include "adapters/nodal/rules_inside.h"

#include <string.h>

/* What of the message a member of `match` is compared with. */
static const struct json_view *
compared_with(const char *name, const struct json_view *message,
    const struct json_view *target)
{
	const struct json_view *found;

	if (strcmp(name, "type") == 0)
		return json_view_at(message, "type");
	if (strcmp(name, "action") == 0)
		return json_view_at(message, "request/action");
	if (strcmp(name, "layer") == 0)
		return json_view_at(target, "layer");
	if (strcmp(name, "identifier_type") == 0)
		return json_view_at(target, "identifier/type");
	if (strcmp(name, "generation") == 0) {
		found = json_view_at(target, "generation");
		return found != NULL
		    ? found
		    : json_view_at(message, "request/generation");
	}
	found = json_view_at(target, "identifier/value");
	return found != NULL ? found : json_view_at(target, "identifier/last4");
}

static bool
is_same(const struct json_view *wanted, const struct json_view *found)
{
	const char *text = json_view_text(wanted, "", NULL);

	if (found == NULL)
		return false;
	if (text != NULL)
		return strcmp(text, json_view_text(found, "", "")) == 0;
	return json_view_int(wanted, "", -1) == json_view_int(found, "", -2);
}

static bool
fits(const struct json_view *wanted, const struct json_view *found)
{
	if (!json_view_is_array(wanted))
		return is_same(wanted, found);
	for (size_t i = 0; i < json_view_count(wanted); i++)
		if (is_same(json_view_item(wanted, i), found))
			return true;
	return false;
}

static bool
rule_fits(const struct rule *rule, const struct json_view *message,
    const struct json_view *target)
{
	const char *type = json_view_text(message, "type", "");
	const struct json_view *wanted;
	const char *name = NULL;

	if (json_view_at(rule->match, "type") == NULL &&
	    strcmp(type, "freeze.requested") != 0 &&
	    strcmp(type, "correction.supplied") != 0)
		return false;
	for (size_t i = 0; rule->match != NULL &&
	     (wanted = json_view_member(rule->match, i, &name)) != NULL;
	     i++)
		if (!fits(wanted, compared_with(name, message, target)))
			return false;
	return true;
}

const struct rule *
rules_match(const struct rules *rules, const struct json_view *message,
    const struct json_view *target)
{
	for (size_t i = 0; i < rules->count; i++)
		if (rule_fits(&rules->rules[i], message, target))
			return &rules->rules[i];
	return NULL;
}
