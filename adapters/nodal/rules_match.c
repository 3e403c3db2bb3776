/*
 * Which rule fits a target: see rules.h.
 */
#include "adapters/nodal/rules_inside.h"

#include <string.h>

/* ---- reading */

enum rc
rules_match_members(
    const struct json_view *object, const char *const *names, struct err *err)
{
	const char *name = NULL;

	if (!json_view_is_object(object))
		return err_at(
		    err, RC_INVALID, "", "not_an_object", "must be an object");
	for (size_t i = 0; json_view_member(object, i, &name) != NULL; i++) {
		size_t n = 0;

		while (names[n] != NULL && strcmp(names[n], name) != 0)
			n++;
		if (names[n] == NULL)
			return err_at(err, RC_INVALID, "", "unknown_member",
			    "no member %.40s", name);
	}
	return RC_OK;
}

/* A value of `match`, or the items of an array: texts or numbers. */
static enum rc
check_fits(const struct json_view *value, bool is_number, struct err *err)
{
	size_t count = json_view_is_array(value) ? json_view_count(value) : 1;

	for (size_t i = 0; i < count; i++) {
		const struct json_view *item = json_view_is_array(value)
		    ? json_view_item(value, i)
		    : value;

		if (is_number ? json_view_int(item, "", -1) < 0
			      : !json_view_is_text(item))
			return err_at(err, RC_INVALID, "", "wrong_type",
			    "must be %s, or an array of them",
			    is_number ? "a number" : "text");
	}
	return count > 0
	    ? RC_OK
	    : err_at(err, RC_INVALID, "", "wrong_type", "must not be empty");
}

static bool
is_number_member(const char *name)
{
	return strcmp(name, "generation") == 0 || strcmp(name, "layer") == 0;
}

enum rc
rules_match_check(const struct json_view *match, struct err *err)
{
	static const char *const names[] = { "type", "action", "generation",
		"identifier_type", "identifier_value", "layer", NULL };
	const struct json_view *value;
	const char *name = NULL;

	if (match == NULL)
		return RC_OK;
	TRY(rules_match_members(match, names, err));
	for (size_t i = 0; (value = json_view_member(match, i, &name)) != NULL;
	     i++) {
		enum rc rc = check_fits(value, is_number_member(name), err);

		if (rc != RC_OK)
			err_prefix(err, "/%s", name);
		TRY(rc);
	}
	return RC_OK;
}

/* ---- matching */

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
	    strcmp(type, "freeze.amended") != 0 &&
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
