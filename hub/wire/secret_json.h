/*
 * The JSON inside sealed columns: what of a row is encrypted.  Written and
 * read by the desk, read by the reading room.
 */
#pragma once

#include "hub/base/arena.h"
#include "hub/base/common.h"
#include "hub/base/err.h"
#include "hub/base/strbuf.h"
#include "hub/domain/snapshot.h"

/* Target: {"identifier":{…},"holder":"…"}. */
void secret_json_write_target(struct strbuf *out, const struct target *target);
NODISCARD enum rc secret_json_read_target(const char *text, size_t length,
    struct arena *arena, struct target *target, struct err *err);

/* Txn: {"reference":{…},"from":{…},"to":{…}}, absent where not told. */
void secret_json_write_txn(struct strbuf *out, const struct txn *txn);
NODISCARD enum rc secret_json_read_txn(const char *text, size_t length,
    struct arena *arena, struct txn *txn, struct err *err);

/* Document: {"issuer":"…","number":"…","issued_on":"…","name":"…",
 * "signature":"…","signer_key":"…"}, absent where not told. */
void secret_json_write_document(
    struct strbuf *out, const struct document_words *words);
/* Restitution: {"payee":{…},"name":"…","reason":"…"}. */
void secret_json_write_restitution(
    struct strbuf *out, const struct restitution *restitution);
NODISCARD enum rc secret_json_read_restitution(const char *text, size_t length,
    struct arena *arena, struct restitution *restitution, struct err *err);

/* {"name":"…","msisdn":"…","email":"…","address":"…"}. */
void secret_json_write_complainant(
    struct strbuf *out, const struct complainant *complainant);
NODISCARD enum rc secret_json_read_complainant(const char *text, size_t length,
    struct arena *arena, struct complainant *complainant, struct err *err);
