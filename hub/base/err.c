/*
 * Errors: see err.h.
 */
#include "hub/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
err_fill(struct err *err, enum rc rc, const char *pointer, const char *code,
    const char *format, va_list args)
{
	if (err == NULL)
		return;
	err->rc = rc;
	(void)snprintf(err->code, sizeof(err->code), "%s", code);
	(void)snprintf(err->pointer, sizeof(err->pointer), "%s", pointer);
	(void)vsnprintf(err->text, sizeof(err->text), format, args);
}

enum rc
err_set(struct err *err, enum rc rc, const char *code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_fill(err, rc, "", code, format, args);
	va_end(args);
	return rc;
}

enum rc
err_at(struct err *err, enum rc rc, const char *pointer, const char *code,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_fill(err, rc, pointer, code, format, args);
	va_end(args);
	return rc;
}

void
err_prefix(struct err *err, const char *format, ...)
{
	char prefix[ERR_POINTER_SIZE], whole[2 * ERR_POINTER_SIZE];
	va_list args;

	if (err == NULL)
		return;
	va_start(args, format);
	(void)vsnprintf(prefix, sizeof(prefix), format, args);
	va_end(args);
	(void)snprintf(whole, sizeof(whole), "%s%s", prefix, err->pointer);
	whole[sizeof(err->pointer) - 1] = '\0';
	memcpy(err->pointer, whole, strlen(whole) + 1);
}
