/*
 * Questions of reports: see report.h.
 */
#include "hub/domain/report.h"

#include "hub/base/clock.h"

#define DAY (INT64_C(86400) * CLOCK_SECOND)

static const char *const groups[] = {
	[REPORT_BY_UNIT] = "unit",
	[REPORT_BY_DISTRICT] = "district",
	[REPORT_BY_TYPOLOGY] = "typology",
	[REPORT_BY_MONTH] = "month",
};

static const char *const fates[] = {
	[FATE_ASKED] = "asked",
	[FATE_HELD] = "held",
	[FATE_MOVED] = "moved",
	[FATE_RETURNED] = "returned",
	[FATE_REJECTED] = "rejected",
};

static const char *const debtors[] = {
	[REPORT_OF_CASE] = "case",
	[REPORT_OF_UNIT] = "unit",
	[REPORT_OF_INSTITUTION] = "institution",
};

const struct words report_group_words = { "group", groups, REPORT_GROUP_COUNT };
const struct words report_fate_words = { "fate", fates, FATE_COUNT };
const struct words report_debtor_words = { "debtor", debtors,
	REPORT_DEBTOR_COUNT };

enum rc
report_set_period(struct report_query *query, int64_t at, struct err *err)
{
	if (query->until == 0)
		query->until = at;
	if (query->from == 0)
		query->from = query->until - REPORT_DEFAULT_DAYS * DAY;
	if (query->from >= query->until ||
	    query->until - query->from > REPORT_MOST_DAYS * DAY)
		return err_set(err, RC_INVALID, "bad_period",
		    "from is before until, by %d days at most",
		    REPORT_MOST_DAYS);
	return RC_OK;
}
