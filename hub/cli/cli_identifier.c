/*
 * Identifiers checked from the command line: see cli_identifier.h.  A value
 * that is refused is never printed.
 */
#include "hub/cli/cli_identifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/domain/identifier.h"

enum {
	EXIT_ALL_GOOD = 0,
	EXIT_SOME_BAD = 1,
	EXIT_USAGE = 2,
};

static int
usage(void)
{
	fputs("usage: freezeline identifier TYPE < values\ntypes:", stderr);
	for (int type = 0; type < IDENTIFIER_TYPE_COUNT; type++)
		fprintf(stderr, " %s",
		    identifier_type_name((enum identifier_type)type));
	fputs("\n", stderr);
	return EXIT_USAGE;
}

static bool
has_second_member(enum identifier_type type)
{
	size_t count;

	(void)identifier_members(type, &count);
	return count > 1 && type != IDENTIFIER_CARD;
}

static enum rc
copy(const char *text, char *out, size_t size, struct err *err)
{
	size_t length = strlen(text);

	if (length >= size)
		return err_set(err, RC_INVALID, "too_long",
		    "at most %zu bytes stand here", size - 1);
	memcpy(out, text, length + 1);
	return RC_OK;
}

/* "VALUE" or "VALUE MEMBER"; the value may have spaces in it. */
static enum rc
line_check(char *line, struct identifier *identifier, struct err *err)
{
	char *gap = has_second_member(identifier->type) ? strrchr(line, ' ')
							: NULL;

	identifier->qualifier[0] = '\0';
	if (gap != NULL) {
		*gap = '\0';
		TRY(copy(gap + 1, identifier->qualifier,
		    sizeof(identifier->qualifier), err));
	}
	TRY(copy(line, identifier->value, sizeof(identifier->value), err));
	return identifier_check(identifier, err);
}

static void
good_print(const struct identifier *identifier)
{
	char mask[IDENTIFIER_MASK_SIZE];

	printf("ok %s%s%s %s\n", identifier->value,
	    identifier->qualifier[0] == '\0' ? "" : " ", identifier->qualifier,
	    identifier_mask(identifier, mask));
}

static void
free_line(char **line)
{
	free(*line);
}

int
cli_identifier(int argc, char **argv)
{
	SCOPED(free_line) char *line = NULL;
	struct identifier identifier;
	int status = EXIT_ALL_GOOD;
	size_t capacity = 0;
	struct err err;

	if (argc != 2 || !identifier_type_parse(argv[1], &identifier.type))
		return usage();
	while (getline(&line, &capacity, stdin) >= 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line_check(line, &identifier, &err) == RC_OK) {
			good_print(&identifier);
			continue;
		}
		printf("bad %s %s\n", err.code, err.text);
		status = EXIT_SOME_BAD;
	}
	return status;
}
