/*
 * The order of the work: mask, fold, find, cut, judge, draft.  See parsing.h.
 */
#include "hub/parsing/parsing.h"

#include <string.h>

#include "hub/domain/card_scan.h"
#include "hub/parsing/message.h"

static const char *const kinds[] = {
	[PARSED_DEBIT] = "debit",
	[PARSED_CREDIT] = "credit",
	[PARSED_REFUND] = "refund",
	[PARSED_UNCLEAR] = "unclear",
	[PARSED_FAILED] = "failed",
	[PARSED_REQUEST] = "request",
	[PARSED_BALANCE] = "balance",
	[PARSED_ONE_TIME_PASSWORD] = "one_time_password",
	[PARSED_PROMOTION] = "promotion",
};

static const char *const references[] = {
	[PARSED_RRN] = "rrn",
	[PARSED_UTR] = "utr",
	[PARSED_UETR] = "uetr",
	[PARSED_ARN] = "arn",
	[PARSED_PIX_E2E] = "pix_e2e",
	[PARSED_OTHER] = "other",
};

const struct words parsed_kind_words = { "kind", kinds, PARSED_KIND_COUNT };
const struct words parsed_reference_words = { "reference type", references,
	PARSED_REFERENCE_TYPE_COUNT };

static enum rc
no_room(struct err *err)
{
	return err_set(err, RC_TOO_LARGE, "request_too_large",
	    "the request does not fit into its memory");
}

/* The code points of a span of bytes. */
static struct parsed_span
points_of(const struct fold *fold, size_t start, size_t end)
{
	struct parsed_span span = { 0, 0 };

	while (
	    span.start < fold->count && fold->points[span.start].byte < start)
		span.start++;
	span.end = span.start;
	while (span.end < fold->count && fold->points[span.end].byte < end)
		span.end++;
	return span;
}

static void
note_cards(const struct fold *fold, struct parsed *parsed)
{
	struct card_span card;
	size_t from = 0;

	while (card_scan(fold->text + from, fold->length - from, &card)) {
		size_t start = from + card.start;

		from = start + card.length;
		if (parsed->card_count == PARSING_CARD_LIMIT) {
			parsed->is_cut = true;
			return;
		}
		parsed->cards[parsed->card_count++] = points_of(
		    fold, start, from);
	}
}

/* A masked digit is one code point still, so spans stay true. */
static enum rc
mask_and_fold(const struct parsing_input *input, struct arena *arena,
    struct fold *fold, struct parsed *parsed, struct err *err)
{
	size_t length = input->length;
	char *text = arena_strndup(arena, input->text, length);

	if (text == NULL || !fold_text(text, length, arena, fold))
		return no_room(err);
	note_cards(fold, parsed);
	if (card_scan_mask(text, &length) > 0 &&
	    !fold_text(text, length, arena, fold))
		return no_room(err);
	return RC_OK;
}

static void
find_all(struct scan *scan)
{
	addresses_find(scan);
	references_find(scan);
	dates_find(scan);
	accounts_find(scan);
	amounts_find(scan);
	scan_sort(scan);
	message_mark(scan);
}

static void
take_message(const struct scan *scan, const struct message *message,
    struct parsed *parsed)
{
	struct verdict verdict = verdict_of(scan, message);

	if (verdict.kind == PARSED_KIND_COUNT)
		return;
	if (verdict.kind <= PARSED_UNCLEAR) {
		if (parsed->draft_count == PARSING_DRAFT_LIMIT)
			parsed->is_cut = true;
		else
			draft_fill(scan, message, &verdict,
			    &parsed->drafts[parsed->draft_count++]);
		return;
	}
	if (parsed->aside_count == PARSING_ASIDE_LIMIT) {
		parsed->is_cut = true;
		return;
	}
	parsed->asides[parsed->aside_count++] = (struct parsed_aside){
		verdict.kind, { message->start, message->end }
	};
}

enum rc
parsing_parse(const struct parsing_input *input, struct arena *arena,
    struct parsed *parsed, struct err *err)
{
	struct message messages[MESSAGE_LIMIT + 1];
	struct scan scan = { .grammar = NULL };
	size_t count;

	memset(parsed, 0, sizeof(*parsed));
	parsed->country = "";
	if (input->length > PARSING_TEXT_LIMIT)
		return err_at(err, RC_TOO_LARGE, "/text", "text_too_long",
		    "at most %d bytes are parsed at once", PARSING_TEXT_LIMIT);
	TRY(mask_and_fold(input, arena, &scan.fold, parsed, err));
	if (!scan_init(&scan, arena) ||
	    !cues_find(&scan, input->country, arena))
		return no_room(err);
	find_all(&scan);
	parsed->country = scan.grammar->country;
	count = message_cut(&scan, messages, COUNT(messages));
	for (size_t i = 0; i < count; i++)
		take_message(&scan, &messages[i], parsed);
	parsed->is_cut = parsed->is_cut || scan.is_cut;
	return RC_OK;
}
