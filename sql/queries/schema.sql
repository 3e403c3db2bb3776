-- name: schema_exists
-- session: migrate
-- Migrate: has the first migration made the list of them?
SELECT to_regclass('public.schema_migration') IS NOT NULL;

-- name: schema_migrations
-- session: migrate
-- Migrate and the check at a hub's start: what was applied, to compare with
-- what is embedded.
SELECT version, name, sha256, applied_at
  FROM schema_migration
 ORDER BY version;

-- name: schema_migration_add
-- session: migrate
-- Migrate: in the transaction of the migration itself.
INSERT INTO schema_migration (version, name, sha256)
VALUES ($1::integer, $2::text, $3::text);

-- name: schema_lock
-- session: migrate
-- Migrate: one at a time, until the connection ends.  Returns nothing of use.
SELECT count(pg_advisory_lock(hashtextextended('freezeline migrate', 0)));

-- name: make_partitions
-- session: tool migrate clerk
-- Migrate, a hub's start and the clerk every hour.
SELECT make_partitions();

-- name: integrity_checks
-- session: tool migrate
-- Check: what foreign keys of the hot tables would prove, that no status came
-- without its event, and that partitions were made in time.  The number of
-- offending rows of each.
SELECT c.name, c.broken
  FROM (
	SELECT 'target_without_case' AS name, count(*) AS broken
	  FROM target t
	 WHERE NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = t.case_id)
	 UNION ALL
	SELECT 'target_without_request' AS name, count(*) AS broken
	  FROM target t
	 WHERE NOT EXISTS (SELECT FROM freeze_request r WHERE r.request_id = t.request_id
			 AND r.case_id = t.case_id)
	 UNION ALL
	SELECT 'target_without_institution' AS name, count(*) AS broken
	  FROM target t
	 WHERE NOT EXISTS (SELECT FROM institution i WHERE i.institution_id = t.institution_id)
	 UNION ALL
	SELECT 'target_without_txn' AS name, count(*) AS broken
	  FROM target t
	 WHERE t.txn_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM disputed_txn x WHERE x.txn_id = t.txn_id
			 AND x.case_id = t.case_id)
	 UNION ALL
	SELECT 'target_without_parent' AS name, count(*) AS broken
	  FROM target t
	 WHERE t.parent_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM target p WHERE p.target_id = t.parent_id
			 AND p.case_id = t.case_id)
	 UNION ALL
	SELECT 'target_without_original' AS name, count(*) AS broken
	  FROM target t
	 WHERE t.duplicate_of IS NOT NULL
	   AND NOT EXISTS (SELECT FROM target o WHERE o.target_id = t.duplicate_of)
	 UNION ALL
	SELECT 'case_without_unit' AS name, count(*) AS broken
	  FROM case_file c
	 WHERE NOT EXISTS (SELECT FROM institution i WHERE i.institution_id = c.unit_id)
	 UNION ALL
	SELECT 'txn_without_case' AS name, count(*) AS broken
	  FROM disputed_txn x
	 WHERE NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = x.case_id)
	 UNION ALL
	SELECT 'request_without_case' AS name, count(*) AS broken
	  FROM freeze_request r
	 WHERE NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = r.case_id)
	 UNION ALL
	SELECT 'formality_without_request' AS name, count(*) AS broken
	  FROM formality y
	 WHERE NOT EXISTS (SELECT FROM freeze_request r WHERE r.request_id = y.request_id
			 AND r.case_id = y.case_id)
	 UNION ALL
	SELECT 'external_ref_without_case' AS name, count(*) AS broken
	  FROM external_ref x
	 WHERE NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = x.case_id)
	 UNION ALL
	SELECT 'response_without_target' AS name, count(*) AS broken
	  FROM response r
	 WHERE NOT EXISTS (SELECT FROM target t WHERE t.target_id = r.target_id
			 AND t.case_id = r.case_id)
	 UNION ALL
	SELECT 'response_without_certificate' AS name, count(*) AS broken
	  FROM response r
	 WHERE NOT EXISTS (SELECT FROM certificate c WHERE c.spki_sha256 = r.spki_sha256)
	 UNION ALL
	SELECT 'lead_without_response' AS name, count(*) AS broken
	  FROM lead l
	 WHERE NOT EXISTS (SELECT FROM response r WHERE r.response_id = l.response_id
			 AND r.target_id = l.target_id)
	 UNION ALL
	SELECT 'lead_without_child' AS name, count(*) AS broken
	  FROM lead l
	 WHERE l.child_target_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM target t WHERE t.target_id = l.child_target_id
			 AND t.parent_id = l.target_id)
	 UNION ALL
	SELECT 'idempotency_without_case' AS name, count(*) AS broken
	  FROM idempotency i
	 WHERE i.case_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = i.case_id)
	 UNION ALL
	SELECT 'event_without_case' AS name, count(*) AS broken
	  FROM event e
	 WHERE e.case_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = e.case_id)
	 UNION ALL
	SELECT 'event_move_unknown' AS name, count(*) AS broken
	  FROM event e
	 WHERE e.machine IS NOT NULL
	   AND NOT EXISTS (SELECT FROM allowed_move a
			    WHERE a.machine = e.machine
			      AND a.from_status = e.from_status
			      AND a.move = e.move
			      AND a.to_status = e.to_status)
	 UNION ALL
	SELECT 'event_value_without_event' AS name, count(*) AS broken
	  FROM event_value v
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.event_id = v.event_id)
	 UNION ALL
	SELECT 'event_leaf_without_event' AS name, count(*) AS broken
	  FROM event_leaf l
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.event_id = l.event_id
			 AND e.recorded_at = l.recorded_at)
	 UNION ALL
	SELECT 'event_leaf_gap' AS name, count(*) AS broken
	  FROM (SELECT l.leaf_index - lag(l.leaf_index, 1, -1)
			OVER (ORDER BY l.leaf_index) AS step
		  FROM event_leaf l) AS g
	 WHERE g.step <> 1
	 UNION ALL
	SELECT 'message_without_case' AS name, count(*) AS broken
	  FROM message m
	 WHERE m.case_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = m.case_id)
	 UNION ALL
	SELECT 'message_without_endpoint' AS name, count(*) AS broken
	  FROM message m
	 WHERE NOT EXISTS (SELECT FROM endpoint e WHERE e.endpoint_no = m.endpoint_no
			 AND e.institution_id = m.institution_id)
	 UNION ALL
	SELECT 'message_without_target' AS name, count(*) AS broken
	  FROM message m, unnest(m.target_ids) AS k (target_id)
	 WHERE NOT EXISTS (SELECT FROM target t WHERE t.target_id = k.target_id)
	 UNION ALL
	SELECT 'deadline_without_case' AS name, count(*) AS broken
	  FROM deadline d
	 WHERE NOT EXISTS (SELECT FROM case_file c WHERE c.case_id = d.case_id)
	   AND d.kind NOT IN ('watch_expiry', 'payment_hold_term')
	 UNION ALL
	SELECT 'deadline_without_subject' AS name, count(*) AS broken
	  FROM deadline d
	 WHERE NOT EXISTS (SELECT FROM target t WHERE t.target_id = d.subject_id
			 AND t.case_id = d.case_id)
	   AND NOT EXISTS (SELECT FROM freeze_request r WHERE r.request_id = d.subject_id
			 AND r.case_id = d.case_id)
	   AND NOT EXISTS (SELECT FROM formality y WHERE y.formality_id = d.subject_id
			 AND y.case_id = d.case_id AND d.kind = 'formality')
	   AND NOT EXISTS (SELECT FROM grievance g WHERE g.grievance_id = d.subject_id
			 AND g.case_id = d.case_id
			 AND d.kind IN ('grievance_reply', 'grievance_decision'))
	   AND NOT EXISTS (SELECT FROM watch_entry w WHERE w.watch_entry_id = d.subject_id
			 AND d.kind = 'watch_expiry')
	   AND NOT EXISTS (SELECT FROM payment_hold h WHERE h.payment_hold_id = d.subject_id
			 AND d.kind = 'payment_hold_term')
	   AND NOT EXISTS (SELECT FROM restitution i WHERE i.restitution_id = d.subject_id
			 AND i.case_id = d.case_id AND d.kind = 'restitution')
	 UNION ALL
	SELECT 'restitution_without_target' AS name, count(*) AS broken
	  FROM restitution i
	 WHERE NOT EXISTS (SELECT FROM target t WHERE t.target_id = i.target_id
			 AND t.case_id = i.case_id
			 AND t.institution_id = i.institution_id
			 AND t.currency = i.currency)
	 UNION ALL
	SELECT 'restitution_without_plan' AS name, count(*) AS broken
	  FROM restitution i
	 WHERE NOT EXISTS (SELECT FROM restitution p WHERE p.restitution_id = i.plan_id
			 AND p.case_id = i.case_id)
	 UNION ALL
	SELECT 'attachment_without_target' AS name, count(*) AS broken
	  FROM attachment a
	 WHERE NOT EXISTS (SELECT FROM target t WHERE t.target_id = a.target_id
			 AND t.case_id = a.case_id)
	 UNION ALL
	SELECT 'attached_without_order' AS name, count(*) AS broken
	  FROM target t
	 WHERE t.status = 'attached'
	   AND NOT EXISTS (SELECT FROM attachment a WHERE a.target_id = t.target_id)
	 UNION ALL
	SELECT 'deadline_without_owner' AS name, count(*) AS broken
	  FROM deadline d
	 WHERE NOT EXISTS (SELECT FROM institution i WHERE i.institution_id = d.owed_by)
	 UNION ALL
	SELECT 'formality_without_authority' AS name, count(*) AS broken
	  FROM formality y
	 WHERE NOT EXISTS (SELECT FROM freeze_request r WHERE r.request_id = y.request_id
			 AND r.case_id = y.case_id
			 -- An amendment's old law: what was settled by then.
			 AND (y.status IN ('superseded', 'verified', 'waived')
			  OR y.profile = r.profile AND y.basis = r.basis
			  OR y.profile || '/' || y.basis
			     = ANY (string_to_array(r.more_authorities, ' '))))
	 UNION ALL
	SELECT 'formality_owed_without_clock' AS name, count(*) AS broken
	  FROM formality y
	 WHERE y.status IN ('due', 'defective', 'rejected', 'overdue')
	   AND NOT EXISTS (SELECT FROM deadline d WHERE d.subject_id = y.formality_id
			 AND d.kind = 'formality' AND d.status <> 'ended')
	 UNION ALL
	SELECT 'formality_settled_with_clock' AS name, count(*) AS broken
	  FROM formality y
	  JOIN deadline d ON d.subject_id = y.formality_id AND d.kind = 'formality'
	 WHERE d.status = 'running'
	   AND y.status NOT IN ('due', 'defective', 'rejected', 'overdue')
	 UNION ALL
	SELECT 'grievance_without_target' AS name, count(*) AS broken
	  FROM grievance g
	 WHERE NOT EXISTS (SELECT FROM target t WHERE t.target_id = g.target_id
			 AND t.case_id = g.case_id
			 AND t.institution_id = g.institution_id)
	 UNION ALL
	SELECT 'grievance_open_without_clock' AS name, count(*) AS broken
	  FROM grievance g
	  JOIN target t USING (target_id)
	 WHERE g.status IN ('filed', 'bank_endorsed', 'with_officer', 'escalated_1',
			    'escalated_2')
	   AND t.status IN ('held_full', 'held_partial', 'blocked', 'attached')
	   AND NOT EXISTS (SELECT FROM deadline d WHERE d.subject_id = g.grievance_id
			 AND d.status <> 'ended'
			 AND d.kind = CASE g.status WHEN 'filed' THEN 'grievance_reply'
				      ELSE 'grievance_decision' END)
	 UNION ALL
	SELECT 'grievance_decided_with_clock' AS name, count(*) AS broken
	  FROM grievance g
	  JOIN deadline d ON d.subject_id = g.grievance_id
	 WHERE d.status = 'running'
	   AND g.status IN ('decided_release', 'decided_continue', 'closed')
	 UNION ALL
	SELECT 'signal_without_source' AS name, count(*) AS broken
	  FROM signal s
	 WHERE NOT EXISTS (SELECT FROM institution i WHERE i.institution_id = s.source_id
			 AND i.kind = 'telco')
	 UNION ALL
	SELECT 'signal_without_recipient' AS name, count(*) AS broken
	  FROM signal s
	 WHERE NOT EXISTS (SELECT FROM signal_recipient r WHERE r.signal_id = s.signal_id)
	 UNION ALL
	SELECT 'signal_without_agreement' AS name, count(*) AS broken
	  FROM signal_recipient r
	  JOIN signal s USING (signal_id)
	 WHERE NOT EXISTS (SELECT FROM agreement a WHERE a.agreement_id = r.agreement_id
			 AND a.source_id = s.source_id
			 AND a.destination_id = r.institution_id
			 AND a.confirmed_by IS NOT NULL)
	 UNION ALL
	SELECT 'signal_without_event' AS name, count(*) AS broken
	  FROM signal s
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.subject_id = s.signal_id
			 AND e.type = 'signal.sent')
	 UNION ALL
	SELECT 'watch_entry_status_without_event' AS name, count(*) AS broken
	  FROM watch_entry w
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.subject_id = w.watch_entry_id
			 AND e.machine = 'watch_entry'
			 AND e.to_status = w.status)
	 UNION ALL
	SELECT 'watch_entry_without_institution' AS name, count(*) AS broken
	  FROM watch_entry w
	 WHERE NOT EXISTS (SELECT FROM institution i WHERE i.institution_id = w.institution_id)
	 UNION ALL
	SELECT 'payment_hold_status_without_event' AS name, count(*) AS broken
	  FROM payment_hold h
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.subject_id = h.payment_hold_id
			 AND e.machine = 'payment_hold'
			 AND e.to_status = h.status)
	 UNION ALL
	SELECT 'payment_hold_without_institution' AS name, count(*) AS broken
	  FROM payment_hold h
	 WHERE NOT EXISTS (SELECT FROM institution i WHERE i.institution_id = h.institution_id)
	 UNION ALL
	SELECT 'payment_hold_without_signal' AS name, count(*) AS broken
	  FROM payment_hold h
	 WHERE h.signal_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM signal_recipient r WHERE r.signal_id = h.signal_id
			 AND r.institution_id = h.institution_id)
	 UNION ALL
	SELECT 'outbox_without_message' AS name, count(*) AS broken
	  FROM outbox o
	 WHERE NOT EXISTS (SELECT FROM message m WHERE m.message_id = o.message_id
			 AND m.created_at = o.message_at
			 AND m.seq = o.seq)
	 UNION ALL
	SELECT 'retry_without_message' AS name, count(*) AS broken
	  FROM outbox_retry o
	 WHERE NOT EXISTS (SELECT FROM message m WHERE m.message_id = o.message_id
			 AND m.created_at = o.message_at
			 AND m.seq = o.seq)
	 UNION ALL
	SELECT 'outbox_in_retry_too' AS name, count(*) AS broken
	  FROM outbox o
	 WHERE EXISTS (SELECT FROM outbox_retry r WHERE r.seq = o.seq)
	 UNION ALL
	SELECT 'attempt_without_message' AS name, count(*) AS broken
	  FROM attempt a
	 WHERE NOT EXISTS (SELECT FROM message m WHERE m.message_id = a.message_id)
	 UNION ALL
	SELECT 'institution_without_endpoint' AS name, count(*) AS broken
	  FROM institution i
	 WHERE i.kind NOT IN ('auditor', 'hub')
	   AND NOT EXISTS (SELECT FROM endpoint e WHERE e.institution_id = i.institution_id)
	 UNION ALL
	SELECT 'case_status_without_event' AS name, count(*) AS broken
	  FROM case_file c
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.case_id = c.case_id
			 AND e.subject_id = c.case_id
			 AND e.machine = 'case'
			 AND e.to_status = c.status)
	 UNION ALL
	SELECT 'request_status_without_event' AS name, count(*) AS broken
	  FROM freeze_request r
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.case_id = r.case_id
			 AND e.subject_id = r.request_id
			 AND e.machine = 'request'
			 AND e.to_status = r.status)
	 UNION ALL
	SELECT 'target_status_without_event' AS name, count(*) AS broken
	  FROM target t
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.case_id = t.case_id
			 AND e.subject_id = t.target_id
			 AND e.machine = 'target'
			 AND e.to_status = t.status)
	 UNION ALL
	SELECT 'formality_status_without_event' AS name, count(*) AS broken
	  FROM formality y
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.case_id = y.case_id
			 AND e.subject_id = y.formality_id
			 AND e.machine = 'formality'
			 AND e.to_status = y.status)
	 UNION ALL
	SELECT 'grievance_status_without_event' AS name, count(*) AS broken
	  FROM grievance g
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.case_id = g.case_id
			 AND e.subject_id = g.grievance_id
			 AND e.machine = 'grievance'
			 AND e.to_status = g.status)
	 UNION ALL
	SELECT 'formality_document_of_another_request' AS name, count(*) AS broken
	  FROM formality y
	 WHERE y.document_id IS NOT NULL
	   AND NOT EXISTS (SELECT FROM document_request q WHERE q.document_id = y.document_id
			 AND q.request_id = y.request_id)
	 UNION ALL
	SELECT 'document_status_without_event' AS name, count(*) AS broken
	  FROM document d
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.case_id = d.case_id
			 AND e.subject_id = d.document_id
			 AND e.machine = 'document'
			 AND e.to_status = d.status)
	 UNION ALL
	SELECT 'document_without_its_content' AS name, count(*) AS broken
	  FROM document d
	 WHERE d.chunk_count <> (SELECT count(*) FROM document_chunk k
				  WHERE k.content_id = d.content_id
				    AND k.number < d.chunk_count)
	 UNION ALL
	SELECT 'document_about_another_case' AS name, count(*) AS broken
	  FROM document_request q
	  JOIN document d USING (document_id)
	 WHERE NOT EXISTS (SELECT FROM freeze_request r WHERE r.request_id = q.request_id
			 AND r.case_id = d.case_id)
	 UNION ALL
	SELECT 'restitution_status_without_event' AS name, count(*) AS broken
	  FROM restitution i
	 WHERE NOT EXISTS (SELECT FROM event e WHERE e.case_id = i.case_id
			 AND e.subject_id = i.restitution_id
			 AND e.machine = 'restitution'
			 AND e.to_status = i.status)
	 UNION ALL
	SELECT 'event_in_default_partition' AS name, count(*) AS broken
	  FROM event_default e
	 WHERE true
	 UNION ALL
	SELECT 'message_in_default_partition' AS name, count(*) AS broken
	  FROM message_default m
	 WHERE true
	 UNION ALL
	SELECT 'attempt_in_default_partition' AS name, count(*) AS broken
	  FROM attempt_default a
	 WHERE true) AS c
 ORDER BY c.name;
