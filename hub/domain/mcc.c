/*
 * Merchant category codes: see mcc.h.
 */
#include "hub/domain/mcc.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/domain/text.h"

struct trade {
	unsigned first, last;
	const char *name;
};

static const struct trade trades[] = {
#include "gen/domain_mcc.inc"
};

const char *
mcc_trade(const char *code)
{
	unsigned long number;

	if (strlen(code) != 4 || !text_only(code, TEXT_DIGITS))
		return NULL;
	number = strtoul(code, NULL, 10);
	for (size_t i = 0; i < COUNT(trades); i++)
		if (number >= trades[i].first && number <= trades[i].last)
			return trades[i].name;
	return NULL;
}

bool
mcc_is_valid(const char *code)
{
	return mcc_trade(code) != NULL;
}
