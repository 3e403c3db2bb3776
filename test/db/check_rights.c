/*
 * What the hub's role may not do, partitions, and that the integrity checks
 * see what they are there for.
 */
#include "test/db/batch.h"
#include "test/db/db.h"

#include "hub/store/integrity.h"

static void
setup(void)
{
	SCOPED(db_cleanup) struct db *owner = NULL;
	SCOPED(db_cleanup) struct db *desk = NULL;
	struct load_keys keys = { 0 };
	struct world world;
	struct batch batch;

	db_fresh();
	owner = db_as_owner();
	db_must(owner, "INSERT INTO hub_data_key VALUES (1, 'wrapped')");
	desk = db_as_hub(SESSION_DESK);
	world_make(&world, desk);
	batch_init(&batch, desk);
	batch_begin(&batch, &world, &keys);
	batch_add_reply(
	    &batch, &world, &batch_add_case(&batch, &world, 1)->id, "key");
	batch_must(&batch);
	batch_clear(&batch);
	world_clear(&world);
}

static const char *const forbidden[] = {
	"UPDATE event SET type = 'x'",
	"DELETE FROM event",
	"TRUNCATE event",
	"DELETE FROM event_value",
	"UPDATE event_value SET sealed = ''",
	"UPDATE event_leaf SET leaf_index = 1",
	"DELETE FROM event_leaf",
	"UPDATE response SET code = 'x'",
	"DELETE FROM response",
	"UPDATE attempt SET status = 200",
	"DELETE FROM attempt",
	"UPDATE message SET sealed = ''",
	"DELETE FROM message",
	"DELETE FROM case_file",
	"DELETE FROM target",
	"DELETE FROM institution",
	"DELETE FROM certificate",
	"UPDATE disputed_txn SET amount_minor = 1",
	"UPDATE idempotency SET status = 500",
	"UPDATE hub_data_key SET wrapped = ''",
	"INSERT INTO allowed_move VALUES ('case', 'a', 'b', 'c')",
	"ALTER TABLE event DISABLE TRIGGER ALL",
	"SET session_replication_role = replica",
	"SELECT setval('batch_number', 1)",
	"CREATE TEMP TABLE mine (n integer)",
};

START_TEST(hub_role_may_not)
{
	SCOPED(db_cleanup) struct db *hub = db_as_hub(SESSION_TOOL);
	struct err err;

	db_must_fail(hub, forbidden[_i], &err);
	ck_assert_msg(strstr(err.text, "42501") != NULL, "%s: %s",
	    forbidden[_i], err.text);
}
END_TEST

static const char *const append_only[] = {
	"UPDATE event SET type = 'x'",
	"DELETE FROM event",
};

START_TEST(not_even_the_owner_changes_an_event)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	struct err err;

	db_must_fail(owner, append_only[_i], &err);
	ck_assert_ptr_nonnull(strstr(err.text, "append-only"));
}
END_TEST

START_TEST(move_that_no_table_allows_is_refused)
{
	SCOPED(db_cleanup) struct db *hub = db_as_hub(SESSION_TOOL);
	struct err err;

	db_must_fail(hub,
	    "INSERT INTO event (event_id, recorded_at, happened_at, type,"
	    " leaf, machine, from_status, move, to_status) VALUES (1, now(),"
	    " now(), 'x', 'x', 'target', 'held_full', 'issued', 'queued')",
	    &err);
	ck_assert_int_eq(err.rc, RC_INVALID);
	ck_assert_ptr_nonnull(strstr(err.text, "event_move_allowed"));
}
END_TEST

START_TEST(partitions_are_made_ahead_and_again)
{
	SCOPED(db_cleanup) struct db *hub = db_as_hub(SESSION_TOOL);
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	SCOPED(rows_cleanup) struct rows *none = NULL;
	SCOPED(rows_cleanup) struct rows *one = NULL;
	struct err err;

	ck_assert_int_eq(
	    db_query(hub, SQL_MAKE_PARTITIONS, NULL, &none, &err), RC_OK);
	ck_assert_int_eq(rows_int(none, 0, 0), 0);
	ck_assert_int_eq(db_number("SELECT count(*) FROM pg_class"
				   " WHERE relispartition AND relkind = 'r'"),
	    3 * (5 + 1));
	db_must(owner,
	    "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'attempt_' ||"
	    " to_char(now() AT TIME ZONE 'UTC' + interval '2 days',"
	    " 'YYYYMMDD')); END $$");
	ck_assert_int_eq(
	    db_query(hub, SQL_MAKE_PARTITIONS, NULL, &one, &err), RC_OK);
	ck_assert_int_eq(rows_int(one, 0, 0), 1);
}
END_TEST

/* A row that nothing stands behind. */
#define FORMALITY(status)                                                 \
	"INSERT INTO formality SELECT gen_random_uuid(), case_id,"        \
	" request_id, 'IN@1', 'none', 'FIR', '" status "', now(), now()," \
	" now() FROM freeze_request"
#define GRIEVANCE(status)                                                  \
	"INSERT INTO grievance SELECT target_id, case_id, target_id,"      \
	" institution_id, '" status "', case_id, NULL, now(), NULL, NULL," \
	" '' FROM target"

#define SIGNAL                                                          \
	"INSERT INTO signal SELECT case_id, case_id, case_id, 'calls'," \
	" 'msisdn', '', '', now(), now(), now() + interval '1 h',"      \
	" now(), 1, '' FROM case_file"
#define WATCH                                                            \
	"INSERT INTO watch_entry (watch_entry_id, institution_id,"       \
	" created_by, source, reason, status, identifier_type,"          \
	" identifier_mask, identifier_hash, expires_at, created_at,"     \
	" updated_at, key_no, sealed) SELECT case_id, case_id, case_id," \
	" 'own_list', 'other', 'active', 'msisdn', '', '',"              \
	" now() + interval '1 h', now(), now(), 1, '' FROM case_file"
#define PAYMENT_HOLD                                                    \
	"INSERT INTO payment_hold (payment_hold_id, institution_id,"    \
	" created_by, status, ground, signal_id, identifier_type,"      \
	" identifier_mask, identifier_hash, amount_minor, currency,"    \
	" term_ends_at, created_at, updated_at, key_no, sealed)"        \
	" SELECT case_id, case_id, case_id, 'held', 'signal', case_id," \
	" 'msisdn', '', '', 1, 'INR', now() + interval '1 h', now(),"   \
	" now(), 1, '' FROM case_file"

#define DOCUMENT                                                       \
	"INSERT INTO document (document_id, case_id, institution_id,"  \
	" by_institution, filed_by, type, status, format, media_type," \
	" size, sha256, signature_format, signature_check, language,"  \
	" content_id, chunk_count, content_key, sealed, filed_at,"     \
	" updated_at) SELECT c.case_id, c.case_id, p.institution_id,"  \
	" false, p.principal_id, 'FIR', 'filed', 'pdf', 'x', 1,"       \
	" decode(repeat('00', 32), 'hex'), 'none', 'not_signed', '',"  \
	" c.case_id, 1, '', '', now(), now() FROM case_file c,"        \
	" (SELECT * FROM principal LIMIT 1) AS p; "

/* A restitution of each case, of nothing that is held. */
#define RESTITUTION(plan)                                                  \
	"INSERT INTO restitution (restitution_id, plan_id, case_id,"       \
	" target_id, institution_id, claim_case_id, status, amount_minor," \
	" currency, claim_minor, proposed_by, proposed_at, updated_at, "   \
	"sealed)"                                                          \
	" SELECT case_id, " plan ", case_id, case_id, case_id, case_id,"   \
	" 'proposed', 1, 'INR', 1, case_id, now(), now(), 'x' FROM case_file"

/* How a row is broken, and which check must see it. */
static const struct {
	const char *name, *text;
} damages[] = {
	{ "target_without_case",
	    "UPDATE target SET case_id = message_id"
	    " FROM message" },
	{ "target_without_request", "UPDATE target SET request_id = case_id" },
	{ "target_without_institution",
	    "UPDATE target SET institution_id = case_id" },
	{ "target_without_txn", "UPDATE target SET txn_id = case_id" },
	{ "target_without_parent", "UPDATE target SET parent_id = case_id" },
	{ "target_without_original",
	    "UPDATE target SET duplicate_of = case_id" },
	{ "case_without_unit", "UPDATE case_file SET unit_id = case_id" },
	{ "txn_without_case",
	    "UPDATE disputed_txn SET case_id = gen_random_uuid()" },
	{ "request_without_case",
	    "UPDATE freeze_request SET case_id = gen_random_uuid()" },
	{ "formality_without_request",
	    "INSERT INTO formality SELECT gen_random_uuid(), case_id, case_id,"
	    " 'in@2025-01-01', 'x', 'x', 'due', now(), now(), now()"
	    " FROM case_file" },
	{ "event_move_unknown", "DELETE FROM allowed_move" },
	{ "restitution_without_target", RESTITUTION("case_id") },
	{ "restitution_without_plan", RESTITUTION("gen_random_uuid()") },
	{ "restitution_status_without_event", RESTITUTION("case_id") },
	{ "attachment_without_target",
	    "INSERT INTO attachment SELECT case_id, case_id, case_id, 'x',"
	    " case_id, now(), now() + interval '1 day', 'x' FROM case_file" },
	{ "attached_without_order",
	    "UPDATE target SET status = 'attached', expires_at = now()" },
	{ "external_ref_without_case",
	    "UPDATE external_ref SET case_id = gen_random_uuid()" },
	{ "response_without_target",
	    "INSERT INTO response SELECT case_id, case_id, case_id, 1, 'x',"
	    " case_id, case_id, '', 0, now(), '' FROM case_file" },
	{ "response_without_certificate",
	    "INSERT INTO response SELECT case_id, case_id, case_id, 1, 'x',"
	    " case_id, case_id, '', 0, now(), '' FROM case_file" },
	{ "lead_without_response",
	    "INSERT INTO lead SELECT case_id, case_id, case_id, case_id, NULL,"
	    " 'x', 1, 'INR', now() FROM case_file" },
	{ "lead_without_child",
	    "INSERT INTO lead SELECT case_id, case_id, case_id, case_id,"
	    " case_id, 'x', 1, 'INR', now() FROM case_file" },
	{ "idempotency_without_case",
	    "UPDATE idempotency SET case_id = gen_random_uuid()" },
	{ "event_without_case",
	    "INSERT INTO event (event_id, recorded_at, happened_at, case_id,"
	    " type, leaf) VALUES (1, now(), now(), gen_random_uuid(), 'x',"
	    " 'x')" },
	{ "event_value_without_event",
	    "INSERT INTO event_value (event_id, sealed) VALUES (1, 'x')" },
	{ "event_leaf_without_event",
	    "INSERT INTO event_leaf VALUES (0, 1, now())" },
	{ "event_leaf_gap",
	    "INSERT INTO event_leaf SELECT 1, event_id, recorded_at FROM event"
	    " LIMIT 1" },
	{ "message_without_case",
	    "UPDATE message SET case_id = gen_random_uuid()" },
	{ "message_without_endpoint", "UPDATE message SET endpoint_no = 99" },
	{ "message_without_target",
	    "UPDATE message SET target_ids = array[message_id]" },
	{ "deadline_without_case",
	    "INSERT INTO deadline SELECT target_id, 'decision', institution_id,"
	    " institution_id, 'ended', 0, now(), now(), NULL"
	    " FROM target LIMIT 1" },
	{ "deadline_without_subject",
	    "INSERT INTO deadline SELECT institution_id, 'decision', case_id,"
	    " institution_id, 'ended', 0, now(), now(), NULL"
	    " FROM target LIMIT 1" },
	{ "deadline_without_owner",
	    "INSERT INTO deadline SELECT target_id, 'decision', case_id,"
	    " case_id, 'ended', 0, now(), now(), NULL FROM target LIMIT 1" },
	{ "formality_without_authority", FORMALITY("due") },
	{ "formality_owed_without_clock", FORMALITY("due") },
	{ "formality_settled_with_clock",
	    "WITH y AS (" FORMALITY(
		"waived") " RETURNING *)"
			  " INSERT INTO deadline SELECT formality_id, "
			  "'formality', case_id,"
			  " case_id, 'running', 0, now(), now(), now() FROM "
			  "y" },
	{ "grievance_without_target",
	    "INSERT INTO grievance SELECT case_id, case_id, case_id, case_id,"
	    " 'closed', case_id, NULL, now(), NULL, NULL, '' FROM case_file" },
	{ "grievance_open_without_clock",
	    "UPDATE target SET status = 'held_full', expires_at = now(),"
	    " held_minor = requested_minor; " GRIEVANCE("filed") },
	{ "grievance_decided_with_clock",
	    "WITH g AS (" GRIEVANCE("closed") " RETURNING *)"
					      " INSERT INTO deadline SELECT "
					      "grievance_id, 'grievance_reply',"
					      " case_id, case_id, 'running', "
					      "0, now(), now(), now() FROM g" },
	{ "signal_without_source", SIGNAL },
	{ "signal_without_recipient", SIGNAL },
	{ "signal_without_agreement",
	    SIGNAL "; INSERT INTO signal_recipient SELECT signal_id, source_id,"
		   " source_id, now() FROM signal" },
	{ "signal_without_event", SIGNAL },
	{ "watch_entry_status_without_event", WATCH },
	{ "watch_entry_without_institution", WATCH },
	{ "payment_hold_status_without_event", PAYMENT_HOLD },
	{ "payment_hold_without_institution", PAYMENT_HOLD },
	{ "payment_hold_without_signal", PAYMENT_HOLD },
	{ "document_status_without_event", DOCUMENT },
	{ "document_without_its_content", DOCUMENT },
	{ "document_about_another_case",
	    DOCUMENT "INSERT INTO document_request SELECT d.document_id,"
		     " r.request_id FROM document d, freeze_request r;"
		     " ALTER TABLE document DROP CONSTRAINT"
		     " document_case_id_fkey;"
		     " UPDATE document SET case_id = gen_random_uuid()" },
	{ "formality_document_of_another_request",
	    DOCUMENT FORMALITY("submitted") "; UPDATE formality SET"
					    " document_id = (SELECT"
					    " document_id FROM document)" },
	{ "outbox_without_message", "UPDATE outbox SET seq = seq + 9" },
	{ "retry_without_message",
	    "INSERT INTO outbox_retry SELECT 1, endpoint_no, shard, priority,"
	    " message_id, message_at, created_at, escalate_at, 1, now(), 0, 0"
	    " FROM outbox LIMIT 1" },
	{ "outbox_in_retry_too",
	    "INSERT INTO outbox_retry SELECT o.seq, o.endpoint_no, o.shard,"
	    " o.priority, o.message_id, o.message_at, o.created_at,"
	    " o.escalate_at, 1, now(), 0, 0"
	    " FROM outbox o" },
	{ "attempt_without_message",
	    "INSERT INTO attempt (at, seq, message_id, endpoint_no, n, status,"
	    " milliseconds) VALUES (now(), 1, gen_random_uuid(), 1, 1, 200,"
	    " 1)" },
	{ "institution_without_endpoint",
	    "DELETE FROM endpoint_key; DELETE FROM endpoint" },
	{ "case_status_without_event",
	    "UPDATE case_file SET status = 'closed'" },
	{ "request_status_without_event",
	    "UPDATE freeze_request SET status = 'completed'" },
	{ "target_status_without_event",
	    "UPDATE target SET status = 'acknowledged'" },
	{ "formality_status_without_event", FORMALITY("due") },
	{ "grievance_status_without_event", GRIEVANCE("filed") },
	{ "event_in_default_partition",
	    "INSERT INTO event (event_id, recorded_at, happened_at, type,"
	    " leaf) VALUES (1, '2000-01-01', now(), 'x', 'x')" },
	{ "message_in_default_partition",
	    "UPDATE message SET created_at = '2000-01-01'" },
	{ "attempt_in_default_partition",
	    "INSERT INTO attempt (at, seq, message_id, endpoint_no, n, status,"
	    " milliseconds) VALUES ('2000-01-01', 1, gen_random_uuid(), 1, 1,"
	    " 200, 1)" },
};

/* How many rows a check found; all of them are run. */
static int64_t
found_by(struct db *db, const char *name, int64_t *broken)
{
	SCOPED(arena_cleanup) struct arena *arena = arena_new(1 << 20);
	struct integrity_check *checks;
	size_t count;
	struct err err;

	ck_assert_int_eq(
	    integrity_run(db, arena, &checks, &count, broken, &err), RC_OK);
	ck_assert_uint_eq(count, COUNT(damages));
	for (size_t i = 0; i < count; i++)
		if (strcmp(checks[i].name, name) == 0)
			return checks[i].broken;
	ck_abort_msg("no check %s", name);
	return -1;
}

START_TEST(each_check_sees_its_damage)
{
	SCOPED(db_cleanup) struct db *owner = db_as_owner();
	int64_t broken;

	struct err err;

	ck_assert_int_eq(found_by(owner, damages[_i].name, &broken), 0);
	ck_assert_int_eq(broken, 0);
	ck_assert_int_eq(db_begin(owner, &err), RC_OK);
	db_must(owner, damages[_i].text);
	ck_assert_int_gt(found_by(owner, damages[_i].name, &broken), 0);
	ck_assert_int_gt(broken, 0);
	db_rollback(owner);
}
END_TEST

Suite *
rights_suite(void)
{
	Suite *suite = suite_create("rights");
	TCase *tcase = tcase_create("rights");

	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, setup, NULL);
	tcase_add_loop_test(tcase, hub_role_may_not, 0, (int)COUNT(forbidden));
	tcase_add_loop_test(tcase, not_even_the_owner_changes_an_event, 0,
	    (int)COUNT(append_only));
	tcase_add_test(tcase, move_that_no_table_allows_is_refused);
	tcase_add_test(tcase, partitions_are_made_ahead_and_again);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("integrity");
	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, setup, NULL);
	tcase_add_loop_test(
	    tcase, each_check_sees_its_damage, 0, (int)COUNT(damages));
	suite_add_tcase(suite, tcase);
	return suite;
}
