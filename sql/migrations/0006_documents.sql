-- Documents on cases: what was filed, on which requests, what was decided of
-- it, and its content in sealed pieces.

CREATE TABLE document (
	document_id      uuid        PRIMARY KEY,
	case_id          uuid        NOT NULL REFERENCES case_file,
	institution_id   uuid        NOT NULL REFERENCES institution,
	by_institution   boolean     NOT NULL,
	filed_by         uuid        NOT NULL REFERENCES principal,
	type             text        NOT NULL,
	status           text        NOT NULL,
	format           text        NOT NULL,
	media_type       text        NOT NULL,
	size             bigint      NOT NULL,
	sha256           bytea       NOT NULL,
	signature_format text        NOT NULL,
	signature_check  text        NOT NULL,
	language         text        NOT NULL,
	supersedes       uuid        REFERENCES document,
	content_id       uuid        NOT NULL,
	chunk_count      integer     NOT NULL,
	content_key      bytea       NOT NULL,
	sealed           bytea       NOT NULL,
	decided_by       uuid,
	decided_for      uuid,
	defects          integer     NOT NULL DEFAULT 0,
	decision_note    bytea,
	filed_at         timestamptz NOT NULL,
	decided_at       timestamptz,
	updated_at       timestamptz NOT NULL,
	row_version      bigint      NOT NULL DEFAULT 1,
	CONSTRAINT document_status_known CHECK (status IN ('filed', 'verified',
	    'defective', 'rejected', 'superseded')),
	CONSTRAINT document_size_positive CHECK (size > 0 AND chunk_count > 0),
	CONSTRAINT document_sha256_size CHECK (octet_length(sha256) = 32),
	CONSTRAINT document_decided_by_somebody
	    CHECK ((decided_at IS NULL) = (decided_by IS NULL))
) WITH (fillfactor = 85);
COMMENT ON TABLE document IS
    'Papers filed on a case, by its unit or by an institution that acts on it';
COMMENT ON COLUMN document.institution_id IS 'Of who filed it';
COMMENT ON COLUMN document.by_institution IS
    'Filed by one that acts on the case; other institutions never see it';
COMMENT ON COLUMN document.content_id IS 'Of its pieces in document_chunk';
COMMENT ON COLUMN document.content_key IS
    'The key of the pieces, sealed with the key of the case';
COMMENT ON COLUMN document.sealed IS
    'Sealed: issuer, number, date, file name, the signature and its key';
COMMENT ON COLUMN document.decided_for IS 'The institution of who decided';
COMMENT ON COLUMN document.defects IS 'A bit for each defect of hub/domain/document.h';
COMMENT ON COLUMN document.decision_note IS 'Sealed: the words of who decided';
CREATE INDEX document_by_case ON document (case_id);
CREATE UNIQUE INDEX document_by_content ON document (content_id);

CREATE TABLE document_request (
	document_id uuid NOT NULL REFERENCES document,
	request_id  uuid NOT NULL REFERENCES freeze_request,
	PRIMARY KEY (document_id, request_id)
);
COMMENT ON TABLE document_request IS
    'The requests that a document is about: whose institutions may see it';
CREATE INDEX document_request_by_request ON document_request (request_id);

-- Staged before its document, which names it in the transaction that files
-- it; what no document names is swept by the clerk after an hour.
CREATE TABLE document_chunk (
	content_id uuid        NOT NULL,
	number     integer     NOT NULL,
	staged_at  timestamptz NOT NULL DEFAULT now(),
	sealed     bytea       NOT NULL,
	PRIMARY KEY (content_id, number)
);
COMMENT ON TABLE document_chunk IS
    'Contents in pieces, each sealed with the content''s own key and bound to its place';
ALTER TABLE document_chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX document_chunk_by_time ON document_chunk (staged_at) WHERE number = 0;

ALTER TABLE formality
	ADD COLUMN document_id uuid REFERENCES document;
COMMENT ON COLUMN formality.document_id IS
    'The document that was filed for it last';
CREATE INDEX formality_by_document ON formality (document_id)
    WHERE document_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON document TO freezeline_hub;
GRANT SELECT, INSERT ON document_request TO freezeline_hub;
GRANT SELECT, INSERT, DELETE ON document_chunk TO freezeline_hub;

INSERT INTO allowed_move (machine, from_status, move, to_status) VALUES
    ('document', 'new', 'filed', 'filed'),
    ('document', 'filed', 'verified', 'verified'),
    ('document', 'filed', 'found_defective', 'defective'),
    ('document', 'filed', 'rejected', 'rejected'),
    ('document', 'filed', 'superseded', 'superseded'),
    ('document', 'defective', 'superseded', 'superseded'),
    ('document', 'rejected', 'superseded', 'superseded');
