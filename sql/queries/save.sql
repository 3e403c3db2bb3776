-- The desk's save (hub/store/effects_save.c): one statement for each kind of
-- row, all rows of a batch in it, then COMMIT.  The arrays of a statement are
-- of one length, in the order of the columns.  Row versions are saved one
-- higher than they were loaded, or than the 0 of a new row.

-- name: save_cases
-- session: desk
-- New cases.
INSERT INTO case_file (
	case_id, ref, unit_id, created_by, status, outcome, typology,
	authorised, profile, priority, currency, loss_minor, report_channel,
	language, occurred_at, reported_at, received_at, updated_at,
	data_key, complainant, narrative)
SELECT
	v.case_id, v.ref, v.unit_id, v.created_by, v.status, v.outcome,
	v.typology, v.authorised, v.profile, v.priority, v.currency,
	v.loss_minor, v.report_channel, v.language, v.occurred_at,
	v.reported_at, v.received_at, v.updated_at, v.data_key,
	v.complainant, v.narrative
  FROM unnest(
	$1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[],
	$6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
	$11::text[], $12::bigint[], $13::text[], $14::text[],
	$15::timestamptz[], $16::timestamptz[], $17::timestamptz[],
	$18::timestamptz[], $19::bytea[], $20::bytea[], $21::bytea[])
    AS v (
	case_id, ref, unit_id, created_by, status, outcome, typology,
	authorised, profile, priority, currency, loss_minor, report_channel,
	language, occurred_at, reported_at, received_at, updated_at,
	data_key, complainant, narrative);

-- name: save_external_refs
-- session: desk
-- Numbers of new cases in other systems.
INSERT INTO external_ref (
	case_id, position, scheme, value_hash, sealed)
SELECT
	v.case_id, v.position, v.scheme, v.value_hash, v.sealed
  FROM unnest(
	$1::uuid[], $2::smallint[], $3::text[], $4::bytea[], $5::bytea[])
    AS v (
	case_id, position, scheme, value_hash, sealed);

-- name: save_case_changes
-- session: desk
-- Cases that a command touched, by itself or in its targets: the row version
-- is the ETag.  Locked by the load.
WITH changed AS (
	UPDATE case_file t
	   SET
	       status = v.status, outcome = v.outcome, priority = v.priority,
	       updated_at = v.updated_at, row_version = v.row_version + 1
	  FROM unnest(
		$1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[],
		$6::timestamptz[])
	    AS v (
		case_id, row_version, status, outcome, priority, updated_at)
	 WHERE t.case_id = v.case_id
	   AND t.row_version = v.row_version
	RETURNING t.case_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'case_file');

-- name: save_txns
-- session: desk
-- New disputed payments.
INSERT INTO disputed_txn (
	txn_id, case_id, position, parent_id, layer, channel, mcc,
	amount_minor, currency, occurred_at, reference_hash, sealed)
SELECT
	v.txn_id, v.case_id, v.position, v.parent_id, v.layer, v.channel,
	v.mcc, v.amount_minor, v.currency, v.occurred_at, v.reference_hash,
	v.sealed
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::smallint[],
	$6::text[], $7::text[], $8::bigint[], $9::text[], $10::timestamptz[],
	$11::bytea[], $12::bytea[])
    AS v (
	txn_id, case_id, position, parent_id, layer, channel, mcc,
	amount_minor, currency, occurred_at, reference_hash, sealed);

-- name: save_requests
-- session: desk
-- New freeze requests.
INSERT INTO freeze_request (
	request_id, case_id, position, generation, action, scope, priority,
	basis, profile, successor, reason, status, desired_status,
	is_emergency, requested_by, approved_by, issued_at, confirm_by,
	expires_at, created_at, row_version)
SELECT
	v.request_id, v.case_id, v.position, v.generation, v.action, v.scope,
	v.priority, v.basis, v.profile, v.successor, v.reason, v.status,
	v.desired_status, v.is_emergency, v.requested_by, v.approved_by,
	v.issued_at, v.confirm_by, v.expires_at, v.created_at, v.row_version + 1
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::smallint[], $4::integer[], $5::text[],
	$6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
	$11::bytea[], $12::text[], $13::text[], $14::boolean[], $15::uuid[],
	$16::uuid[], $17::timestamptz[], $18::timestamptz[],
	$19::timestamptz[], $20::timestamptz[], $21::bigint[])
    AS v (
	request_id, case_id, position, generation, action, scope, priority,
	basis, profile, successor, reason, status, desired_status,
	is_emergency, requested_by, approved_by, issued_at, confirm_by,
	expires_at, created_at, row_version);

-- name: save_request_changes
-- session: desk
-- Changed freeze requests, under the lock of their case.
WITH changed AS (
	UPDATE freeze_request t
	   SET
	       generation = v.generation, scope = v.scope,
	       priority = v.priority, basis = v.basis, profile = v.profile,
	       successor = v.successor, reason = v.reason, status = v.status,
	       desired_status = v.desired_status,
	       approved_by = v.approved_by, issued_at = v.issued_at,
	       confirm_by = v.confirm_by, expires_at = v.expires_at,
	       row_version = v.row_version + 1
	  FROM unnest(
		$1::uuid[], $2::uuid[], $3::smallint[], $4::integer[],
		$5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
		$10::text[], $11::bytea[], $12::text[], $13::text[],
		$14::boolean[], $15::uuid[], $16::uuid[], $17::timestamptz[],
		$18::timestamptz[], $19::timestamptz[], $20::timestamptz[],
		$21::bigint[])
	    AS v (
		request_id, case_id, position, generation, action, scope,
		priority, basis, profile, successor, reason, status,
		desired_status, is_emergency, requested_by, approved_by,
		issued_at, confirm_by, expires_at, created_at, row_version)
	 WHERE t.request_id = v.request_id
	   AND t.row_version = v.row_version
	RETURNING t.request_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'freeze_request');

-- name: save_targets
-- session: desk
-- New targets.
INSERT INTO target (
	target_id, case_id, request_id, institution_id, txn_id, parent_id,
	duplicate_of, position, layer, generation, status, identifier_type,
	identifier_mask, identifier_hash, dedupe_hash, sealed,
	requested_minor, held_minor, currency, response_code, hold_ref,
	held_at, expires_at, eta, queued_at, sent_at, delivered_at,
	acknowledged_at, answered_at, correct_until, reminders, created_at,
	updated_at, row_version, reduce_to_minor)
SELECT
	v.target_id, v.case_id, v.request_id, v.institution_id, v.txn_id,
	v.parent_id, v.duplicate_of, v.position, v.layer, v.generation,
	v.status, v.identifier_type, v.identifier_mask, v.identifier_hash,
	v.dedupe_hash, v.sealed, v.requested_minor, v.held_minor, v.currency,
	v.response_code, v.hold_ref, v.held_at, v.expires_at, v.eta,
	v.queued_at, v.sent_at, v.delivered_at, v.acknowledged_at,
	v.answered_at, v.correct_until, v.reminders, v.created_at,
	v.updated_at, v.row_version + 1, v.reduce_to_minor
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[],
	$6::uuid[], $7::uuid[], $8::integer[], $9::smallint[],
	$10::integer[], $11::text[], $12::text[], $13::text[], $14::bytea[],
	$15::bytea[], $16::bytea[], $17::bigint[], $18::bigint[],
	$19::text[], $20::text[], $21::bytea[], $22::timestamptz[],
	$23::timestamptz[], $24::timestamptz[], $25::timestamptz[],
	$26::timestamptz[], $27::timestamptz[], $28::timestamptz[],
	$29::timestamptz[], $30::timestamptz[], $31::smallint[],
	$32::timestamptz[], $33::timestamptz[], $34::bigint[],
	$35::bigint[])
    AS v (
	target_id, case_id, request_id, institution_id, txn_id, parent_id,
	duplicate_of, position, layer, generation, status, identifier_type,
	identifier_mask, identifier_hash, dedupe_hash, sealed,
	requested_minor, held_minor, currency, response_code, hold_ref,
	held_at, expires_at, eta, queued_at, sent_at, delivered_at,
	acknowledged_at, answered_at, correct_until, reminders, created_at,
	updated_at, row_version, reduce_to_minor);

-- name: save_target_changes
-- session: desk
-- Changed targets, one row for each, under the lock of their case.
WITH changed AS (
	UPDATE target t
	   SET
	       institution_id = v.institution_id,
	       duplicate_of = v.duplicate_of, generation = v.generation,
	       status = v.status, identifier_type = v.identifier_type,
	       identifier_mask = v.identifier_mask,
	       identifier_hash = v.identifier_hash,
	       dedupe_hash = v.dedupe_hash, sealed = v.sealed,
	       requested_minor = v.requested_minor,
	       held_minor = v.held_minor, response_code = v.response_code,
	       hold_ref = v.hold_ref, held_at = v.held_at,
	       expires_at = v.expires_at, eta = v.eta,
	       queued_at = v.queued_at, sent_at = v.sent_at,
	       delivered_at = v.delivered_at,
	       acknowledged_at = v.acknowledged_at,
	       answered_at = v.answered_at, correct_until = v.correct_until,
	       reminders = v.reminders, updated_at = v.updated_at,
	       reduce_to_minor = v.reduce_to_minor,
	       row_version = v.row_version + 1
	  FROM unnest(
		$1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[],
		$6::uuid[], $7::uuid[], $8::integer[], $9::smallint[],
		$10::integer[], $11::text[], $12::text[], $13::text[],
		$14::bytea[], $15::bytea[], $16::bytea[], $17::bigint[],
		$18::bigint[], $19::text[], $20::text[], $21::bytea[],
		$22::timestamptz[], $23::timestamptz[], $24::timestamptz[],
		$25::timestamptz[], $26::timestamptz[], $27::timestamptz[],
		$28::timestamptz[], $29::timestamptz[], $30::timestamptz[],
		$31::smallint[], $32::timestamptz[], $33::timestamptz[],
		$34::bigint[], $35::bigint[])
	    AS v (
		target_id, case_id, request_id, institution_id, txn_id,
		parent_id, duplicate_of, position, layer, generation, status,
		identifier_type, identifier_mask, identifier_hash,
		dedupe_hash, sealed, requested_minor, held_minor, currency,
		response_code, hold_ref, held_at, expires_at, eta, queued_at,
		sent_at, delivered_at, acknowledged_at, answered_at,
		correct_until, reminders, created_at, updated_at, row_version,
		reduce_to_minor)
	 WHERE t.target_id = v.target_id
	   AND t.row_version = v.row_version
	RETURNING t.target_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'target');

-- name: save_responses
-- session: desk
-- Answers.
INSERT INTO response (
	response_id, case_id, target_id, generation, code, principal_id,
	institution_id, spki_sha256, held_minor, received_at, sealed)
SELECT
	v.response_id, v.case_id, v.target_id, v.generation, v.code,
	v.principal_id, v.institution_id, v.spki_sha256, v.held_minor,
	v.received_at, v.sealed
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::text[],
	$6::uuid[], $7::uuid[], $8::bytea[], $9::bigint[],
	$10::timestamptz[], $11::bytea[])
    AS v (
	response_id, case_id, target_id, generation, code, principal_id,
	institution_id, spki_sha256, held_minor, received_at, sealed);

-- name: save_leads
-- session: desk
-- Where responders say the money went on.
INSERT INTO lead (
	lead_id, case_id, response_id, target_id, child_target_id, code,
	amount_minor, currency, created_at)
SELECT
	v.lead_id, v.case_id, v.response_id, v.target_id, v.child_target_id,
	v.code, v.amount_minor, v.currency, v.created_at
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[],
	$6::text[], $7::bigint[], $8::text[], $9::timestamptz[])
    AS v (
	lead_id, case_id, response_id, target_id, child_target_id, code,
	amount_minor, currency, created_at);

-- name: save_events
-- session: desk
-- The timeline, and beside it the sealed values that its leaves commit to.
WITH v AS MATERIALIZED (
	SELECT u.event_id, u.recorded_at, u.happened_at, u.case_id, u.type,
	       u.actor_id, u.subject_id, u.machine, u.from_status, u.move,
	       u.to_status, u.leaf, u.key_no, u.sealed
	  FROM unnest(
		$1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::uuid[],
		$5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::text[],
		$10::text[], $11::text[], $12::bytea[], $13::integer[],
		$14::bytea[])
	    AS u (event_id, recorded_at, happened_at, case_id, type, actor_id,
		  subject_id, machine, from_status, move, to_status, leaf,
		  key_no, sealed)),
kept AS (
	INSERT INTO event_value (event_id, case_id, key_no, sealed)
	SELECT v.event_id, v.case_id, v.key_no, v.sealed
	  FROM v
	 WHERE v.sealed IS NOT NULL)
INSERT INTO event (event_id, recorded_at, happened_at, case_id, type, actor_id,
		   subject_id, machine, from_status, move, to_status, leaf)
SELECT v.event_id, v.recorded_at, v.happened_at, v.case_id, v.type, v.actor_id,
       v.subject_id, v.machine, v.from_status, v.move, v.to_status, v.leaf
  FROM v;

-- name: save_messages
-- session: desk
-- Envelopes and their outbox rows.  $16 holds the target ids of all of them,
-- one after another: a message's are those from first_target to last_target.
-- People hear of it after 60 seconds without delivery.
WITH v AS MATERIALIZED (
	SELECT u.message_id, u.created_at, u.seq, u.case_id, u.key_no,
	       u.institution_id, u.endpoint_no, u.request_id, u.generation,
	       u.type, u.sealed, u.shard, u.priority, u.first_target,
	       u.last_target
	  FROM unnest(
		$1::uuid[], $2::timestamptz[], $3::bigint[], $4::uuid[],
		$5::integer[], $6::uuid[], $7::integer[], $8::uuid[],
		$9::integer[], $10::text[], $11::bytea[], $12::smallint[],
		$13::smallint[], $14::integer[], $15::integer[])
	    AS u (message_id, created_at, seq, case_id, key_no, institution_id,
		  endpoint_no, request_id, generation, type, sealed, shard,
		  priority, first_target, last_target)),
made AS (
	INSERT INTO message (message_id, created_at, seq, case_id, key_no,
			     institution_id, endpoint_no, request_id,
			     generation, type, target_ids, sealed)
	SELECT v.message_id, v.created_at, v.seq, v.case_id, v.key_no,
	       v.institution_id, v.endpoint_no, v.request_id, v.generation,
	       v.type, ($16::uuid[])[v.first_target:v.last_target], v.sealed
	  FROM v)
INSERT INTO outbox (seq, endpoint_no, shard, priority, message_id, message_at,
		    created_at, escalate_at)
SELECT v.seq, v.endpoint_no, v.shard, v.priority, v.message_id, v.created_at,
       v.created_at, v.created_at + interval '60 seconds'
  FROM v;

-- name: save_taken
-- session: desk
-- Messages that an inbox checkpoint took.  A row that a delivery removed
-- meanwhile is no loss.
WITH v AS MATERIALIZED (
	SELECT u.seq, u.endpoint_no
	  FROM unnest($1::bigint[], $2::integer[]) AS u (seq, endpoint_no)),
first AS (
	DELETE FROM outbox o
	 USING v
	 WHERE o.seq = v.seq
	   AND o.endpoint_no = v.endpoint_no)
DELETE FROM outbox_retry r
 USING v
 WHERE r.seq = v.seq
   AND r.endpoint_no = v.endpoint_no;

-- name: save_nothing
-- session: desk
-- Where a reply leaves that was kept before.  Its own commit may have ended
-- without a standby's word; a commit that wrote something waits for all that
-- was written before it.
SELECT pg_logical_emit_message(true, 'freezeline', '');

-- name: save_replies
-- session: desk
-- Replies by idempotency key, sorted by it.  Another desk that was first
-- makes this transaction run again and find its reply.
INSERT INTO idempotency (principal_id, key, fingerprint, case_id, key_no,
			 status, location, reply, created_at)
SELECT v.principal_id, v.key, v.fingerprint, v.case_id, v.key_no, v.status,
       v.location, v.reply, now()
  FROM unnest(
	$1::uuid[], $2::text[], $3::bytea[], $4::uuid[], $5::integer[],
	$6::smallint[], $7::text[], $8::bytea[])
    AS v (principal_id, key, fingerprint, case_id, key_no, status, location,
	  reply);
