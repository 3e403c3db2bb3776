-- The legal formality of requests: in whose name an officer asks.

ALTER TABLE freeze_request
	ADD COLUMN on_behalf_of  bytea,
	ADD COLUMN on_behalf_ref bytea;
COMMENT ON COLUMN freeze_request.on_behalf_of IS
    'Sealed: the authority in whose name the officer asks, of another unit or country';
COMMENT ON COLUMN freeze_request.on_behalf_ref IS
    'Sealed: that authority''s own reference of it';
