/*
 * What a report is asked for: a period, which institutions and requests, and
 * how it is grouped.  Sums and spans only: no report holds a case's data.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/words.h"

enum report_group {
	REPORT_BY_UNIT,
	REPORT_BY_DISTRICT,
	REPORT_BY_TYPOLOGY,
	REPORT_BY_MONTH,
	REPORT_GROUP_COUNT
};

/* What became of the money that was asked for. */
enum report_fate {
	FATE_ASKED,
	FATE_HELD,     /* at present */
	FATE_MOVED,    /* on to other accounts and exits */
	FATE_RETURNED, /* to who lost it */
	FATE_REJECTED,
	FATE_COUNT
};

/* Whose legal debt a line is. */
enum report_debtor {
	REPORT_OF_CASE,
	REPORT_OF_UNIT,
	REPORT_OF_INSTITUTION,
	REPORT_DEBTOR_COUNT
};

extern const struct words report_group_words, report_fate_words,
    report_debtor_words;

enum { REPORT_DEFAULT_DAYS = 30, REPORT_MOST_DAYS = 366 };

struct report_query {
	int64_t from, until;     /* `until` not in it; 0: not said */
	int kind;                /* of the institution; -1: any */
	int priority;            /* of the request; -1: any */
	int typology;            /* of the case; -1: any */
	const char *institution; /* id or slug; NULL: any */
	enum report_group group;
	bool as_csv;
};

/* Fill what was not said: until now, for 30 days.  RC_INVALID `bad_period`
 * where it ends before it begins or is longer than 366 days. */
NODISCARD enum rc
report_set_period(struct report_query *query, int64_t at, struct err *err);
