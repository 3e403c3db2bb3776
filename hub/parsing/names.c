/*
 * The other side's name: behind a word that announces it, in its field of a
 * statement's line, or standing out in capitals: see message.h.  A name has
 * no check, so it is never sure.
 */
#include "hub/parsing/message.h"

enum {
	NAME_MOST = 60, /* code points */
	NAME_LETTERS_LEAST = 2,
	CAPITALS_LEAST = 5,
	CONFIDENCE_ANNOUNCED = 80,
	CONFIDENCE_FIELD = 75,
	CONFIDENCE_CAPITALS = 55,
};

struct name {
	size_t start, end;
};

/* A word that no name has behind it. */
static bool
ends_name(const struct scan *scan, size_t at)
{
	for (size_t i = scan_cue_from(scan, at);
	     i < scan->cue_count && scan->cues[i].start == at; i++) {
		switch (scan->cues[i].row->kind) {
		case CUE_MONTH:
		case CUE_PROMOTION:
		case CUE_NONE:
		case CUE_CODE:
			continue;
		case CUE_CURRENCY:
		case CUE_DEBIT:
		case CUE_CREDIT:
		case CUE_REFUND:
		case CUE_FAILED:
		case CUE_REQUEST:
		case CUE_SIDE:
		case CUE_FEE:
		case CUE_IF:
		case CUE_ACCOUNT:
		case CUE_FOREIGN_ID:
		case CUE_OWN:
		case CUE_REFERENCE:
		case CUE_TO:
		case CUE_FROM:
		case CUE_STOP:
		case CUE_CHANNEL:
		case CUE_TAIL:
		case CUE_KIND_COUNT:
			return true;
		}
	}
	return false;
}

/* May a sign stand within a name?  A full stop or a hyphen within a word. */
static bool
is_inside(const struct scan *scan, size_t at, bool is_field)
{
	switch (scan_at(scan, at)) {
	case '&':
	case '\'':
	case '"':
		return true;
	case '-':
		return !is_field && !scan_begins(scan, at) &&
		    !scan_ends(scan, at + 1);
	case '.':
		return !scan_ends(scan, at + 1);
	}
	return false;
}

/* Where a script has capitals, a name begins with one, or with a digit. */
static bool
is_capital(const struct scan *scan, size_t at)
{
	uint32_t point = scan_at(scan, at);

	return scan->fold.points[at].is_upper ||
	    scan_class(scan, at) == FOLD_DIGIT || point > 0x0530;
}

/* The name that begins at `at`; false where none does.  `is_field`: it ends
 * at a hyphen too. */
static bool
read_name(const struct scan *scan, size_t at, size_t limit, bool is_field,
    struct name *name)
{
	size_t letters = 0;

	at = scan_skip(scan, at, " :-.\"'");
	*name = (struct name){ at, at };
	for (; at < limit && at - name->start < NAME_MOST; at++) {
		enum fold_class class = scan_class(scan, at);

		if (scan->is_taken[at] || class == FOLD_BREAK ||
		    (scan_begins(scan, at) && ends_name(scan, at)))
			break;
		if (class == FOLD_OTHER && !is_inside(scan, at, is_field))
			break;
		letters += class == FOLD_LETTER;
		if (class == FOLD_LETTER || class == FOLD_DIGIT)
			name->end = at + 1;
	}
	return letters >= NAME_LETTERS_LEAST && is_capital(scan, name->start);
}

static void
set(const struct scan *scan, const struct name *name, int confidence,
    struct parsed_text *text)
{
	if (text->confidence >= confidence)
		return;
	text->confidence = confidence;
	text->span = (struct parsed_span){ name->start, name->end };
	fold_copy(&scan->fold, name->start, name->end, text->text,
	    sizeof(text->text));
}

static void
choose_announced(const struct scan *scan, const struct message *message,
    enum cue_kind kind, struct parsed_text *text)
{
	const struct cue *cue;
	struct name name;
	size_t index = 0;

	while ((cue = message_cue(scan, message, kind, &index)))
		if (read_name(scan, cue->end, message->end, false, &name)) {
			set(scan, &name, CONFIDENCE_ANNOUNCED, text);
			return;
		}
}

/* "…; ANITA STORES credited" */
static void
choose_credited(const struct scan *scan, const struct message *message,
    const struct cue *verb, struct parsed_text *text)
{
	const struct cue *cue;
	struct name name;
	size_t index = 0;

	while ((cue = message_cue(scan, message, CUE_CREDIT, &index)))
		if (cue != verb && scan->sentences[cue->start] > 0 &&
		    scan_at(scan, scan->sentences[cue->start] - 1) == ';' &&
		    read_name(scan, scan->sentences[cue->start], cue->start,
			false, &name))
			set(scan, &name, CONFIDENCE_ANNOUNCED, text);
}

/* A field behind a reference or a rail: "UPI/607…/RAHUL VERMA/",
 * "IMPS-607…-GREEN LEAF-". */
static void
choose_field(const struct scan *scan, const struct message *message,
    struct parsed_text *text)
{
	const struct piece *piece;
	const struct cue *cue;
	struct name name;
	size_t index = 0;

	while ((piece = message_piece(scan, message, PIECE_REFERENCE, &index)))
		if ((scan_at(scan, piece->end) == '/' ||
			scan_at(scan, piece->end) == '-') &&
		    read_name(scan, piece->end + 1, message->end, true, &name))
			set(scan, &name, CONFIDENCE_FIELD, text);
	index = 0;
	while ((cue = message_cue(scan, message, CUE_CHANNEL, &index)))
		if ((scan_at(scan, cue->end) == '-' ||
			scan_at(scan, cue->end) == '/') &&
		    read_name(scan, cue->end + 1, message->end, true, &name))
			set(scan, &name, CONFIDENCE_FIELD - 1, text);
}

/* Where a text is in Cyrillic, a shop stands out in Latin capitals. */
static void
choose_capitals(const struct scan *scan, const struct message *message,
    struct parsed_text *text)
{
	for (size_t at = message->start; at < message->end; at++) {
		const struct point *point = &scan->fold.points[at];
		struct name name;

		if (!point->is_upper || point->folded >= 0x80 ||
		    !scan_begins(scan, at) ||
		    !read_name(scan, at, message->end, false, &name))
			continue;
		for (size_t i = name.start; i < name.end; i++)
			if (scan_at(scan, i) >= 0x80)
				name.end = i;
		while (name.end > name.start &&
		    scan_class(scan, name.end - 1) == FOLD_SPACE)
			name.end--;
		if (name.end - name.start >= CAPITALS_LEAST) {
			set(scan, &name, CONFIDENCE_CAPITALS, text);
			return;
		}
		at = name.end;
	}
}

void
names_choose(const struct scan *scan, const struct message *message,
    const struct verdict *verdict, struct parsed_text *text)
{
	bool is_out = verdict->kind == PARSED_DEBIT ||
	    verdict->kind == PARSED_UNCLEAR;

	choose_announced(scan, message, is_out ? CUE_TO : CUE_FROM, text);
	if (is_out)
		choose_credited(scan, message, verdict->verb, text);
	choose_field(scan, message, text);
	if (scan->grammar->groups_by_space && is_out)
		choose_capitals(scan, message, text);
}
