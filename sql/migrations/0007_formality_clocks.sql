-- Clocks of documents owed and of grievances, also of those that are there.

ALTER TABLE deadline DROP CONSTRAINT deadline_kind_known;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind_known CHECK (kind IN (
    'acknowledgement', 'decision', 'correction', 'hold_expiry', 'release',
    'confirmation', 'request_expiry', 'formality', 'grievance_reply',
    'grievance_decision'));

INSERT INTO allowed_move (machine, from_status, move, to_status) VALUES
    ('grievance', 'filed', 'time_over', 'with_officer'),
    ('grievance', 'bank_endorsed', 'time_over', 'escalated_1'),
    ('grievance', 'with_officer', 'time_over', 'escalated_1'),
    ('grievance', 'escalated_1', 'time_over', 'escalated_2');

INSERT INTO deadline (subject_id, kind, case_id, owed_by, status, stage,
    started_at, due_at, next_at)
SELECT y.formality_id, 'formality', y.case_id, c.unit_id, 'running', 0,
       y.created_at, y.due_at, y.created_at + (y.due_at - y.created_at) / 2
  FROM formality y
  JOIN case_file c USING (case_id)
 WHERE y.status IN ('due', 'defective', 'rejected', 'overdue');

INSERT INTO deadline (subject_id, kind, case_id, owed_by, status, stage,
    started_at, due_at, next_at)
SELECT g.grievance_id,
       CASE g.status WHEN 'filed' THEN 'grievance_reply'
		     ELSE 'grievance_decision' END,
       g.case_id,
       CASE g.status WHEN 'filed' THEN g.institution_id ELSE c.unit_id END,
       'running', 0, g.filed_at, g.due_at,
       g.filed_at + (g.due_at - g.filed_at) / 2
  FROM grievance g
  JOIN case_file c USING (case_id)
 WHERE g.due_at IS NOT NULL
   AND g.status IN ('filed', 'bank_endorsed', 'with_officer', 'escalated_1',
       'escalated_2');
