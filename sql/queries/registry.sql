-- The registry: what the desk changes in it, and how everybody loads it.

-- name: registry_raise_version
-- session: desk
-- Desk, with every change of the registry: each hub then loads it again.
UPDATE registry_version
   SET version = version + 1;

-- name: registry_add_institutions
-- session: desk
-- Desk: proposed institutions.
INSERT INTO institution (institution_id, slug, name, kind, country, region,
			 profile, phone, parent_id, district, status,
			 proposed_by, created_at)
SELECT v.institution_id, v.slug, v.name, v.kind, v.country, v.region,
       v.profile, v.phone, v.parent_id, v.district, 'proposed',
       v.proposed_by, v.created_at
  FROM unnest(
	$1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
	$7::text[], $8::text[], $9::uuid[], $10::text[], $11::uuid[],
	$12::timestamptz[])
    AS v (institution_id, slug, name, kind, country, region, profile, phone,
	  parent_id, district, proposed_by, created_at);

-- name: registry_propose_places
-- session: desk
-- Desk: a new parent and district, until another person confirms them.
UPDATE institution i
   SET new_parent_id = v.parent_id, new_district = v.district,
       moved_by = v.moved_by, row_version = i.row_version + 1
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
    AS v (institution_id, parent_id, district, moved_by)
 WHERE i.institution_id = v.institution_id;

-- name: registry_drop_rosters
-- session: desk
-- Desk: rosters in whose place another one comes.
DELETE FROM roster_shift
 WHERE institution_id = ANY ($1::uuid[]);

-- name: registry_add_shifts
-- session: desk
-- Desk: the shifts of new rosters.
INSERT INTO roster_shift (institution_id, position, number, weekday, day,
			  from_minute, until_minute, principal_id)
SELECT v.institution_id, v.position, v.number, v.weekday, v.day,
       v.from_minute, v.until_minute, v.principal_id
  FROM unnest(
	$1::uuid[], $2::smallint[], $3::smallint[], $4::integer[],
	$5::bigint[], $6::integer[], $7::integer[], $8::uuid[])
    AS v (institution_id, position, number, weekday, day, from_minute,
	  until_minute, principal_id);

-- name: registry_confirm_places
-- session: desk
-- Desk: places that a second person confirmed.
SELECT refuse_unless(place_institution(v.institution_id, v.confirmed_by),
    'waits_for_confirmation')
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
    AS v (institution_id, confirmed_by, active_from)
 ORDER BY v.institution_id;

-- name: registry_add_routes
-- session: desk
-- Desk: the routing parts of proposed institutions.
INSERT INTO institution_route (scheme, value, institution_id)
SELECT v.scheme, v.value, v.institution_id
  FROM unnest($1::text[], $2::text[], $3::uuid[])
    AS v (scheme, value, institution_id);

-- name: registry_add_principals
-- session: desk
-- Desk: proposed principals, each with the certificate it acts with.
WITH v AS MATERIALIZED (
	SELECT u.principal_id, u.institution_id, u.role, u.name, u.rank,
	       u.valid_from, u.valid_until, u.proposed_by, u.created_at,
	       u.spki_sha256, u.fingerprint, u.serial, u.not_after
	  FROM unnest(
		$1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
		$6::timestamptz[], $7::timestamptz[], $8::uuid[],
		$9::timestamptz[], $10::bytea[], $11::bytea[], $12::text[],
		$13::timestamptz[])
	    AS u (principal_id, institution_id, role, name, rank, valid_from,
		  valid_until, proposed_by, created_at, spki_sha256,
		  fingerprint, serial, not_after)),
made AS (
	INSERT INTO principal (principal_id, institution_id, role, name, rank,
			       status, valid_from, valid_until, proposed_by,
			       created_at)
	SELECT v.principal_id, v.institution_id, v.role, v.name, v.rank,
	       'proposed', v.valid_from, v.valid_until, v.proposed_by,
	       v.created_at
	  FROM v)
INSERT INTO certificate (spki_sha256, principal_id, fingerprint, serial,
			 not_after, enrolled_at)
SELECT v.spki_sha256, v.principal_id, v.fingerprint, v.serial, v.not_after,
       v.created_at
  FROM v;

-- name: registry_add_endpoints
-- session: desk
-- Desk: proposed endpoints, each with its sealed signing secret if it has
-- one.  Zero batch and concurrency mean the defaults.
WITH v AS MATERIALIZED (
	SELECT u.endpoint_id, u.institution_id, u.kind, u.url, u.adapter,
	       u.max_batch, u.concurrency, u.allow_private, u.pinned_key,
	       u.proposed_by, u.created_at, u.key_id, u.key_no, u.secret,
	       u.rate_limit
	  FROM unnest(
		$1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
		$6::smallint[], $7::smallint[], $8::boolean[], $9::text[],
		$10::uuid[], $11::timestamptz[], $12::uuid[], $13::integer[],
		$14::bytea[], $15::integer[])
	    AS u (endpoint_id, institution_id, kind, url, adapter, max_batch,
		  concurrency, allow_private, pinned_key, proposed_by,
		  created_at, key_id, key_no, secret, rate_limit)),
made AS (
	INSERT INTO endpoint (endpoint_id, institution_id, kind, url, adapter,
			      max_batch, concurrency, allow_private,
			      pinned_key, status, proposed_by, created_at,
			      rate_limit)
	SELECT v.endpoint_id, v.institution_id, v.kind, coalesce(v.url, ''),
	       coalesce(nullif(v.adapter, ''), 'json'),
	       coalesce(nullif(v.max_batch, 0), 1),
	       coalesce(nullif(v.concurrency, 0), 8), v.allow_private,
	       coalesce(v.pinned_key, ''), 'proposed', v.proposed_by,
	       v.created_at, v.rate_limit
	  FROM v)
INSERT INTO endpoint_key (key_id, endpoint_id, algorithm, key_no, secret,
			  sign_from)
SELECT v.key_id, v.endpoint_id, 'v1', v.key_no, v.secret, v.created_at
  FROM v
 WHERE v.secret IS NOT NULL;

-- name: registry_confirm_institutions
-- session: desk
-- Desk: institutions that a second person confirmed, with those of their
-- principals and endpoints that wait and that somebody else proposed.
WITH v AS MATERIALIZED (
	SELECT u.institution_id, u.confirmed_by, u.active_from
	  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
	    AS u (institution_id, confirmed_by, active_from)),
changed AS (
	UPDATE institution i
	   SET status = 'active', confirmed_by = v.confirmed_by,
	       active_from = v.active_from, row_version = i.row_version + 1
	  FROM v
	 WHERE i.institution_id = v.institution_id
	   AND i.status = 'proposed'
	RETURNING i.institution_id),
people AS (
	UPDATE principal p
	   SET status = 'active', confirmed_by = v.confirmed_by,
	       active_from = v.active_from, row_version = p.row_version + 1
	  FROM v
	 WHERE p.institution_id = v.institution_id
	   AND p.status = 'proposed'
	   AND p.proposed_by IS DISTINCT FROM v.confirmed_by),
places AS (
	UPDATE endpoint e
	   SET status = 'active', confirmed_by = v.confirmed_by,
	       active_from = v.active_from, row_version = e.row_version + 1
	  FROM v
	 WHERE e.institution_id = v.institution_id
	   AND e.status = 'proposed'
	   AND e.proposed_by IS DISTINCT FROM v.confirmed_by)
SELECT refuse_unless((SELECT count(*) FROM changed) = cardinality($1::uuid[]),
    'waits_for_confirmation');

-- name: registry_confirm_principals
-- session: desk
-- Desk: principals that a second person confirmed.
WITH changed AS (
	UPDATE principal p
	   SET status = 'active', confirmed_by = v.confirmed_by,
	       active_from = v.active_from, row_version = p.row_version + 1
	  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
	    AS v (principal_id, confirmed_by, active_from)
	 WHERE p.principal_id = v.principal_id
	   AND p.status = 'proposed'
	RETURNING p.principal_id)
SELECT refuse_unless((SELECT count(*) FROM changed) = cardinality($1::uuid[]),
    'waits_for_confirmation');

-- name: registry_confirm_endpoints
-- session: desk
-- Desk: endpoints that a second person confirmed.
WITH changed AS (
	UPDATE endpoint e
	   SET status = 'active', confirmed_by = v.confirmed_by,
	       active_from = v.active_from, row_version = e.row_version + 1
	  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
	    AS v (endpoint_id, confirmed_by, active_from)
	 WHERE e.endpoint_id = v.endpoint_id
	   AND e.status = 'proposed'
	RETURNING e.endpoint_id)
SELECT refuse_unless((SELECT count(*) FROM changed) = cardinality($1::uuid[]),
    'waits_for_confirmation');

-- name: registry_revoke_certificates
-- session: desk
-- Desk: certificates that are refused from now on.
WITH changed AS (
	UPDATE certificate c
	   SET revoked_at = v.revoked_at, revoked_by = v.revoked_by
	  FROM unnest($1::bytea[], $2::uuid[], $3::timestamptz[])
	    AS v (spki_sha256, revoked_by, revoked_at)
	 WHERE c.spki_sha256 = v.spki_sha256
	   AND c.revoked_at IS NULL
	RETURNING c.spki_sha256)
SELECT refuse_unless((SELECT count(*) FROM changed) = cardinality($1::bytea[]),
    'not_revoked');

-- name: registry_version
-- session: desk reader dispatcher clerk tool
-- Everybody who holds a view: is it old?
SELECT version
  FROM registry_version;

-- name: registry_institutions
-- session: desk reader dispatcher clerk tool
-- A view's institutions.
SELECT institution_id, parent_id, slug, name, country, region, profile, phone,
       kind, status, active_from, proposed_by, row_version, district,
       new_parent_id, new_district, moved_by
  FROM institution
 ORDER BY institution_id;

-- name: registry_principals
-- session: desk reader dispatcher clerk tool
-- A view's principals.
SELECT principal_id, institution_id, role, name, rank, status, valid_from,
       valid_until, active_from, proposed_by, row_version
  FROM principal
 ORDER BY principal_id;

-- name: registry_certificates
-- session: desk reader dispatcher clerk tool
-- A view's certificates.
SELECT spki_sha256, principal_id, revoked_at IS NOT NULL
  FROM certificate
 ORDER BY spki_sha256;

-- name: registry_endpoints
-- session: desk reader dispatcher clerk tool
-- A view's endpoints.
SELECT endpoint_id, institution_id, endpoint_no, kind, url, adapter,
       pinned_key, shard, max_batch, concurrency, rate_limit, allow_private,
       status, active_from, proposed_by, row_version
  FROM endpoint
 ORDER BY endpoint_id;

-- name: registry_routes
-- session: desk reader dispatcher clerk tool
-- A view's routes.
SELECT scheme, value, institution_id
  FROM institution_route
 ORDER BY scheme, value;

-- name: registry_shifts
-- session: desk reader dispatcher clerk tool
-- A view's rosters.
SELECT institution_id, principal_id, number, weekday, day, from_minute,
       until_minute
  FROM roster_shift
 ORDER BY institution_id, position;

-- name: endpoint_keys
-- session: dispatcher tool
-- Dispatcher: signing secrets that are or will be in use, still sealed.
SELECT k.key_id, e.endpoint_no, k.algorithm, k.key_no, k.secret, k.sign_from,
       k.sign_until
  FROM endpoint_key k
  JOIN endpoint e USING (endpoint_id)
 WHERE k.sign_until IS NULL
    OR k.sign_until > now()
 ORDER BY e.endpoint_no, k.sign_from, k.key_id;

-- name: hub_data_keys
-- session: desk reader dispatcher clerk tool
-- Who opens or seals what belongs to no case: the wrapped keys.
SELECT key_no, wrapped
  FROM hub_data_key
 ORDER BY key_no;

-- name: hub_data_key_add
-- session: desk tool
-- A new data key; the first of two hubs wins.
INSERT INTO hub_data_key (key_no, wrapped)
VALUES ($1::integer, $2::bytea)
    ON CONFLICT (key_no) DO NOTHING;
