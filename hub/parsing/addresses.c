/*
 * Payment addresses with a form of their own: UPI addresses, IBANs and
 * telephone numbers with their plus: see scan.h.
 */
#include <string.h>

#include "hub/domain/identifier.h"
#include "hub/parsing/scan.h"

enum {
	CONFIDENCE_CHECKED = 95, /* mod 97 */
	CONFIDENCE_FORM = 92,
	IBAN_LEAST = 15,
	IBAN_MOST = 34,
};

static bool
is_user_part(uint32_t point, bool has_hyphen)
{
	return (point >= 'a' && point <= 'z') ||
	    (point >= '0' && point <= '9') || point == '.' || point == '_' ||
	    (point == '-' && has_hyphen);
}

static bool
is_alnum(uint32_t point)
{
	return is_user_part(point, false) && point != '.' && point != '_';
}

static bool
add_checked(struct scan *scan, enum identifier_type type, size_t start,
    size_t end, int confidence)
{
	struct identifier identifier = { .type = type };
	const struct piece piece = {
		.kind = PIECE_ADDRESS,
		.confidence = confidence,
		.start = start,
		.end = end,
		.address = type,
	};
	struct err err;

	if (!scan_word(
		scan, start, end, identifier.value, sizeof(identifier.value)) ||
	    identifier_check(&identifier, &err) != RC_OK)
		return false;
	scan_add(scan, &piece);
	return true;
}

/* A hyphen belongs to the address, but in a statement's line
 * ("UPI-RAVI KUMAR-RAVIK@BANK-6073…") it parts the fields. */
static void
vpa_at(struct scan *scan, size_t at)
{
	size_t start = at, end = at + 1;
	bool has_hyphen;

	while (is_alnum(scan_at(scan, end)))
		end++;
	has_hyphen = scan_at(scan, end) != '-' && scan_at(scan, end) != '/';
	while (start > 0 && is_user_part(scan_at(scan, start - 1), has_hyphen))
		start--;
	while (start < at && !is_alnum(scan_at(scan, start)))
		start++;
	/* user@host.tld is e-mail. */
	if (scan_at(scan, end) == '.' && is_alnum(scan_at(scan, end + 1)))
		return;
	(void)add_checked(
	    scan, IDENTIFIER_UPI_VPA, start, end, CONFIDENCE_FORM);
}

static void
iban_at(struct scan *scan, size_t at)
{
	size_t end = at;

	while (is_alnum(scan_at(scan, end)) && end - at <= IBAN_MOST)
		end++;
	if (end - at < IBAN_LEAST || end - at > IBAN_MOST ||
	    scan_class(scan, at + 1) != FOLD_LETTER ||
	    scan_digits(scan, at + 2, 2) != 2)
		return;
	(void)add_checked(scan, IDENTIFIER_IBAN, at, end, CONFIDENCE_CHECKED);
}

static void
phone_at(struct scan *scan, size_t at)
{
	size_t digits = scan_digits(scan, at + 1, 16);

	if (digits >= 10 && scan_ends(scan, at + 1 + digits))
		(void)add_checked(scan, IDENTIFIER_MSISDN, at, at + 1 + digits,
		    CONFIDENCE_FORM);
}

void
addresses_find(struct scan *scan)
{
	for (size_t at = 0; at < scan->fold.count; at++) {
		uint32_t point = scan_at(scan, at);

		if (scan->is_taken[at])
			continue;
		if (point == '@')
			vpa_at(scan, at);
		else if (point == '+')
			phone_at(scan, at);
		else if (point >= 'a' && point <= 'z' && scan_begins(scan, at))
			iban_at(scan, at);
	}
}
