/*
 * libFuzzer on the parser: any bytes, no crash, bounded time, and what comes
 * out keeps its promises.  The first byte chooses a country.  `make
 * fuzz-parse`.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/arena.h"
#include "hub/domain/card_scan.h"
#include "hub/parsing/parsing.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
hold(bool is_so)
{
	if (!is_so)
		abort();
}

static void
hold_fact(int confidence, const struct parsed_span *span, size_t length)
{
	hold(confidence >= 0 && confidence <= 100);
	hold(confidence == 0 ||
	    (span->start < span->end && span->end <= length));
}

static void
hold_text(const char *text, size_t size)
{
	struct card_span card;

	hold(memchr(text, '\0', size) != NULL);
	hold(!card_scan(text, strlen(text), &card));
}

static void
hold_draft(const struct parsed_draft *draft, size_t length)
{
	hold(draft->kind <= PARSED_UNCLEAR);
	hold_fact(draft->confidence, &draft->span, length);
	hold_fact(draft->amount.confidence, &draft->amount.span, length);
	hold(draft->amount.confidence > 0 && draft->amount.money.minor > 0);
	hold_fact(draft->at.confidence, &draft->at.span, length);
	hold_text(draft->at.text, sizeof(draft->at.text));
	hold_fact(draft->account.confidence, &draft->account.span, length);
	hold_text(draft->account.text, sizeof(draft->account.text));
	hold_fact(
	    draft->counterparty.confidence, &draft->counterparty.span, length);
	hold(draft->counterparty.confidence < PARSING_SURE);
	hold_text(draft->counterparty.text, sizeof(draft->counterparty.text));
	hold_fact(draft->to.confidence, &draft->to.span, length);
	hold_fact(draft->reference.confidence, &draft->reference.span, length);
	hold_text(draft->reference.value, sizeof(draft->reference.value));
	hold_fact(draft->channel.confidence, &draft->channel.span, length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const countries[] = { NULL, "IN", "KZ", "RU", "GB",
		"", "ZZ" };
	struct parsing_input input = { "", 0, NULL };
	struct arena *arena = arena_new(PARSING_ARENA_LIMIT);
	struct parsed *parsed = malloc(sizeof(*parsed));
	struct err err;
	enum rc rc;

	hold(parsed != NULL);
	if (size > 0) {
		input.text = (const char *)bytes + 1;
		input.length = size - 1;
		input.country = countries[bytes[0] % COUNT(countries)];
	}
	rc = parsing_parse(&input, arena, parsed, &err);
	hold(rc == (input.length > PARSING_TEXT_LIMIT ? RC_TOO_LARGE : RC_OK));
	for (size_t i = 0; i < parsed->draft_count; i++)
		hold_draft(&parsed->drafts[i], input.length);
	for (size_t i = 0; i < parsed->aside_count; i++)
		hold_fact(100, &parsed->asides[i].span, input.length);
	for (size_t i = 0; i < parsed->card_count; i++)
		hold_fact(100, &parsed->cards[i], input.length);
	free(parsed);
	arena_free(arena);
	return 0;
}
