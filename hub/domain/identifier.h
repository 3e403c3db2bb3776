/*
 * Identifiers: what a freeze acts on.  One table says for each type which
 * JSON members it has, how it is checked and what of it may be shown.  Used
 * by wire (members), parsing, service and the command line; pure.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "hub/base/common.h"
#include "hub/base/err.h"

enum identifier_type {
	IDENTIFIER_IBAN,
	IDENTIFIER_BIC,
	IDENTIFIER_IFSC,
	IDENTIFIER_IN_ACCOUNT,
	IDENTIFIER_UPI_VPA,
	IDENTIFIER_RU_ACCOUNT,
	IDENTIFIER_KZ_ACCOUNT,
	IDENTIFIER_IIN,
	IDENTIFIER_US_ACCOUNT,
	IDENTIFIER_UK_ACCOUNT,
	IDENTIFIER_PIX_KEY,
	IDENTIFIER_PIX_E2E,
	IDENTIFIER_CARD,
	IDENTIFIER_RRN,
	IDENTIFIER_UTR,
	IDENTIFIER_UETR,
	IDENTIFIER_ARN,
	IDENTIFIER_MSISDN,
	IDENTIFIER_IMEI,
	IDENTIFIER_ICCID,
	IDENTIFIER_IMSI,
	IDENTIFIER_WALLET_ID,
	IDENTIFIER_CRYPTO_ADDRESS,
	IDENTIFIER_MERCHANT_ID,
	IDENTIFIER_TERMINAL_ID,
	IDENTIFIER_ORDER_ID,
	IDENTIFIER_LISTING_URL,
	IDENTIFIER_TYPE_COUNT
};

enum {
	IDENTIFIER_VALUE_SIZE = 512, /* listing_url is the longest */
	IDENTIFIER_QUALIFIER_SIZE = 36,
	IDENTIFIER_MASK_SIZE = 96,
	IDENTIFIER_CANONICAL_SIZE = IDENTIFIER_VALUE_SIZE +
	    IDENTIFIER_QUALIFIER_SIZE + 24,
	IDENTIFIER_MEMBERS_MAX = 4,
};

/*
 * What `value` and `qualifier` hold after a check:
 *   in_account      digits              IFSC (11) or bank code (4)
 *   ru_account      20 digits           BIC (9 digits)
 *   us_account      digits              ABA routing number (9 digits)
 *   uk_account      8 digits            sort code (6 digits)
 *   wallet_id       opaque              provider
 *   crypto_address  address             chain
 *   card            "411111******1111"  ""       first digits, length, last 4
 *   card            issuer's token      "token"
 *   all others      normalised text     ""
 */
struct identifier {
	enum identifier_type type;
	char value[IDENTIFIER_VALUE_SIZE];
	char qualifier[IDENTIFIER_QUALIFIER_SIZE];
};

/* A JSON member beside "type".  A member that is not required belongs to an
 * either-or (in_account: ifsc or bank_code; card: bin, last4 and length, or
 * token) that identifier_compose settles. */
struct identifier_member {
	const char *name;
	bool is_required;
	bool is_number; /* a JSON integer; its text here is decimal */
};

/* The texts of the members of one identifier, in identifier_members order. */
struct identifier_parts {
	char text[IDENTIFIER_MEMBERS_MAX][IDENTIFIER_VALUE_SIZE];
};

/* "in_account" and back; parse is false for an unknown name. */
const char *identifier_type_name(enum identifier_type type);
NODISCARD bool
identifier_type_parse(const char *name, enum identifier_type *type);

/* The members a type has, `*count` of them (at most IDENTIFIER_MEMBERS_MAX). */
const struct identifier_member *
identifier_members(enum identifier_type type, size_t *count);

/* Make a checked identifier of its members: `texts` in identifier_members
 * order, NULL where a member is absent.  RC_INVALID with a code and the
 * pointer of the member (missing_member, too_long, or what identifier_check
 * says). */
NODISCARD enum rc identifier_compose(enum identifier_type type,
    const char *const *texts, struct identifier *identifier, struct err *err);

/* The members of a checked identifier; "" where one is absent. */
void identifier_split(
    const struct identifier *identifier, struct identifier_parts *parts);

/* Normalise in place and validate.  RC_INVALID with a code (bad_length,
 * bad_character, bad_check_digit, bad_form, unknown_country, unknown_chain,
 * card_number_refused …), the pointer of the member and a sentence that never
 * echoes the value.  Whether a bank code is anybody's, the registry knows:
 * registry_knows_bank_code. */
NODISCARD enum rc
identifier_check(struct identifier *identifier, struct err *err);

/* What may be shown: a few first and last characters of a checked identifier.
 * `text` has IDENTIFIER_MASK_SIZE bytes.  Returns it. */
char *identifier_mask(const struct identifier *identifier, char *text);

/* "type:qualifier:value", the stable text below a keyed look-up hash.  Two
 * spellings of one account give one text: an Indian account counts by bank,
 * not by branch; KZ and GB accounts are the same as their IBAN.  `text` has
 * IDENTIFIER_CANONICAL_SIZE bytes.  Returns it. */
char *identifier_canonical(const struct identifier *identifier, char *text);

/* Whether it names a payment (rrn, utr, uetr, arn, pix_e2e), no account. */
bool identifier_is_reference(enum identifier_type type);
