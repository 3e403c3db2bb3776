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
