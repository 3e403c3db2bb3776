/*
 * What a rule file is once read: for rules.c and rules_match.c only.
 */
#pragma once

#include "adapters/nodal/rules.h"

struct rule {
	const char *name;
	const struct json_view *match, *answers; /* match may be NULL */
};

struct rules {
	struct json_view *document;
	struct rules_receiver receiver;
	struct rule *rules;
	size_t count;
};

/* Every member of `object` must be one of `names` (NULL-ended).  RC_INVALID
 * `not_an_object`, `unknown_member`. */
NODISCARD enum rc rules_match_members(
    const struct json_view *object, const char *const *names, struct err *err);

/* Is the `match` of a rule (NULL: none) well-formed?  RC_INVALID. */
NODISCARD enum rc
rules_match_check(const struct json_view *match, struct err *err);
