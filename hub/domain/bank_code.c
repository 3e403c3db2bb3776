/*
 * India's bank codes: see bank_code.h.
 */
#include "hub/domain/bank_code.h"

#include <stdlib.h>
#include <string.h>

#include "hub/base/common.h"

struct bank {
	char code[5];
	const char *name;
};

static const struct bank banks[] = {
#include "gen/domain_bank_code.inc"
};

static int
bank_compare(const void *code, const void *row)
{
	return strcmp(code, ((const struct bank *)row)->code);
}

const char *
bank_code_name(const char *code)
{
	const struct bank *row = bsearch(
	    code, banks, COUNT(banks), sizeof(banks[0]), bank_compare);

	return row == NULL ? NULL : row->name;
}

bool
bank_code_is_known(const char *code)
{
	return bank_code_name(code) != NULL;
}
