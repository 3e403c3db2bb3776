/*
 * The rule file of a robot: which answers a target gets, and how the webhook
 * behaves before that (docs/examples/robots/README.md).  Constant once read;
 * the receiver's counters are its caller's.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/wire/json_view.h"

/* How the webhook behaves; zero is "well". */
struct rules_receiver {
	int delay_ms;     /* before the 2xx */
	int fail_first;   /* deliveries that fail */
	int fail_seconds; /* from the start on */
	int fail_status;
	char fail_until_file[256]; /* fails while there is none; "": off */
};

struct rules;
struct rule;

/* RC_INVALID with the pointer for a member that does not belong there, a
 * wrong type or a `$` that does not exist; RC_MALFORMED. */
NODISCARD enum rc rules_parse(
    const char *text, size_t length, struct rules **rules, struct err *err);

/* The same from a file; the path stands in the sentence. */
NODISCARD enum rc
rules_load(const char *path, struct rules **rules, struct err *err);
void rules_free(struct rules *rules);
void rules_cleanup(struct rules **rules);

const struct rules_receiver *rules_receiver(const struct rules *rules);

/* The first rule for one target of a message, or NULL. */
const struct rule *rules_match(const struct rules *rules,
    const struct json_view *message, const struct json_view *target);

const char *rules_name(const struct rule *rule);

/* The n-th answer of a rule: when it is due and its body with the `$` words
 * in place; false beyond the last. */
NODISCARD bool rules_answer(const struct rule *rule, size_t n,
    int64_t *after_ms, const struct json_view **body);
