/*
 * What an action asks, and of whom (docs/domain.md, section 3): one row an
 * action.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/domain/vocabulary.h"

struct action_rule {
	uint32_t kinds;      /* bit per enum institution_kind that can do it */
	enum scope scope;    /* the least that it touches */
	bool needs_approval; /* by a supervisor, whatever the amount */
	bool is_requested;   /* by an officer in a freeze request; the rest
				 * are acts on a hold that is there already */
};

const struct action_rule *action_rule(enum action action);

/* Can an institution of this kind carry the action out? */
bool action_rule_allows(enum action action, enum institution_kind kind);
