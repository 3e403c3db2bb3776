/*
 * Drafts of pasted text as JSON: see parse_json.h.
 */
#include "hub/wire/parse_json.h"

#include <string.h>

#include "hub/domain/text.h"
#include "hub/domain/vocabulary.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"
#include "hub/wire/json_writer.h"

enum { COUNTRY_LENGTH = 2 };

/* ---- in */

static enum rc
read_input(const struct json_node *node, void *out, struct err *err)
{
	struct parsing_input *input = out;
	const struct json_member members[] = {
		MEMBER_TEXT(
		    "text", JSON_REQUIRED, PARSING_TEXT_LIMIT, &input->text),
		MEMBER_TEXT(
		    "country", JSON_OPTIONAL, COUNTRY_LENGTH, &input->country),
	};

	TRY(json_read_members(node, members, COUNT(members), err));
	if (input->country != NULL &&
	    (strlen(input->country) != COUNTRY_LENGTH ||
		!text_only(input->country, TEXT_UPPER)))
		return err_at(err, RC_INVALID, "/country", "bad_form",
		    "a country has two capital letters (ISO 3166)");
	input->length = strlen(input->text);
	return RC_OK;
}

enum rc
parse_json_read(const char *body, size_t length, struct arena *arena,
    struct parsing_input *input, struct err *err)
{
	*input = (struct parsing_input){ .text = NULL };
	return json_read(body, length, arena, read_input, input, err);
}

/* ---- out */

static void
write_span(struct strbuf *out, const char *key, const struct parsed_span *span)
{
	json_write_object(out, key);
	json_write_int(out, "start", (int64_t)span->start);
	json_write_int(out, "end", (int64_t)span->end);
	json_write_object_end(out);
}

/* The rest of a fact behind its value. */
static void
end_fact(struct strbuf *out, int confidence, const struct parsed_span *span)
{
	json_write_int(out, "confidence", confidence);
	write_span(out, "span", span);
	json_write_object_end(out);
}

static void
write_text(struct strbuf *out, const char *key, const struct parsed_text *text)
{
	if (text->confidence == 0)
		return;
	json_write_object(out, key);
	json_write_text(out, "value", text->text);
	end_fact(out, text->confidence, &text->span);
}

static void
write_money(struct strbuf *out, const struct parsed_amount *amount)
{
	if (amount->confidence == 0)
		return;
	json_write_object(out, "money");
	json_write_money(out, "value", &amount->money);
	end_fact(out, amount->confidence, &amount->span);
}

static void
write_at(struct strbuf *out, const struct parsed_time *at)
{
	if (at->confidence == 0)
		return;
	json_write_object(out, "at");
	json_write_text(out, "value", at->text);
	if (at->has_instant)
		json_write_time(out, "instant", at->instant);
	end_fact(out, at->confidence, &at->span);
}

static void
write_to(struct strbuf *out, const struct parsed_address *to)
{
	if (to->confidence == 0)
		return;
	json_write_object(out, "to");
	json_write_identifier(out, "value", &to->identifier);
	end_fact(out, to->confidence, &to->span);
}

static void
write_reference(struct strbuf *out, const struct parsed_reference *reference)
{
	if (reference->confidence == 0)
		return;
	json_write_object(out, "reference");
	json_write_object(out, "value");
	json_write_word(
	    out, "type", &parsed_reference_words, (int)reference->type);
	json_write_text(out, "value", reference->value);
	json_write_object_end(out);
	end_fact(out, reference->confidence, &reference->span);
}

static void
write_channel(struct strbuf *out, const struct parsed_channel *channel)
{
	if (channel->confidence == 0)
		return;
	json_write_object(out, "channel");
	json_write_word(out, "value", &channel_words, channel->channel);
	end_fact(out, channel->confidence, &channel->span);
}

static void
write_draft(struct strbuf *out, const struct parsed_draft *draft)
{
	json_write_object(out, NULL);
	json_write_word(out, "kind", &parsed_kind_words, (int)draft->kind);
	write_money(out, &draft->amount);
	write_at(out, &draft->at);
	write_reference(out, &draft->reference);
	write_channel(out, &draft->channel);
	write_text(out, "account", &draft->account);
	write_text(out, "counterparty", &draft->counterparty);
	write_to(out, &draft->to);
	end_fact(out, draft->confidence, &draft->span);
}

void
parse_json_write(struct strbuf *out, const struct parsed *parsed)
{
	json_write_object(out, NULL);
	json_write_text(out, "country",
	    parsed->country[0] == '\0' ? NULL : parsed->country);
	json_write_array(out, "drafts");
	for (size_t i = 0; i < parsed->draft_count; i++)
		write_draft(out, &parsed->drafts[i]);
	json_write_array_end(out);
	json_write_array(out, "set_aside");
	for (size_t i = 0; i < parsed->aside_count; i++) {
		json_write_object(out, NULL);
		json_write_word(out, "kind", &parsed_kind_words,
		    (int)parsed->asides[i].kind);
		write_span(out, "span", &parsed->asides[i].span);
		json_write_object_end(out);
	}
	json_write_array_end(out);
	json_write_array(out, "masked");
	for (size_t i = 0; i < parsed->card_count; i++)
		write_span(out, NULL, &parsed->cards[i]);
	json_write_array_end(out);
	json_write_bool(out, "is_cut", parsed->is_cut);
	json_write_object_end(out);
}
