/*
 * Calls that the commands about risks share: a file posted as it is, a few
 * words posted, a page printed as a table.
 */
#pragma once

#include "hub/cli/args.h"
#include "hub/wire/json_view.h"

/* The first operand is the file of the body; "-" is standard input. */
int risk_call_post_file(const struct args *args, const char *path);

/* The first operand is an id between `prefix` and `suffix`; the option
 * `word`, where it is not NULL, is needed and becomes the body's member. */
int risk_call_post_words(const struct args *args, const char *prefix,
    const char *suffix, const char *word);

/* A page of a collection; both arrays end with NULL. */
int risk_call_list(const struct args *args, const char *path,
    const char *const *titles, const char *const *cells);

/* The same; the second operand becomes the member `choice`, and the option
 * `word`, where it is not NULL, is needed and becomes another. */
int risk_call_post_choice(const struct args *args, const char *prefix,
    const char *suffix, const char *choice, const char *word);

/* A question from a file that changes nothing and needs no key; `print` gets
 * each item of the answer's list. */
int risk_call_ask(const struct args *args, const char *path, const char *list,
    void (*print)(const struct json_view *item));

/* DELETE the version that a GET has just shown. */
int risk_call_delete(const struct args *args, const char *prefix);
