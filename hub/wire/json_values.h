/*
 * The domain's values in JSON: money as {"amount":"49999.00",
 * "currency":"INR"}, an identifier as {"type":"in_account","value":"…",
 * "ifsc":"…"}, a word of an enumeration.  The readers go into tables:
 *
 *	MEMBER_OBJECT("loss", JSON_REQUIRED, json_read_money, &draft->loss)
 */
#pragma once

#include "hub/base/strbuf.h"
#include "hub/domain/identifier.h"
#include "hub/domain/money.h"
#include "hub/domain/volume.h"
#include "hub/domain/words.h"
#include "hub/wire/json_reader.h"
#include "hub/wire/json_writer.h"

/* `out` is a struct money.  What money_parse refuses; the second refuses
 * zero too. */
NODISCARD enum rc
json_read_money(const struct json_node *node, void *out, struct err *err);
NODISCARD enum rc json_read_money_positive(
    const struct json_node *node, void *out, struct err *err);

/* `out` is a struct identifier: composed and checked. */
NODISCARD enum rc
json_read_identifier(const struct json_node *node, void *out, struct err *err);

/* The same of an object that has `extra` members beside the identifier's (at
 * most JSON_IDENTIFIER_EXTRA). */
enum { JSON_IDENTIFIER_EXTRA = 4 };
NODISCARD enum rc json_read_identifier_with(const struct json_node *node,
    const struct json_member *extra, size_t extra_count,
    struct identifier *identifier, struct err *err);

void json_write_money(
    struct strbuf *out, const char *key, const struct money *money);
void json_write_identifier(
    struct strbuf *out, const char *key, const struct identifier *identifier);

/* Only its members, into an object that is open. */
void json_write_identifier_members(
    struct strbuf *out, const struct identifier *identifier);

/* {"type":"in_account","masked":"…"}: what all who see the target may see. */
void json_write_masked(struct strbuf *out, const char *key,
    enum identifier_type type, const char *mask);

/* A volume that went above its limit, for the unit above. */
void json_write_alert(
    struct strbuf *out, const char *key, const struct alert_row *alert);

/* A volume's figure and limit: counts, or sums of money. */
void json_write_volume(
    struct strbuf *out, int64_t figure, int64_t limit, const char *currency);

/* The word of an enumeration's constant. */
void json_write_word(
    struct strbuf *out, const char *key, const struct words *words, int value);

/* A list of {"profile":"KZ@2026-01-01","basis":"ERDR"} of the text that
 * authority_list.h tells of; nothing where it is "" or NULL. */
void json_write_authorities(
    struct strbuf *out, const char *key, const char *authorities);
