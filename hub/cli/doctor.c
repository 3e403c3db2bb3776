/*
 * Printing findings: see doctor.h.
 */
#include "hub/cli/doctor.h"

#include <stdarg.h>
#include <stdio.h>

#include "hub/wire/json_writer.h"

enum { TEXT_SIZE = 400 };

static void
print(struct doctor *doctor, const char *grade, const char *what,
    const char *mend)
{
	if (!doctor->as_json) {
		(void)printf("%-8s %s\n", grade, what);
		if (mend != NULL)
			(void)printf("         mend: %s\n", mend);
		return;
	}
	json_write_object(&doctor->json, NULL);
	json_write_text(&doctor->json, "grade", grade);
	json_write_text(&doctor->json, "what", what);
	if (mend != NULL)
		json_write_text(&doctor->json, "mend", mend);
	json_write_object_end(&doctor->json);
}

void
doctor_fine(struct doctor *doctor, const char *what, ...)
{
	char text[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, what);
	(void)vsnprintf(text, sizeof(text), what, arguments);
	va_end(arguments);
	print(doctor, "ok", text, NULL);
}

void
doctor_warn(struct doctor *doctor, const char *mend, const char *what, ...)
{
	char text[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, what);
	(void)vsnprintf(text, sizeof(text), what, arguments);
	va_end(arguments);
	doctor->warnings++;
	print(doctor, "warning", text, mend);
}

void
doctor_problem(struct doctor *doctor, const char *mend, const char *what, ...)
{
	char text[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, what);
	(void)vsnprintf(text, sizeof(text), what, arguments);
	va_end(arguments);
	doctor->problems++;
	print(doctor, "problem", text, mend);
}
