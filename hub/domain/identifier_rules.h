/*
 * The checks behind identifier_check, one for each type.  Each normalises
 * `value` and `qualifier` in place and says at which member what is wrong.
 * Only identifier.c calls them.
 */
#pragma once

#include "hub/domain/identifier.h"

/* identifier_bank.c */
enum rc identifier_bank_iban(struct identifier *identifier, struct err *err);
enum rc identifier_bank_bic(struct identifier *identifier, struct err *err);
enum rc identifier_bank_ifsc(struct identifier *identifier, struct err *err);
enum rc identifier_bank_in(struct identifier *identifier, struct err *err);
enum rc identifier_bank_ru(struct identifier *identifier, struct err *err);
enum rc identifier_bank_kz(struct identifier *identifier, struct err *err);
enum rc identifier_bank_iin(struct identifier *identifier, struct err *err);
enum rc identifier_bank_us(struct identifier *identifier, struct err *err);
enum rc identifier_bank_uk(struct identifier *identifier, struct err *err);

/* identifier_payment.c */
enum rc identifier_payment_vpa(struct identifier *identifier, struct err *err);
enum rc identifier_payment_e2e(struct identifier *identifier, struct err *err);
enum rc identifier_payment_rrn(struct identifier *identifier, struct err *err);
enum rc identifier_payment_utr(struct identifier *identifier, struct err *err);
enum rc identifier_payment_uetr(struct identifier *identifier, struct err *err);
enum rc identifier_payment_arn(struct identifier *identifier, struct err *err);

/* identifier_pix.c */
enum rc identifier_pix_key(struct identifier *identifier, struct err *err);

/* identifier_card.c */
enum rc identifier_card_check(struct identifier *identifier, struct err *err);

/* RC_INVALID card_number_refused at `pointer` when the text holds a whole
 * card number; the sentence has its place, never its digits. */
enum rc
identifier_card_refuse(const char *text, const char *pointer, struct err *err);

/* Members bin, last4, length, token to and from one identifier. */
enum rc identifier_card_compose(
    const char *const *texts, struct identifier *identifier, struct err *err);
void identifier_card_split(
    const struct identifier *identifier, struct identifier_parts *parts);

/* identifier_telecom.c */
enum rc
identifier_telecom_msisdn(struct identifier *identifier, struct err *err);
enum rc identifier_telecom_imei(struct identifier *identifier, struct err *err);
enum rc
identifier_telecom_iccid(struct identifier *identifier, struct err *err);
enum rc identifier_telecom_imsi(struct identifier *identifier, struct err *err);

/* identifier_trade.c */
enum rc identifier_trade_wallet(struct identifier *identifier, struct err *err);
enum rc identifier_trade_crypto(struct identifier *identifier, struct err *err);
enum rc
identifier_trade_merchant(struct identifier *identifier, struct err *err);
enum rc
identifier_trade_terminal(struct identifier *identifier, struct err *err);
enum rc identifier_trade_order(struct identifier *identifier, struct err *err);
enum rc
identifier_trade_listing(struct identifier *identifier, struct err *err);

/* identifier_digits.c: digits and nothing else, between two lengths, after
 * spaces and hyphens are taken out.  `what` begins the sentence. */
enum rc identifier_digits(char *text, const char *pointer, const char *what,
    size_t shortest, size_t longest, struct err *err);
