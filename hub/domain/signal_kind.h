/*
 * Risk signals of telcos: their kinds, and what each tells (docs/domain.md,
 * section 10, R21).  One open table: a kind's facts are numbers, read from a
 * message, written into one and listed in GET /v1/meta by the same rows.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/words.h"

enum signal_kind {
	SIGNAL_CALLS,
	SIGNAL_SMS_BURST,
	SIGNAL_MESSENGER,
	SIGNAL_SIM_SWAP,
	SIGNAL_REMOTE_ACCESS,
	SIGNAL_KIND_COUNT
};

/* Of an agreement, as the registry has it. */
enum agreement_status {
	AGREEMENT_PROPOSED,
	AGREEMENT_ACTIVE,
	AGREEMENT_WITHDRAWN,
	AGREEMENT_STATUS_COUNT
};

enum { SIGNAL_FACT_LIMIT = 4, SIGNAL_KINDS_SIZE = 128 };

extern const struct words signal_kind_words, agreement_status_words;

struct signal_fact {
	const char *name, *label;
	bool is_required;
	int at_most; /* the fact that it is not above; -1: none */
};

struct signal_rule {
	const char *label;
	struct signal_fact facts[SIGNAL_FACT_LIMIT]; /* a NULL name ends them */
};

/* The facts of one signal, in the order of its rule. */
struct signal_facts {
	int64_t values[SIGNAL_FACT_LIMIT];
	bool is_told[SIGNAL_FACT_LIMIT];
};

const struct signal_rule *signal_rule(enum signal_kind kind);
size_t signal_fact_count(enum signal_kind kind);

/* RC_INVALID at /facts/NAME: missing_member, or contradiction where one is
 * above what bounds it. */
NODISCARD enum rc signal_facts_check(
    enum signal_kind kind, const struct signal_facts *facts, struct err *err);

/* Bits as "calls sms_burst"; `text` has SIGNAL_KINDS_SIZE bytes.  Returns
 * it. */
char *signal_kinds_format(uint32_t kinds, char *text);

/* Is this kind one of the words? */
bool signal_kinds_have(const char *kinds, enum signal_kind kind);
