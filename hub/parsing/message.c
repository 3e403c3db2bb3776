/*
 * Messages within a text: see message.h.
 */
#include "hub/parsing/message.h"

enum { SIDE_NEAR = 4 };

/* ---- sentences */

/* A full stop ends one only before a gap, and not behind "Rs." or "no.": a
 * short word of Latin letters. */
static bool
ends_sentence(const struct scan *scan, size_t at)
{
	uint32_t point = scan_at(scan, at);
	enum fold_class next = scan_class(scan, at + 1);

	if (scan_class(scan, at) == FOLD_BREAK)
		return true;
	if (point == ';' || point == '?' || point == '!')
		return true;
	if (point != '.' || (next != FOLD_SPACE && next != FOLD_BREAK))
		return false;
	return at < 3 || scan_at(scan, at - 1) >= 0x80 ||
	    scan_class(scan, at - 1) != FOLD_LETTER ||
	    (scan_class(scan, at - 2) == FOLD_LETTER &&
		scan_class(scan, at - 3) == FOLD_LETTER);
}

static void
mark_sentences(struct scan *scan)
{
	size_t start = 0;

	for (size_t at = 0; at <= scan->fold.count; at++) {
		scan->sentences[at] = (uint32_t)start;
		if (ends_sentence(scan, at))
			start = at + 1;
	}
}

static void
mark_supposed(struct scan *scan)
{
	size_t sentence = SIZE_MAX;
	bool is_supposed = false;

	for (size_t i = 0; i < scan->cue_count; i++) {
		struct cue *cue = &scan->cues[i];

		if (scan->sentences[cue->start] != sentence) {
			sentence = scan->sentences[cue->start];
			is_supposed = false;
		}
		is_supposed = is_supposed || cue->row->kind == CUE_IF;
		cue->is_supposed = is_supposed;
	}
}

/* ---- walking */

/* The first piece that begins at or behind `at`. */
static size_t
piece_from(const struct scan *scan, size_t at)
{
	size_t low = 0, high = scan->piece_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (scan->pieces[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct piece *
message_piece(const struct scan *scan, const struct message *message,
    enum piece_kind kind, size_t *index)
{
	size_t first = piece_from(scan, message->start);

	if (*index < first)
		*index = first;
	while (*index < scan->piece_count &&
	    scan->pieces[*index].start < message->end) {
		const struct piece *piece = &scan->pieces[(*index)++];

		if (piece->kind == kind)
			return piece;
	}
	return NULL;
}

const struct cue *
message_cue(const struct scan *scan, const struct message *message,
    enum cue_kind kind, size_t *index)
{
	size_t first = scan_cue_from(scan, message->start);

	if (*index < first)
		*index = first;
	while (*index < scan->cue_count &&
	    scan->cues[*index].start < message->end) {
		const struct cue *cue = &scan->cues[(*index)++];

		if (cue->row->kind == kind && !cue->is_supposed)
			return cue;
	}
	return NULL;
}

/* ---- side amounts */

static bool
is_telling(enum cue_kind kind)
{
	return kind == CUE_DEBIT || kind == CUE_CREDIT || kind == CUE_REFUND ||
	    kind == CUE_SIDE || kind == CUE_FEE;
}

/* The word that tells what this amount is: the last one before it in its
 * sentence, behind the amount before it. */
static const struct cue *
telling_cue(
    const struct scan *scan, const struct piece *piece, size_t previous_end)
{
	size_t from = scan->sentences[piece->start];
	const struct cue *told = NULL;

	if (from < previous_end)
		from = previous_end;
	for (size_t i = scan_cue_from(scan, from);
	     i < scan->cue_count && scan->cues[i].end <= piece->start; i++)
		if (is_telling(scan->cues[i].row->kind))
			told = &scan->cues[i];
	return told;
}

static bool
is_one_line(const struct scan *scan, size_t start, size_t end)
{
	for (; start < end; start++)
		if (scan_class(scan, start) == FOLD_BREAK)
			return false;
	return true;
}

/* `previous`: the amount before this one, or NULL.  The second number without
 * a currency in a line is the running balance. */
static bool
is_side(const struct scan *scan, const struct piece *piece,
    const struct piece *previous)
{
	const struct cue *told;

	if (scan_cue_before(scan, piece->start, CUE_SIDE, SIDE_NEAR) != NULL ||
	    scan_cue_before(scan, piece->start, CUE_FEE, SIDE_NEAR) != NULL)
		return true;
	if (!piece->amount.has_currency && previous != NULL &&
	    is_one_line(scan, previous->end, piece->start))
		return true;
	told = telling_cue(scan, piece, previous == NULL ? 0 : previous->end);
	return told != NULL &&
	    (told->row->kind == CUE_SIDE || told->row->kind == CUE_FEE);
}

static void
mark_side_amounts(struct scan *scan)
{
	const struct piece *previous = NULL;

	for (size_t i = 0; i < scan->piece_count; i++) {
		struct piece *piece = &scan->pieces[i];

		if (piece->kind != PIECE_AMOUNT)
			continue;
		piece->amount.is_side = is_side(scan, piece, previous);
		previous = piece;
	}
}

void
message_mark(struct scan *scan)
{
	mark_sentences(scan);
	mark_supposed(scan);
	mark_side_amounts(scan);
}

/* ---- cutting */

/* Does this stretch say by itself that money moved? */
static bool
is_payment(const struct scan *scan, const struct message *part)
{
	static const enum cue_kind verbs[] = { CUE_DEBIT, CUE_CREDIT,
		CUE_REFUND, CUE_FAILED, CUE_REQUEST };
	const struct piece *piece;
	bool has_amount = false;
	size_t index = 0;

	while ((piece = message_piece(scan, part, PIECE_AMOUNT, &index)))
		has_amount = has_amount || !piece->amount.is_side;
	if (!has_amount)
		return false;
	for (size_t i = 0; i < COUNT(verbs); i++) {
		index = 0;
		if (message_cue(scan, part, verbs[i], &index) != NULL)
			return true;
	}
	/* A statement's line begins with its date. */
	index = 0;
	piece = message_piece(scan, part, PIECE_DATE, &index);
	return piece != NULL && piece->start == part->start;
}

/* Or is it a message of another sort? */
static bool
is_message(const struct scan *scan, const struct message *part)
{
	size_t index = 0;

	return is_payment(scan, part) ||
	    verdict_of(scan, part).kind != PARSED_KIND_COUNT ||
	    message_cue(scan, part, CUE_CODE, &index) != NULL;
}

static size_t
line_end(const struct scan *scan, size_t at)
{
	while (at < scan->fold.count && scan_class(scan, at) != FOLD_BREAK)
		at++;
	return at;
}

static bool
is_empty(const struct scan *scan, size_t start, size_t end)
{
	for (; start < end; start++)
		if (scan_class(scan, start) != FOLD_SPACE &&
		    scan_class(scan, start) != FOLD_NOTHING)
			return false;
	return true;
}

static size_t
block_end(const struct scan *scan, size_t at)
{
	size_t end = line_end(scan, at);

	while (end < scan->fold.count) {
		size_t next = end + 1;
		size_t next_end = line_end(scan, next);

		/* The two signs of a CR LF have nothing between them. */
		if (scan_at(scan, end) == '\r' && scan_at(scan, next) == '\n')
			next_end = line_end(scan, ++next);
		if (is_empty(scan, next, next_end))
			break;
		end = next_end;
	}
	return end;
}

/* Is there a message already, and does the line or block that begins here
 * make another one? */
static bool
begins_another(const struct scan *scan, const struct message *before, size_t at,
    bool is_block)
{
	const struct message part = { at,
		is_block ? block_end(scan, at) : line_end(scan, at) };

	if (is_block)
		return is_message(scan, &part) && is_message(scan, before);
	return is_payment(scan, &part) && is_payment(scan, before);
}

size_t
message_cut(const struct scan *scan, struct message *messages, size_t limit)
{
	struct message message = { 0, 0 };
	bool after_empty = false;
	size_t count = 0;

	for (size_t at = 0; at < scan->fold.count;) {
		size_t end = line_end(scan, at);

		if (is_empty(scan, at, end)) {
			after_empty = true;
		} else {
			if (count + 1 < limit &&
			    begins_another(scan, &message, at, after_empty)) {
				messages[count++] = message;
				message.start = at;
			}
			message.end = end;
			after_empty = false;
		}
		at = end + 1;
		if (scan_at(scan, end) == '\r' && scan_at(scan, at) == '\n')
			at++;
	}
	messages[count++] = message;
	return count;
}
