/*
 * Pasted messages from standard input: see cli_parse.h.  Whole card numbers
 * are never printed.
 */
#include "hub/cli/cli_parse.h"

#include <stdio.h>
#include <stdlib.h>

#include "hub/cli/args.h"
#include "hub/cli/exit_code.h"
#include "hub/cli/hub_call.h"
#include "hub/cli/input_file.h"
#include "hub/cli/text_table.h"
#include "hub/domain/vocabulary.h"
#include "hub/parsing/parsing.h"
#include "hub/wire/parse_json.h"

enum { NUMBER_SIZE = 32 };

static const char *const titles[] = { "draft", "fact", "value", ">sure", NULL };

/* One row; nothing where the fact is not there. */
static void
add_row(struct text_table *table, const char *draft, const char *fact,
    int confidence, const char *value)
{
	char sure[NUMBER_SIZE];

	if (confidence == 0)
		return;
	(void)snprintf(sure, sizeof(sure), "%d", confidence);
	text_table_cell(table, draft);
	text_table_cell(table, fact);
	text_table_cell(table, value);
	text_table_cell_coloured(table, sure,
	    confidence >= PARSING_SURE ? COLOUR_GOOD : COLOUR_WAIT);
}

static void
add_pair(struct text_table *table, const char *draft, const char *fact,
    int confidence, const char *first, const char *second)
{
	char value[IDENTIFIER_VALUE_SIZE * 2];

	(void)snprintf(value, sizeof(value), "%s %s", first, second);
	add_row(table, draft, fact, confidence, value);
}

static void
add_draft(struct text_table *table, const char *number,
    const struct parsed_draft *draft)
{
	char amount[MONEY_TEXT_SIZE];

	add_row(table, number, "kind", draft->confidence,
	    words_name(&parsed_kind_words, (int)draft->kind));
	add_pair(table, number, "money", draft->amount.confidence,
	    money_format(&draft->amount.money, amount),
	    draft->amount.money.currency);
	add_row(table, number, "at", draft->at.confidence, draft->at.text);
	add_pair(table, number, "reference", draft->reference.confidence,
	    words_name(&parsed_reference_words, (int)draft->reference.type),
	    draft->reference.value);
	add_row(table, number, "channel", draft->channel.confidence,
	    words_name(&channel_words, draft->channel.channel));
	add_row(table, number, "account", draft->account.confidence,
	    draft->account.text);
	add_row(table, number, "counterparty", draft->counterparty.confidence,
	    draft->counterparty.text);
	add_pair(table, number, "to", draft->to.confidence,
	    identifier_type_name(draft->to.identifier.type),
	    draft->to.identifier.value);
}

static void
print_table(const struct parsed *parsed)
{
	struct text_table table;

	text_table_init(&table, titles);
	for (size_t i = 0; i < parsed->draft_count; i++) {
		char number[NUMBER_SIZE];

		(void)snprintf(number, sizeof(number), "%zu", i + 1);
		add_draft(&table, number, &parsed->drafts[i]);
	}
	if (parsed->draft_count > 0)
		text_table_print(&table, stdout);
	else
		(void)puts("no payment found");
	text_table_clear(&table);
	for (size_t i = 0; i < parsed->aside_count; i++)
		(void)printf("set aside: %s\n",
		    words_name(
			&parsed_kind_words, (int)parsed->asides[i].kind));
	if (parsed->card_count > 0)
		(void)printf("masked card numbers: %zu\n", parsed->card_count);
	if (parsed->is_cut)
		(void)puts("there was more than one call reads");
}

static void
print_json(const struct parsed *parsed)
{
	SCOPED(strbuf_clear) struct strbuf out = { .bytes = NULL };

	strbuf_init(&out, PARSE_JSON_LIMIT);
	parse_json_write(&out, parsed);
	(void)puts(out.bytes);
}

static void
free_parsed(struct parsed **parsed)
{
	free(*parsed);
}

int
cli_parse(const struct args *args)
{
	SCOPED(strbuf_clear) struct strbuf text = { .bytes = NULL };
	SCOPED(arena_cleanup)
	struct arena *arena = arena_new(PARSING_ARENA_LIMIT);
	SCOPED(free_parsed) struct parsed *parsed = calloc(1, sizeof(*parsed));
	struct parsing_input input = { .country = args_value(args, "country") };
	struct err err = { .rc = RC_OK };

	strbuf_init(&text, PARSING_TEXT_LIMIT);
	if (parsed == NULL || input_file_read("-", &text, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	input.text = text.bytes;
	input.length = text.length;
	if (parsing_parse(&input, arena, parsed, &err) != RC_OK)
		return hub_call_complain(EXIT_CODE_FAILED, &err);
	if (args_has(args, "json"))
		print_json(parsed);
	else
		print_table(parsed);
	return EXIT_CODE_OK;
}
