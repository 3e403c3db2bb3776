/*
 * Money: int64 minor units and an ISO 4217 code, never floating point.  On
 * the wire a decimal string with exactly the currency's scale.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum {
	MONEY_CURRENCY_SIZE = 4,
	MONEY_TEXT_SIZE = 24, /* sign, 19 digits, point, NUL */
};

struct money {
	int64_t minor;
	char currency[MONEY_CURRENCY_SIZE];
};

/* Read "49999.00" and "INR"; `money` is untouched on failure.  RC_INVALID
 * with unknown_currency (at /currency), bad_amount, wrong_scale or
 * amount_too_large (at /amount).  Zero is an amount. */
NODISCARD enum rc money_parse(const char *amount, const char *currency,
    struct money *money, struct err *err);

/* The same, and zero is a bad_amount. */
NODISCARD enum rc money_parse_positive(const char *amount, const char *currency,
    struct money *money, struct err *err);

/* The decimal string, without the currency.  `text` has MONEY_TEXT_SIZE
 * bytes.  Returns it. */
char *money_format(const struct money *money, char *text);

/* Decimals of a currency (INR 2, JPY 0, KWD 3), or -1 when ISO 4217 has no
 * such code or no minor unit for it (XAU). */
int money_scale(const char *currency);

bool money_same_currency(const struct money *a, const struct money *b);

/* sum += term.  RC_INVALID with currency_mismatch or amount_too_large; `sum`
 * is then untouched. */
NODISCARD enum rc
money_add(struct money *sum, const struct money *term, struct err *err);
