/*
 * Identifiers: see identifier.h.  The table below is the whole of what
 * differs from type to type; the checks are in identifier_*.c.
 */
#include "hub/domain/identifier.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "hub/domain/identifier_rules.h"
#include "hub/domain/text.h"

/* How the members become value and qualifier. */
enum shape {
	SHAPE_PLAIN,     /* the first is the value, a second the qualifier */
	SHAPE_IN_BRANCH, /* value, and ifsc or bank_code as qualifier */
	SHAPE_CARD,      /* identifier_card.c */
};

/* What a mask shows. */
enum show {
	SHOW_ENDS,    /* `head` first and `tail` last characters */
	SHOW_ALL,     /* names a bank, nobody's account */
	SHOW_AT,      /* two characters and what follows the @ */
	SHOW_HOST,    /* of an address */
	SHOW_PRESENT, /* masked already */
};

struct kind {
	const char *name;
	enum rc (*check)(struct identifier *identifier, struct err *err);
	enum shape shape;
	struct identifier_member members[IDENTIFIER_MEMBERS_MAX];
	enum show show;
	unsigned char head, tail;
	bool is_reference;
};

/* clang-format off */
#define VALUE { .name = "value", .is_required = true }
#define QUALIFIER(text) { .name = (text), .is_required = true }
#define ALTERNATIVE(text) { .name = (text) }

static const struct kind kinds[IDENTIFIER_TYPE_COUNT] = {
	[IDENTIFIER_IBAN] = { "iban", identifier_bank_iban,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 2, 4, false },
	[IDENTIFIER_BIC] = { "bic", identifier_bank_bic,
	    SHAPE_PLAIN, { VALUE }, SHOW_ALL, 0, 0, false },
	[IDENTIFIER_IFSC] = { "ifsc", identifier_bank_ifsc,
	    SHAPE_PLAIN, { VALUE }, SHOW_ALL, 0, 0, false },
	[IDENTIFIER_IN_ACCOUNT] = { "in_account", identifier_bank_in,
	    SHAPE_IN_BRANCH,
	    { VALUE, ALTERNATIVE("ifsc"), ALTERNATIVE("bank_code") },
	    SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_UPI_VPA] = { "upi_vpa", identifier_payment_vpa,
	    SHAPE_PLAIN, { VALUE }, SHOW_AT, 0, 0, false },
	[IDENTIFIER_RU_ACCOUNT] = { "ru_account", identifier_bank_ru,
	    SHAPE_PLAIN, { VALUE, QUALIFIER("bic") }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_KZ_ACCOUNT] = { "kz_account", identifier_bank_kz,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 2, 4, false },
	[IDENTIFIER_IIN] = { "iin", identifier_bank_iin,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_US_ACCOUNT] = { "us_account", identifier_bank_us,
	    SHAPE_PLAIN, { VALUE, QUALIFIER("aba") }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_UK_ACCOUNT] = { "uk_account", identifier_bank_uk,
	    SHAPE_PLAIN, { VALUE, QUALIFIER("sort_code") },
	    SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_PIX_KEY] = { "pix_key", identifier_pix_key,
	    SHAPE_PLAIN, { VALUE }, SHOW_AT, 0, 4, false },
	[IDENTIFIER_PIX_E2E] = { "pix_e2e", identifier_payment_e2e,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, true },
	[IDENTIFIER_CARD] = { "card", identifier_card_check,
	    SHAPE_CARD,
	    { ALTERNATIVE("bin"), ALTERNATIVE("last4"),
	      { .name = "length", .is_number = true }, ALTERNATIVE("token") },
	    SHOW_PRESENT, 0, 4, false },
	[IDENTIFIER_RRN] = { "rrn", identifier_payment_rrn,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, true },
	[IDENTIFIER_UTR] = { "utr", identifier_payment_utr,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 4, 4, true },
	[IDENTIFIER_UETR] = { "uetr", identifier_payment_uetr,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, true },
	[IDENTIFIER_ARN] = { "arn", identifier_payment_arn,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, true },
	[IDENTIFIER_MSISDN] = { "msisdn", identifier_telecom_msisdn,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 3, 4, false },
	[IDENTIFIER_IMEI] = { "imei", identifier_telecom_imei,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_ICCID] = { "iccid", identifier_telecom_iccid,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_IMSI] = { "imsi", identifier_telecom_imsi,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 3, 4, false },
	[IDENTIFIER_WALLET_ID] = { "wallet_id", identifier_trade_wallet,
	    SHAPE_PLAIN, { VALUE, QUALIFIER("provider") },
	    SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_CRYPTO_ADDRESS] = { "crypto_address",
	    identifier_trade_crypto, SHAPE_PLAIN,
	    { VALUE, QUALIFIER("chain") }, SHOW_ENDS, 6, 4, false },
	[IDENTIFIER_MERCHANT_ID] = { "merchant_id", identifier_trade_merchant,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_TERMINAL_ID] = { "terminal_id", identifier_trade_terminal,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_ORDER_ID] = { "order_id", identifier_trade_order,
	    SHAPE_PLAIN, { VALUE }, SHOW_ENDS, 0, 4, false },
	[IDENTIFIER_LISTING_URL] = { "listing_url", identifier_trade_listing,
	    SHAPE_PLAIN, { VALUE }, SHOW_HOST, 0, 0, false },
};
/* clang-format on */

const char *
identifier_type_name(enum identifier_type type)
{
	return kinds[type].name;
}

bool
identifier_type_parse(const char *name, enum identifier_type *type)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(kinds[i].name, name) == 0) {
			*type = (enum identifier_type)i;
			return true;
		}
	}
	return false;
}

bool
identifier_is_reference(enum identifier_type type)
{
	return kinds[type].is_reference;
}

const struct identifier_member *
identifier_members(enum identifier_type type, size_t *count)
{
	const struct identifier_member *members = kinds[type].members;

	*count = 0;
	while (*count < IDENTIFIER_MEMBERS_MAX && members[*count].name != NULL)
		++*count;
	return members;
}

enum rc
identifier_check(struct identifier *identifier, struct err *err)
{
	return kinds[identifier->type].check(identifier, err);
}

/* The pointer of a member: "/ifsc". */
static char *
pointer_of(const struct identifier_member *member, char *pointer)
{
	(void)snprintf(pointer, ERR_POINTER_SIZE, "/%s", member->name);
	return pointer;
}

static enum rc
required_check(
    enum identifier_type type, const char *const *texts, struct err *err)
{
	char pointer[ERR_POINTER_SIZE];
	size_t count;
	const struct identifier_member *members = identifier_members(
	    type, &count);

	for (size_t i = 0; i < count; i++)
		if (members[i].is_required && texts[i] == NULL)
			return err_at(err, RC_INVALID,
			    pointer_of(&members[i], pointer), "missing_member",
			    "an identifier of type %s needs %s",
			    kinds[type].name, members[i].name);
	return RC_OK;
}

/* Copy a member.  One that is cut off could pass a check, so it is refused;
 * a card number in it is named first. */
static enum rc
take(const struct identifier_member *member, const char *text, char *out,
    size_t size, struct err *err)
{
	char pointer[ERR_POINTER_SIZE];
	size_t length = strlen(text);

	if (length >= size) {
		TRY(identifier_card_refuse(
		    text, pointer_of(member, pointer), err));
		return err_at(err, RC_INVALID, pointer, "too_long",
		    "at most %zu bytes stand here", size - 1);
	}
	memcpy(out, text, length + 1);
	return RC_OK;
}

static enum rc
compose_in_branch(const struct identifier_member *members,
    const char *const *texts, struct identifier *identifier, struct err *err)
{
	enum { IFSC = 1, BANK_CODE = 2 };
	size_t which = texts[IFSC] != NULL ? IFSC : BANK_CODE;
	char pointer[ERR_POINTER_SIZE];

	if (texts[which] == NULL)
		return identifier_check(identifier, err);
	TRY(take(&members[which], texts[which], identifier->qualifier,
	    sizeof(identifier->qualifier), err));
	text_trim(identifier->qualifier);
	if (strlen(identifier->qualifier) != (which == IFSC ? 11 : 4))
		return err_at(err, RC_INVALID,
		    pointer_of(&members[which], pointer), "bad_length",
		    "an IFSC has 11 characters, a bank code 4");
	TRY(identifier_check(identifier, err));
	if (which == IFSC && texts[BANK_CODE] != NULL &&
	    (strlen(texts[BANK_CODE]) != 4 ||
		strncasecmp(identifier->qualifier, texts[BANK_CODE], 4) != 0))
		return err_at(err, RC_INVALID, "/bank_code", "bank_mismatch",
		    "the bank code is not the one in the IFSC");
	return RC_OK;
}

enum rc
identifier_compose(enum identifier_type type, const char *const *texts,
    struct identifier *identifier, struct err *err)
{
	const struct kind *kind = &kinds[type];
	const struct identifier_member *members = kind->members;

	memset(identifier, 0, sizeof(*identifier));
	identifier->type = type;
	if (kind->shape == SHAPE_CARD)
		return identifier_card_compose(texts, identifier, err);
	TRY(required_check(type, texts, err));
	TRY(take(&members[0], texts[0], identifier->value,
	    sizeof(identifier->value), err));
	if (kind->shape == SHAPE_IN_BRANCH)
		return compose_in_branch(members, texts, identifier, err);
	if (members[1].name != NULL)
		TRY(take(&members[1], texts[1], identifier->qualifier,
		    sizeof(identifier->qualifier), err));
	return identifier_check(identifier, err);
}

static size_t
qualifier_member(const struct identifier *identifier)
{
	bool is_bank_code = kinds[identifier->type].shape == SHAPE_IN_BRANCH &&
	    strlen(identifier->qualifier) == 4;

	return is_bank_code ? 2 : 1;
}

void
identifier_split(
    const struct identifier *identifier, struct identifier_parts *parts)
{
	memset(parts, 0, sizeof(*parts));
	if (kinds[identifier->type].shape == SHAPE_CARD) {
		identifier_card_split(identifier, parts);
		return;
	}
	(void)snprintf(
	    parts->text[0], sizeof(parts->text[0]), "%s", identifier->value);
	(void)snprintf(parts->text[qualifier_member(identifier)],
	    sizeof(parts->text[0]), "%s", identifier->qualifier);
}

/* At most a quarter from the front and a third from the end, so that a short
 * value is not shown whole. */
static void
mask_ends(const struct kind *kind, const char *value, char *text)
{
	size_t length = strlen(value), head = kind->head, tail = kind->tail;

	head = head > length / 4 ? length / 4 : head;
	tail = tail > length / 3 ? length / 3 : tail;
	(void)snprintf(text, IDENTIFIER_MASK_SIZE, "%.*s****%s", (int)head,
	    value, value + length - tail);
}

static void
mask_at(const struct kind *kind, const char *value, char *text)
{
	const char *at = strchr(value, '@');

	if (at == NULL)
		mask_ends(kind, value, text);
	else
		(void)snprintf(text, IDENTIFIER_MASK_SIZE, "%.*s****%.80s",
		    at - value > 4 ? 2 : 1, value, at);
}

static void
mask_host(const char *value, char *text)
{
	const char *host = strstr(value, "//");
	size_t length = host == NULL
	    ? 0
	    : (size_t)(host - value) + 2 + strcspn(host + 2, "/?#");

	if (length > 80)
		length = 80;
	(void)snprintf(
	    text, IDENTIFIER_MASK_SIZE, "%.*s/****", (int)length, value);
}

char *
identifier_mask(const struct identifier *identifier, char *text)
{
	const struct kind *kind = &kinds[identifier->type];
	const char *value = identifier->value;

	switch (kind->show) {
	case SHOW_ENDS:
		mask_ends(kind, value, text);
		break;
	case SHOW_ALL:
		(void)snprintf(text, IDENTIFIER_MASK_SIZE, "%.80s", value);
		break;
	case SHOW_AT:
		mask_at(kind, value, text);
		break;
	case SHOW_HOST:
		mask_host(value, text);
		break;
	case SHOW_PRESENT:
		if (identifier->qualifier[0] != '\0')
			mask_ends(kind, value, text);
		else
			(void)snprintf(
			    text, IDENTIFIER_MASK_SIZE, "%.80s", value);
		break;
	}
	return text;
}

static char *
canonical(enum identifier_type type, const char *qualifier, int qualifier_max,
    const char *value, char *text)
{
	(void)snprintf(text, IDENTIFIER_CANONICAL_SIZE, "%s:%.*s:%s",
	    kinds[type].name, qualifier_max, qualifier, value);
	return text;
}

/* A GB IBAN is GB, check digits, bank 4, sort code 6, account 8 (ISO 13616):
 * the bank follows from the sort code. */
static char *
canonical_iban(const char *value, char *text)
{
	if (strncmp(value, "GB", 2) == 0)
		return canonical(
		    IDENTIFIER_UK_ACCOUNT, value + 8, 6, value + 14, text);
	return canonical(IDENTIFIER_IBAN, "", 0, value, text);
}

/* The same card may come with six first digits or eight. */
static char *
canonical_card(const struct identifier *identifier, char *text)
{
	enum { SHORT_BIN = 6 };
	char value[IDENTIFIER_VALUE_SIZE];

	memcpy(value, identifier->value, sizeof(value));
	if (identifier->qualifier[0] == '\0')
		for (char *c = value + SHORT_BIN; *c != '\0' && *c != '*'; c++)
			*c = '*';
	return canonical(IDENTIFIER_CARD, identifier->qualifier,
	    IDENTIFIER_QUALIFIER_SIZE, value, text);
}

char *
identifier_canonical(const struct identifier *identifier, char *text)
{
	enum identifier_type type = identifier->type;
	const char *value = identifier->value;
	/* The bank's code begins the IFSC. */
	int qualifier_max = kinds[type].shape == SHAPE_IN_BRANCH
	    ? 4
	    : IDENTIFIER_QUALIFIER_SIZE;

	if (type == IDENTIFIER_IBAN || type == IDENTIFIER_KZ_ACCOUNT)
		return canonical_iban(value, text);
	if (type == IDENTIFIER_CARD)
		return canonical_card(identifier, text);
	canonical(type, identifier->qualifier, qualifier_max, value, text);
	/* ISO 9362: XXX names the head office, as no branch does. */
	if (type == IDENTIFIER_BIC && strlen(value) == 11 &&
	    strcmp(value + 8, "XXX") == 0)
		text[strlen(text) - 3] = '\0';
	return text;
}
