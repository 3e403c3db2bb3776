-- The desk's save (hub/store/effects_save.c): one statement for each kind of
-- row, all rows of a batch in it, then COMMIT.  The arrays of a statement are
-- of one length; unnested in a select list they need no copy of each column,
-- as they would in FROM.  Row versions are saved one higher than they were
-- loaded, or than the 0 of a new row.

-- name: save_cases
-- session: desk
-- New cases.
INSERT INTO case_file (
	case_id, ref, unit_id, created_by, status, outcome, typology,
	authorised, profile, priority, currency, loss_minor, report_channel,
	language, occurred_at, reported_at, received_at, updated_at,
	data_key, complainant, narrative, bank_notice_at, account_type,
	complainant_hash)
SELECT
	v.case_id, v.ref, v.unit_id, v.created_by, v.status, v.outcome,
	v.typology, v.authorised, v.profile, v.priority, v.currency,
	v.loss_minor, v.report_channel, v.language, v.occurred_at,
	v.reported_at, v.received_at, v.updated_at, v.data_key,
	v.complainant, v.narrative, v.bank_notice_at, v.account_type,
	v.complainant_hash
  FROM (SELECT
	unnest($1::uuid[]) AS case_id, unnest($2::text[]) AS ref,
	unnest($3::uuid[]) AS unit_id, unnest($4::uuid[]) AS created_by,
	unnest($5::text[]) AS status, unnest($6::text[]) AS outcome,
	unnest($7::text[]) AS typology, unnest($8::text[]) AS authorised,
	unnest($9::text[]) AS profile, unnest($10::text[]) AS priority,
	unnest($11::text[]) AS currency, unnest($12::bigint[]) AS loss_minor,
	unnest($13::text[]) AS report_channel, unnest($14::text[]) AS language,
	unnest($15::timestamptz[]) AS occurred_at,
	unnest($16::timestamptz[]) AS reported_at,
	unnest($17::timestamptz[]) AS received_at,
	unnest($18::timestamptz[]) AS updated_at,
	unnest($19::bytea[]) AS data_key, unnest($20::bytea[]) AS complainant,
	unnest($21::bytea[]) AS narrative,
	unnest($22::timestamptz[]) AS bank_notice_at,
	unnest($23::text[]) AS account_type,
	unnest($24::bytea[]) AS complainant_hash) AS v;

-- name: save_external_refs
-- session: desk
-- Numbers of new cases in other systems.
INSERT INTO external_ref (
	case_id, position, scheme, value_hash, sealed)
SELECT
	v.case_id, v.position, v.scheme, v.value_hash, v.sealed
  FROM (SELECT
	unnest($1::uuid[]) AS case_id, unnest($2::smallint[]) AS position,
	unnest($3::text[]) AS scheme, unnest($4::bytea[]) AS value_hash,
	unnest($5::bytea[]) AS sealed) AS v;

-- name: save_case_changes
-- session: desk
-- Cases that a command touched, by itself or in its targets: the row version
-- is the ETag.  Locked by the load.
WITH changed AS (
	UPDATE case_file t
	   SET
	       status = v.status, outcome = v.outcome, priority = v.priority,
	       typology = v.typology, authorised = v.authorised,
	       updated_at = v.updated_at, merged_into = COALESCE(v.merged_into, t.merged_into),
	       row_version = v.row_version + 1
	  FROM (SELECT
		unnest($1::uuid[]) AS case_id,
		unnest($2::bigint[]) AS row_version,
		unnest($3::text[]) AS status, unnest($4::text[]) AS outcome,
		unnest($5::text[]) AS priority,
		unnest($6::timestamptz[]) AS updated_at,
		unnest($7::uuid[]) AS merged_into,
		unnest($8::text[]) AS typology,
		unnest($9::text[]) AS authorised) AS v
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
  FROM (SELECT
	unnest($1::uuid[]) AS txn_id, unnest($2::uuid[]) AS case_id,
	unnest($3::smallint[]) AS position, unnest($4::uuid[]) AS parent_id,
	unnest($5::smallint[]) AS layer, unnest($6::text[]) AS channel,
	unnest($7::text[]) AS mcc, unnest($8::bigint[]) AS amount_minor,
	unnest($9::text[]) AS currency,
	unnest($10::timestamptz[]) AS occurred_at,
	unnest($11::bytea[]) AS reference_hash, unnest($12::bytea[]) AS sealed) AS v;

-- name: save_requests
-- session: desk
-- New freeze requests.
INSERT INTO freeze_request (
	request_id, case_id, position, generation, action, scope, priority,
	basis, profile, successor, reason, status, desired_status,
	is_emergency, requested_by, approved_by, issued_at, confirm_by,
	expires_at, created_at, row_version, on_behalf_of, on_behalf_ref,
	more_authorities, follow_leads)
SELECT
	v.request_id, v.case_id, v.position, v.generation, v.action, v.scope,
	v.priority, v.basis, v.profile, v.successor, v.reason, v.status,
	v.desired_status, v.is_emergency, v.requested_by, v.approved_by,
	v.issued_at, v.confirm_by, v.expires_at, v.created_at, v.row_version + 1,
	v.on_behalf_of, v.on_behalf_ref, v.more_authorities, v.follow_leads
  FROM (SELECT
	unnest($1::uuid[]) AS request_id, unnest($2::uuid[]) AS case_id,
	unnest($3::smallint[]) AS position,
	unnest($4::integer[]) AS generation, unnest($5::text[]) AS action,
	unnest($6::text[]) AS scope, unnest($7::text[]) AS priority,
	unnest($8::text[]) AS basis, unnest($9::text[]) AS profile,
	unnest($10::text[]) AS successor, unnest($11::bytea[]) AS reason,
	unnest($12::text[]) AS status, unnest($13::text[]) AS desired_status,
	unnest($14::boolean[]) AS is_emergency,
	unnest($15::uuid[]) AS requested_by,
	unnest($16::uuid[]) AS approved_by,
	unnest($17::timestamptz[]) AS issued_at,
	unnest($18::timestamptz[]) AS confirm_by,
	unnest($19::timestamptz[]) AS expires_at,
	unnest($20::timestamptz[]) AS created_at,
	unnest($21::bigint[]) AS row_version,
	unnest($22::bytea[]) AS on_behalf_of,
	unnest($23::bytea[]) AS on_behalf_ref,
	unnest($24::text[]) AS more_authorities,
	unnest($25::text[]) AS follow_leads) AS v;

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
	  FROM (SELECT
		unnest($1::uuid[]) AS request_id,
		unnest($2::uuid[]) AS case_id,
		unnest($3::smallint[]) AS position,
		unnest($4::integer[]) AS generation,
		unnest($5::text[]) AS action, unnest($6::text[]) AS scope,
		unnest($7::text[]) AS priority, unnest($8::text[]) AS basis,
		unnest($9::text[]) AS profile,
		unnest($10::text[]) AS successor,
		unnest($11::bytea[]) AS reason, unnest($12::text[]) AS status,
		unnest($13::text[]) AS desired_status,
		unnest($14::boolean[]) AS is_emergency,
		unnest($15::uuid[]) AS requested_by,
		unnest($16::uuid[]) AS approved_by,
		unnest($17::timestamptz[]) AS issued_at,
		unnest($18::timestamptz[]) AS confirm_by,
		unnest($19::timestamptz[]) AS expires_at,
		unnest($20::timestamptz[]) AS created_at,
		unnest($21::bigint[]) AS row_version,
		unnest($22::bytea[]) AS on_behalf_of,
		unnest($23::bytea[]) AS on_behalf_ref,
		unnest($24::text[]) AS more_authorities,
		unnest($25::text[]) AS follow_leads) AS v
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
	updated_at, row_version, reduce_to_minor, not_followed)
SELECT
	v.target_id, v.case_id, v.request_id, v.institution_id, v.txn_id,
	v.parent_id, v.duplicate_of, v.position, v.layer, v.generation,
	v.status, v.identifier_type, v.identifier_mask, v.identifier_hash,
	v.dedupe_hash, v.sealed, v.requested_minor, v.held_minor, v.currency,
	v.response_code, v.hold_ref, v.held_at, v.expires_at, v.eta,
	v.queued_at, v.sent_at, v.delivered_at, v.acknowledged_at,
	v.answered_at, v.correct_until, v.reminders, v.created_at,
	v.updated_at, v.row_version + 1, v.reduce_to_minor,
	v.not_followed
  FROM (SELECT
	unnest($1::uuid[]) AS target_id, unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS request_id, unnest($4::uuid[]) AS institution_id,
	unnest($5::uuid[]) AS txn_id, unnest($6::uuid[]) AS parent_id,
	unnest($7::uuid[]) AS duplicate_of, unnest($8::integer[]) AS position,
	unnest($9::smallint[]) AS layer, unnest($10::integer[]) AS generation,
	unnest($11::text[]) AS status, unnest($12::text[]) AS identifier_type,
	unnest($13::text[]) AS identifier_mask,
	unnest($14::bytea[]) AS identifier_hash,
	unnest($15::bytea[]) AS dedupe_hash, unnest($16::bytea[]) AS sealed,
	unnest($17::bigint[]) AS requested_minor,
	unnest($18::bigint[]) AS held_minor, unnest($19::text[]) AS currency,
	unnest($20::text[]) AS response_code, unnest($21::bytea[]) AS hold_ref,
	unnest($22::timestamptz[]) AS held_at,
	unnest($23::timestamptz[]) AS expires_at,
	unnest($24::timestamptz[]) AS eta,
	unnest($25::timestamptz[]) AS queued_at,
	unnest($26::timestamptz[]) AS sent_at,
	unnest($27::timestamptz[]) AS delivered_at,
	unnest($28::timestamptz[]) AS acknowledged_at,
	unnest($29::timestamptz[]) AS answered_at,
	unnest($30::timestamptz[]) AS correct_until,
	unnest($31::smallint[]) AS reminders,
	unnest($32::timestamptz[]) AS created_at,
	unnest($33::timestamptz[]) AS updated_at,
	unnest($34::bigint[]) AS row_version,
	unnest($35::bigint[]) AS reduce_to_minor,
	unnest($36::text[]) AS not_followed) AS v;

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
	  FROM (SELECT
		unnest($1::uuid[]) AS target_id, unnest($2::uuid[]) AS case_id,
		unnest($3::uuid[]) AS request_id,
		unnest($4::uuid[]) AS institution_id,
		unnest($5::uuid[]) AS txn_id, unnest($6::uuid[]) AS parent_id,
		unnest($7::uuid[]) AS duplicate_of,
		unnest($8::integer[]) AS position,
		unnest($9::smallint[]) AS layer,
		unnest($10::integer[]) AS generation,
		unnest($11::text[]) AS status,
		unnest($12::text[]) AS identifier_type,
		unnest($13::text[]) AS identifier_mask,
		unnest($14::bytea[]) AS identifier_hash,
		unnest($15::bytea[]) AS dedupe_hash,
		unnest($16::bytea[]) AS sealed,
		unnest($17::bigint[]) AS requested_minor,
		unnest($18::bigint[]) AS held_minor,
		unnest($19::text[]) AS currency,
		unnest($20::text[]) AS response_code,
		unnest($21::bytea[]) AS hold_ref,
		unnest($22::timestamptz[]) AS held_at,
		unnest($23::timestamptz[]) AS expires_at,
		unnest($24::timestamptz[]) AS eta,
		unnest($25::timestamptz[]) AS queued_at,
		unnest($26::timestamptz[]) AS sent_at,
		unnest($27::timestamptz[]) AS delivered_at,
		unnest($28::timestamptz[]) AS acknowledged_at,
		unnest($29::timestamptz[]) AS answered_at,
		unnest($30::timestamptz[]) AS correct_until,
		unnest($31::smallint[]) AS reminders,
		unnest($32::timestamptz[]) AS created_at,
		unnest($33::timestamptz[]) AS updated_at,
		unnest($34::bigint[]) AS row_version,
		unnest($35::bigint[]) AS reduce_to_minor,
		unnest($36::text[]) AS not_followed) AS v
	 WHERE t.target_id = v.target_id
	   AND t.row_version = v.row_version
	RETURNING t.target_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'target');

-- name: save_grievances
-- session: desk
-- New grievances.
INSERT INTO grievance (
	grievance_id, case_id, target_id, institution_id, status, filed_by,
	declined_by, filed_at, due_at, decided_at, sealed, row_version)
SELECT
	v.grievance_id, v.case_id, v.target_id, v.institution_id, v.status,
	v.filed_by, v.declined_by, v.filed_at, v.due_at, v.decided_at,
	v.sealed, v.row_version + 1
  FROM (SELECT
	unnest($1::uuid[]) AS grievance_id,
	unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS target_id,
	unnest($4::uuid[]) AS institution_id,
	unnest($5::text[]) AS status,
	unnest($6::uuid[]) AS filed_by,
	unnest($7::uuid[]) AS declined_by,
	unnest($8::timestamptz[]) AS filed_at,
	unnest($9::timestamptz[]) AS due_at,
	unnest($10::timestamptz[]) AS decided_at,
	unnest($11::bytea[]) AS sealed,
	unnest($12::bigint[]) AS row_version) AS v;

-- name: save_grievance_changes
-- session: desk
-- Changed grievances, under the lock of their case.
WITH changed AS (
	UPDATE grievance t
	   SET
	       status = v.status, declined_by = v.declined_by,
	       due_at = v.due_at, decided_at = v.decided_at,
	       row_version = v.row_version + 1
	  FROM (SELECT
		unnest($1::uuid[]) AS grievance_id,
		unnest($2::uuid[]) AS case_id,
		unnest($3::uuid[]) AS target_id,
		unnest($4::uuid[]) AS institution_id,
		unnest($5::text[]) AS status,
		unnest($6::uuid[]) AS filed_by,
		unnest($7::uuid[]) AS declined_by,
		unnest($8::timestamptz[]) AS filed_at,
		unnest($9::timestamptz[]) AS due_at,
		unnest($10::timestamptz[]) AS decided_at,
		unnest($11::bytea[]) AS sealed,
		unnest($12::bigint[]) AS row_version) AS v
	 WHERE t.grievance_id = v.grievance_id
	   AND t.row_version = v.row_version
	RETURNING t.grievance_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'grievance');

-- name: save_first_deadlines
-- session: desk
-- Clocks of new requests and targets.
INSERT INTO deadline (
	subject_id, kind, case_id, owed_by, status, stage, started_at,
	due_at, next_at)
SELECT
	v.subject_id, v.kind, v.case_id, v.owed_by, v.status, v.stage,
	v.started_at, v.due_at, v.next_at
  FROM (SELECT
	unnest($1::uuid[]) AS subject_id, unnest($2::text[]) AS kind,
	unnest($3::uuid[]) AS case_id, unnest($4::uuid[]) AS owed_by,
	unnest($5::text[]) AS status, unnest($6::smallint[]) AS stage,
	unnest($7::timestamptz[]) AS started_at,
	unnest($8::timestamptz[]) AS due_at,
	unnest($9::timestamptz[]) AS next_at) AS v;

-- name: save_restitutions
-- session: desk
-- New restitutions.
INSERT INTO restitution (
	restitution_id, plan_id, case_id, target_id, institution_id, claim_case_id,
	status, amount_minor, currency, claim_minor, proposed_by, decided_by,
	proposed_at, decided_at, due_at, paid_at, ended_at, updated_at, sealed,
	sealed_order, sealed_proof, row_version)
SELECT
	v.restitution_id, v.plan_id, v.case_id, v.target_id, v.institution_id,
	v.claim_case_id, v.status, v.amount_minor, v.currency, v.claim_minor,
	v.proposed_by, v.decided_by, v.proposed_at, v.decided_at, v.due_at,
	v.paid_at, v.ended_at, v.updated_at, v.sealed, v.sealed_order,
	v.sealed_proof, v.row_version + 1
  FROM (SELECT
	unnest($1::uuid[]) AS restitution_id,
	unnest($2::uuid[]) AS plan_id,
	unnest($3::uuid[]) AS case_id,
	unnest($4::uuid[]) AS target_id,
	unnest($5::uuid[]) AS institution_id,
	unnest($6::uuid[]) AS claim_case_id,
	unnest($7::text[]) AS status,
	unnest($8::bigint[]) AS amount_minor,
	unnest($9::text[]) AS currency,
	unnest($10::bigint[]) AS claim_minor,
	unnest($11::uuid[]) AS proposed_by,
	unnest($12::uuid[]) AS decided_by,
	unnest($13::timestamptz[]) AS proposed_at,
	unnest($14::timestamptz[]) AS decided_at,
	unnest($15::timestamptz[]) AS due_at,
	unnest($16::timestamptz[]) AS paid_at,
	unnest($17::timestamptz[]) AS ended_at,
	unnest($18::timestamptz[]) AS updated_at,
	unnest($19::bytea[]) AS sealed,
	unnest($20::bytea[]) AS sealed_order,
	unnest($21::bytea[]) AS sealed_proof,
	unnest($22::bigint[]) AS row_version) AS v;

-- name: save_restitution_changes
-- session: desk
-- Changed restitutions, under the lock of their case.
WITH changed AS (
	UPDATE restitution t
	   SET
	       status = v.status, decided_by = v.decided_by,
	       decided_at = v.decided_at, due_at = v.due_at,
	       paid_at = v.paid_at, ended_at = v.ended_at,
	       updated_at = v.updated_at, sealed_order = v.sealed_order,
	       sealed_proof = v.sealed_proof,
	       row_version = v.row_version + 1
	  FROM (SELECT
		unnest($1::uuid[]) AS restitution_id,
		unnest($2::uuid[]) AS plan_id,
		unnest($3::uuid[]) AS case_id,
		unnest($4::uuid[]) AS target_id,
		unnest($5::uuid[]) AS institution_id,
		unnest($6::uuid[]) AS claim_case_id,
		unnest($7::text[]) AS status,
		unnest($8::bigint[]) AS amount_minor,
		unnest($9::text[]) AS currency,
		unnest($10::bigint[]) AS claim_minor,
		unnest($11::uuid[]) AS proposed_by,
		unnest($12::uuid[]) AS decided_by,
		unnest($13::timestamptz[]) AS proposed_at,
		unnest($14::timestamptz[]) AS decided_at,
		unnest($15::timestamptz[]) AS due_at,
		unnest($16::timestamptz[]) AS paid_at,
		unnest($17::timestamptz[]) AS ended_at,
		unnest($18::timestamptz[]) AS updated_at,
		unnest($19::bytea[]) AS sealed,
		unnest($20::bytea[]) AS sealed_order,
		unnest($21::bytea[]) AS sealed_proof,
		unnest($22::bigint[]) AS row_version) AS v
	 WHERE t.restitution_id = v.restitution_id
	   AND t.row_version = v.row_version
	RETURNING t.restitution_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'restitution');

-- name: save_deadlines
-- session: desk
-- Clocks that begin, begin anew or go on, under the lock of their case.
INSERT INTO deadline (
	subject_id, kind, case_id, owed_by, status, stage, started_at,
	due_at, next_at)
SELECT
	v.subject_id, v.kind, v.case_id, v.owed_by, v.status, v.stage,
	v.started_at, v.due_at, v.next_at
  FROM (SELECT
	unnest($1::uuid[]) AS subject_id, unnest($2::text[]) AS kind,
	unnest($3::uuid[]) AS case_id, unnest($4::uuid[]) AS owed_by,
	unnest($5::text[]) AS status, unnest($6::smallint[]) AS stage,
	unnest($7::timestamptz[]) AS started_at,
	unnest($8::timestamptz[]) AS due_at,
	unnest($9::timestamptz[]) AS next_at) AS v
ON CONFLICT (subject_id, kind) DO UPDATE
   SET owed_by = excluded.owed_by, status = excluded.status,
       stage = excluded.stage, started_at = excluded.started_at,
       due_at = excluded.due_at, next_at = excluded.next_at;

-- name: save_deadline_ends
-- session: desk
-- Clocks that stop, also those that ran out before, under the lock of their
-- case.
UPDATE deadline d
   SET status = 'ended', next_at = NULL
  FROM (SELECT
	unnest($1::uuid[]) AS subject_id, unnest($2::text[]) AS kind) AS v
 WHERE d.subject_id = v.subject_id
   AND d.kind = v.kind
   AND d.status <> 'ended';

-- name: save_formalities
-- session: desk
-- New formalities.
INSERT INTO formality (
	formality_id, case_id, request_id, profile, basis, type, status,
	due_at, created_at, updated_at, row_version, document_id)
SELECT
	v.formality_id, v.case_id, v.request_id, v.profile, v.basis, v.type,
	v.status, v.due_at, v.created_at, v.updated_at, v.row_version + 1,
	v.document_id
  FROM (SELECT
	unnest($1::uuid[]) AS formality_id, unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS request_id, unnest($4::text[]) AS profile,
	unnest($5::text[]) AS basis, unnest($6::text[]) AS type,
	unnest($7::text[]) AS status, unnest($8::timestamptz[]) AS due_at,
	unnest($9::timestamptz[]) AS created_at,
	unnest($10::timestamptz[]) AS updated_at,
	unnest($11::bigint[]) AS row_version,
	unnest($12::uuid[]) AS document_id) AS v;

-- name: save_formality_changes
-- session: desk
-- Changed formalities, under the lock of their case.
WITH changed AS (
	UPDATE formality t
	   SET
	       status = v.status, due_at = v.due_at,
	       document_id = v.document_id, updated_at = v.updated_at,
	       row_version = v.row_version + 1
	  FROM (SELECT
		unnest($1::uuid[]) AS formality_id,
		unnest($2::uuid[]) AS case_id,
		unnest($3::uuid[]) AS request_id,
		unnest($4::text[]) AS profile, unnest($5::text[]) AS basis,
		unnest($6::text[]) AS type, unnest($7::text[]) AS status,
		unnest($8::timestamptz[]) AS due_at,
		unnest($9::timestamptz[]) AS created_at,
		unnest($10::timestamptz[]) AS updated_at,
		unnest($11::bigint[]) AS row_version,
		unnest($12::uuid[]) AS document_id) AS v
	 WHERE t.formality_id = v.formality_id
	   AND t.row_version = v.row_version
	RETURNING t.formality_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'formality');

-- name: save_documents
-- session: desk
-- New documents; their pieces are staged.
INSERT INTO document (
	document_id, case_id, institution_id, by_institution, filed_by,
	type, status, format, media_type, size, sha256, signature_format,
	signature_check, language, supersedes, content_id, chunk_count,
	content_key, sealed, decided_by, decided_for, defects,
	decision_note, filed_at, decided_at, updated_at, row_version)
SELECT
	v.document_id, v.case_id, v.institution_id, v.by_institution,
	v.filed_by, v.type, v.status, v.format, v.media_type, v.size,
	v.sha256, v.signature_format, v.signature_check, v.language,
	v.supersedes, v.content_id, v.chunk_count, v.content_key, v.sealed,
	v.decided_by, v.decided_for, v.defects, v.decision_note,
	v.filed_at, v.decided_at, v.updated_at, v.row_version + 1
  FROM (SELECT
	unnest($1::uuid[]) AS document_id,
	unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS institution_id,
	unnest($4::boolean[]) AS by_institution,
	unnest($5::uuid[]) AS filed_by,
	unnest($6::text[]) AS type,
	unnest($7::text[]) AS status,
	unnest($8::text[]) AS format,
	unnest($9::text[]) AS media_type,
	unnest($10::bigint[]) AS size,
	unnest($11::bytea[]) AS sha256,
	unnest($12::text[]) AS signature_format,
	unnest($13::text[]) AS signature_check,
	unnest($14::text[]) AS language,
	unnest($15::uuid[]) AS supersedes,
	unnest($16::uuid[]) AS content_id,
	unnest($17::integer[]) AS chunk_count,
	unnest($18::bytea[]) AS content_key,
	unnest($19::bytea[]) AS sealed,
	unnest($20::uuid[]) AS decided_by,
	unnest($21::uuid[]) AS decided_for,
	unnest($22::integer[]) AS defects,
	unnest($23::bytea[]) AS decision_note,
	unnest($24::timestamptz[]) AS filed_at,
	unnest($25::timestamptz[]) AS decided_at,
	unnest($26::timestamptz[]) AS updated_at,
	unnest($27::bigint[]) AS row_version) AS v;

-- name: save_document_requests
-- session: desk
-- The requests that new documents are about.
INSERT INTO document_request (document_id, request_id)
SELECT v.document_id, v.request_id
  FROM (SELECT
	unnest($1::uuid[]) AS document_id,
	unnest($2::uuid[]) AS request_id) AS v;

-- name: save_document_changes
-- session: desk
-- Changed documents, under the lock of their case.
WITH changed AS (
	UPDATE document t
	   SET
	       status = v.status, decided_by = v.decided_by,
	       decided_for = v.decided_for, defects = v.defects,
	       decision_note = v.decision_note, decided_at = v.decided_at,
	       updated_at = v.updated_at, row_version = v.row_version + 1
	  FROM (SELECT
		unnest($1::uuid[]) AS document_id,
		unnest($2::uuid[]) AS case_id,
		unnest($3::uuid[]) AS institution_id,
		unnest($4::boolean[]) AS by_institution,
		unnest($5::uuid[]) AS filed_by,
		unnest($6::text[]) AS type,
		unnest($7::text[]) AS status,
		unnest($8::text[]) AS format,
		unnest($9::text[]) AS media_type,
		unnest($10::bigint[]) AS size,
		unnest($11::bytea[]) AS sha256,
		unnest($12::text[]) AS signature_format,
		unnest($13::text[]) AS signature_check,
		unnest($14::text[]) AS language,
		unnest($15::uuid[]) AS supersedes,
		unnest($16::uuid[]) AS content_id,
		unnest($17::integer[]) AS chunk_count,
		unnest($18::bytea[]) AS content_key,
		unnest($19::bytea[]) AS sealed,
		unnest($20::uuid[]) AS decided_by,
		unnest($21::uuid[]) AS decided_for,
		unnest($22::integer[]) AS defects,
		unnest($23::bytea[]) AS decision_note,
		unnest($24::timestamptz[]) AS filed_at,
		unnest($25::timestamptz[]) AS decided_at,
		unnest($26::timestamptz[]) AS updated_at,
		unnest($27::bigint[]) AS row_version) AS v
	 WHERE t.document_id = v.document_id
	   AND t.row_version = v.row_version
	RETURNING t.document_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'document');

-- name: stage_chunk
-- session: desk
-- Intake: a piece of a content that no document names yet.
INSERT INTO document_chunk (content_id, number, sealed)
VALUES ($1::uuid, $2::integer, $3::bytea);

-- name: unstage_content
-- session: desk
-- Intake: the pieces of a content whose document was refused.
DELETE FROM document_chunk k
 WHERE k.content_id = $1::uuid
   AND NOT EXISTS (SELECT FROM document d WHERE d.content_id = $1::uuid);

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
  FROM (SELECT
	unnest($1::uuid[]) AS response_id, unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS target_id, unnest($4::integer[]) AS generation,
	unnest($5::text[]) AS code, unnest($6::uuid[]) AS principal_id,
	unnest($7::uuid[]) AS institution_id,
	unnest($8::bytea[]) AS spki_sha256, unnest($9::bigint[]) AS held_minor,
	unnest($10::timestamptz[]) AS received_at,
	unnest($11::bytea[]) AS sealed) AS v;

-- name: save_evidence
-- session: desk
-- What speaks for account holders.
INSERT INTO counter_evidence (
	evidence_id, case_id, target_id, kind, submitted_by, institution_id,
	submitted_at, sealed)
SELECT
	v.evidence_id, v.case_id, v.target_id, v.kind, v.submitted_by,
	v.institution_id, v.submitted_at, v.sealed
  FROM (SELECT
	unnest($1::uuid[]) AS evidence_id, unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS target_id, unnest($4::text[]) AS kind,
	unnest($5::uuid[]) AS submitted_by,
	unnest($6::uuid[]) AS institution_id,
	unnest($7::timestamptz[]) AS submitted_at,
	unnest($8::bytea[]) AS sealed) AS v;

-- name: save_alerts
-- session: desk
-- Volumes that went above a limit.
INSERT INTO alert (
	alert_id, kind, grade, unit_id, told_id, principal_id, case_id, figure,
	most, currency, raised_at)
SELECT
	v.alert_id, v.kind, v.grade, v.unit_id, v.told_id, v.principal_id,
	v.case_id, v.figure, v.most, v.currency, v.raised_at
  FROM (SELECT
	unnest($1::uuid[]) AS alert_id, unnest($2::text[]) AS kind,
	unnest($3::text[]) AS grade, unnest($4::uuid[]) AS unit_id,
	unnest($5::uuid[]) AS told_id, unnest($6::uuid[]) AS principal_id,
	unnest($7::uuid[]) AS case_id, unnest($8::bigint[]) AS figure,
	unnest($9::bigint[]) AS most, unnest($10::text[]) AS currency,
	unnest($11::timestamptz[]) AS raised_at) AS v;
-- name: save_attachments
-- session: desk
-- Courts' orders on what is held.
INSERT INTO attachment (
	attachment_id, case_id, target_id, basis, registered_by,
	registered_at, expires_at, sealed)
SELECT
	v.attachment_id, v.case_id, v.target_id, v.basis, v.registered_by,
	v.registered_at, v.expires_at, v.sealed
  FROM (SELECT
	unnest($1::uuid[]) AS attachment_id, unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS target_id, unnest($4::text[]) AS basis,
	unnest($5::uuid[]) AS registered_by,
	unnest($6::timestamptz[]) AS registered_at,
	unnest($7::timestamptz[]) AS expires_at,
	unnest($8::bytea[]) AS sealed) AS v;

-- name: save_leads
-- session: desk
-- Where responders say the money went on.
INSERT INTO lead (
	lead_id, case_id, response_id, target_id, child_target_id, code,
	amount_minor, currency, created_at)
SELECT
	v.lead_id, v.case_id, v.response_id, v.target_id, v.child_target_id,
	v.code, v.amount_minor, v.currency, v.created_at
  FROM (SELECT
	unnest($1::uuid[]) AS lead_id, unnest($2::uuid[]) AS case_id,
	unnest($3::uuid[]) AS response_id, unnest($4::uuid[]) AS target_id,
	unnest($5::uuid[]) AS child_target_id, unnest($6::text[]) AS code,
	unnest($7::bigint[]) AS amount_minor, unnest($8::text[]) AS currency,
	unnest($9::timestamptz[]) AS created_at) AS v;

-- name: save_events
-- session: desk
-- The timeline, and beside it the sealed values that its leaves commit to.
WITH v AS MATERIALIZED (
	SELECT unnest($1::bigint[]) AS event_id,
	       unnest($2::timestamptz[]) AS recorded_at,
	       unnest($3::timestamptz[]) AS happened_at,
	       unnest($4::uuid[]) AS case_id, unnest($5::text[]) AS type,
	       unnest($6::uuid[]) AS actor_id,
	       unnest($7::uuid[]) AS subject_id, unnest($8::text[]) AS machine,
	       unnest($9::text[]) AS from_status, unnest($10::text[]) AS move,
	       unnest($11::text[]) AS to_status, unnest($12::bytea[]) AS leaf,
	       unnest($13::integer[]) AS key_no, unnest($14::bytea[]) AS sealed),
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
	SELECT unnest($1::uuid[]) AS message_id,
	       unnest($2::timestamptz[]) AS created_at,
	       unnest($3::bigint[]) AS seq, unnest($4::uuid[]) AS case_id,
	       unnest($5::integer[]) AS key_no,
	       unnest($6::uuid[]) AS institution_id,
	       unnest($7::integer[]) AS endpoint_no,
	       unnest($8::uuid[]) AS request_id,
	       unnest($9::integer[]) AS generation,
	       unnest($10::text[]) AS type, unnest($11::bytea[]) AS sealed,
	       unnest($12::smallint[]) AS shard,
	       unnest($13::smallint[]) AS priority,
	       unnest($14::integer[]) AS first_target,
	       unnest($15::integer[]) AS last_target,
	       unnest($17::bigint[]) AS order_key),
made AS (
	INSERT INTO message (message_id, created_at, seq, case_id, key_no,
			     institution_id, endpoint_no, request_id,
			     generation, type, target_ids, sealed)
	SELECT v.message_id, v.created_at, v.seq, v.case_id, v.key_no,
	       v.institution_id, v.endpoint_no, v.request_id, v.generation,
	       v.type, ($16::uuid[])[v.first_target:v.last_target], v.sealed
	  FROM v)
INSERT INTO outbox (seq, endpoint_no, shard, priority, message_id, message_at,
		    created_at, escalate_at, order_key)
SELECT v.seq, v.endpoint_no, v.shard, v.priority, v.message_id, v.created_at,
       v.created_at, v.created_at + interval '60 seconds', v.order_key
  FROM v;

-- name: save_taken
-- session: desk
-- Messages that an inbox checkpoint took.  A row that a delivery removed
-- meanwhile is no loss.
WITH v AS MATERIALIZED (
	SELECT unnest($1::bigint[]) AS seq,
	       unnest($2::integer[]) AS endpoint_no),
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
  FROM (SELECT
	unnest($1::uuid[]) AS principal_id, unnest($2::text[]) AS key,
	unnest($3::bytea[]) AS fingerprint, unnest($4::uuid[]) AS case_id,
	unnest($5::integer[]) AS key_no, unnest($6::smallint[]) AS status,
	unnest($7::text[]) AS location, unnest($8::bytea[]) AS reply) AS v;
