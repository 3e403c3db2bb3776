-- The first two admins: migrate --first-admins, once, on an empty registry.

-- name: first_admins_begin
-- session: migrate
-- Migrate: locks the registry and gives the number of this transaction, from
-- which event ids are made; no row where somebody is registered already.
SELECT nextval('batch_number')
  FROM (
	SELECT version
	  FROM registry_version
	   FOR UPDATE) AS locked
 WHERE NOT EXISTS (SELECT FROM institution);

-- name: first_admins_save
-- session: migrate
-- Migrate: the institution of the hub itself, its admins with their
-- certificates, and the events that say so.  $1 to $4 the institution, $5 to
-- $10 arrays by admin, $11 to $16 arrays by event.
WITH place AS (
	INSERT INTO institution (institution_id, slug, name, kind, country,
				 profile, status, created_at, active_from)
	VALUES ($1::uuid, 'hub', $2::text, 'hub', $3::text, 'generic', 'active',
		$4::timestamptz, $4::timestamptz)),
admin AS MATERIALIZED (
	SELECT u.principal_id, u.name, u.valid_until, u.spki_sha256,
	       u.fingerprint, u.serial
	  FROM unnest($5::uuid[], $6::text[], $7::timestamptz[], $8::bytea[],
		$9::bytea[], $10::text[])
	    AS u (principal_id, name, valid_until, spki_sha256, fingerprint,
		  serial)),
people AS (
	INSERT INTO principal (principal_id, institution_id, role, name, status,
			       valid_from, valid_until, created_at, active_from)
	SELECT a.principal_id, $1::uuid, 'admin', a.name, 'active',
	       $4::timestamptz, a.valid_until, $4::timestamptz, $4::timestamptz
	  FROM admin a),
certificates AS (
	INSERT INTO certificate (spki_sha256, principal_id, fingerprint, serial,
				 not_after, enrolled_at)
	SELECT a.spki_sha256, a.principal_id, a.fingerprint, a.serial,
	       a.valid_until, $4::timestamptz
	  FROM admin a),
founding AS MATERIALIZED (
	SELECT u.event_id, u.type, u.subject_id, u.leaf, u.key_no, u.sealed
	  FROM unnest($11::bigint[], $12::text[], $13::uuid[], $14::bytea[],
		$15::integer[], $16::bytea[])
	    AS u (event_id, type, subject_id, leaf, key_no, sealed)),
kept AS (
	INSERT INTO event_value (event_id, key_no, sealed)
	SELECT f.event_id, f.key_no, f.sealed
	  FROM founding f),
told AS (
	INSERT INTO event (event_id, recorded_at, happened_at, type, subject_id,
			   leaf)
	SELECT f.event_id, $4::timestamptz, $4::timestamptz, f.type,
	       f.subject_id, f.leaf
	  FROM founding f)
UPDATE registry_version
   SET version = version + 1;
