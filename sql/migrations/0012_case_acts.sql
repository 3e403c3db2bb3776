-- What happens to a whole case after it was submitted: it is merged into
-- another, and what it says is put right.

ALTER TABLE case_file
	ADD COLUMN merged_into uuid REFERENCES case_file,
	ADD CONSTRAINT case_file_merged_goes_on
	    CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
	ADD CONSTRAINT case_file_merged_into_another
	    CHECK (merged_into <> case_id);
COMMENT ON COLUMN case_file.merged_into IS
    'The case that goes on for this one; its requests and holds stay where they are';
CREATE INDEX case_file_by_survivor ON case_file (merged_into)
    WHERE merged_into IS NOT NULL;

-- References to other systems are replaced as a list.
GRANT DELETE ON external_ref TO freezeline_hub;
