/*
 * What a message tells: money that went or came, or something that only
 * looks like it: see message.h.
 */
#include "hub/parsing/message.h"

enum {
	CODE_LEAST = 4,
	CODE_MOST = 8,
	CODE_REACH = 80,
	SUFFIX_NEAR = 4,
	PROMOTION_ENOUGH = 2,
	PROMOTION_PLENTY = 4,
	CONFIDENCE_STRONG = 95,
	CONFIDENCE_WEAK = 80,
	CONFIDENCE_NONE = 40,
};

static bool
has_piece(const struct scan *scan, const struct message *message,
    enum piece_kind kind)
{
	size_t index = 0;

	return message_piece(scan, message, kind, &index) != NULL;
}

static const struct cue *
first_cue(
    const struct scan *scan, const struct message *message, enum cue_kind kind)
{
	size_t index = 0;

	return message_cue(scan, message, kind, &index);
}

/* A number of four to eight digits by itself in the sentence of the word. */
static bool
has_code_number(const struct scan *scan, const struct cue *cue)
{
	size_t sentence = scan->sentences[cue->start];
	size_t at = cue->start > sentence + CODE_REACH ? cue->start - CODE_REACH
						       : sentence;

	for (; at < scan->fold.count && at < cue->end + CODE_REACH; at++) {
		size_t digits = scan_digits(scan, at, CODE_MOST + 1);

		if (scan->sentences[at] != sentence && at > cue->end)
			break;
		if (digits == 0)
			continue;
		if (digits >= CODE_LEAST && digits <= CODE_MOST &&
		    scan_begins(scan, at) && scan_ends(scan, at + digits) &&
		    !scan_is_taken(scan, at, at + digits) &&
		    scan_cue_before(scan, at, CUE_FOREIGN_ID, 6) == NULL)
			return true;
		at += digits - 1;
	}
	return false;
}

static bool
is_one_time_password(const struct scan *scan, const struct message *message)
{
	const struct cue *cue;
	size_t index = 0;

	while ((cue = message_cue(scan, message, CUE_CODE, &index)))
		if (has_code_number(scan, cue))
			return true;
	return false;
}

static int
promotion_weight(const struct scan *scan, const struct message *message)
{
	const struct cue *cue;
	size_t index = 0;
	int weight = 0;

	while ((cue = message_cue(scan, message, CUE_PROMOTION, &index)))
		weight += cue->row->number;
	return weight;
}

static bool
is_promotion(const struct scan *scan, const struct message *message)
{
	int weight = promotion_weight(scan, message);

	if (has_piece(scan, message, PIECE_REFERENCE))
		return false;
	return weight >= PROMOTION_PLENTY ||
	    (weight >= PROMOTION_ENOUGH &&
		!has_piece(scan, message, PIECE_ACCOUNT));
}

/* The first amount that is no balance; one with its currency before one
 * without. */
static const struct piece *
find_amount(const struct scan *scan, const struct message *message)
{
	const struct piece *piece, *bare = NULL;
	size_t index = 0;

	while ((piece = message_piece(scan, message, PIECE_AMOUNT, &index))) {
		if (piece->amount.is_side)
			continue;
		if (piece->amount.has_currency)
			return piece;
		if (bare == NULL)
			bare = piece;
	}
	return bare;
}

/* "25,000.00 DR" */
static const struct cue *
suffix_of(const struct scan *scan, const struct piece *amount)
{
	size_t at = scan_skip(scan, amount->end, " (/-");
	const struct cue *cue = scan_cue_at(scan, at, CUE_DEBIT);

	if (at > amount->end + SUFFIX_NEAR)
		return NULL;
	return cue != NULL ? cue : scan_cue_at(scan, at, CUE_CREDIT);
}

/* The first verb; the first noun where there is no verb. */
static const struct cue *
find_verb(const struct scan *scan, const struct message *message)
{
	const struct cue *debit, *credit, *noun = NULL;
	size_t debits = 0, credits = 0;

	debit = message_cue(scan, message, CUE_DEBIT, &debits);
	credit = message_cue(scan, message, CUE_CREDIT, &credits);
	while (debit != NULL || credit != NULL) {
		bool is_debit = credit == NULL ||
		    (debit != NULL && debit->start < credit->start);
		const struct cue *next = is_debit ? debit : credit;

		if (next->row->number == 0)
			return next;
		if (noun == NULL)
			noun = next;
		if (is_debit)
			debit = message_cue(scan, message, CUE_DEBIT, &debits);
		else
			credit = message_cue(
			    scan, message, CUE_CREDIT, &credits);
	}
	return noun;
}

static void
choose_direction(const struct scan *scan, const struct message *message,
    struct verdict *verdict)
{
	const struct cue *suffix = suffix_of(scan, verdict->amount);
	bool is_known = has_piece(scan, message, PIECE_ACCOUNT) ||
	    has_piece(scan, message, PIECE_REFERENCE);

	verdict->verb = suffix != NULL ? suffix : find_verb(scan, message);
	verdict->kind = PARSED_UNCLEAR;
	verdict->confidence = CONFIDENCE_NONE;
	if (suffix == NULL && verdict->amount->amount.sign != 0) {
		verdict->kind = verdict->amount->amount.sign == '-'
		    ? PARSED_DEBIT
		    : PARSED_CREDIT;
		verdict->confidence = CONFIDENCE_WEAK;
		return;
	}
	if (verdict->verb == NULL) {
		if (promotion_weight(scan, message) > 0 && !is_known)
			verdict->kind = PARSED_PROMOTION;
		return;
	}
	verdict->kind = verdict->verb->row->kind == CUE_DEBIT ? PARSED_DEBIT
							      : PARSED_CREDIT;
	verdict->confidence = is_known &&
		(verdict->verb->row->number == 0 || suffix != NULL)
	    ? CONFIDENCE_STRONG
	    : CONFIDENCE_WEAK;
}

struct verdict
verdict_of(const struct scan *scan, const struct message *message)
{
	struct verdict verdict = { .kind = PARSED_KIND_COUNT };

	verdict.amount = find_amount(scan, message);
	if (is_one_time_password(scan, message)) {
		verdict.kind = PARSED_ONE_TIME_PASSWORD;
	} else if (is_promotion(scan, message)) {
		verdict.kind = PARSED_PROMOTION;
	} else if (first_cue(scan, message, CUE_REFUND) != NULL &&
	    verdict.amount != NULL) {
		verdict.kind = PARSED_REFUND;
		verdict.confidence = CONFIDENCE_WEAK;
	} else if (first_cue(scan, message, CUE_FAILED) != NULL) {
		verdict.kind = PARSED_FAILED;
	} else if (first_cue(scan, message, CUE_REQUEST) != NULL &&
	    !has_piece(scan, message, PIECE_REFERENCE)) {
		verdict.kind = PARSED_REQUEST;
	} else if (verdict.amount != NULL) {
		choose_direction(scan, message, &verdict);
	} else if (has_piece(scan, message, PIECE_AMOUNT)) {
		verdict.kind = PARSED_BALANCE;
	}
	return verdict;
}
