-- Stations: the tree of police units with their districts, alerts of unusual
-- volumes, and the rosters of who is on duty.

-- ---- the tree

ALTER TABLE institution
	ADD COLUMN district      text NOT NULL DEFAULT '',
	ADD COLUMN new_parent_id uuid REFERENCES institution,
	ADD COLUMN new_district  text,
	ADD COLUMN moved_by      uuid;
COMMENT ON COLUMN institution.district IS
    'Of a police unit; empty: that of the nearest unit above it which has one';
COMMENT ON COLUMN institution.moved_by IS
    'Who proposed the place in new_parent_id and new_district; NULL: nobody has';

-- Give an institution the place that somebody else proposed.  The lock lets
-- one at a time look for a circle: two hubs cannot hang two units below each
-- other.
CREATE FUNCTION place_institution(moved uuid, person uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
	above integer;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('institution tree'));
	UPDATE institution
	   SET parent_id = new_parent_id, district = coalesce(new_district, ''),
	       new_parent_id = NULL, new_district = NULL, moved_by = NULL,
	       row_version = row_version + 1
	 WHERE institution_id = moved
	   AND moved_by <> person;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	WITH RECURSIVE up (institution_id) AS (
		SELECT i.parent_id
		  FROM institution i
		 WHERE i.institution_id = moved
		 UNION
		SELECT i.parent_id
		  FROM up
		  JOIN institution i USING (institution_id))
	SELECT count(*) INTO above
	  FROM up
	 WHERE institution_id = moved;
	PERFORM refuse_unless(above = 0, 'circle_of_units');
	RETURN true;
END $$;
COMMENT ON FUNCTION place_institution IS
    'Second person''s act: the proposed parent and district hold from now on';


-- ---- volumes

CREATE INDEX freeze_request_by_officer ON freeze_request (requested_by, created_at);

ALTER TABLE case_file ADD COLUMN complainant_hash bytea;
COMMENT ON COLUMN case_file.complainant_hash IS
    'HMAC of the complainant''s telephone number or e-mail: how often one person complains; NULL: neither is known';
CREATE INDEX case_file_by_complainant ON case_file (complainant_hash, received_at)
    WHERE complainant_hash IS NOT NULL;

CREATE TABLE alert (
	alert_id     uuid        PRIMARY KEY,
	kind         text        NOT NULL,
	grade        text        NOT NULL,
	unit_id      uuid        NOT NULL REFERENCES institution,
	told_id      uuid        REFERENCES institution,
	principal_id uuid        NOT NULL REFERENCES principal,
	case_id      uuid        NOT NULL REFERENCES case_file,
	figure       bigint      NOT NULL,
	most         bigint      NOT NULL,
	currency     text        NOT NULL DEFAULT '',
	raised_at    timestamptz NOT NULL,
	CONSTRAINT alert_kind_known CHECK (kind IN ('officer_requests',
	    'unit_requests', 'officer_amount', 'complainant_cases')),
	CONSTRAINT alert_grade_known CHECK (grade IN ('alert', 'extreme')),
	CONSTRAINT alert_is_above CHECK (figure > most)
);
COMMENT ON TABLE alert IS
    'Volumes that went above a limit, with the case that crossed it';
COMMENT ON COLUMN alert.told_id IS
    'The unit that got the message: the one above, or the own; NULL: none could be reached';
CREATE INDEX alert_by_unit ON alert (unit_id, raised_at DESC, alert_id DESC);
CREATE TRIGGER alert_append_only BEFORE UPDATE OR DELETE ON alert
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON alert TO freezeline_hub;
GRANT EXECUTE ON FUNCTION place_institution TO freezeline_hub;
