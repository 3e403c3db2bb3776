/*
 * India's four-letter bank codes: the first part of every IFSC.
 */
#pragma once

#include <stdbool.h>

/* Whether the Reserve Bank of India has given out this code ("SBIN"). */
bool bank_code_is_known(const char *code);

/* The bank's name, or NULL.  Static. */
const char *bank_code_name(const char *code);
