/*
 * The grammar of the United Kingdom: what its banks' messages have beyond
 * generic English.
 */
#include "hub/parsing/grammar.h"

/* clang-format off */
static const struct cue_row rows[] = {
	{ "£", CUE_CURRENCY, "GBP", 0 },
	{ "gbp", CUE_CURRENCY, "GBP", 0 },
	{ "pounds", CUE_CURRENCY, "GBP", 0 },
	{ "faster payment", CUE_CHANNEL, "faster_payments", 0 },
	{ "faster payments", CUE_CHANNEL, "faster_payments", 0 },
	{ "fpo", CUE_CHANNEL, "faster_payments", 0 },
	{ "fpi", CUE_CHANNEL, "faster_payments", 0 },
	{ "bacs", CUE_CHANNEL, "ach", 0 },
	{ "chaps payment", CUE_DEBIT, NULL, 0 },
	{ "direct debit", CUE_DEBIT, NULL, 0 },
	{ "new payee", CUE_STOP, NULL, 0 },
};
/* clang-format on */

/* Whitehall winds its clocks with the continent's. */
const struct grammar grammar_gb = {
	.country = "GB",
	.currency = "GBP",
	.day_order = DAY_FIRST,
	.has_offset = true,
	.has_european_summer = true,
	.rows = rows,
	.row_count = COUNT(rows),
	.parent = "",
};
