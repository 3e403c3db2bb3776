/*
 * What is inside sealed columns: see secret_json.h.
 */
#include "hub/wire/secret_json.h"

#include "hub/wire/json_reader.h"
#include "hub/wire/json_values.h"

/* As long as the longest member of a request (docs/openapi.json). */
enum { TEXT_BYTES = 500, REASON_BYTES = 2000 };

/* "" is not written: absent says the same. */
static void
write_told(struct strbuf *out, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		json_write_text(out, key, text);
}

/* ---- targets */

void
secret_json_write_target(struct strbuf *out, const struct target *target)
{
	json_write_object(out, NULL);
	json_write_identifier(out, "identifier", &target->identifier);
	write_told(out, "holder", target->holder);
	json_write_object_end(out);
}

static enum rc
read_target(const struct json_node *node, void *out, struct err *err)
{
	struct target *target = out;
	const struct json_member members[] = {
		MEMBER_OBJECT("identifier", JSON_REQUIRED, json_read_identifier,
		    &target->identifier),
		MEMBER_TEXT(
		    "holder", JSON_OPTIONAL, TEXT_BYTES, &target->holder),
	};

	target->holder = "";
	TRY(json_read_members(node, members, COUNT(members), err));
	target->is_open = true;
	return RC_OK;
}

enum rc
secret_json_read_target(const char *text, size_t length, struct arena *arena,
    struct target *target, struct err *err)
{
	return json_read(text, length, arena, read_target, target, err);
}

/* ---- documents: the reading room shows them as they are */

void
secret_json_write_document(
    struct strbuf *out, const struct document_words *words)
{
	json_write_object(out, NULL);
	write_told(out, "issuer", words->issuer);
	write_told(out, "number", words->number);
	write_told(out, "issued_on", words->issued_on);
	write_told(out, "name", words->name);
	write_told(out, "signature", words->signature);
	write_told(out, "signer_key", words->signer_key);
	json_write_object_end(out);
}

/* ---- payments */

void
secret_json_write_txn(struct strbuf *out, const struct txn *txn)
{
	json_write_object(out, NULL);
	if (txn->has_reference)
		json_write_identifier(out, "reference", &txn->reference);
	if (txn->has_from)
		json_write_identifier(out, "from", &txn->from);
	if (txn->has_to)
		json_write_identifier(out, "to", &txn->to);
	json_write_object_end(out);
}

static enum rc
read_txn(const struct json_node *node, void *out, struct err *err)
{
	struct txn *txn = out;
	const struct json_member members[] = {
		MEMBER_OBJECT("reference", JSON_FLAGGED(&txn->has_reference),
		    json_read_identifier, &txn->reference),
		MEMBER_OBJECT("from", JSON_FLAGGED(&txn->has_from),
		    json_read_identifier, &txn->from),
		MEMBER_OBJECT("to", JSON_FLAGGED(&txn->has_to),
		    json_read_identifier, &txn->to),
	};

	return json_read_members(node, members, COUNT(members), err);
}

enum rc
secret_json_read_txn(const char *text, size_t length, struct arena *arena,
    struct txn *txn, struct err *err)
{
	return json_read(text, length, arena, read_txn, txn, err);
}

/* ---- restitutions */

void
secret_json_write_restitution(
    struct strbuf *out, const struct restitution *restitution)
{
	json_write_object(out, NULL);
	json_write_identifier(out, "payee", &restitution->payee);
	write_told(out, "name", restitution->payee_name);
	write_told(out, "reason", restitution->reason);
	json_write_object_end(out);
}

static enum rc
read_restitution(const struct json_node *node, void *out, struct err *err)
{
	struct restitution *restitution = out;
	const struct json_member members[] = {
		MEMBER_OBJECT("payee", JSON_REQUIRED, json_read_identifier,
		    &restitution->payee),
		MEMBER_TEXT("name", JSON_OPTIONAL, TEXT_BYTES,
		    &restitution->payee_name),
		MEMBER_TEXT("reason", JSON_OPTIONAL, REASON_BYTES,
		    &restitution->reason),
	};

	restitution->payee_name = restitution->reason = "";
	TRY(json_read_members(node, members, COUNT(members), err));
	restitution->is_open = true;
	return RC_OK;
}

enum rc
secret_json_read_restitution(const char *text, size_t length,
    struct arena *arena, struct restitution *restitution, struct err *err)
{
	return json_read(
	    text, length, arena, read_restitution, restitution, err);
}

/* ---- complainants */

void
secret_json_write_complainant(
    struct strbuf *out, const struct complainant *complainant)
{
	json_write_object(out, NULL);
	write_told(out, "name", complainant->name);
	write_told(out, "msisdn", complainant->msisdn);
	write_told(out, "email", complainant->email);
	write_told(out, "address", complainant->address);
	json_write_object_end(out);
}

static enum rc
read_complainant(const struct json_node *node, void *out, struct err *err)
{
	struct complainant *c = out;
	const struct json_member members[] = {
		MEMBER_TEXT("name", JSON_OPTIONAL, TEXT_BYTES, &c->name),
		MEMBER_TEXT("msisdn", JSON_OPTIONAL, TEXT_BYTES, &c->msisdn),
		MEMBER_TEXT("email", JSON_OPTIONAL, TEXT_BYTES, &c->email),
		MEMBER_TEXT("address", JSON_OPTIONAL, TEXT_BYTES, &c->address),
	};

	*c = (struct complainant){ "", "", "", "" };
	return json_read_members(node, members, COUNT(members), err);
}

enum rc
secret_json_read_complainant(const char *text, size_t length,
    struct arena *arena, struct complainant *complainant, struct err *err)
{
	return json_read(
	    text, length, arena, read_complainant, complainant, err);
}
