/*
 * Settings by table: one row says a setting's name, type, default, bounds
 * and help; the INI file, the environment and the command line are three
 * ways to name the same row.  Later ways win.  A value lands in a plain
 * struct at the row's offset.  For the tables of this room.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum { SETTING_TEXT_SIZE = 512 }; /* of every text value, with its NUL */

#define SETTING_ENVIRONMENT "FREEZELINE_" /* before the upper-case name */

enum setting_kind {
	SETTING_TEXT, /* char[SETTING_TEXT_SIZE]; "" is "not set" */
	SETTING_INT,  /* int64_t from min to max */
	SETTING_BOOL, /* bool: true, false, yes, no, on, off, 1, 0 */
	SETTING_WORD, /* int: the index into `words` */
	SETTING_KIND_COUNT
};

struct setting {
	const char *name; /* lower_snake_case; a flag has dashes instead */
	enum setting_kind kind;
	const char *fallback;
	int64_t min, max;
	const char *const *words; /* ends with NULL */
	size_t offset;
	const char *help;
};

struct setting_table {
	const char *what; /* "hub settings": for the help */
	const struct setting *rows;
	size_t count;
};

/* What a run of the loader reads.  NULL leaves a way out. */
struct setting_sources {
	const char *file;
	char **environment; /* "NAME=value", ends with NULL */
	/* Other tables whose names may stand in the same environment. */
	const struct setting_table *neighbours;
	size_t neighbour_count;
	const char *const *also; /* further names, upper case, NULL-ended */
};

/* Fill `out` with the defaults. */
void setting_defaults(const struct setting_table *table, void *out);

/* Defaults, then file, then environment.  RC_INVALID `unknown_setting` (with
 * the nearest name), `bad_setting`, `bad_settings_file`; RC_MISSING
 * `no_settings_file`. */
NODISCARD enum rc setting_load(const struct setting_table *table,
    const struct setting_sources *sources, void *out, struct err *err);

/* Set one by its name (dashes and underscores are the same).  `where` says
 * for the sentence what named it. */
NODISCARD enum rc
setting_set(const struct setting_table *table, const char *where,
    const char *name, const char *value, void *out, struct err *err);

/* Take "--name value", "--name=value" and, for a boolean, "--name" out of
 * the arguments from argv[1] on; what is no option stays, `*argc` is the new
 * number. "--" ends the options. */
NODISCARD enum rc setting_flags(const struct setting_table *table, int *argc,
    char **argv, void *out, struct err *err);

/* The row of this name, or NULL. */
const struct setting *
setting_find(const struct setting_table *table, const char *name);

/* Print the table: flag, default, help. */
void setting_print(const struct setting_table *table, FILE *out);
