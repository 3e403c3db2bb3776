-- The legal formality of requests: in whose name an officer asks, by which
-- further laws, and the documents that they owe.

ALTER TABLE freeze_request
	ADD COLUMN more_authorities text NOT NULL DEFAULT '',
	ADD COLUMN on_behalf_of  bytea,
	ADD COLUMN on_behalf_ref bytea;
COMMENT ON COLUMN freeze_request.on_behalf_of IS
    'Sealed: the authority in whose name the officer asks, of another unit or country';
COMMENT ON COLUMN freeze_request.on_behalf_ref IS
    'Sealed: that authority''s own reference of it';
COMMENT ON COLUMN freeze_request.more_authorities IS
    'Laws beside the first, of a cross-border request: NAME@YYYY-MM-DD/BASIS, a space between two';

CREATE TABLE formality (
	formality_id uuid        PRIMARY KEY,
	case_id      uuid        NOT NULL REFERENCES case_file,
	request_id   uuid        NOT NULL REFERENCES freeze_request,
	profile      text        NOT NULL,
	basis        text        NOT NULL,
	type         text        NOT NULL,
	status       text        NOT NULL,
	due_at       timestamptz NOT NULL,
	created_at   timestamptz NOT NULL,
	updated_at   timestamptz NOT NULL,
	row_version  bigint      NOT NULL DEFAULT 1,
	CONSTRAINT formality_status_known CHECK (status IN ('not_required', 'due',
	    'submitted', 'verified', 'defective', 'rejected', 'overdue', 'waived',
	    'superseded')),
	CONSTRAINT formality_due_after_it_is_owed CHECK (due_at >= created_at)
) WITH (fillfactor = 85);
COMMENT ON TABLE formality IS
    'A legal document that a request owes: by which law, of what type, until when';
COMMENT ON COLUMN formality.status IS
    'What the last move made of it; what is owed and past due_at counts as overdue in every view';
CREATE INDEX formality_by_case ON formality (case_id);
CREATE INDEX formality_by_request ON formality (request_id);
CREATE INDEX formality_by_due ON formality (due_at, formality_id);

GRANT SELECT, INSERT, UPDATE ON formality TO freezeline_hub;

INSERT INTO allowed_move (machine, from_status, move, to_status) VALUES
    ('formality', 'new', 'not_required', 'not_required'),
    ('formality', 'new', 'owed', 'due'),
    ('formality', 'due', 'submitted', 'submitted'),
    ('formality', 'overdue', 'submitted', 'submitted'),
    ('formality', 'defective', 'submitted', 'submitted'),
    ('formality', 'rejected', 'submitted', 'submitted'),
    ('formality', 'submitted', 'submitted', 'submitted'),
    ('formality', 'submitted', 'verified', 'verified'),
    ('formality', 'submitted', 'found_defective', 'defective'),
    ('formality', 'submitted', 'rejected', 'rejected'),
    ('formality', 'due', 'time_over', 'overdue'),
    ('formality', 'defective', 'time_over', 'overdue'),
    ('formality', 'rejected', 'time_over', 'overdue'),
    ('formality', 'due', 'waived', 'waived'),
    ('formality', 'submitted', 'waived', 'waived'),
    ('formality', 'defective', 'waived', 'waived'),
    ('formality', 'rejected', 'waived', 'waived'),
    ('formality', 'overdue', 'waived', 'waived'),
    ('formality', 'due', 'superseded', 'superseded'),
    ('formality', 'submitted', 'superseded', 'superseded'),
    ('formality', 'defective', 'superseded', 'superseded'),
    ('formality', 'rejected', 'superseded', 'superseded'),
    ('formality', 'overdue', 'superseded', 'superseded');
