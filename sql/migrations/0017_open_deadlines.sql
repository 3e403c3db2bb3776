-- Clocks that ran out and are still owed, for the list of deadlines; those
-- that run are in deadline_next.

CREATE INDEX deadline_passed ON deadline (due_at, subject_id, kind)
    WHERE status = 'passed';
CREATE INDEX formality_owed ON formality (due_at, formality_id)
    WHERE status IN ('due', 'defective', 'rejected', 'overdue');
