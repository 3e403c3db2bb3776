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

GRANT EXECUTE ON FUNCTION place_institution TO freezeline_hub;
