-- Agreements, signals, watch entries, look-ups and payment holds.

-- name: registry_agreements
-- session: desk reader dispatcher clerk tool
-- A view's agreements.
SELECT agreement_id, source_id, destination_id, purpose, kinds, valid_from,
       valid_until, status, active_from, proposed_by, row_version
  FROM agreement
 ORDER BY agreement_id;

-- name: registry_add_agreements
-- session: desk
-- Desk: proposed agreements.
INSERT INTO agreement (agreement_id, source_id, destination_id, purpose, kinds,
		       valid_from, valid_until, status, proposed_by, created_at)
SELECT v.agreement_id, v.source_id, v.destination_id, v.purpose, v.kinds,
       v.valid_from, v.valid_until, 'proposed', v.proposed_by, v.created_at
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[],
	$6::timestamptz[], $7::timestamptz[], $8::uuid[], $9::timestamptz[])
    AS v (agreement_id, source_id, destination_id, purpose, kinds, valid_from,
	  valid_until, proposed_by, created_at);

-- name: registry_confirm_agreements
-- session: desk
-- Desk: agreements that a second person confirmed.
WITH changed AS (
	UPDATE agreement a
	   SET status = 'active', confirmed_by = v.confirmed_by,
	       active_from = v.active_from, row_version = a.row_version + 1
	  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
	    AS v (agreement_id, confirmed_by, active_from)
	 WHERE a.agreement_id = v.agreement_id
	   AND a.status = 'proposed'
	RETURNING a.agreement_id)
SELECT refuse_unless((SELECT count(*) FROM changed) = cardinality($1::uuid[]),
    'waits_for_confirmation');

-- name: registry_withdraw_agreements
-- session: desk
-- Desk: agreements that are over from now on.
WITH changed AS (
	UPDATE agreement a
	   SET status = 'withdrawn', withdrawn_by = v.withdrawn_by,
	       withdrawn_at = v.withdrawn_at, row_version = a.row_version + 1
	  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
	    AS v (agreement_id, withdrawn_by, withdrawn_at)
	 WHERE a.agreement_id = v.agreement_id
	   AND a.status <> 'withdrawn'
	RETURNING a.agreement_id)
SELECT refuse_unless((SELECT count(*) FROM changed) = cardinality($1::uuid[]),
    'not_withdrawn');

-- name: save_signals
-- session: desk
-- New signals.
INSERT INTO signal (
	signal_id, source_id, sent_by, kind, identifier_type, identifier_mask,
	identifier_hash, observed_from, observed_until, expires_at, created_at,
	key_no, sealed)
SELECT
	v.signal_id, v.source_id, v.sent_by, v.kind, v.identifier_type,
	v.identifier_mask, v.identifier_hash, v.observed_from,
	v.observed_until, v.expires_at, v.created_at, v.key_no, v.sealed
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
	$7::bytea[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[],
	$11::timestamptz[], $12::integer[], $13::bytea[])
    AS v (signal_id, source_id, sent_by, kind, identifier_type,
	  identifier_mask, identifier_hash, observed_from, observed_until,
	  expires_at, created_at, key_no, sealed);

-- name: save_signal_recipients
-- session: desk
-- To whom the new signals go.
INSERT INTO signal_recipient (signal_id, institution_id, agreement_id, created_at)
SELECT v.signal_id, v.institution_id, v.agreement_id, v.created_at
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
    AS v (signal_id, institution_id, agreement_id, created_at);

-- name: view_signals_sent
-- session: reader
-- A page of the signals that the institution $1 sent and that are good at $2,
-- the newest first, behind the one of the time $3 with the id $4.
SELECT s.signal_id, s.source_id, s.kind, s.observed_from, s.observed_until,
       s.expires_at, s.created_at, s.key_no, s.sealed
  FROM signal s
 WHERE s.source_id = $1::uuid
   AND s.expires_at > $2::timestamptz
   AND (s.created_at, s.signal_id) < ($3::timestamptz, $4::uuid)
 ORDER BY s.created_at DESC, s.signal_id DESC
 LIMIT $5::integer;

-- name: view_signals_received
-- session: reader
-- The same of the signals that went to the institution $1.
SELECT s.signal_id, s.source_id, s.kind, s.observed_from, s.observed_until,
       s.expires_at, s.created_at, s.key_no, s.sealed
  FROM signal_recipient r
  JOIN signal s USING (signal_id)
 WHERE r.institution_id = $1::uuid
   AND s.expires_at > $2::timestamptz
   AND (r.created_at, r.signal_id) < ($3::timestamptz, $4::uuid)
 ORDER BY r.created_at DESC, r.signal_id DESC
 LIMIT $5::integer;
