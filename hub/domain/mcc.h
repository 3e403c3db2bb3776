/*
 * Merchant category codes (ISO 18245): four digits whose range tells the
 * trade.  The single codes are the schemes' and change; the ranges do not.
 */
#pragma once

#include <stdbool.h>

/* Whether it is four digits in one of the ranges of ISO 18245. */
bool mcc_is_valid(const char *code);

/* "airlines", "utilities", or NULL.  Static. */
const char *mcc_trade(const char *code);
