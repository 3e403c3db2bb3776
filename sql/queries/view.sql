-- What the reading room looks at (hub/store/view_*.c).  Nothing is locked;
-- the statements of one view run in one snapshot.

-- name: view_case
-- session: reader
-- A case by its id.
SELECT c.case_id, c.ref, c.unit_id, c.created_by, c.status, c.outcome,
       c.typology, c.authorised, c.profile, c.priority, c.currency,
       c.loss_minor, c.report_channel, c.language, c.occurred_at,
       c.reported_at, c.received_at, c.updated_at, c.data_key, c.complainant,
       c.narrative, c.bank_notice_at, c.account_type, c.merged_into,
       c.row_version
  FROM case_file c
 WHERE c.case_id = $1::uuid;

-- name: view_case_of_ref
-- session: reader
-- The id behind a spoken reference.
SELECT c.case_id
  FROM case_file c
 WHERE c.ref = $1::text;

-- name: view_merged
-- session: reader
-- The cases that were merged with $1: the one that goes on for it, and those
-- that go on in it.
SELECT n.case_id, n.ref
  FROM case_file c
  JOIN case_file n ON n.case_id = c.merged_into
 WHERE c.case_id = $1::uuid
 UNION ALL
SELECT n.case_id, n.ref
  FROM case_file n
 WHERE n.merged_into = $1::uuid
 ORDER BY case_id;

-- name: view_external_refs
-- session: reader
-- The numbers of a case in other systems.
SELECT x.scheme, x.value_hash, x.sealed
  FROM external_ref x
 WHERE x.case_id = $1::uuid
 ORDER BY x.position;

-- name: view_txns
-- session: reader
-- The disputed payments of a case.
SELECT x.txn_id, x.case_id, x.position, x.parent_id, x.layer, x.channel,
       x.mcc, x.amount_minor, x.currency, x.occurred_at, x.reference_hash,
       x.sealed
  FROM disputed_txn x
 WHERE x.case_id = $1::uuid
 ORDER BY x.position, x.txn_id;

-- name: view_requests
-- session: reader
-- The freeze requests of a case.
SELECT r.request_id, r.case_id, r.position, r.generation, r.action, r.scope,
       r.priority, r.basis, r.profile, r.successor, r.reason, r.status,
       r.desired_status, r.is_emergency, r.requested_by, r.approved_by,
       r.issued_at, r.confirm_by, r.expires_at, r.created_at, r.row_version,
       r.on_behalf_of, r.on_behalf_ref, r.more_authorities, r.follow_leads
  FROM freeze_request r
 WHERE r.case_id = $1::uuid
 ORDER BY r.position, r.request_id;

-- name: view_formalities
-- session: reader
-- The documents owed on a case.
SELECT y.formality_id, y.case_id, y.request_id, y.profile, y.basis, y.type,
       y.status, y.due_at, y.created_at, y.updated_at, y.row_version,
       y.document_id
  FROM formality y
 WHERE y.case_id = $1::uuid
 ORDER BY y.due_at, y.formality_id;

-- name: view_target_formalities
-- session: reader
-- The documents owed on a target's request.
SELECT y.formality_id, y.case_id, y.request_id, y.profile, y.basis, y.type,
       y.status, y.due_at, y.created_at, y.updated_at, y.row_version,
       y.document_id
  FROM target t
  JOIN formality y USING (request_id)
 WHERE t.target_id = $1::uuid
 ORDER BY y.due_at, y.formality_id;

-- name: view_documents
-- session: reader
-- The documents of a case; where $2 names an institution, its own and those
-- of the police about requests with targets that were sent to it.
SELECT d.document_id, d.case_id, d.institution_id, d.by_institution,
       d.filed_by, d.type, d.status, d.format, d.media_type, d.size,
       d.sha256, d.signature_format, d.signature_check, d.language,
       d.supersedes, d.content_id, d.chunk_count, d.content_key, d.sealed,
       d.decided_by, d.decided_for, d.defects, d.decision_note, d.filed_at,
       d.decided_at, d.updated_at, d.row_version,
       (SELECT array_agg(q.request_id ORDER BY q.request_id)
	  FROM document_request q
	 WHERE q.document_id = d.document_id
	   AND ($2::uuid IS NULL
		OR EXISTS (SELECT
			     FROM target t
			    WHERE t.request_id = q.request_id
			      AND t.institution_id = $2::uuid
			      AND t.queued_at IS NOT NULL))) AS requests
  FROM document d
 WHERE d.case_id = $1::uuid
   AND ($2::uuid IS NULL
	OR d.institution_id = $2::uuid
	OR (NOT d.by_institution
	    AND EXISTS (SELECT
			  FROM document_request q
			  JOIN target t USING (request_id)
			 WHERE q.document_id = d.document_id
			   AND t.institution_id = $2::uuid
			   AND t.queued_at IS NOT NULL)))
 ORDER BY d.filed_at, d.document_id;

-- name: view_document
-- session: reader
-- One document, by the same rule.
SELECT d.document_id, d.case_id, d.institution_id, d.by_institution,
       d.filed_by, d.type, d.status, d.format, d.media_type, d.size,
       d.sha256, d.signature_format, d.signature_check, d.language,
       d.supersedes, d.content_id, d.chunk_count, d.content_key, d.sealed,
       d.decided_by, d.decided_for, d.defects, d.decision_note, d.filed_at,
       d.decided_at, d.updated_at, d.row_version,
       (SELECT array_agg(q.request_id ORDER BY q.request_id)
	  FROM document_request q
	 WHERE q.document_id = d.document_id
	   AND ($2::uuid IS NULL
		OR EXISTS (SELECT
			     FROM target t
			    WHERE t.request_id = q.request_id
			      AND t.institution_id = $2::uuid
			      AND t.queued_at IS NOT NULL))) AS requests
  FROM document d
 WHERE d.document_id = $1::uuid
   AND ($2::uuid IS NULL
	OR d.institution_id = $2::uuid
	OR (NOT d.by_institution
	    AND EXISTS (SELECT
			  FROM document_request q
			  JOIN target t USING (request_id)
			 WHERE q.document_id = d.document_id
			   AND t.institution_id = $2::uuid
			   AND t.queued_at IS NOT NULL)));

-- name: view_document_formalities
-- session: reader
-- What a document was filed for.
SELECT y.formality_id, y.case_id, y.request_id, y.profile, y.basis, y.type,
       y.status, y.due_at, y.created_at, y.updated_at, y.row_version,
       y.document_id
  FROM formality y
 WHERE y.document_id = $1::uuid
   AND ($2::uuid IS NULL
	OR EXISTS (SELECT
		     FROM target t
		    WHERE t.request_id = y.request_id
		      AND t.institution_id = $2::uuid
		      AND t.queued_at IS NOT NULL))
 ORDER BY y.due_at, y.formality_id;

-- name: view_document_chunk
-- session: reader
-- A piece of a document's content.
SELECT k.sealed
  FROM document_chunk k
 WHERE k.content_id = $1::uuid
   AND k.number = $2::integer;

-- name: view_debts
-- session: reader
-- A page of documents owed, the first due first, behind the one due at $6
-- with the id $7: of cases of the units $1 (NULL: any), with targets sent to
-- the institution $2 (NULL: any), of the case $3 (NULL: any), with a status
-- of $4 (NULL: any) at the time $5, sent to the institution $9 (NULL: any),
-- and, where $10 names profiles, still owed by the moment of $11 for each.  An
-- institution is told of itself alone.
SELECT y.formality_id, y.case_id, y.request_id, y.profile, y.basis, y.type,
       y.status, y.due_at, y.created_at, y.updated_at, y.row_version,
       y.document_id, c.unit_id, c.ref, n.institutions
  FROM formality y
  JOIN case_file c USING (case_id)
 CROSS JOIN LATERAL (
	SELECT array_agg(DISTINCT t.institution_id ORDER BY t.institution_id)
	       AS institutions
	  FROM target t
	 WHERE t.request_id = y.request_id
	   AND t.queued_at IS NOT NULL
	   AND ($2::uuid IS NULL OR t.institution_id = $2::uuid)) AS n
 WHERE (y.due_at, y.formality_id) > ($6::timestamptz, $7::uuid)
   AND ($1::uuid[] IS NULL OR c.unit_id = ANY ($1::uuid[]))
   AND ($2::uuid IS NULL OR n.institutions IS NOT NULL)
   AND ($3::uuid IS NULL OR y.case_id = $3::uuid)
   AND ($4::text[] IS NULL
	OR CASE WHEN y.due_at <= $5::timestamptz
		 AND y.status IN ('due', 'defective', 'rejected')
		THEN 'overdue' ELSE y.status END = ANY ($4::text[]))
   AND ($9::uuid IS NULL OR EXISTS (
	SELECT
	  FROM target t
	 WHERE t.request_id = y.request_id
	   AND t.institution_id = $9::uuid
	   AND t.queued_at IS NOT NULL))
   AND ($10::text[] IS NULL
	OR y.status IN ('due', 'defective', 'rejected', 'overdue')
	   AND EXISTS (
		SELECT
		  FROM unnest($10::text[], $11::timestamptz[]) AS k (profile, until)
		 WHERE k.profile = split_part(y.profile, '@', 1)
		   AND y.due_at <= k.until))
 ORDER BY y.due_at, y.formality_id
 LIMIT $8::integer;

-- name: view_alerts
-- session: reader
-- A page of volumes above their limits, the newest first, behind the one
-- raised at $2 with the id $3: of the units $1.
SELECT a.alert_id, a.kind, a.grade, a.unit_id, a.told_id, a.principal_id,
       a.case_id, a.figure, a.most, a.currency, a.raised_at, c.ref
  FROM alert a
  JOIN case_file c USING (case_id)
 WHERE a.unit_id = ANY ($1::uuid[])
   AND (a.raised_at, a.alert_id) < ($2::timestamptz, $3::uuid)
 ORDER BY a.raised_at DESC, a.alert_id DESC
 LIMIT $4::integer;

-- name: view_deadlines
-- session: reader
-- A page of clocks that are open, the first due first, behind the one at $1
-- ($2, $3): of cases of the units $4 (NULL: any), of what the institution $5
-- has (NULL: any) or owes, of the case $6 (NULL: any), of the kinds $7, with
-- the statuses $8 (running, passed); $9 true: the institution sees them itself,
-- so only of its own targets, once they were sent to it.  The two branches
-- have an index each.
SELECT d.subject_id, d.kind, d.case_id, d.owed_by, d.status, d.stage,
       d.started_at, d.due_at, d.next_at, c.ref, s.request_id, s.target_id,
       s.institution_id
  FROM (SELECT r.subject_id, r.kind, r.case_id, r.owed_by, r.status,
	       r.stage, r.started_at, r.due_at, r.next_at
	  FROM deadline r
	 WHERE r.next_at IS NOT NULL
	   AND 'running' = ANY ($8::text[])
	 UNION ALL
	SELECT p.subject_id, p.kind, p.case_id, p.owed_by, p.status,
	       p.stage, p.started_at, p.due_at, p.next_at
	  FROM deadline p
	 WHERE p.status = 'passed'
	   AND 'passed' = ANY ($8::text[])) AS d
  JOIN case_file c USING (case_id)
 CROSS JOIN LATERAL (
	SELECT t.request_id, t.target_id, t.institution_id
	  FROM target t
	 WHERE t.target_id = d.subject_id
	   AND (NOT $9::boolean OR t.queued_at IS NOT NULL)
	 UNION ALL
	SELECT t.request_id, t.target_id, t.institution_id
	  FROM grievance g
	  JOIN target t USING (target_id)
	 WHERE g.grievance_id = d.subject_id
	 UNION ALL
	SELECT r.request_id, NULL, NULL
	  FROM freeze_request r
	 WHERE r.request_id = d.subject_id
	   AND NOT $9::boolean
	 UNION ALL
	SELECT y.request_id, NULL, (
		SELECT t.institution_id
		  FROM target t
		 WHERE t.request_id = y.request_id
		   AND t.institution_id = $5::uuid
		   AND t.queued_at IS NOT NULL
		 LIMIT 1)
	  FROM formality y
	 WHERE y.formality_id = d.subject_id) AS s
 WHERE (d.due_at, d.subject_id, d.kind) > ($1::timestamptz, $2::uuid, $3::text)
   AND d.kind = ANY ($7::text[])
   AND ($4::uuid[] IS NULL OR c.unit_id = ANY ($4::uuid[]))
   AND ($5::uuid IS NULL OR s.institution_id = $5::uuid
	OR NOT $9::boolean AND d.owed_by = $5::uuid)
   AND ($6::uuid IS NULL OR d.case_id = $6::uuid)
 ORDER BY d.due_at, d.subject_id, d.kind
 LIMIT $10::integer;

-- name: view_targets
-- session: reader
-- The targets of a case; of one institution only, once they were sent to it,
-- where $2 names one: need to know.
SELECT t.target_id, t.case_id, t.request_id, t.institution_id, t.txn_id,
       t.parent_id, t.duplicate_of, t.position, t.layer, t.generation,
       t.status, t.identifier_type, t.identifier_mask, t.identifier_hash,
       t.dedupe_hash, t.sealed, t.requested_minor, t.held_minor, t.currency,
       t.response_code, t.hold_ref, t.held_at, t.expires_at, t.eta,
       t.queued_at, t.sent_at, t.delivered_at, t.acknowledged_at,
       t.answered_at, t.correct_until, t.reminders, t.created_at,
       t.updated_at, t.row_version, t.reduce_to_minor, t.not_followed,
       EXISTS (SELECT
		 FROM grievance g
		WHERE g.target_id = t.target_id
		  AND g.status IN ('filed', 'bank_endorsed', 'with_officer',
				   'escalated_1', 'escalated_2')) AS is_disputed
  FROM target t
 WHERE t.case_id = $1::uuid
   AND ($2::uuid IS NULL
	OR (t.institution_id = $2::uuid AND t.queued_at IS NOT NULL))
 ORDER BY t.position, t.target_id;

-- name: view_leads
-- session: reader
-- Where the responders of a case say the money went on, the oldest first.
SELECT l.lead_id, l.case_id, l.response_id, l.target_id, l.child_target_id,
       l.code, l.amount_minor, l.currency, l.created_at
  FROM target t
  JOIN lead l USING (target_id)
 WHERE t.case_id = $1::uuid
 ORDER BY l.created_at, l.lead_id;

-- name: view_target
-- session: reader
-- One target.
SELECT t.target_id, t.case_id, t.request_id, t.institution_id, t.txn_id,
       t.parent_id, t.duplicate_of, t.position, t.layer, t.generation,
       t.status, t.identifier_type, t.identifier_mask, t.identifier_hash,
       t.dedupe_hash, t.sealed, t.requested_minor, t.held_minor, t.currency,
       t.response_code, t.hold_ref, t.held_at, t.expires_at, t.eta,
       t.queued_at, t.sent_at, t.delivered_at, t.acknowledged_at,
       t.answered_at, t.correct_until, t.reminders, t.created_at,
       t.updated_at, t.row_version, t.reduce_to_minor, t.not_followed,
       EXISTS (SELECT
		 FROM grievance g
		WHERE g.target_id = t.target_id
		  AND g.status IN ('filed', 'bank_endorsed', 'with_officer',
				   'escalated_1', 'escalated_2')) AS is_disputed
  FROM target t
 WHERE t.target_id = $1::uuid;

-- name: view_target_case
-- session: reader
-- The case of a target.
SELECT c.case_id, c.ref, c.unit_id, c.created_by, c.status, c.outcome,
       c.typology, c.authorised, c.profile, c.priority, c.currency,
       c.loss_minor, c.report_channel, c.language, c.occurred_at,
       c.reported_at, c.received_at, c.updated_at, c.data_key, c.complainant,
       c.narrative, c.bank_notice_at, c.account_type, c.merged_into,
       c.row_version
  FROM target t
  JOIN case_file c USING (case_id)
 WHERE t.target_id = $1::uuid;

-- name: view_target_request
-- session: reader
-- The request that a target belongs to.
SELECT r.request_id, r.case_id, r.position, r.generation, r.action, r.scope,
       r.priority, r.basis, r.profile, r.successor, r.reason, r.status,
       r.desired_status, r.is_emergency, r.requested_by, r.approved_by,
       r.issued_at, r.confirm_by, r.expires_at, r.created_at, r.row_version,
       r.on_behalf_of, r.on_behalf_ref, r.more_authorities, r.follow_leads
  FROM target t
  JOIN freeze_request r USING (request_id)
 WHERE t.target_id = $1::uuid;

-- name: view_target_responses
-- session: reader
-- The answers to a target, the oldest first.
SELECT r.response_id, r.case_id, r.target_id, r.generation, r.code,
       r.principal_id, r.institution_id, r.spki_sha256, r.held_minor,
       r.received_at, r.sealed
  FROM response r
 WHERE r.target_id = $1::uuid
 ORDER BY r.received_at, r.response_id;

-- name: view_target_grievances
-- session: reader
-- The grievances about a target, the oldest first.
SELECT g.grievance_id, g.case_id, g.target_id, g.institution_id, g.status,
       g.filed_by, g.declined_by, g.filed_at, g.due_at, g.decided_at, g.sealed,
       g.row_version
  FROM grievance g
 WHERE g.target_id = $1::uuid
 ORDER BY g.filed_at, g.grievance_id;

-- name: view_target_attachments
-- session: reader
-- Courts' orders on what is held of a target, the oldest first.
SELECT a.attachment_id, a.case_id, a.target_id, a.basis, a.registered_by,
       a.registered_at, a.expires_at, a.sealed
  FROM attachment a
 WHERE a.target_id = $1::uuid
 ORDER BY a.registered_at, a.attachment_id;

-- name: view_case_restitutions
-- session: reader
-- Money of a case's targets, and of others, that goes back to its victim or to
-- another one; of one institution only, once it was ordered, where $2 names one.
SELECT i.restitution_id, i.plan_id, i.case_id, i.target_id, i.institution_id,
       i.claim_case_id, i.status, i.amount_minor, i.currency, i.claim_minor,
       i.proposed_by, i.decided_by, i.proposed_at, i.decided_at, i.due_at,
       i.paid_at, i.ended_at, i.updated_at, i.sealed, i.sealed_order,
       i.sealed_proof, i.row_version
  FROM restitution i
 WHERE (i.case_id = $1::uuid OR i.claim_case_id = $1::uuid)
   AND ($2::uuid IS NULL
	OR (i.institution_id = $2::uuid AND i.due_at IS NOT NULL))
 ORDER BY i.proposed_at, i.restitution_id;

-- name: view_restitution
-- session: reader
-- One restitution.
SELECT i.restitution_id, i.plan_id, i.case_id, i.target_id, i.institution_id,
       i.claim_case_id, i.status, i.amount_minor, i.currency, i.claim_minor,
       i.proposed_by, i.decided_by, i.proposed_at, i.decided_at, i.due_at,
       i.paid_at, i.ended_at, i.updated_at, i.sealed, i.sealed_order,
       i.sealed_proof, i.row_version
  FROM restitution i
 WHERE i.restitution_id = $1::uuid;

-- name: view_restitution_case
-- session: reader
-- The case of a restitution's target.
SELECT c.case_id, c.ref, c.unit_id, c.created_by, c.status, c.outcome,
       c.typology, c.authorised, c.profile, c.priority, c.currency,
       c.loss_minor, c.report_channel, c.language, c.occurred_at,
       c.reported_at, c.received_at, c.updated_at, c.data_key, c.complainant,
       c.narrative, c.bank_notice_at, c.account_type, c.merged_into,
       c.row_version
  FROM restitution i
  JOIN case_file c USING (case_id)
 WHERE i.restitution_id = $1::uuid;

-- name: view_target_evidence
-- session: reader
-- What speaks for the holder of a target's account, the oldest first.
SELECT e.evidence_id, e.case_id, e.target_id, e.kind, e.submitted_by,
       e.institution_id, e.submitted_at, e.sealed
  FROM counter_evidence e
 WHERE e.target_id = $1::uuid
 ORDER BY e.submitted_at, e.evidence_id;

-- name: view_cases_of_units
-- session: reader
-- A page of the cases of police units, the newest first, behind the case that
-- was received at $3 and has the id $4, in one of the states $5 (NULL: any).
-- One look into the index for each unit, then their merge.
SELECT c.case_id, c.ref, c.unit_id, c.status, c.outcome, c.typology,
       c.authorised, c.profile, c.priority, c.currency, c.loss_minor,
       c.occurred_at, c.reported_at, c.received_at, c.updated_at,
       c.received_at AS key_at, c.case_id AS key_id,
       (SELECT count(*) FROM target t WHERE t.case_id = c.case_id) AS targets
  FROM unnest($1::uuid[]) AS u (unit_id)
 CROSS JOIN LATERAL (
	SELECT f.case_id, f.ref, f.unit_id, f.status, f.outcome, f.typology,
	       f.authorised, f.profile, f.priority, f.currency, f.loss_minor,
	       f.occurred_at, f.reported_at, f.received_at, f.updated_at
	  FROM case_file f
	 WHERE f.unit_id = u.unit_id
	   AND f.received_at <= $3::timestamptz
	   AND (f.received_at < $3::timestamptz OR f.case_id > $4::uuid)
	   AND ($5::text[] IS NULL OR f.status = ANY ($5::text[]))
	 ORDER BY f.received_at DESC, f.case_id
	 LIMIT $2::integer) AS c
 ORDER BY c.received_at DESC, c.case_id
 LIMIT $2::integer;

-- name: view_cases_of_institution
-- session: reader
-- A page of the cases with targets sent to an institution, by each case's
-- newest own target, behind the target that was made at $3 and has the id $4,
-- in one of the states $5 (NULL: any).  What is counted, and when it last
-- changed, is of its own targets.
SELECT c.case_id, c.ref, c.unit_id, c.status, NULL::text AS outcome,
       c.typology, c.authorised, c.profile, c.priority, c.currency,
       c.loss_minor, c.occurred_at, c.reported_at, c.received_at,
       n.updated_at, t.created_at AS key_at, t.target_id AS key_id, n.targets
  FROM target t
  JOIN case_file c USING (case_id)
 CROSS JOIN LATERAL (
	SELECT count(*) AS targets, max(o.updated_at) AS updated_at
	  FROM target o
	 WHERE o.case_id = c.case_id
	   AND o.institution_id = $1::uuid
	   AND o.queued_at IS NOT NULL) AS n
 WHERE t.institution_id = $1::uuid
   AND t.queued_at IS NOT NULL
   AND t.created_at <= $3::timestamptz
   AND (t.created_at < $3::timestamptz OR t.target_id > $4::uuid)
   AND ($5::text[] IS NULL OR c.status = ANY ($5::text[]))
   AND NOT EXISTS (
	SELECT
	  FROM target b
	 WHERE b.case_id = t.case_id
	   AND b.institution_id = $1::uuid
	   AND b.queued_at IS NOT NULL
	   AND (b.created_at > t.created_at
		OR (b.created_at = t.created_at AND b.target_id < t.target_id)))
 ORDER BY t.created_at DESC, t.target_id
 LIMIT $2::integer;

-- name: view_timeline
-- session: reader
-- A page of the events of a case in the public order, behind a leaf index;
-- where $4 names an institution only those about targets sent to it.  Who
-- proposed a target, mostly another institution, is not its business.
SELECT l.leaf_index, l.event_id, e.type, e.actor_id, e.happened_at,
       e.recorded_at, e.leaf, v.key_no, v.sealed
  FROM event_leaf l
  JOIN event e ON e.event_id = l.event_id AND e.recorded_at = l.recorded_at
  LEFT JOIN event_value v ON v.event_id = l.event_id
 WHERE l.case_id = $1::uuid
   AND l.leaf_index > $2::bigint
   AND ($4::uuid IS NULL
	OR e.to_status IS DISTINCT FROM 'proposed'
	   AND EXISTS (SELECT
		     FROM target t
		    WHERE t.target_id = e.subject_id
		      AND t.institution_id = $4::uuid
		      AND t.queued_at IS NOT NULL))
 ORDER BY l.leaf_index
 LIMIT $3::integer;

-- name: view_inbox
-- session: reader
-- The oldest messages that wait for these endpoints, never tried or tried in
-- vain, behind a seq, with the wrapped key of their case.  One look into the
-- index for each endpoint and priority: a long queue costs no more than a
-- short one.
SELECT q.seq, q.endpoint_no, m.message_id, m.created_at, m.type,
       m.case_id, m.key_no, m.sealed, c.data_key
  FROM unnest($1::integer[]) AS n (endpoint_no)
 CROSS JOIN (VALUES (0), (1), (2)) AS p (priority)
 CROSS JOIN LATERAL (
	(SELECT o.seq, o.endpoint_no, o.message_id, o.message_at
	   FROM outbox o
	  WHERE o.endpoint_no = n.endpoint_no
	    AND o.priority = p.priority
	    AND o.seq > $3::bigint
	  ORDER BY o.seq
	  LIMIT $2::integer)
	 UNION ALL
	(SELECT r.seq, r.endpoint_no, r.message_id, r.message_at
	   FROM outbox_retry r
	  WHERE r.endpoint_no = n.endpoint_no
	    AND r.priority = p.priority
	    AND r.seq > $3::bigint
	  ORDER BY r.seq
	  LIMIT $2::integer)) AS q
  JOIN message m ON m.message_id = q.message_id AND m.created_at = q.message_at
  LEFT JOIN case_file c ON c.case_id = m.case_id
 ORDER BY q.seq
 LIMIT $2::integer;

-- name: view_endpoint_keys
-- session: reader
-- The signing secrets of endpoints that are in use at a time, still sealed.
SELECT k.key_id, e.endpoint_no, k.algorithm, k.key_no, k.secret, k.sign_from,
       k.sign_until
  FROM endpoint_key k
  JOIN endpoint e USING (endpoint_id)
 WHERE e.endpoint_no = ANY ($1::integer[])
   AND k.sign_from <= $2::timestamptz
   AND (k.sign_until IS NULL OR k.sign_until > $2::timestamptz)
 ORDER BY e.endpoint_no, k.sign_from, k.key_id;

-- name: view_waiting
-- session: reader
-- The backstop of those who wait: which of these cases have another version
-- than the one known, and which of these endpoints have mail.
SELECT k.case_id, 0 AS endpoint_no
  FROM unnest($1::uuid[], $2::bigint[]) AS k (case_id, row_version)
  JOIN case_file c USING (case_id)
 WHERE c.row_version <> k.row_version
 UNION ALL
SELECT NULL::uuid, n.endpoint_no
  FROM unnest($3::integer[]) AS n (endpoint_no)
 WHERE EXISTS (SELECT FROM outbox o WHERE o.endpoint_no = n.endpoint_no)
    OR EXISTS (SELECT FROM outbox_retry r WHERE r.endpoint_no = n.endpoint_no);

-- name: view_attempts
-- session: reader
-- The attempts on an endpoint before a time, newest first; of one message the
-- highest id first.
SELECT a.at, a.message_id, coalesce(m.type, ''), a.n, a.status, a.error,
       a.milliseconds, a.remote, a.response_length, a.key_ids
  FROM attempt a
  LEFT JOIN LATERAL (
	SELECT g.type
	  FROM message g
	 WHERE g.message_id = a.message_id
	 LIMIT 1) AS m ON true
 WHERE a.endpoint_no = $1::integer
   AND a.at <= $2::timestamptz
   AND (a.at, a.message_id) < ($2::timestamptz, $3::uuid)
 ORDER BY a.at DESC, a.message_id DESC
 LIMIT $4::integer;
