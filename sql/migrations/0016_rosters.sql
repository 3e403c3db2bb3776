-- Rosters: who of an institution is on duty when.

CREATE TABLE roster_shift (
	institution_id uuid     NOT NULL REFERENCES institution,
	position       smallint NOT NULL,
	number         smallint NOT NULL,
	weekday        integer  NOT NULL,
	day            bigint   NOT NULL,
	from_minute    integer  NOT NULL,
	until_minute   integer  NOT NULL,
	principal_id   uuid     REFERENCES principal,
	PRIMARY KEY (institution_id, position),
	CONSTRAINT roster_shift_of_a_day CHECK ((weekday = -1) <> (day = 0)),
	CONSTRAINT roster_shift_weekday CHECK (weekday BETWEEN -1 AND 6),
	CONSTRAINT roster_shift_span
	    CHECK (from_minute BETWEEN 0 AND until_minute AND until_minute <= 1440)
);
COMMENT ON TABLE roster_shift IS
    'A row for each person of each shift, in local time of the institution''s profile; rows of a date stand in the place of that date''s weekday';
COMMENT ON COLUMN roster_shift.weekday IS '0 is Sunday; -1: of a date';
COMMENT ON COLUMN roster_shift.day IS 'Days since 1970-01-01; 0: of a weekday';
COMMENT ON COLUMN roster_shift.principal_id IS 'NULL: nobody is on duty on that date';

GRANT SELECT, INSERT, DELETE ON roster_shift TO freezeline_hub;
