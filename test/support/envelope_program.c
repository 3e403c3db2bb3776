/*
 * Prints envelopes of every type with hard texts in them, one a line, for
 * test/openapi/envelope.test.mjs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/adapter.h"
#include "hub/domain/effects.h"
#include "test/unit/parts.h"

enum { ARENA = 1 << 20, LIMIT = 64 << 10, CONTROLS = 0x20 };

static const enum message_type types[] = {
	MESSAGE_FREEZE_REQUESTED,
	MESSAGE_FREEZE_AMENDED,
	MESSAGE_FREEZE_WITHDRAWN,
	MESSAGE_RELEASE_ORDERED,
	MESSAGE_HOLD_REDUCE,
	MESSAGE_HOLD_EXTEND,
	MESSAGE_CORRECTION_SUPPLIED,
	MESSAGE_DEADLINE_WARNING,
	MESSAGE_TEST_PING,
	MESSAGE_RECEIPT_RECORDED,
	MESSAGE_RESPONSE_RECORDED,
	MESSAGE_LEAD_CREATED,
	MESSAGE_TARGET_UNDELIVERABLE,
	MESSAGE_GRIEVANCE_FILED,
	MESSAGE_EVIDENCE_ATTACHED,
	MESSAGE_SIGNAL_RECEIVED,
};

static const char *const texts[] = {
	"",
	"plain",
	"\"quoted\" \\ back / slash",
	"\xd0\x90\xd0\xb9\xd0\xb3\xd1\x83\xd0\xbb\xd1\x8c",
	"\xe0\xb4\xae\xe0\xb5\x80\xe0\xb4\xb0 "
	"\xe0\xb4\x95\xe0\xb5\x8a\xe0\xb4\x9a\xe0\xb5\x8d\xe0\xb4\x9a\xe0\xb4"
	"\xbf",
	"\xf0\x9f\x92\xb8\xf0\x9f\x91\xae\xf0\x9f\x8f\xbd\xe2\x80\x8d"
	"\xe2\x99\x80\xef\xb8\x8f",
	"\xe2\x80\xa8 line and \xe2\x80\xa9 paragraph",
	"\xef\xbb\xbf mark and \x7f delete",
	"\xff not UTF-8 \xed\xa0\x80 half a pair \xc0\x80",
	"cut \xf0\x9f\x92",
	"__proto__",
	"<script>&amp;</script>",
	"1e400",
};

/* One control character after another. */
static const char *
text_numbered(size_t n, char *control)
{
	if (n < COUNT(texts))
		return texts[n];
	(void)snprintf(control, 8, "a%cb", (int)(n - COUNT(texts) + 1));
	return control;
}

static void
print_envelope(const struct envelope *envelope)
{
	SCOPED(strbuf_clear) struct strbuf out;
	struct err err;

	strbuf_init(&out, LIMIT);
	if (adapter_json.write(envelope, &out, &err) != RC_OK) {
		fprintf(stderr, "%s: %s\n", err.code, err.text);
		exit(1);
	}
	printf("%s\n", out.bytes);
}

/* A clock tells the institution, and the unit. */
static void
print_clocks(struct envelope *envelope)
{
	static const struct deadline deadline = { .kind = DEADLINE_DECISION,
		.due_at = PARTS_AT,
		.stage = DEADLINE_AT_FOUR_FIFTHS };

	envelope->deadline = &deadline;
	envelope->about = NULL;
	envelope->answer = NULL;
	envelope->grievance = NULL;
	envelope->evidence = NULL;
	envelope->order = NULL;
	for (int to_unit = 0; to_unit < 2; to_unit++) {
		envelope->to_unit = to_unit;
		envelope->type = MESSAGE_DEADLINE_WARNING;
		print_envelope(envelope);
		envelope->type = MESSAGE_DEADLINE_BREACHED;
		print_envelope(envelope);
	}
}

/* A document: the institution, and the unit of one of an institution. */
static void
print_documents(struct envelope *envelope)
{
	const struct document document = { .id = parts_id(PARTS_RESPONSE),
		.type = "FIR",
		.media_type = "application/pdf",
		.state = DOCUMENT_DEFECTIVE,
		.signature_format = SIGNATURE_PADES,
		.signature_check = SIGNATURE_NOT_CHECKED,
		.size = 7,
		.defects = 1u << DEFECT_SEAL_MISSING | 1u << DEFECT_OTHER,
		.filed_at = PARTS_AT };
	const struct document *listed = &document;

	envelope->document = &document;
	envelope->documents = &listed;
	envelope->document_count = 1;
	envelope->type = MESSAGE_DOCUMENT_AVAILABLE;
	for (int to_unit = 0; to_unit < 2; to_unit++) {
		envelope->to_unit = to_unit;
		print_envelope(envelope);
	}
	envelope->document = NULL;
	envelope->document_count = 0;
}

/* A document owed: the institution, and the unit by its clock. */
static void
print_formalities(struct envelope *envelope)
{
	static const struct deadline deadline = { .kind = DEADLINE_FORMALITY,
		.due_at = PARTS_AT,
		.stage = DEADLINE_AT_END };
	const struct formality formality = { .id = parts_id(PARTS_RESPONSE),
		.type = "FIR",
		.profile = "IN@2026-01-02",
		.basis = "BNSS_106",
		.state = FORMALITY_OVERDUE,
		.created_at = PARTS_AT,
		.due_at = PARTS_AT };

	envelope->formality = &formality;
	envelope->deadline = NULL;
	envelope->to_unit = false;
	envelope->type = MESSAGE_FORMALITY_UPDATED;
	print_envelope(envelope);
	envelope->deadline = &deadline;
	envelope->type = MESSAGE_FORMALITY_DUE;
	print_envelope(envelope);
	envelope->deadline = NULL;
	envelope->to_unit = true;
	envelope->type = MESSAGE_FORMALITY_UPDATED;
	print_envelope(envelope);
	envelope->formality = NULL;
	print_documents(envelope);
}

static const struct send_signal risk = { .kind = SIGNAL_SMS_BURST,
	.subject = { .type = IDENTIFIER_MSISDN, .value = "+77005550177" },
	.facts = { .values = { 40, 9 }, .is_told = { true, true } },
	.observed_from = PARTS_AT,
	.observed_until = PARTS_AT,
	.expires_at = PARTS_AT + 1000000 };

static const struct alert_row too_much = {
	.kind = VOLUME_OFFICER_REQUESTS,
	.grade = VOLUME_ALERT,
	.figure = 21,
	.limit = 20,
	.raised_at = PARTS_AT,
};

/* Nobody answered: an officer asked too much. */
static void
print_alert(struct envelope *envelope)
{
	envelope->type = MESSAGE_ALERT_VELOCITY;
	envelope->alert = &too_much;
	envelope->formality = NULL;
	envelope->answer = NULL;
	envelope->about = NULL;
	envelope->deadline = NULL;
	envelope->to_unit = false;
	print_envelope(envelope);
	envelope->alert = NULL;
}

/* A merged case: the unit, of no target. */
static void
print_merged(struct envelope *envelope)
{
	envelope->formality = NULL;
	envelope->deadline = NULL;
	envelope->request = NULL;
	envelope->merged_into = envelope->case_file;
	envelope->target_count = 0;
	envelope->type = MESSAGE_CASE_MERGED;
	print_envelope(envelope);
}

/* Nobody answered: it is about the unit's own target alone. */
static void
print_superseded(struct envelope *envelope)
{
	envelope->type = MESSAGE_TARGET_SUPERSEDED;
	envelope->formality = NULL;
	envelope->deadline = NULL;
	envelope->answer = NULL;
	envelope->about = NULL;
	print_envelope(envelope);
}

/* A court's order, money on its way back, and the clock of that. */
static void
print_way_back(struct envelope *envelope, const char *text)
{
	static const char order[] =
	    "{\"basis\":\"BNSS_107\",\"issuer\":\"a court\",\"number\":\"1\","
	    "\"issued_on\":\"2026-03-19\"}";
	static const char attached[] =
	    "{\"basis\":\"BNSS_107\",\"issuer\":\"a court\",\"number\":\"1\","
	    "\"issued_on\":\"2026-03-19\",\"expires_at\":"
	    "\"2026-09-19T00:00:00.000Z\"}";
	static const struct deadline deadline = { .kind = DEADLINE_RESTITUTION,
		.due_at = PARTS_AT,
		.stage = DEADLINE_AT_HALF };
	const struct attach_target attachment = { .order = attached };
	const struct restitution restitution = {
		.id = parts_id(PARTS_RESPONSE),
		.state = RESTITUTION_ORDERED,
		.amount = { 12500, "INR" },
		.due_at = PARTS_AT,
		.payee = envelope->targets[0]->identifier,
		.payee_name = text,
		.order = order,
	};

	envelope->formality = NULL;
	envelope->deadline = NULL;
	envelope->answer = NULL;
	envelope->to_unit = false;
	envelope->attachment = &attachment;
	envelope->type = MESSAGE_HOLD_ATTACHED;
	print_envelope(envelope);
	envelope->attachment = NULL;
	envelope->restitution = &restitution;
	envelope->type = MESSAGE_RESTITUTION_ORDERED;
	print_envelope(envelope);
	envelope->type = MESSAGE_RESTITUTION_UPDATED;
	print_envelope(envelope);
	envelope->deadline = &deadline;
	envelope->type = MESSAGE_DEADLINE_BREACHED;
	print_envelope(envelope);
	envelope->restitution = NULL;
	envelope->deadline = NULL;
}

/* Every type, with `text` wherever people write. */
static void
print_world(struct snapshot *snapshot, const char *text)
{
	struct id id = parts_id(PARTS_TARGET);
	struct target *target = snapshot_target(snapshot, &id);
	const struct institution *bank = registry_institution_named(
	    snapshot->registry, "malabar_bank");
	const struct txn *txn = snapshot->txns[0];
	const struct actor officer = { .rank = "SI" };
	const struct respond answer = { .code = RESPONSE_HLD_PART,
		.has_amount_held = true,
		.amount_held = { 1, "INR" },
		.hold_ref = text,
		.note = text,
		.mismatches = 3 };
	const struct grievance grievance = { .id = parts_id(PARTS_RESPONSE),
		.filed_at = PARTS_AT,
		.due_at = PARTS_AT + 1000000 };
	const struct evidence_row evidence = { .id = parts_id(PARTS_RESPONSE),
		.submitted_at = PARTS_AT,
		.text = text };
	struct envelope envelope = { .id = parts_id(PARTS_MESSAGE),
		.created_at = PARTS_AT,
		.case_file = snapshot->cases[1],
		.request = snapshot->requests[1],
		.targets = (const struct target *const *)&target,
		.txns = &txn,
		.institutions = &bank,
		.target_count = 1,
		.unit = registry_institution_named(
		    snapshot->registry, "kl_kochi_cyber"),
		.officer = &officer,
		.about = bank,
		.answer = &answer,
		.signal = &risk,
		.note = text };

	target->holder = target->hold_ref = text;
	target->held_minor = 7;
	target->reduce_to_minor = 3;
	target->expires_at = PARTS_AT;
	for (size_t i = 0; i < COUNT(types); i++) {
		envelope.type = types[i];
		envelope.grievance = types[i] == MESSAGE_GRIEVANCE_FILED
		    ? &grievance
		    : NULL;
		envelope.evidence = types[i] == MESSAGE_EVIDENCE_ATTACHED
		    ? &evidence
		    : NULL;
		envelope.answer = types[i] == MESSAGE_EVIDENCE_ATTACHED
		    ? NULL
		    : &answer;
		envelope.order = types[i] == MESSAGE_TARGET_UNDELIVERABLE
		    ? "release.ordered"
		    : NULL;
		print_envelope(&envelope);
	}
	print_clocks(&envelope);
	print_formalities(&envelope);
	print_way_back(&envelope, text);
	print_alert(&envelope);
	print_superseded(&envelope);
	print_merged(&envelope);
}

int
main(void)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(ARENA);
	SCOPED(registry_cleanup) struct registry *registry = parts_registry();
	struct snapshot snapshot;
	char control[8];

	snapshot_init(&snapshot, arena, registry);
	parts_fill(&snapshot);
	for (size_t n = 0; n < COUNT(texts) + CONTROLS - 1; n++)
		print_world(&snapshot, text_numbered(n, control));
	return 0;
}
