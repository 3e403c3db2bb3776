/*
 * The handful of macros every room shares.  Nothing else belongs here.
 */
#pragma once

#include <stddef.h>

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, args) __attribute__((format(printf, text, args)))

/* Run `cleanup(&variable)` when the variable leaves its scope. */
#define SCOPED(function) __attribute__((cleanup(function)))

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
