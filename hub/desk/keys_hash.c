/*
 * The keyed hashes of what commands name: see inside.h.
 */
#include <string.h>

#include "hub/crypto/digest.h"
#include "hub/crypto/lookup_hash.h"
#include "hub/desk/inside.h"
#include "hub/domain/action_rule.h"

void
keys_hash_identifier(const struct keyring *keyring,
    const struct identifier *identifier, uint8_t *hash)
{
	char text[IDENTIFIER_CANONICAL_SIZE];

	identifier_canonical(identifier, text);
	lookup_hash(keyring_lookup(keyring), text, strlen(text), hash);
}

/* What a target is a second one of. */
struct triple {
	const struct identifier *reference; /* of the payment, or NULL */
	const struct id *own;               /* the command, */
	uint32_t number;                    /* and the payment's number in it */
	const struct identifier *identifier;
	const struct id *institution;
	enum action action;
};

/* One live target for each (payment, identifier, institution).  A payment
 * without a reference is like no other: the command and the payment's number
 * in it stand for it.  To ask for records takes nothing from whoever asks for
 * a hold: such an action has triples of its own. */
static void
hash_triple(
    const struct keyring *keyring, const struct triple *triple, uint8_t *hash)
{
	const struct identifier *reference = triple->reference;
	const char *records = action_rule(triple->action)->scope ==
		SCOPE_RECORDS
	    ? words_name(&action_words, (int)triple->action)
	    : "";
	char payment[IDENTIFIER_CANONICAL_SIZE] = "";
	char account[IDENTIFIER_CANONICAL_SIZE];
	struct digest_part parts[] = {
		{ "triple", sizeof "triple" },
		{ payment, 0 },
		{ "", 1 },
		{ account, 0 },
		{ "", 1 },
		{ triple->institution->bytes,
		    sizeof triple->institution->bytes },
		{ triple->own->bytes,
		    reference == NULL ? sizeof triple->own->bytes : 0 },
		{ &triple->number,
		    reference == NULL ? sizeof triple->number : 0 },
		{ records, strlen(records) },
	};

	if (reference != NULL)
		identifier_canonical(reference, payment);
	identifier_canonical(triple->identifier, account);
	parts[1].length = strlen(payment);
	parts[3].length = strlen(account);
	hmac_key_sign(keyring_lookup(keyring), parts, COUNT(parts), hash);
}

static void
hash_submit(const struct keyring *keyring, struct command *command)
{
	struct submit_case *submit = &command->submit;

	volumes_hash(keyring, submit);
	for (size_t i = 0; i < submit->txn_count; i++)
		if (submit->txns[i].has_reference)
			keys_hash_identifier(keyring,
			    &submit->txns[i].reference,
			    submit->txns[i].reference_hash);
	for (size_t r = 0; r < submit->request_count; r++)
		for (size_t t = 0; t < submit->requests[r].target_count; t++) {
			struct target_draft *target =
			    &submit->requests[r].targets[t];
			const struct txn_draft *txn = target->txn < 0
			    ? NULL
			    : &submit->txns[target->txn];

			keys_hash_identifier(keyring, &target->identifier,
			    target->identifier_hash);
			if (target->has_txn_id)
				continue;
			hash_triple(keyring,
			    &(struct triple){ txn != NULL && txn->has_reference
				    ? &txn->reference
				    : NULL,
				&command->base, (uint32_t)target->txn,
				&target->identifier, &target->institution,
				submit->requests[r].action },
			    target->dedupe_hash);
		}
}

static void
hash_leads(const struct keyring *keyring, struct command *command)
{
	struct respond *respond = &command->respond;

	for (size_t i = 0; i < respond->lead_count; i++) {
		struct lead_draft *lead = &respond->leads[i];

		if (lead->has_reference)
			keys_hash_identifier(
			    keyring, &lead->reference, lead->reference_hash);
		if (!lead->has_institution)
			continue;
		keys_hash_identifier(keyring, &lead->to, lead->identifier_hash);
		hash_triple(keyring,
		    &(struct triple){
			lead->has_reference ? &lead->reference : NULL,
			&command->base, (uint32_t)i, &lead->to,
			&lead->institution, respond->asked },
		    lead->dedupe_hash);
	}
}

void
keys_hash(const struct keyring *keyring, struct command *command)
{
	if (command->kind == COMMAND_SUBMIT_CASE ||
	    command->kind == COMMAND_ADD_REQUESTS)
		hash_submit(keyring, command);
	if (command->kind == COMMAND_RESPOND)
		hash_leads(keyring, command);
	keys_risk_hash(keyring, command);
}

void
keys_hash_correction(const struct keyring *keyring, struct command *command,
    const struct target *target, const struct txn *txn, enum action action)
{
	struct correct_target *correct = &command->correct;

	if (!correct->has_identifier)
		return;
	keys_hash_identifier(
	    keyring, &correct->identifier, correct->identifier_hash);
	hash_triple(keyring,
	    &(struct triple){
		txn != NULL && txn->has_reference ? &txn->reference : NULL,
		&command->base, 0, &correct->identifier, &target->institution,
		action },
	    correct->dedupe_hash);
}

/* A payment without a reference is the same as in the request that came
 * before: that one's hash stands for it. */
static const struct target *
find_earlier(const struct snapshot *snapshot, const struct target_draft *draft,
    enum action action)
{
	bool is_records = action_rule(action)->scope == SCOPE_RECORDS;

	for (size_t i = 0; i < snapshot->target_count; i++) {
		const struct target *target = snapshot->targets[i];
		const struct freeze_request *request = snapshot_request(
		    snapshot, &target->request);

		if (request != NULL && id_equal(&target->txn, &draft->txn_id) &&
		    id_equal(&target->institution, &draft->institution) &&
		    memcmp(target->identifier_hash, draft->identifier_hash,
			sizeof draft->identifier_hash) == 0 &&
		    (request->action == action ||
			(!is_records &&
			    action_rule(request->action)->scope !=
				SCOPE_RECORDS)))
			return target;
	}
	return NULL;
}

bool
keys_hash_addition(const struct keyring *keyring,
    const struct snapshot *snapshot, const struct txn *txn, enum action action,
    struct target_draft *draft)
{
	const struct target *earlier = txn->has_reference
	    ? NULL
	    : find_earlier(snapshot, draft, action);
	uint8_t before[COMMAND_HASH_SIZE];

	memcpy(before, draft->dedupe_hash, sizeof before);
	if (earlier != NULL)
		memcpy(draft->dedupe_hash, earlier->dedupe_hash, sizeof before);
	else
		hash_triple(keyring,
		    &(struct triple){
			txn->has_reference ? &txn->reference : NULL, &txn->id,
			0, &draft->identifier, &draft->institution, action },
		    draft->dedupe_hash);
	return memcmp(before, draft->dedupe_hash, sizeof before) != 0;
}

void
keys_hash_ref(const struct keyring *keyring, const struct external_ref *ref,
    uint8_t *hash)
{
	struct digest_part parts[] = {
		{ "external_ref", sizeof "external_ref" },
		{ ref->scheme, strlen(ref->scheme) + 1 },
		{ ref->value, strlen(ref->value) },
	};

	hmac_key_sign(keyring_lookup(keyring), parts, COUNT(parts), hash);
}
