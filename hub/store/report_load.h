/*
 * Statistics for the reading room: percentiles and sums, made by the
 * database.  Whose figures a caller may see is the caller's to say.  All
 * memory is the arena's; failures as in view_load.h.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/base/id.h"
#include "hub/domain/report.h"
#include "hub/store/db.h"

struct report_institutions {
	const struct id *ids;
	size_t count;
	bool is_all;                  /* then nothing is looked up by `ids` */
	const char *const *districts; /* of each; of units only */
};

/* One institution's speed.  Spans in milliseconds, -1: there is none. */
struct report_speed {
	struct id institution;
	int64_t asked, acknowledged, held;
	int64_t due;     /* whose acknowledgement clock is decided */
	int64_t in_time; /* those of them that kept it */
	int64_t ack_p50, ack_p95, hold_p50, hold_p95;
};

/* The institutions that were asked in the period for cases of `units`, the
 * fastest to acknowledge first.  `at`: now. */
NODISCARD enum rc
report_load_speeds(struct db *db, const struct report_query *query,
    const struct report_institutions *institutions,
    const struct report_institutions *units, int64_t at, struct arena *arena,
    struct report_speed **speeds, size_t *count, struct err *err);

/* One document of one law that a group owes; rows of a group stand together,
 * each with the sums of its group. */
struct report_debt {
	struct id key; /* the case, unit or institution */
	int64_t since, due_at, owed, overdue, cases; /* the group's */
	const char *ref;                             /* of a case */
	struct id unit;                              /* of a case */
	const char *profile, *type;
	int64_t type_owed, type_overdue, type_since, type_due_at;
};

struct report_debt_query {
	enum report_debtor by;
	const struct report_institutions *units;
	const struct id *institution; /* NULL: any */
	int64_t at;
	int64_t after; /* since when the last group owes; 0: from the first */
	struct id after_key;
	int limit; /* groups */
};

/* The longest owed first. */
NODISCARD enum rc report_load_debts(struct db *db,
    const struct report_debt_query *query, struct arena *arena,
    struct report_debt **debts, size_t *count, struct err *err);

struct report_sum {
	int64_t count, minor;
};

/* One group's money in one currency. */
struct report_outcome {
	const char *group; /* unit: a UUID; typology: its word; district;
		    * month: YYYY-MM */
	const char *currency;
	int64_t cases;
	struct report_sum sums[FATE_COUNT];
};

/* Of cases that `units` received in the period; asked of `institutions`. */
NODISCARD enum rc report_load_outcomes(struct db *db,
    const struct report_query *query, const struct report_institutions *units,
    const struct report_institutions *institutions, struct arena *arena,
    struct report_outcome **outcomes, size_t *count, struct err *err);
