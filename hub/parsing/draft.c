/*
 * The facts of a message that moved money: see message.h.
 */
#include <stdio.h>
#include <string.h>

#include "hub/base/clock.h"
#include "hub/domain/vocabulary.h"
#include "hub/parsing/gregorian.h"
#include "hub/parsing/message.h"

enum {
	TIME_BEHIND = 25, /* between a date and its time */
	TIME_BEFORE = 12,
	ACCOUNT_REACH = 48,
	ACCOUNT_NEAR = 3,
	ADDRESS_REACH = 14,
	PHONE_REACH = 3,
	CONFIDENCE_UNSURE = 85, /* at most, where there is a second candidate */
	CONFIDENCE_CHANNEL = 92,
	MINUTES_A_DAY = 24 * 60,
};

static struct parsed_span
span_of(const struct piece *piece)
{
	return (struct parsed_span){ piece->start, piece->end };
}

static int
at_most(int confidence, int most)
{
	return confidence < most ? confidence : most;
}

/* ---- amount */

static void
fill_amount(const struct scan *scan, const struct message *message,
    const struct verdict *verdict, struct parsed_amount *amount)
{
	const struct piece *piece;
	size_t index = 0;

	amount->money = verdict->amount->amount.money;
	amount->span = span_of(verdict->amount);
	amount->confidence = verdict->amount->confidence;
	while ((piece = message_piece(scan, message, PIECE_AMOUNT, &index)))
		if (piece->amount.money.minor != amount->money.minor &&
		    !piece->amount.is_side)
			amount->confidence = at_most(
			    amount->confidence, CONFIDENCE_UNSURE);
}

/* ---- when */

/* The hour that summer adds in Britain: from the last Sunday of March to the
 * last of October, at 01:00 UTC; to the day is enough here, and a message of
 * that night has no instant. */
static bool
is_summer(int64_t day, int year, bool *is_unsure)
{
	int64_t begin = gregorian_days(year, 3, 31);
	int64_t end = gregorian_days(year, 10, 31);

	begin -= gregorian_weekday(begin);
	end -= gregorian_weekday(end);
	*is_unsure = day == begin || day == end;
	return day >= begin && day < end;
}

static void
set_instant(const struct scan *scan, const struct piece *date,
    const struct piece *time, struct parsed_time *at)
{
	const struct grammar *grammar = scan->grammar;
	int64_t day, minutes;
	bool is_unsure = false;

	if (!grammar->has_offset || date->date.year == 0)
		return;
	day = gregorian_days(date->date.year, date->date.month, date->date.day);
	minutes = day * MINUTES_A_DAY + time->time.hour * 60 +
	    time->time.minute - grammar->offset_minutes;
	if (grammar->has_european_summer &&
	    is_summer(day, date->date.year, &is_unsure))
		minutes -= 60;
	at->has_instant = !is_unsure;
	at->instant = minutes * 60 * CLOCK_SECOND;
	if (time->time.second > 0)
		at->instant += time->time.second * CLOCK_SECOND;
}

static void
write_time(const struct piece *date, const struct piece *time, char *text)
{
	char day[PARSING_TIME_SIZE] = "", hour[PARSING_TIME_SIZE] = "";

	if (date != NULL && date->date.year != 0)
		(void)snprintf(day, sizeof(day), "%04d-%02d-%02d",
		    date->date.year % 10000, date->date.month % 100,
		    date->date.day % 100);
	else if (date != NULL)
		(void)snprintf(day, sizeof(day), "--%02d-%02d",
		    date->date.month % 100, date->date.day % 100);
	if (time != NULL && time->time.second >= 0)
		(void)snprintf(hour, sizeof(hour), "T%02d:%02d:%02d",
		    time->time.hour % 100, time->time.minute % 100,
		    time->time.second % 100);
	else if (time != NULL)
		(void)snprintf(hour, sizeof(hour), "T%02d:%02d",
		    time->time.hour % 100, time->time.minute % 100);
	(void)snprintf(text, PARSING_TIME_SIZE, "%.10s%.9s", day, hour);
}

/* The time nearest to the date; the first one where there is no date. */
static const struct piece *
find_time(const struct scan *scan, const struct message *message,
    const struct piece *date)
{
	const struct piece *time;
	size_t index = 0;

	while ((time = message_piece(scan, message, PIECE_TIME, &index)))
		if (date == NULL ||
		    (time->start >= date->end &&
			time->start - date->end <= TIME_BEHIND) ||
		    (time->end <= date->start &&
			date->start - time->end <= TIME_BEFORE))
			return time;
	return NULL;
}

static bool
is_same_date(const struct piece *a, const struct piece *b)
{
	return a->date.year == b->date.year && a->date.month == b->date.month &&
	    a->date.day == b->date.day;
}

static void
fill_time(const struct scan *scan, const struct message *message,
    struct parsed_time *at)
{
	const struct piece *date, *time, *other;
	size_t index = 0;

	date = message_piece(scan, message, PIECE_DATE, &index);
	time = find_time(scan, message, date);
	if (date == NULL && time == NULL)
		return;
	at->span = span_of(date != NULL ? date : time);
	at->confidence = date != NULL ? date->confidence : time->confidence;
	while ((other = message_piece(scan, message, PIECE_DATE, &index)))
		if (!is_same_date(date, other))
			at->confidence = at_most(
			    at->confidence, CONFIDENCE_UNSURE);
	if (date != NULL && time != NULL) {
		at->confidence = at_most(at->confidence, time->confidence);
		if (time->start < at->span.start)
			at->span.start = time->start;
		if (time->end > at->span.end)
			at->span.end = time->end;
		set_instant(scan, date, time, at);
	}
	write_time(date, time, at->text);
}

/* ---- whose account */

/* The last word before the account in its sentence that says whose it is. */
static const struct cue *
owner_cue(const struct scan *scan, size_t at)
{
	size_t from = scan->sentences[at];
	const struct cue *owner = NULL;

	if (at - from > ACCOUNT_REACH)
		from = at - ACCOUNT_REACH;
	for (size_t i = scan_cue_from(scan, from);
	     i < scan->cue_count && scan->cues[i].end <= at; i++) {
		enum cue_kind kind = scan->cues[i].row->kind;

		if (kind == CUE_OWN || kind == CUE_FROM ||
		    (kind == CUE_TO && scan->cues[i].row->number == 0))
			owner = &scan->cues[i];
	}
	return owner;
}

static bool
is_others(enum parsed_kind kind, const struct cue *owner)
{
	if (owner == NULL)
		return false;
	if (kind == PARSED_CREDIT)
		return owner->row->kind == CUE_FROM;
	return kind != PARSED_REFUND && owner->row->kind == CUE_TO;
}

/* Whose the account is, the message says: it is the owner's by a word before
 * it, or it comes behind "account" before anybody else is named. */
static bool
is_surely_own(const struct scan *scan, const struct message *message,
    const struct piece *piece)
{
	const struct cue *owner = owner_cue(scan, piece->start), *payee;
	size_t index = 0;

	if (owner != NULL)
		return owner->row->kind != CUE_TO;
	payee = message_cue(scan, message, CUE_TO, &index);
	return (payee == NULL || payee->start > piece->start) &&
	    scan_cue_before(scan, piece->start, CUE_ACCOUNT, ACCOUNT_NEAR) !=
	    NULL;
}

static void
fill_account(const struct scan *scan, const struct message *message,
    enum parsed_kind kind, struct parsed_text *account)
{
	const struct piece *piece, *chosen = NULL;
	size_t index = 0;

	while (chosen == NULL &&
	    (piece = message_piece(scan, message, PIECE_ACCOUNT, &index)))
		if (!is_others(kind, owner_cue(scan, piece->start)))
			chosen = piece;
	if (chosen == NULL ||
	    !scan_word(scan, chosen->account.start, chosen->account.end,
		account->text, sizeof(account->text)))
		return;
	account->span = span_of(chosen);
	account->confidence = chosen->confidence;
	if (!is_surely_own(scan, message, chosen))
		account->confidence = at_most(
		    account->confidence, CONFIDENCE_UNSURE);
}

/* ---- the other side's address */

static bool
is_own_address(const struct scan *scan, const struct piece *piece)
{
	const struct cue *owner = owner_cue(scan, piece->start);

	return owner != NULL && owner->row->kind == CUE_OWN;
}

static bool
is_telephone_call(const struct scan *scan, const struct piece *piece)
{
	return piece->address == IDENTIFIER_MSISDN &&
	    scan_cue_before(scan, piece->start, CUE_TO, PHONE_REACH) == NULL;
}

static void
fill_address(const struct scan *scan, const struct message *message,
    struct parsed_address *to)
{
	const struct piece *piece, *chosen = NULL;
	size_t index = 0, count = 0;
	struct err err;

	while ((piece = message_piece(scan, message, PIECE_ADDRESS, &index))) {
		if (is_own_address(scan, piece) ||
		    is_telephone_call(scan, piece))
			continue;
		count++;
		if (chosen == NULL)
			chosen = piece;
	}
	if (chosen == NULL)
		return;
	to->identifier.type = chosen->address;
	if (!scan_word(scan, chosen->start, chosen->end, to->identifier.value,
		sizeof(to->identifier.value)) ||
	    identifier_check(&to->identifier, &err) != RC_OK)
		return;
	to->span = span_of(chosen);
	to->confidence = chosen->confidence;
	if (count > 1 &&
	    scan_cue_before(scan, chosen->start, CUE_TO, ADDRESS_REACH) == NULL)
		to->confidence = at_most(to->confidence, CONFIDENCE_UNSURE);
}

/* ---- reference and rail */

static void
fill_reference(const struct scan *scan, const struct message *message,
    struct parsed_reference *reference)
{
	const struct piece *piece, *best = NULL;
	size_t index = 0, rivals = 0;

	while (
	    (piece = message_piece(scan, message, PIECE_REFERENCE, &index))) {
		if (best == NULL || piece->confidence > best->confidence) {
			best = piece;
			rivals = 0;
		} else if (piece->confidence == best->confidence) {
			rivals++;
		}
	}
	if (best == NULL ||
	    !scan_word(scan, best->start, best->end, reference->value,
		sizeof(reference->value)))
		return;
	reference->type = best->reference;
	reference->span = span_of(best);
	reference->confidence = best->confidence;
	if (rivals > 0)
		reference->confidence = at_most(
		    best->confidence, CONFIDENCE_UNSURE);
}

static void
fill_channel(const struct scan *scan, const struct message *message,
    struct parsed_channel *channel)
{
	const struct cue *cue, *first;
	size_t index = 0;

	first = message_cue(scan, message, CUE_CHANNEL, &index);
	if (first == NULL ||
	    !words_find(&channel_words, first->row->word, &channel->channel))
		return;
	channel->span = (struct parsed_span){ first->start, first->end };
	channel->confidence = CONFIDENCE_CHANNEL;
	while ((cue = message_cue(scan, message, CUE_CHANNEL, &index)))
		if (strcmp(cue->row->word, first->row->word) != 0)
			channel->confidence = CONFIDENCE_UNSURE;
}

void
draft_fill(const struct scan *scan, const struct message *message,
    const struct verdict *verdict, struct parsed_draft *draft)
{
	draft->kind = verdict->kind;
	draft->confidence = verdict->confidence;
	draft->span = (struct parsed_span){ message->start, message->end };
	fill_amount(scan, message, verdict, &draft->amount);
	fill_time(scan, message, &draft->at);
	fill_account(scan, message, verdict->kind, &draft->account);
	names_choose(scan, message, verdict, &draft->counterparty);
	if (verdict->kind == PARSED_DEBIT || verdict->kind == PARSED_UNCLEAR)
		fill_address(scan, message, &draft->to);
	fill_reference(scan, message, &draft->reference);
	fill_channel(scan, message, &draft->channel);
}
