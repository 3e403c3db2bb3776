/*
 * Settings by table: see setting.h.
 */
#include "hub/config/setting.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#include "hub/config/nearest.h"

enum { NAME_SIZE = 64 };

/* "--listen-port" and "LISTEN_PORT" are the row "listen_port". */
static const char *
fold_name(const char *name, size_t length, char *folded)
{
	if (length >= NAME_SIZE)
		length = NAME_SIZE - 1;
	for (size_t i = 0; i < length; i++)
		folded[i] = name[i] == '-'
		    ? '_'
		    : (char)tolower((unsigned char)name[i]);
	folded[length] = '\0';
	return folded;
}

const struct setting *
setting_find(const struct setting_table *table, const char *name)
{
	char folded[NAME_SIZE];

	(void)fold_name(name, strlen(name), folded);
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->rows[i].name, folded) == 0)
			return &table->rows[i];
	return NULL;
}

/* ---- one function for each kind */

static enum rc
bad(const struct setting *row, const char *where, const char *must,
    struct err *err)
{
	return err_set(err, RC_INVALID, "bad_setting", "%s: %s %s", where,
	    row->name, must);
}

static enum rc
set_text(const struct setting *row, const char *where, const char *value,
    void *at, struct err *err)
{
	size_t length = strlen(value);

	if (length >= SETTING_TEXT_SIZE)
		return bad(row, where, "is too long", err);
	memcpy(at, value, length + 1);
	return RC_OK;
}

static enum rc
set_int(const struct setting *row, const char *where, const char *value,
    void *at, struct err *err)
{
	char *end;
	int64_t number;

	errno = 0;
	number = strtoll(value, &end, 10);
	if (end == value || *end != '\0' || isspace((unsigned char)*value))
		return bad(row, where, "must be a whole number", err);
	if (errno == ERANGE || number < row->min || number > row->max)
		return err_set(err, RC_INVALID, "bad_setting",
		    "%s: %s must be from %" PRId64 " to %" PRId64, where,
		    row->name, row->min, row->max);
	*(int64_t *)at = number;
	return RC_OK;
}

static enum rc
set_bool(const struct setting *row, const char *where, const char *value,
    void *at, struct err *err)
{
	static const char *const words[] = { "false", "true", "no", "yes",
		"off", "on", "0", "1" };

	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(value, words[i]) == 0) {
			*(bool *)at = i % 2 == 1;
			return RC_OK;
		}
	}
	return bad(row, where, "must be true or false", err);
}

static enum rc
set_word(const struct setting *row, const char *where, const char *value,
    void *at, struct err *err)
{
	char list[160] = "must be one of";
	size_t used = strlen(list);

	for (int i = 0; row->words[i] != NULL; i++) {
		if (strcmp(value, row->words[i]) == 0) {
			*(int *)at = i;
			return RC_OK;
		}
		if (used < sizeof(list))
			used += (size_t)snprintf(list + used,
			    sizeof(list) - used, " %s", row->words[i]);
	}
	return bad(row, where, list, err);
}

static enum rc (*const setters[SETTING_KIND_COUNT])(const struct setting *,
    const char *, const char *, void *, struct err *) = {
	[SETTING_TEXT] = set_text,
	[SETTING_INT] = set_int,
	[SETTING_BOOL] = set_bool,
	[SETTING_WORD] = set_word,
};

static enum rc
unknown(const struct setting_table *table, const char *where, const char *name,
    struct err *err)
{
	char folded[NAME_SIZE];
	struct nearest nearest;

	nearest_init(&nearest, fold_name(name, strlen(name), folded));
	for (size_t i = 0; i < table->count; i++)
		nearest_offer(&nearest, table->rows[i].name);
	if (nearest.best == NULL)
		return err_set(err, RC_INVALID, "unknown_setting",
		    "%s: no setting %s", where, folded);
	return err_set(err, RC_INVALID, "unknown_setting",
	    "%s: no setting %s, did you mean %s?", where, folded, nearest.best);
}

enum rc
setting_set(const struct setting_table *table, const char *where,
    const char *name, const char *value, void *out, struct err *err)
{
	const struct setting *row = setting_find(table, name);

	if (row == NULL)
		return unknown(table, where, name, err);
	return setters[row->kind](
	    row, where, value, (char *)out + row->offset, err);
}

void
setting_defaults(const struct setting_table *table, void *out)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct setting *row = &table->rows[i];
		struct err err;

		/* A default that its own row refuses is a bug of ours. */
		if (setters[row->kind](row, "default", row->fallback,
			(char *)out + row->offset, &err) != RC_OK)
			abort();
	}
}

/* ---- the file */

struct file_reading {
	const struct setting_table *table;
	const char *path;
	void *out;
	struct err *err;
	enum rc rc;    /* of the first line that failed */
	uint64_t seen; /* bit per row */
};

/* Twice is refused: an indented line continues the value above it, which
 * nobody wants here. */
static enum rc
refuse_twice(struct file_reading *reading, const char *name)
{
	const struct setting *row = setting_find(reading->table, name);
	uint64_t bit;

	if (row == NULL)
		return RC_OK;
	bit = UINT64_C(1) << (size_t)(row - reading->table->rows);
	if ((reading->seen & bit) != 0)
		return err_set(reading->err, RC_INVALID, "bad_setting",
		    "%s: %s is there twice, or the line below it is indented",
		    reading->path, row->name);
	reading->seen |= bit;
	return RC_OK;
}

static int
take_line(
    void *context, const char *section, const char *name, const char *value)
{
	struct file_reading *reading = context;

	(void)section; /* sections are for the reader's eye */
	if (reading->rc == RC_OK)
		reading->rc = refuse_twice(reading, name);
	if (reading->rc == RC_OK)
		reading->rc = setting_set(reading->table, reading->path, name,
		    value != NULL ? value : "", reading->out, reading->err);
	return reading->rc == RC_OK;
}

/* libinih takes the rest of a longer line for a line of its own. */
static enum rc
check_lines(const char *path, FILE *file, struct err *err)
{
	int length = 0, line = 1;

	for (int c = getc(file); c != EOF; c = getc(file)) {
		length = c == '\n' ? 0 : length + 1;
		line += c == '\n' ? 1 : 0;
		if (length > INI_MAX_LINE - 2)
			return err_set(err, RC_INVALID, "bad_settings_file",
			    "%s: line %d is longer than %d bytes", path, line,
			    INI_MAX_LINE - 2);
	}
	rewind(file);
	return RC_OK;
}

static void
close_cleanup(FILE **file)
{
	if (*file != NULL)
		(void)fclose(*file);
}

static enum rc
read_file(const struct setting_table *table, const char *path, void *out,
    struct err *err)
{
	struct file_reading reading = {
		.table = table, .path = path, .out = out, .err = err
	};
	SCOPED(close_cleanup) FILE *file = fopen(path, "re");
	int line;

	if (file == NULL)
		return err_set(err, RC_MISSING, "no_settings_file",
		    "cannot read %s: %s", path, strerror(errno));
	TRY(check_lines(path, file, err));
	line = ini_parse_file(file, take_line, &reading);
	TRY(reading.rc);
	if (line != 0)
		return err_set(err, RC_INVALID, "bad_settings_file",
		    "%s: line %d is not \"name = value\"", path, line);
	return RC_OK;
}

/* ---- the environment */

static bool
is_elsewhere(const struct setting_sources *sources, const char *name)
{
	char folded[NAME_SIZE];

	for (size_t i = 0; i < sources->neighbour_count; i++)
		if (setting_find(&sources->neighbours[i], name) != NULL)
			return true;
	for (size_t i = 0; sources->also != NULL && sources->also[i] != NULL;
	     i++)
		if (strcmp(fold_name(sources->also[i], strlen(sources->also[i]),
			       folded),
			name) == 0)
			return true;
	return false;
}

static enum rc
read_environment(const struct setting_table *table,
    const struct setting_sources *sources, void *out, struct err *err)
{
	static const char prefix[] = SETTING_ENVIRONMENT;
	static const char tests[] = "test_"; /* the test suites' own */
	const size_t skip = sizeof(prefix) - 1;

	for (char **at = sources->environment; *at != NULL; at++) {
		const char *name = *at + skip;
		const char *equals = strchr(*at, '=');
		char folded[NAME_SIZE];

		if (strncmp(*at, prefix, skip) != 0 || equals == NULL)
			continue;
		(void)fold_name(name, (size_t)(equals - name), folded);
		if (setting_find(table, folded) == NULL &&
		    (is_elsewhere(sources, folded) ||
			strncmp(folded, tests, sizeof(tests) - 1) == 0))
			continue;
		TRY(setting_set(
		    table, "environment", folded, equals + 1, out, err));
	}
	return RC_OK;
}

enum rc
setting_load(const struct setting_table *table,
    const struct setting_sources *sources, void *out, struct err *err)
{
	setting_defaults(table, out);
	if (sources->file != NULL)
		TRY(read_file(table, sources->file, out, err));
	if (sources->environment != NULL)
		TRY(read_environment(table, sources, out, err));
	return RC_OK;
}

/* ---- the command line */

/* One option at argv[at]; `*used` is how many words it took. */
static enum rc
take_flag(const struct setting_table *table, char *const *argv, int *used,
    void *out, struct err *err)
{
	const char *name = argv[0] + 2;
	const char *equals = strchr(name, '=');
	const struct setting *row;
	char folded[NAME_SIZE];

	*used = 1;
	(void)fold_name(name,
	    equals != NULL ? (size_t)(equals - name) : strlen(name), folded);
	if (equals != NULL)
		return setting_set(
		    table, "command line", folded, equals + 1, out, err);
	row = setting_find(table, folded);
	if (row != NULL && row->kind == SETTING_BOOL)
		return setting_set(
		    table, "command line", folded, "true", out, err);
	if (row != NULL && argv[1] == NULL)
		return bad(row, "command line", "needs a value", err);
	*used = 2;
	return setting_set(table, "command line", folded,
	    argv[1] != NULL ? argv[1] : "", out, err);
}

enum rc
setting_flags(const struct setting_table *table, int *argc, char **argv,
    void *out, struct err *err)
{
	int kept = 1, at = 1;

	while (at < *argc && strcmp(argv[at], "--") != 0) {
		int used = 1;

		if (strncmp(argv[at], "--", 2) == 0)
			TRY(take_flag(table, argv + at, &used, out, err));
		else
			argv[kept++] = argv[at];
		at += used;
	}
	for (at++; at < *argc; at++)
		argv[kept++] = argv[at];
	*argc = kept;
	argv[kept] = NULL;
	return RC_OK;
}

/* ---- the help */

void
setting_print(const struct setting_table *table, FILE *out)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct setting *row = &table->rows[i];
		char flag[NAME_SIZE];

		(void)snprintf(flag, sizeof(flag), "%s", row->name);
		for (char *c = flag; *c != '\0'; c++)
			if (*c == '_')
				*c = '-';
		(void)fprintf(out, "  --%-26s %s", flag, row->help);
		if (row->kind == SETTING_INT)
			(void)fprintf(out, ", %" PRId64 " to %" PRId64,
			    row->min, row->max);
		if (row->fallback[0] != '\0')
			(void)fprintf(out, " [%s]", row->fallback);
		(void)fputc('\n', out);
	}
}
