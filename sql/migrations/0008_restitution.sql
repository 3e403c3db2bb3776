-- The way back: courts' orders on what is held, and money that goes back to
-- who lost it.

CREATE TABLE attachment (
	attachment_id uuid        PRIMARY KEY,
	case_id       uuid        NOT NULL REFERENCES case_file,
	target_id     uuid        NOT NULL,
	basis         text        NOT NULL,
	registered_by uuid        NOT NULL,
	registered_at timestamptz NOT NULL,
	expires_at    timestamptz NOT NULL,
	sealed        bytea       NOT NULL,
	CONSTRAINT attachment_ends_later CHECK (expires_at > registered_at)
);
COMMENT ON TABLE attachment IS
    'Orders of courts by which what is held stays held; the last one of a target counts';
COMMENT ON COLUMN attachment.sealed IS 'Sealed: the order as it was registered';
CREATE INDEX attachment_by_target ON attachment (target_id, registered_at);
CREATE TRIGGER attachment_append_only BEFORE UPDATE OR DELETE ON attachment
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE restitution (
	restitution_id uuid        PRIMARY KEY,
	plan_id        uuid        NOT NULL,
	case_id        uuid        NOT NULL REFERENCES case_file,
	target_id      uuid        NOT NULL,
	institution_id uuid        NOT NULL,
	claim_case_id  uuid        NOT NULL REFERENCES case_file,
	status         text        NOT NULL,
	amount_minor   bigint      NOT NULL,
	currency       text        NOT NULL,
	claim_minor    bigint      NOT NULL,
	proposed_by    uuid        NOT NULL,
	decided_by     uuid,
	proposed_at    timestamptz NOT NULL,
	decided_at     timestamptz,
	due_at         timestamptz,
	paid_at        timestamptz,
	ended_at       timestamptz,
	updated_at     timestamptz NOT NULL,
	sealed         bytea       NOT NULL,
	sealed_order   bytea,
	sealed_proof   bytea,
	row_version    bigint      NOT NULL DEFAULT 1,
	CONSTRAINT restitution_status_known CHECK (status IN ('proposed',
	    'ordered', 'paying', 'paid', 'failed')),
	CONSTRAINT restitution_amount_positive CHECK (amount_minor > 0),
	CONSTRAINT restitution_within_claim CHECK (amount_minor <= claim_minor),
	CONSTRAINT restitution_ordered_by_another
	    CHECK (due_at IS NULL OR decided_by <> proposed_by),
	CONSTRAINT restitution_ordered_before_paid CHECK (
	    status NOT IN ('ordered', 'paying', 'paid')
	    OR (due_at IS NOT NULL AND sealed_order IS NOT NULL)),
	CONSTRAINT restitution_paid_with_proof CHECK ((status = 'paid')
	    = (paid_at IS NOT NULL) AND (status <> 'paid' OR sealed_proof IS NOT NULL))
) WITH (fillfactor = 85);
COMMENT ON TABLE restitution IS
    'Money held at one target that goes to the victim of one case: proposed, ordered, paid';
COMMENT ON COLUMN restitution.plan_id IS
    'The first restitution of the same proposal: their sums were divided together';
COMMENT ON COLUMN restitution.case_id IS 'Of its target; its key seals the row';
COMMENT ON COLUMN restitution.claim_case_id IS
    'Whose victim is paid; often the same case';
COMMENT ON COLUMN restitution.due_at IS
    'Until when it is to be paid; NULL: it was never ordered';
COMMENT ON COLUMN restitution.sealed IS 'Sealed: where to, and why';
CREATE INDEX restitution_by_target ON restitution (target_id, status);
CREATE INDEX restitution_by_case ON restitution (case_id);
CREATE INDEX restitution_by_claim_case ON restitution (claim_case_id);

-- The id of a grievance or a restitution stands for its target.
CREATE OR REPLACE FUNCTION batch_targets(targets uuid[], requests uuid[], messages uuid[],
    institutions uuid[], low timestamptz, high timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
	SELECT unnest(targets)
	 UNION
	SELECT g.target_id
	  FROM grievance g
	 WHERE g.grievance_id = ANY (targets)
	 UNION
	SELECT i.target_id
	  FROM restitution i
	 WHERE i.restitution_id = ANY (targets)
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

-- The list of clocks is lengthened, not written anew: others do so too.
DO $$
DECLARE
	known text := (SELECT pg_get_constraintdef(c.oid)
			 FROM pg_constraint c
			WHERE c.conname = 'deadline_kind_known'
			  AND c.conrelid = 'deadline'::regclass);
BEGIN
	ALTER TABLE deadline DROP CONSTRAINT deadline_kind_known;
	EXECUTE 'ALTER TABLE deadline ADD CONSTRAINT deadline_kind_known '
	    || 'CHECK (kind = ''restitution'' OR '
	    || substr(known, length('CHECK ') + 1) || ')';
END $$;

INSERT INTO allowed_move (machine, from_status, move, to_status) VALUES
    ('restitution', 'new', 'proposed', 'proposed'),
    ('restitution', 'proposed', 'ordered', 'ordered'),
    ('restitution', 'proposed', 'refused', 'failed'),
    ('restitution', 'ordered', 'begun', 'paying'),
    ('restitution', 'ordered', 'paid', 'paid'),
    ('restitution', 'paying', 'paid', 'paid'),
    ('restitution', 'ordered', 'failed', 'failed'),
    ('restitution', 'paying', 'failed', 'failed'),
    ('target', 'attached', 'attached', 'attached'),
    ('target', 'attached', 'expired', 'release_pending'),
    ('target', 'held_full', 'part_restored', 'held_full'),
    ('target', 'held_partial', 'part_restored', 'held_partial'),
    ('target', 'attached', 'part_restored', 'attached');

GRANT SELECT, INSERT, UPDATE ON restitution TO freezeline_hub;
GRANT SELECT, INSERT ON attachment TO freezeline_hub;
