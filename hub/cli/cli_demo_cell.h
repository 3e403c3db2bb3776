/*
 * What the demo's board says of a case and its targets, value by value, from
 * the API's JSON.  Pure.  `cell` always has CLI_DEMO_CELL_SIZE bytes and is
 * returned.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/wire/json_view.h"

enum { CLI_DEMO_CELL_SIZE = 128 };

/* Colours as parameters of SGR (ECMA-48, 8.3.117). */
#define CLI_DEMO_CELL_GOOD "32"
#define CLI_DEMO_CELL_BAD "31"
#define CLI_DEMO_CELL_WAIT "33"

/* Visit the targets of a case (NULL: none) in their order. */
typedef void cli_demo_cell_visit(void *context, const struct json_view *target);
void cli_demo_cell_each_target(
    const struct json_view *file, cli_demo_cell_visit *visit, void *context);

/* "" where the status says nothing special. */
const char *cli_demo_cell_colour(const char *status);

/* Has the institution said its last word, as far as it goes? */
bool cli_demo_cell_is_decided(const struct json_view *target);

/* "25,000,000.00 USD"; "" for NULL. */
const char *cli_demo_cell_money(const struct json_view *money, char *cell);

/* What is held; "" where that is nothing. */
const char *cli_demo_cell_held(const struct json_view *target, char *cell);

/* "held_full" as "held full". */
const char *cli_demo_cell_words(const char *word, char *cell);

/* "0.25 s" from `since` to an RFC 3339 time; "" for NULL. */
const char *cli_demo_cell_span(int64_t since, const char *text, char *cell);

/* When the case came in; 0 for NULL. */
int64_t cli_demo_cell_received(const struct json_view *file);

/* RFC 3339, or NULL where it has not come. */
const char *cli_demo_cell_first_attempt(const struct json_view *target);
const char *cli_demo_cell_decided(const struct json_view *target);

const char *cli_demo_cell_institution(const struct json_view *target);
