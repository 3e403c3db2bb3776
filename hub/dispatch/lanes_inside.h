/*
 * What lanes.c and lanes_turn.c share.  Nobody else includes it.
 */
#pragma once

#include "hub/dispatch/lanes.h"

/* The list that a letter belongs to. */
struct lane_list *
lanes_list_of(const struct lanes *lanes, const struct letter *letter);

/* Take the letter at `slot` out of its list; it waits no more. */
struct letter *
lanes_pull(struct lanes *lanes, struct lane_list *list, struct letter **slot);

/* It is under way no more. */
void lanes_end_way(struct lanes *lanes, struct letter *letter);
