/*
 * The parser against test/corpus/sms: see its README for the split.  Prints
 * what is wrong with each message of the making set, for the held-out ones
 * counts only, and `parse: N passed, N failed`.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/base/arena.h"
#include "hub/crypto/digest.h"
#include "hub/domain/vocabulary.h"
#include "hub/parsing/parsing.h"

enum {
	MESSAGE_LIMIT = 1000,
	MESSAGES_LEAST = 150,
	LINE_SIZE = 32 * 1024,
	FACT_SIZE = 256,
	AMOUNT_PERCENT = 99,
	REFERENCE_PERCENT = 97,
};

enum fact {
	FACT_KIND,
	FACT_AMOUNT,
	FACT_REFERENCE,
	FACT_AT,
	FACT_ACCOUNT,
	FACT_TO,
	FACT_COUNTERPARTY,
	FACT_CHANNEL,
	FACT_COUNT
};

static const char *const fact_names[FACT_COUNT] = { "kind", "amount",
	"reference", "at", "account", "to", "counterparty", "channel" };

struct message {
	json_t *row;
	uint8_t hash[32];
};

/* `there`: the message has the fact, or the parser says so. */
struct tally {
	int there, right, sure, sure_wrong;
};

struct set {
	const char *name;
	bool is_shown;
	struct tally facts[FACT_COUNT];
};

/* What the parser said, as texts; "" where it said nothing. */
struct answer {
	char text[FACT_COUNT][FACT_SIZE];
	int confidence[FACT_COUNT];
};

static struct message messages[MESSAGE_LIMIT];
static size_t message_count;
static int passed, failed;

static void
verdict(bool is_good, const char *what)
{
	printf("%s %s\n", is_good ? "ok  " : "FAIL", what);
	if (is_good)
		passed++;
	else
		failed++;
}

/* ---- reading */

static const char *
text_of(const struct message *message)
{
	return json_string_value(json_object_get(message->row, "text"));
}

static void
read_file(const char *path)
{
	static char line[LINE_SIZE];
	FILE *file = fopen(path, "r");

	if (file == NULL) {
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		struct message *message = &messages[message_count];
		const char *text;
		json_error_t error;

		message->row = json_loads(line, 0, &error);
		text = message->row == NULL ? NULL : text_of(message);
		if (text == NULL || ++message_count == MESSAGE_LIMIT) {
			fprintf(stderr, "%s: bad line: %s\n", path, line);
			exit(2);
		}
		digest_sha256(text, strlen(text), message->hash);
	}
	fclose(file);
}

static int
by_hash(const void *a, const void *b)
{
	const struct message *left = a, *right = b;

	return memcmp(left->hash, right->hash, sizeof(left->hash));
}

static bool
has_twins(void)
{
	for (size_t i = 1; i < message_count; i++)
		if (by_hash(&messages[i - 1], &messages[i]) == 0)
			return true;
	return false;
}

/* ---- what was expected, what was said */

static const char *
fact_of(const struct message *message, const char *name)
{
	const char *text = json_string_value(
	    json_object_get(json_object_get(message->row, "facts"), name));

	return text == NULL ? "" : text;
}

static void
expect(const struct message *message, struct answer *expected)
{
	for (int i = 0; i < FACT_COUNT; i++)
		(void)snprintf(expected->text[i], FACT_SIZE, "%s",
		    fact_of(message, fact_names[i]));
	if (expected->text[FACT_AMOUNT][0] != '\0')
		(void)snprintf(expected->text[FACT_AMOUNT], FACT_SIZE, "%s %s",
		    fact_of(message, "amount"), fact_of(message, "currency"));
}

static void
say(struct answer *answer, enum fact fact, int confidence, const char *text)
{
	if (confidence == 0)
		return;
	answer->confidence[fact] = confidence;
	(void)snprintf(answer->text[fact], FACT_SIZE, "%s", text);
}

static void
say_pair(struct answer *answer, enum fact fact, int confidence,
    const char *first, char between, const char *second)
{
	char text[FACT_SIZE * 3];

	(void)snprintf(text, sizeof(text), "%s%c%s", first, between, second);
	say(answer, fact, confidence, text);
}

static void
say_draft(struct answer *answer, const struct parsed_draft *draft)
{
	char amount[MONEY_TEXT_SIZE];

	say(answer, FACT_KIND, draft->confidence,
	    words_name(&parsed_kind_words, (int)draft->kind));
	say_pair(answer, FACT_AMOUNT, draft->amount.confidence,
	    money_format(&draft->amount.money, amount), ' ',
	    draft->amount.money.currency);
	say_pair(answer, FACT_REFERENCE, draft->reference.confidence,
	    words_name(&parsed_reference_words, (int)draft->reference.type),
	    ':', draft->reference.value);
	say(answer, FACT_AT, draft->at.confidence, draft->at.text);
	say(answer, FACT_ACCOUNT, draft->account.confidence,
	    draft->account.text);
	if (draft->to.confidence > 0)
		say_pair(answer, FACT_TO, draft->to.confidence,
		    identifier_type_name(draft->to.identifier.type), ':',
		    draft->to.identifier.value);
	say(answer, FACT_COUNTERPARTY, draft->counterparty.confidence,
	    draft->counterparty.text);
	say(answer, FACT_CHANNEL, draft->channel.confidence,
	    words_name(&channel_words, draft->channel.channel));
}

static bool
is_span(const struct parsed_span *span, size_t length)
{
	return span->start < span->end && span->end <= length;
}

/* Several drafts, or one beside something set aside, are a kind of their own:
 * every message of the corpus is one. */
static void
answer_of(const char *text, struct answer *answer)
{
	SCOPED(arena_cleanup)
	struct arena *arena = arena_new(PARSING_ARENA_LIMIT);
	const struct parsing_input input = { text, strlen(text), NULL };
	static struct parsed parsed;
	struct err err;

	if (parsing_parse(&input, arena, &parsed, &err) != RC_OK) {
		say(answer, FACT_KIND, 100, err.code);
		return;
	}
	if (parsed.draft_count + parsed.aside_count > 1)
		say(answer, FACT_KIND, 100, "several");
	else if (parsed.draft_count == 1)
		say_draft(answer, &parsed.drafts[0]);
	else if (parsed.aside_count == 1)
		say(answer, FACT_KIND, PARSING_SURE - 1,
		    words_name(&parsed_kind_words, (int)parsed.asides[0].kind));
	else
		say(answer, FACT_KIND, 1, "none");
	if (parsed.draft_count == 1 &&
	    !is_span(&parsed.drafts[0].amount.span, strlen(text)))
		say(answer, FACT_AMOUNT, 100, "no span");
}

/* ---- counting */

static void
count_fact(struct set *set, enum fact fact, const struct answer *expected,
    const struct answer *answer, const char *text)
{
	struct tally *tally = &set->facts[fact];
	const char *want = expected->text[fact], *got = answer->text[fact];
	bool is_right = strcmp(want, got) == 0;

	if (want[0] == '\0' && got[0] == '\0')
		return;
	tally->there++;
	tally->right += is_right;
	tally->sure += answer->confidence[fact] >= PARSING_SURE;
	tally->sure_wrong += !is_right &&
	    answer->confidence[fact] >= PARSING_SURE;
	if (!is_right && set->is_shown)
		printf("%s: wanted '%s', got '%s' (%d)\n  %s\n",
		    fact_names[fact], want, got, answer->confidence[fact],
		    text);
}

static void
count_message(struct set *set, const struct message *message)
{
	struct answer expected = { .confidence = { 0 } };
	struct answer answer = { .confidence = { 0 } };

	expect(message, &expected);
	answer_of(text_of(message), &answer);
	for (int i = 0; i < FACT_COUNT; i++)
		count_fact(
		    set, (enum fact)i, &expected, &answer, text_of(message));
}

static double
percent(const struct tally *tally)
{
	return tally->there == 0 ? 100.0 : 100.0 * tally->right / tally->there;
}

static void
print_set(const struct set *set)
{
	printf("%s\n  fact          there  right       sure  sure and wrong\n",
	    set->name);
	for (int i = 0; i < FACT_COUNT; i++)
		printf("  %-13s %5d  %5d %5.1f%%  %4d  %d\n", fact_names[i],
		    set->facts[i].there, set->facts[i].right,
		    percent(&set->facts[i]), set->facts[i].sure,
		    set->facts[i].sure_wrong);
}

static void
judge_set(const struct set *set)
{
	char what[128];
	int sure_wrong = 0;

	for (int i = 0; i < FACT_COUNT; i++)
		sure_wrong += set->facts[i].sure_wrong;
	(void)snprintf(what, sizeof(what), "%s: kinds", set->name);
	verdict(percent(&set->facts[FACT_KIND]) >= REFERENCE_PERCENT, what);
	(void)snprintf(what, sizeof(what), "%s: amounts", set->name);
	verdict(percent(&set->facts[FACT_AMOUNT]) >= AMOUNT_PERCENT, what);
	(void)snprintf(what, sizeof(what), "%s: references", set->name);
	verdict(
	    percent(&set->facts[FACT_REFERENCE]) >= REFERENCE_PERCENT, what);
	(void)snprintf(
	    what, sizeof(what), "%s: nothing is wrong for sure", set->name);
	verdict(sure_wrong == 0, what);
}

int
main(int argc, char **argv)
{
	struct set making = { .name = "making", .is_shown = true };
	struct set held_out = { .name = "held out" };
	size_t making_count;

	for (int i = 1; i < argc; i++)
		read_file(argv[i]);
	qsort(messages, message_count, sizeof(messages[0]), by_hash);
	making_count = message_count * 2 / 3;
	for (size_t i = 0; i < message_count; i++)
		count_message(
		    i < making_count ? &making : &held_out, &messages[i]);
	print_set(&making);
	print_set(&held_out);
	verdict(message_count >= MESSAGES_LEAST && !has_twins(),
	    "the corpus has its messages, each once");
	judge_set(&making);
	judge_set(&held_out);
	for (size_t i = 0; i < message_count; i++)
		json_decref(messages[i].row);
	printf("parse: %d passed, %d failed\n", passed, failed);
	return failed == 0 ? 0 : 1;
}
