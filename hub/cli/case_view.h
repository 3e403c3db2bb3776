/*
 * A case for people: its head, its targets as a table with ticks, and what
 * has changed between two looks at it.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "hub/cli/text_table.h"
#include "hub/wire/json_view.h"

/* A reference, status, loss and times in two or three lines. */
void case_view_print_head(const struct json_view *file, FILE *out);

/* All targets under their requests. */
void case_view_print_targets(const struct json_view *file, FILE *out);

/* Events of a timeline, one a line. */
void case_view_print_events(const struct json_view *timeline, FILE *out);

/* A page of GET /v1/cases. */
void case_view_print_list(const struct json_view *page, FILE *out);

/* Is nothing more to be expected from the institutions? */
bool case_view_is_settled(const struct json_view *file);

/* For `watch`: the table so far, and the rows that differ from `before`
 * (NULL: all).  The caller clears the table at the end. */
void case_view_watch_begin(struct text_table *table, FILE *out);
void case_view_watch_rows(struct text_table *table,
    const struct json_view *before, const struct json_view *file, FILE *out);
