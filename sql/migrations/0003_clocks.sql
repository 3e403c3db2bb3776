-- The clocks of requests and targets, and what a law on a customer's
-- liability asks of a case.

CREATE TABLE deadline (
	subject_id uuid        NOT NULL,
	kind       text        NOT NULL,
	case_id    uuid        NOT NULL,
	owed_by    uuid        NOT NULL,
	status     text        NOT NULL,
	stage      smallint    NOT NULL,
	started_at timestamptz NOT NULL,
	due_at     timestamptz NOT NULL,
	next_at    timestamptz,
	PRIMARY KEY (subject_id, kind),
	CONSTRAINT deadline_kind_known CHECK (kind IN ('acknowledgement',
	    'decision', 'correction', 'hold_expiry', 'release', 'confirmation',
	    'request_expiry')),
	CONSTRAINT deadline_status_known
	    CHECK (status IN ('running', 'ended', 'passed')),
	CONSTRAINT deadline_stage_range CHECK (stage BETWEEN 0 AND 3),
	CONSTRAINT deadline_runs_to_something
	    CHECK ((status = 'running') = (next_at IS NOT NULL))
) WITH (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02);
COMMENT ON TABLE deadline IS
    'Clocks: what is owed by whom until when, one of each kind for a target or request';
COMMENT ON COLUMN deadline.stage IS
    'What comes at next_at: 0 half of the time, 1 four fifths, 2 the end, 3 a day after it';
CREATE INDEX deadline_next ON deadline (next_at, subject_id, kind)
    WHERE next_at IS NOT NULL;

INSERT INTO lease (name) VALUES ('deadlines');

ALTER TABLE case_file
	ADD COLUMN bank_notice_at timestamptz,
	ADD COLUMN account_type   text;
COMMENT ON COLUMN case_file.bank_notice_at IS
    'When the bank told its customer of the payment: the clock of the customer''s liability begins';

GRANT SELECT, INSERT, UPDATE ON deadline TO freezeline_hub;
