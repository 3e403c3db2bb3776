-- The money trail: leads that are followed without a person, and why others
-- were not.

ALTER TABLE freeze_request
	ADD COLUMN follow_leads text NOT NULL DEFAULT 'proposed',
	ADD CONSTRAINT freeze_request_follow_leads_known
	    CHECK (follow_leads IN ('proposed', 'automatic'));
COMMENT ON COLUMN freeze_request.follow_leads IS
    'Whether onward accounts that responders name are asked at once, within the profile''s layers and limits, or wait for a person';

ALTER TABLE target
	ADD COLUMN not_followed text,
	ADD CONSTRAINT target_not_followed_known
	    CHECK (not_followed IN ('switched_off', 'not_asked', 'not_in_force',
		'approval_needed', 'other_action', 'too_deep', 'below_threshold',
		'fields_missing'));
COMMENT ON COLUMN target.not_followed IS
    'Why a lead was left to a person; NULL: it was followed at once, or is no lead';
