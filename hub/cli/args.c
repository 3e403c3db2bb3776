/*
 * Words by rows: see args.h.
 */
#include "hub/cli/args.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hub/config/nearest.h"

/* The n-th option of a row: its own first, then the client's. */
static const struct command_option *
option_at(const struct command_row *row, size_t n)
{
	const struct command_option *common;
	size_t count;

	if (n < row->option_count)
		return &row->options[n];
	common = command_client_options(&count);
	n -= row->option_count;
	return row->calls_hub && n < count ? &common[n] : NULL;
}

/* The place of a name (`length` bytes), or ARGS_OPTION_LIMIT. */
static size_t
place_of(const struct command_row *row, const char *name, size_t length)
{
	const struct command_option *option;

	for (size_t i = 0; (option = option_at(row, i)) != NULL; i++)
		if (strlen(option->name) == length &&
		    strncmp(option->name, name, length) == 0)
			return i;
	return ARGS_OPTION_LIMIT;
}

static int
words_of(const struct command_option *option)
{
	int words = option->value == NULL ? 0 : 1;

	for (const char *c = option->value; c != NULL && *c != '\0'; c++)
		words += *c == ' ' ? 1 : 0;
	return words;
}

static enum rc
unknown_option(const struct command_row *row, const char *word, struct err *err)
{
	const struct command_option *option;
	struct nearest nearest;

	nearest_init(&nearest, word + 2);
	for (size_t i = 0; (option = option_at(row, i)) != NULL; i++)
		nearest_offer(&nearest, option->name);
	if (nearest.best == NULL)
		return err_set(err, RC_INVALID, "wrong_usage",
		    "%s has no option %s", row->name, word);
	return err_set(err, RC_INVALID, "wrong_usage",
	    "%s has no option %s, did you mean --%s?", row->name, word,
	    nearest.best);
}

/* Take the option at words[0]; `*used` is the number of words it took. */
static enum rc
take_option(struct args *args, int count, char *const *words, int *used,
    struct err *err)
{
	const char *name = words[0] + 2;
	size_t length = strcspn(name, "=");
	size_t place = place_of(args->row, name, length);
	const struct command_option *option;
	int needed;

	if (place == ARGS_OPTION_LIMIT)
		return unknown_option(args->row, words[0], err);
	if (args->values[place] != NULL)
		return err_set(err, RC_INVALID, "wrong_usage",
		    "%.*s is there twice", (int)length + 2, words[0]);
	option = option_at(args->row, place);
	needed = words_of(option);
	*used = 1;
	if (name[length] == '=' && needed == 1) {
		args->joined[place] = words[0] + 2 + length + 1;
		args->values[place] = &args->joined[place];
		return RC_OK;
	}
	if (name[length] == '=' || needed >= count)
		return err_set(err, RC_INVALID, "wrong_usage", "--%s takes %s",
		    option->name, needed == 0 ? "no value" : option->value);
	args->values[place] = words + (needed == 0 ? 0 : 1);
	*used = needed + 1;
	return RC_OK;
}

static enum rc
take_operand(struct args *args, const char *word, struct err *err)
{
	if (args->operand_count == args->row->most ||
	    args->operand_count == ARGS_OPERAND_LIMIT)
		return err_set(err, RC_INVALID, "wrong_usage",
		    "%s takes no operand %s", args->row->name, word);
	args->operands[args->operand_count++] = word;
	return RC_OK;
}

enum rc
args_parse(const struct command_row *row, int count, char *const *words,
    struct args *args, struct err *err)
{
	bool only_operands = false;
	int used;

	memset(args, 0, sizeof(*args));
	args->row = row;
	for (int i = 0; i < count; i += used) {
		used = 1;
		if (only_operands || strncmp(words[i], "-", 1) != 0 ||
		    strcmp(words[i], "-") == 0) {
			TRY(take_operand(args, words[i], err));
		} else if (strcmp(words[i], "--") == 0) {
			only_operands = true;
		} else if (strcmp(words[i], "--help") == 0 ||
		    strcmp(words[i], "-h") == 0) {
			args->wants_help = true;
			return RC_OK;
		} else if (strncmp(words[i], "--", 2) != 0) {
			return err_set(err, RC_INVALID, "wrong_usage",
			    "%s has no option %s", row->name, words[i]);
		} else {
			TRY(take_option(
			    args, count - i, words + i, &used, err));
		}
	}
	if (args->operand_count < row->least)
		return err_set(err, RC_INVALID, "wrong_usage", "%s needs %s",
		    row->name, row->operands);
	return RC_OK;
}

char *const *
args_words(const struct args *args, const char *name)
{
	size_t place = place_of(args->row, name, strlen(name));

	if (place == ARGS_OPTION_LIMIT)
		abort();
	return args->values[place];
}

const char *
args_value(const struct args *args, const char *name)
{
	char *const *words = args_words(args, name);

	return words != NULL ? words[0] : NULL;
}

bool
args_has(const struct args *args, const char *name)
{
	return args_words(args, name) != NULL;
}

const char *
args_operand(const struct args *args, int n)
{
	return n < args->operand_count ? args->operands[n] : NULL;
}

enum rc
args_int(const struct args *args, const char *name, long low, long high,
    long fallback, long *number, struct err *err)
{
	const char *text = args_value(args, name);
	char *end;

	*number = fallback;
	if (text == NULL)
		return RC_OK;
	errno = 0;
	*number = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || *number < low ||
	    *number > high)
		return err_set(err, RC_INVALID, "wrong_usage",
		    "--%s must be a number from %ld to %ld", name, low, high);
	return RC_OK;
}
