/*
 * Names of payments, behind a word that announces them or by a form that
 * nothing else has: see scan.h.
 */
#include <string.h>

#include "hub/domain/bank_code.h"
#include "hub/domain/identifier.h"
#include "hub/domain/text.h"
#include "hub/parsing/scan.h"

enum {
	REFERENCE_LEAST = 6,
	REFERENCE_MOST = 40,
	OTHER_DIGITS_LEAST = 5,
	RRN_LENGTH = 12, /* as UPI and IMPS print it */
	ARN_LENGTH = 23,
	E2E_LENGTH = 32,
	CONFIDENCE_CHECKED = 97, /* form and an issued bank code */
	CONFIDENCE_FORM = 94,    /* announced, and exactly the length */
	CONFIDENCE_PATH = 86,    /* in its place in a statement's line */
	CONFIDENCE_LOOSE = 78,   /* announced, of no known form */
};

struct found {
	enum parsed_reference_type type;
	int confidence;
};

static bool
is_valid(const char *word, enum identifier_type type)
{
	struct identifier identifier = { .type = type };
	struct err err;

	memcpy(identifier.value, word, strlen(word) + 1);
	return identifier_check(&identifier, &err) == RC_OK;
}

static bool
has_bank_code(const char *word)
{
	char code[5] = "";

	memcpy(code, word, 4);
	text_to_upper(code);
	return bank_code_is_known(code);
}

/* Banco Central do Brasil: E, the payer's bank (8 digits), the minute
 * (YYYYMMDDhhmm), eleven more. */
static bool
is_e2e(const char *word)
{
	return strlen(word) == E2E_LENGTH && (word[0] | 0x20) == 'e' &&
	    text_begins(word + 1, 20, TEXT_DIGITS) && word[9] == '2' &&
	    word[10] == '0';
}

static size_t
count_digits(const char *word)
{
	size_t count = 0;

	for (; *word != '\0'; word++)
		count += *word >= '0' && *word <= '9';
	return count;
}

/* By its form alone. */
static bool
is_formed(const char *word, struct found *found)
{
	if (is_valid(word, IDENTIFIER_UETR))
		*found = (struct found){ PARSED_UETR, CONFIDENCE_CHECKED };
	else if (is_e2e(word))
		*found = (struct found){ PARSED_PIX_E2E, CONFIDENCE_CHECKED };
	else if (is_valid(word, IDENTIFIER_UTR) && has_bank_code(word))
		*found = (struct found){ PARSED_UTR, CONFIDENCE_CHECKED };
	else
		return false;
	return true;
}

/* Behind an announcing phrase whose type is `want`, or NULL. */
static bool
is_announced(const struct scan *scan, const char *word, const char *want,
    struct found *found)
{
	size_t length = strlen(word), digits = count_digits(word);
	bool is_rrn = want != NULL && strcmp(want, "rrn") == 0;
	bool is_india = strcmp(scan->grammar->country, "IN") == 0;

	if (is_formed(word, found))
		return true;
	if (digits == length && length == RRN_LENGTH && (is_rrn || is_india))
		*found = (struct found){ PARSED_RRN, CONFIDENCE_FORM };
	else if (want != NULL && strcmp(want, "utr") == 0 &&
	    is_valid(word, IDENTIFIER_UTR))
		*found = (struct found){ PARSED_UTR, CONFIDENCE_PATH };
	else if (digits == length && length == ARN_LENGTH)
		*found = (struct found){ PARSED_ARN,
			want != NULL ? CONFIDENCE_FORM : CONFIDENCE_LOOSE };
	else if (want == NULL && digits >= OTHER_DIGITS_LEAST)
		*found = (struct found){ PARSED_OTHER, CONFIDENCE_LOOSE };
	else
		return false;
	return true;
}

/* The word of ASCII letters and digits that begins here, a UUID's hyphens
 * included; its end, or `at`. */
static size_t
word_end(const struct scan *scan, size_t at)
{
	static const unsigned char uuid[] = { 8, 13, 18, 23 };
	size_t end = at;
	size_t hyphens = 0;

	for (;; end++) {
		uint32_t point = scan_at(scan, end);

		if ((point >= 'a' && point <= 'z') ||
		    (point >= '0' && point <= '9'))
			continue;
		if (point == '-' && hyphens < COUNT(uuid) &&
		    end - at == uuid[hyphens] && !scan_ends(scan, end + 1)) {
			hyphens++;
			continue;
		}
		break;
	}
	if (hyphens > 0 && hyphens < COUNT(uuid))
		for (end = at; scan_at(scan, end) != '-'; end++)
			;
	return end;
}

static bool
read_word(const struct scan *scan, size_t at, size_t *end, char *word)
{
	*end = word_end(scan, at);
	return *end - at >= REFERENCE_LEAST && *end - at <= REFERENCE_MOST &&
	    scan_ends(scan, *end) && !scan_is_taken(scan, at, *end) &&
	    scan_word(scan, at, *end, word, REFERENCE_MOST + 1);
}

static void
add(struct scan *scan, size_t start, size_t end, const struct found *found)
{
	const struct piece piece = {
		.kind = PIECE_REFERENCE,
		.confidence = found->confidence,
		.start = start,
		.end = end,
		.reference = found->type,
	};

	scan_add(scan, &piece);
}

/* Behind the small words and signs between an announcement and its number. */
static size_t
skip_filler(const struct scan *scan, size_t at)
{
	static const char *const fillers[] = { "no", "number", "num", "id",
		"is", "txn", "dr", "cr", "p2a", "p2m" };
	bool again = true;

	while (again) {
		again = false;
		at = scan_skip(scan, at, " .:#-/()'\"=\t\n\r");
		if (scan_at(scan, at) == 0x2116) { /* numero sign */
			at++;
			again = true;
		}
		for (size_t i = 0; i < COUNT(fillers) && !again; i++) {
			size_t length = strlen(fillers[i]), n = 0;

			while (n < length &&
			    scan_at(scan, at + n) ==
				(unsigned char)fillers[i][n])
				n++;
			again = n == length && scan_ends(scan, at + n);
			if (again)
				at += n;
		}
	}
	return at;
}

static void
find_announced(struct scan *scan)
{
	for (size_t i = 0; i < scan->cue_count; i++) {
		const struct cue *cue = &scan->cues[i];
		char word[REFERENCE_MOST + 1];
		struct found found;
		size_t at, end;

		if (cue->row->kind != CUE_REFERENCE)
			continue;
		at = skip_filler(scan, cue->end);
		if (read_word(scan, at, &end, word) &&
		    is_announced(scan, word, cue->row->word, &found))
			add(scan, at, end, &found);
	}
}

/* Is a rail of this line's, and `at` a field of it? */
static bool
is_path_field(const struct scan *scan, size_t at)
{
	size_t line = at;

	if (at == 0 ||
	    (scan_at(scan, at - 1) != '-' && scan_at(scan, at - 1) != '/'))
		return false;
	while (line > 0 && scan_class(scan, line - 1) != FOLD_BREAK)
		line--;
	for (size_t i = scan_cue_from(scan, line);
	     i < scan->cue_count && scan->cues[i].start < at; i++)
		if (scan->cues[i].row->kind == CUE_CHANNEL)
			return true;
	return false;
}

static void
find_formed(struct scan *scan)
{
	for (size_t at = 0; at < scan->fold.count; at++) {
		char word[REFERENCE_MOST + 1];
		struct found found = { PARSED_RRN, CONFIDENCE_PATH };
		size_t end;

		if (!scan_begins(scan, at) || scan_ends(scan, at) ||
		    !read_word(scan, at, &end, word))
			continue;
		if (is_formed(word, &found) ||
		    (end - at == RRN_LENGTH &&
			scan_digits(scan, at, RRN_LENGTH) == RRN_LENGTH &&
			is_path_field(scan, at)))
			add(scan, at, end, &found);
		at = end;
	}
}

void
references_find(struct scan *scan)
{
	find_announced(scan);
	find_formed(scan);
}
