/*
 * Kinds of signals: see signal_kind.h.
 */
#include "hub/domain/signal_kind.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {
	[SIGNAL_CALLS] = "calls",
	[SIGNAL_SMS_BURST] = "sms_burst",
	[SIGNAL_MESSENGER] = "messenger",
	[SIGNAL_SIM_SWAP] = "sim_swap",
	[SIGNAL_REMOTE_ACCESS] = "remote_access",
};
static const char *const statuses[] = {
	[AGREEMENT_PROPOSED] = "proposed",
	[AGREEMENT_ACTIVE] = "active",
	[AGREEMENT_WITHDRAWN] = "withdrawn",
};

const struct words signal_kind_words = { "kind of signal", kinds,
	SIGNAL_KIND_COUNT };
const struct words agreement_status_words = { "status of an agreement",
	statuses, AGREEMENT_STATUS_COUNT };

enum { NONE = -1 };

/* clang-format off */
static const struct signal_rule rules[SIGNAL_KIND_COUNT] = {
	[SIGNAL_CALLS] = { "unusual calls", {
		/* name            label                               needed  not above */
		{ "count",           "calls",                            true,  NONE },
		{ "total_seconds",   "length of all calls",              true,  NONE },
		{ "longest_seconds", "length of the longest call",       true,  1    },
		{ "new_callers",     "callers who never called before",  true,  0    } } },
	[SIGNAL_SMS_BURST] = { "a burst of short messages", {
		{ "count",           "messages",                         true,  NONE },
		{ "new_senders",     "senders who never wrote before",   true,  0    } } },
	[SIGNAL_MESSENGER] = { "unusual use of a messenger", {
		{ "new_contacts",    "contacts who were never there",    true,  NONE },
		{ "calls",           "calls over it",                    false, NONE },
		{ "messages",        "messages over it",                 false, NONE } } },
	[SIGNAL_SIM_SWAP] = { "the SIM was changed", {
		{ "count",           "changes of the SIM",               true,  NONE },
		{ "new_devices",     "devices that were never there",    false, NONE } } },
	[SIGNAL_REMOTE_ACCESS] = { "the device was steered from afar", {
		{ "sessions",        "sessions",                         true,  NONE },
		{ "longest_seconds", "length of the longest session",    false, NONE } } },
};
/* clang-format on */

const struct signal_rule *
signal_rule(enum signal_kind kind)
{
	return &rules[kind];
}

size_t
signal_fact_count(enum signal_kind kind)
{
	size_t count = 0;

	while (
	    count < SIGNAL_FACT_LIMIT && rules[kind].facts[count].name != NULL)
		count++;
	return count;
}

enum rc
signal_facts_check(
    enum signal_kind kind, const struct signal_facts *facts, struct err *err)
{
	const struct signal_fact *rows = rules[kind].facts;
	char pointer[ERR_POINTER_SIZE];

	for (size_t i = 0; i < signal_fact_count(kind); i++) {
		int bound = rows[i].at_most;

		(void)snprintf(
		    pointer, sizeof(pointer), "/facts/%s", rows[i].name);
		if (rows[i].is_required && !facts->is_told[i])
			return err_at(err, RC_INVALID, pointer,
			    "missing_member", "a signal of this kind needs %s",
			    rows[i].name);
		if (bound != NONE && facts->values[i] > facts->values[bound])
			return err_at(err, RC_INVALID, pointer, "contradiction",
			    "%s cannot be above %s", rows[i].name,
			    rows[bound].name);
	}
	return RC_OK;
}

char *
signal_kinds_format(uint32_t kinds_told, char *text)
{
	size_t length = 0;

	text[0] = '\0';
	for (int kind = 0; kind < SIGNAL_KIND_COUNT; kind++)
		if ((kinds_told & UINT32_C(1) << kind) != 0)
			length += (size_t)snprintf(text + length,
			    SIGNAL_KINDS_SIZE - length, "%s%s",
			    length == 0 ? "" : " ", kinds[kind]);
	return text;
}

bool
signal_kinds_have(const char *words, enum signal_kind kind)
{
	const char *word = kinds[kind];
	size_t length = strlen(word);

	while (*words != '\0') {
		size_t span = strcspn(words, " ");

		if (span == length && strncmp(words, word, length) == 0)
			return true;
		words += span + strspn(words + span, " ");
	}
	return false;
}
