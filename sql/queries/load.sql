-- The desk's load (hub/store/snapshot_load.c): what a batch of commands
-- decides about.  One round trip, in this order: locks first, then reads,
-- each of which sees what the locks waited for.

-- name: load_batch_number
-- session: desk
-- Event ids and outbox seqs of this transaction are made of it.  Its xid is
-- assigned before the number is drawn: the sequencer's floor relies on that
-- (hub/store/sequence.c).
SELECT nextval('batch_number')
 WHERE pg_current_xact_id() IS NOT NULL;

-- name: load_case_numbers
-- session: desk
-- One number for each case that the batch may make.
SELECT nextval('case_number')
  FROM generate_series(1, $1::integer);

-- name: load_dedupe_locks
-- session: desk
-- Advisory locks until commit, in the order of the array: two desks cannot
-- make two live targets for the same thing, nor each miss what the other lets
-- an officer ask.
SELECT count(pg_advisory_xact_lock(k.lock))
  FROM unnest($1::bigint[]) AS k (lock);

-- name: load_cases
-- session: desk
-- Locks the cases named, and those of the requests, targets, messages,
-- documents and formalities named, in the order of their ids.  Their other
-- rows are locked by that: whatever changes a row of a case holds the case's
-- lock.  No join: a row that changed while its lock was waited for is joined
-- anew, with the first row of the other side alone, and would be missed.
SELECT c.case_id, c.ref, c.unit_id, c.created_by, c.status, c.outcome,
       c.typology, c.authorised, c.profile, c.priority, c.currency,
       c.loss_minor, c.report_channel, c.language, c.occurred_at,
       c.reported_at, c.received_at, c.updated_at, c.data_key, c.row_version
  FROM case_file c
 WHERE c.case_id = ANY (ARRAY (
	SELECT unnest($1::uuid[])
	 UNION ALL
	SELECT r.case_id FROM freeze_request r WHERE r.request_id = ANY ($2::uuid[])
	 UNION ALL
	SELECT t.case_id FROM target t WHERE t.target_id = ANY ($3::uuid[])
	 UNION ALL
	SELECT g.case_id FROM grievance g WHERE g.grievance_id = ANY ($3::uuid[])
	 UNION ALL
	SELECT d.case_id FROM document d WHERE d.document_id = ANY ($8::uuid[])
	 UNION ALL
	SELECT y.case_id FROM formality y WHERE y.formality_id = ANY ($9::uuid[])
	 UNION ALL
	SELECT unnest(ARRAY[i.case_id, i.claim_case_id])
	  FROM restitution i
	 WHERE i.restitution_id = ANY ($3::uuid[])
	 UNION ALL
	SELECT m.case_id
	  FROM named_messages($4::uuid[], $5::uuid[], $6::timestamptz,
		   $7::timestamptz) AS m))
 ORDER BY c.case_id
   FOR NO KEY UPDATE;

-- name: load_targets
-- session: desk
-- The targets named, those of the requests named and of the messages named.
SELECT t.target_id, t.case_id, t.request_id, t.institution_id, t.txn_id,
       t.parent_id, t.duplicate_of, t.position, t.layer, t.generation,
       t.status, t.identifier_type, t.identifier_mask, t.identifier_hash,
       t.dedupe_hash, t.sealed, t.requested_minor, t.held_minor, t.currency,
       t.response_code, t.hold_ref, t.held_at, t.expires_at, t.eta,
       t.queued_at, t.sent_at, t.delivered_at, t.acknowledged_at,
       t.answered_at, t.correct_until, t.reminders, t.created_at,
       t.updated_at, t.row_version, t.reduce_to_minor, t.not_followed
  FROM batch_targets($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[],
	   $5::timestamptz, $6::timestamptz) AS b (target_id)
  JOIN target t USING (target_id)
 ORDER BY t.target_id;

-- name: load_requests
-- session: desk
-- The requests named and those of all targets of the load.
SELECT r.request_id, r.case_id, r.position, r.generation, r.action, r.scope,
       r.priority, r.basis, r.profile, r.successor, r.reason, r.status,
       r.desired_status, r.is_emergency, r.requested_by, r.approved_by,
       r.issued_at, r.confirm_by, r.expires_at, r.created_at, r.row_version,
       r.on_behalf_of, r.on_behalf_ref, r.more_authorities, r.follow_leads
  FROM freeze_request r
 WHERE r.request_id IN (
	SELECT unnest($2::uuid[])
	 UNION ALL
	SELECT t.request_id
	  FROM batch_targets($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[],
		   $5::timestamptz, $6::timestamptz) AS b (target_id)
	  JOIN target t USING (target_id))
 ORDER BY r.request_id;

-- name: load_formalities
-- session: desk
-- The formalities named, and what the requests named owe.
SELECT y.formality_id, y.case_id, y.request_id, y.profile, y.basis, y.type,
       y.status, y.due_at, y.created_at, y.updated_at, y.row_version,
       y.document_id
  FROM formality y
 WHERE y.request_id = ANY ($1::uuid[])
    OR y.formality_id = ANY ($2::uuid[])
 ORDER BY y.formality_id;

-- name: load_case_formalities
-- session: desk
-- The documents owed on whole cases.
SELECT y.formality_id, y.case_id, y.request_id, y.profile, y.basis, y.type,
       y.status, y.due_at, y.created_at, y.updated_at, y.row_version,
       y.document_id
  FROM formality y
 WHERE y.case_id = ANY ($1::uuid[])
 ORDER BY y.formality_id;

-- name: load_documents
-- session: desk
-- The documents named, and those about the requests named and about the
-- requests of the targets named, under the lock of their case.
SELECT d.document_id, d.case_id, d.institution_id, d.by_institution,
       d.filed_by, d.type, d.status, d.format, d.media_type, d.size,
       d.sha256, d.signature_format, d.signature_check, d.language,
       d.supersedes, d.content_id, d.chunk_count, d.content_key, d.sealed,
       d.decided_by, d.decided_for, d.defects, d.decision_note, d.filed_at,
       d.decided_at, d.updated_at, d.row_version,
       (SELECT array_agg(q.request_id ORDER BY q.request_id)
	  FROM document_request q
	 WHERE q.document_id = d.document_id) AS requests
  FROM document d
 WHERE d.document_id IN (
	SELECT unnest($1::uuid[])
	 UNION
	SELECT q.document_id
	  FROM document_request q
	 WHERE q.request_id = ANY ($2::uuid[])
	 UNION
	SELECT q.document_id
	  FROM target t
	  JOIN document_request q USING (request_id)
	 WHERE t.target_id = ANY ($3::uuid[]))
 ORDER BY d.document_id;

-- name: load_txns
-- session: desk
-- The payments of all targets of the load.
SELECT x.txn_id, x.case_id, x.position, x.parent_id, x.layer, x.channel,
       x.mcc, x.amount_minor, x.currency, x.occurred_at, x.reference_hash,
       x.sealed
  FROM disputed_txn x
 WHERE x.txn_id IN (
	SELECT t.txn_id
	  FROM batch_targets($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[],
		   $5::timestamptz, $6::timestamptz) AS b (target_id)
	  JOIN target t USING (target_id))
 ORDER BY x.txn_id;

-- name: load_trail_targets
-- session: desk
-- Of the cases of the targets $1: what is held, what others came from, and
-- what came from these.
-- Of the cases $2: every target.
SELECT t.target_id, t.case_id, t.request_id, t.institution_id, t.txn_id,
       t.parent_id, t.duplicate_of, t.position, t.layer, t.generation,
       t.status, t.identifier_type, t.identifier_mask, t.identifier_hash,
       t.dedupe_hash, t.sealed, t.requested_minor, t.held_minor, t.currency,
       t.response_code, t.hold_ref, t.held_at, t.expires_at, t.eta,
       t.queued_at, t.sent_at, t.delivered_at, t.acknowledged_at,
       t.answered_at, t.correct_until, t.reminders, t.created_at,
       t.updated_at, t.row_version, t.reduce_to_minor, t.not_followed
  FROM target t
 WHERE t.case_id IN (
	SELECT unnest($2::uuid[])
	 UNION
	SELECT n.case_id FROM target n WHERE n.target_id = ANY ($1::uuid[]))
   AND (t.case_id = ANY ($2::uuid[])
	OR t.held_minor > 0
	OR t.parent_id = ANY ($1::uuid[])
	OR EXISTS (
	    SELECT FROM target c
	     WHERE c.case_id = t.case_id
	       AND c.parent_id = t.target_id))
 ORDER BY t.target_id;

-- name: load_trail_requests
-- session: desk
-- The requests of the same cases.
SELECT r.request_id, r.case_id, r.position, r.generation, r.action, r.scope,
       r.priority, r.basis, r.profile, r.successor, r.reason, r.status,
       r.desired_status, r.is_emergency, r.requested_by, r.approved_by,
       r.issued_at, r.confirm_by, r.expires_at, r.created_at, r.row_version,
       r.on_behalf_of, r.on_behalf_ref, r.more_authorities, r.follow_leads
  FROM freeze_request r
 WHERE r.case_id IN (
	SELECT unnest($2::uuid[])
	 UNION
	SELECT n.case_id FROM target n WHERE n.target_id = ANY ($1::uuid[]))
 ORDER BY r.request_id;

-- name: load_trail_txns
-- session: desk
-- The payments of the same cases.
SELECT x.txn_id, x.case_id, x.position, x.parent_id, x.layer, x.channel,
       x.mcc, x.amount_minor, x.currency, x.occurred_at, x.reference_hash,
       x.sealed
  FROM disputed_txn x
 WHERE x.case_id IN (
	SELECT unnest($2::uuid[])
	 UNION
	SELECT n.case_id FROM target n WHERE n.target_id = ANY ($1::uuid[]))
 ORDER BY x.txn_id;

-- name: load_grievances
-- session: desk
-- The grievances named, and the running one of each target named, under the lock
-- of their case.
SELECT g.grievance_id, g.case_id, g.target_id, g.institution_id, g.status,
       g.filed_by, g.declined_by, g.filed_at, g.due_at, g.decided_at, g.sealed,
       g.row_version
  FROM grievance g
 WHERE g.grievance_id = ANY ($1::uuid[])
    OR (g.target_id = ANY ($1::uuid[])
	AND g.status NOT IN ('decided_release', 'closed'))
 ORDER BY g.grievance_id;

-- name: load_restitutions
-- session: desk
-- The restitutions named, all of the cases that are needed whole, and the open
-- ones of each target named and of the targets of the grievances and requests
-- named, under the locks of their cases.
SELECT i.restitution_id, i.plan_id, i.case_id, i.target_id, i.institution_id,
       i.claim_case_id, i.status, i.amount_minor, i.currency, i.claim_minor,
       i.proposed_by, i.decided_by, i.proposed_at, i.decided_at, i.due_at,
       i.paid_at, i.ended_at, i.updated_at, i.sealed, i.sealed_order,
       i.sealed_proof, i.row_version
  FROM restitution i
 WHERE i.restitution_id IN (
	SELECT unnest($1::uuid[])
	 UNION
	SELECT o.restitution_id
	  FROM restitution o
	 WHERE o.target_id IN (
		SELECT unnest($1::uuid[])
		 UNION
		SELECT g.target_id FROM grievance g WHERE g.grievance_id = ANY ($1::uuid[])
		 UNION
		SELECT t.target_id FROM target t WHERE t.request_id = ANY ($2::uuid[]))
	   AND o.status IN ('proposed', 'ordered', 'paying')
	 UNION
	SELECT c.restitution_id
	  FROM restitution c
	 WHERE c.case_id = ANY ($3::uuid[]))
 ORDER BY i.restitution_id;

-- name: load_pending
-- session: desk
-- Of the messages named, those that still wait in an outbox.
SELECT m.message_id, m.institution_id, m.case_id, m.seq, m.endpoint_no,
       m.type, m.generation, m.target_ids
  FROM message m
 WHERE (m.message_id, m.institution_id) IN (
	SELECT k.message_id, k.institution_id
	  FROM unnest($1::uuid[], $2::uuid[]) AS k (message_id, institution_id))
   AND m.created_at BETWEEN $3::timestamptz AND $4::timestamptz
   AND (EXISTS (SELECT FROM outbox o WHERE o.seq = m.seq)
	OR EXISTS (SELECT FROM outbox_retry r WHERE r.seq = m.seq))
 ORDER BY m.message_id;

-- name: load_deadlines
-- session: desk
-- The clocks named; the locks of their cases are held.
SELECT d.subject_id, d.kind, d.case_id, d.owed_by, d.status, d.stage,
       d.started_at, d.due_at, d.next_at
  FROM deadline d
 WHERE (d.subject_id, d.kind) IN (
	SELECT k.subject_id, k.kind
	  FROM unnest($1::uuid[], $2::text[]) AS k (subject_id, kind))
 ORDER BY d.subject_id, d.kind;

-- name: load_live_targets
-- session: desk
-- Targets with one of these hashes that are in none of the final states; its
-- advisory locks are held.
SELECT t.dedupe_hash, t.target_id, t.case_id, c.unit_id
  FROM target t
  JOIN case_file c USING (case_id)
 WHERE t.dedupe_hash = ANY ($1::bytea[])
   AND t.status <> ALL ($2::text[])
 ORDER BY t.target_id;

-- name: load_volumes
-- session: desk
-- What the officers $1 and the units $2 asked for since $4 and, in money,
-- since $5, and the cases of the complainants $3 since $6: their locks are
-- held.  A sum that no number holds is as good as the largest.
SELECT 'officer_requests', uuid_send(r.requested_by), '', count(*)
  FROM freeze_request r
 WHERE r.requested_by = ANY ($1::uuid[])
   AND r.created_at > $4::timestamptz
 GROUP BY r.requested_by
 UNION ALL
SELECT 'unit_requests', uuid_send(p.institution_id), '', count(*)
  FROM principal p
  JOIN freeze_request r ON r.requested_by = p.principal_id
 WHERE p.institution_id = ANY ($2::uuid[])
   AND r.created_at > $4::timestamptz
 GROUP BY p.institution_id
 UNION ALL
SELECT 'officer_amount', uuid_send(r.requested_by), t.currency,
       least(sum(t.requested_minor), 9000000000000000000)::bigint
  FROM freeze_request r
  JOIN target t ON t.request_id = r.request_id
 WHERE r.requested_by = ANY ($1::uuid[])
   AND r.created_at > $5::timestamptz
   AND t.parent_id IS NULL
 GROUP BY r.requested_by, t.currency
 UNION ALL
SELECT 'complainant_cases', c.complainant_hash, '', count(*)
  FROM case_file c
 WHERE c.complainant_hash = ANY ($3::bytea[])
   AND c.received_at > $6::timestamptz
 GROUP BY c.complainant_hash;

-- name: load_usual_times
-- session: desk
-- How fast the institutions $1 acknowledged the last 200 targets that they
-- were sent and that have an answer, for a dry run.
SELECT i.institution_id, count(*),
       round(1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds))::bigint,
       round(1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY l.seconds))::bigint
  FROM unnest($1::uuid[]) AS i (institution_id)
 CROSS JOIN LATERAL (
	SELECT extract(epoch FROM t.acknowledged_at - t.queued_at)::float8
	       AS seconds
	  FROM target t
	 WHERE t.institution_id = i.institution_id
	   AND t.acknowledged_at IS NOT NULL
	   AND t.queued_at IS NOT NULL
	 ORDER BY t.created_at DESC, t.target_id DESC
	 LIMIT 200) AS l
 GROUP BY i.institution_id;

-- name: load_kept_replies
-- session: desk
-- Replies that were given under these idempotency keys, with the wrapped key
-- of the case that seals them.
SELECT i.principal_id, i.key, i.fingerprint, i.case_id, i.key_no, i.status,
       i.location, i.reply, c.data_key
  FROM idempotency i
  LEFT JOIN case_file c ON c.case_id = i.case_id
 WHERE (i.principal_id, i.key) IN (
	SELECT k.principal_id, k.key
	  FROM unnest($1::uuid[], $2::text[]) AS k (principal_id, key))
 ORDER BY i.principal_id, i.key;

-- name: load_actors
-- session: desk
-- The rows behind the certificates of a batch, as they are now.
SELECT c.spki_sha256, c.revoked_at, p.principal_id, p.institution_id, p.role,
       p.status, p.valid_from, p.valid_until, p.active_from, n.status,
       n.active_from
  FROM certificate c
  JOIN principal p USING (principal_id)
  JOIN institution n USING (institution_id)
 WHERE c.spki_sha256 = ANY ($1::bytea[])
 ORDER BY c.spki_sha256;
