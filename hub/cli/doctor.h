/*
 * What `freezeline check` found: each finding is printed at once, with its
 * mend where something is wrong.
 */
#pragma once

#include <stdbool.h>

#include "hub/base/common.h"
#include "hub/base/strbuf.h"
#include "hub/config/config.h"

struct doctor {
	const struct config *config;
	bool as_json, proves_integrity;
	int problems, warnings;
	struct strbuf json;
};

/* Fine; a word on what was looked at. */
void
doctor_fine(struct doctor *doctor, const char *what, ...) PRINTF_LIKE(2, 3);

/* It runs, but somebody should know. */
void doctor_warn(struct doctor *doctor, const char *mend, const char *what, ...)
    PRINTF_LIKE(3, 4);

/* It does not run, or must not. */
void doctor_problem(struct doctor *doctor, const char *mend, const char *what,
    ...) PRINTF_LIKE(3, 4);

/* The two halves of the examination. */
void doctor_files(struct doctor *doctor);
void doctor_database(struct doctor *doctor);
