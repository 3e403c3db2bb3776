-- The way out: grievances against holds, and evidence for account holders.

CREATE TABLE grievance (
	grievance_id   uuid        PRIMARY KEY,
	case_id        uuid        NOT NULL REFERENCES case_file,
	target_id      uuid        NOT NULL,
	institution_id uuid        NOT NULL,
	status         text        NOT NULL,
	filed_by       uuid        NOT NULL,
	declined_by    uuid,
	filed_at       timestamptz NOT NULL,
	due_at         timestamptz,
	decided_at     timestamptz,
	sealed         bytea       NOT NULL,
	row_version    bigint      NOT NULL DEFAULT 1
);
COMMENT ON TABLE grievance IS
    'Objections of account holders to holds, filed by their institution or by the police';
COMMENT ON COLUMN grievance.institution_id IS
    'Of its target: who may endorse it, and escalate it';
COMMENT ON COLUMN grievance.declined_by IS
    'The first of the two people who must both decline; NULL: nobody has';
COMMENT ON COLUMN grievance.sealed IS 'Sealed: the holder''s words';
CREATE INDEX grievance_by_target ON grievance (target_id, filed_at);
CREATE UNIQUE INDEX grievance_running ON grievance (target_id)
    WHERE status NOT IN ('decided_release', 'closed');

CREATE TABLE counter_evidence (
	evidence_id    uuid        PRIMARY KEY,
	case_id        uuid        NOT NULL REFERENCES case_file,
	target_id      uuid        NOT NULL,
	kind           text        NOT NULL,
	submitted_by   uuid        NOT NULL,
	institution_id uuid        NOT NULL,
	submitted_at   timestamptz NOT NULL,
	sealed         bytea       NOT NULL
);
COMMENT ON TABLE counter_evidence IS
    'What speaks for the holder of a restricted account; facts as text, no files';
COMMENT ON COLUMN counter_evidence.institution_id IS 'Of who submitted it';
CREATE INDEX counter_evidence_by_target ON counter_evidence (target_id, submitted_at);
CREATE TRIGGER counter_evidence_append_only BEFORE UPDATE OR DELETE ON counter_evidence
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The id of a grievance stands for its target.
CREATE OR REPLACE FUNCTION batch_targets(targets uuid[], requests uuid[], messages uuid[],
    institutions uuid[], low timestamptz, high timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
	SELECT unnest(targets)
	 UNION
	SELECT g.target_id
	  FROM grievance g
	 WHERE g.grievance_id = ANY (targets)
	 UNION
	SELECT t.target_id
	  FROM target t
	 WHERE t.request_id = ANY (requests)
	 UNION
	SELECT unnest(m.target_ids)
	  FROM unnest(messages, institutions) AS k (message_id, institution_id)
	  JOIN message m USING (message_id, institution_id)
	 WHERE m.created_at BETWEEN low AND high
$$;

INSERT INTO allowed_move (machine, from_status, move, to_status) VALUES
    ('grievance', 'new', 'filed', 'filed'),
    ('grievance', 'filed', 'endorsed', 'bank_endorsed'),
    ('grievance', 'filed', 'taken', 'with_officer'),
    ('grievance', 'bank_endorsed', 'taken', 'with_officer'),
    ('grievance', 'filed', 'release_decided', 'decided_release'),
    ('grievance', 'bank_endorsed', 'release_decided', 'decided_release'),
    ('grievance', 'with_officer', 'release_decided', 'decided_release'),
    ('grievance', 'escalated_1', 'release_decided', 'decided_release'),
    ('grievance', 'escalated_2', 'release_decided', 'decided_release'),
    ('grievance', 'with_officer', 'continue_decided', 'decided_continue'),
    ('grievance', 'with_officer', 'escalated', 'escalated_1'),
    ('grievance', 'decided_continue', 'escalated', 'escalated_1'),
    ('grievance', 'escalated_1', 'escalated', 'escalated_2'),
    ('grievance', 'escalated_1', 'closed', 'closed'),
    ('grievance', 'escalated_2', 'closed', 'closed'),
    ('grievance', 'decided_release', 'closed', 'closed'),
    ('grievance', 'decided_continue', 'closed', 'closed');

GRANT SELECT, INSERT, UPDATE ON grievance TO freezeline_hub;
GRANT SELECT, INSERT ON counter_evidence TO freezeline_hub;
