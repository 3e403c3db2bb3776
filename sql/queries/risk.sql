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

-- name: load_payment_holds
-- session: desk
-- Desk: the payment holds named, locked in the order of ids.
SELECT h.payment_hold_id, h.institution_id, h.created_by, h.status, h.ground,
       h.signal_id, h.identifier_type, h.identifier_mask, h.identifier_hash,
       h.amount_minor, h.currency, h.term_ends_at, h.answered_at, h.ended_at,
       h.created_at, h.updated_at, h.row_version, h.key_no, h.sealed
  FROM payment_hold h
 WHERE h.payment_hold_id = ANY ($1::uuid[])
 ORDER BY h.payment_hold_id
   FOR NO KEY UPDATE;

-- name: load_watch_entries
-- session: desk
-- Desk: the watch entries named, those listed about the identifiers of the
-- hashes named, and about the payees of the payment holds named; locked in
-- the order of ids.  No join, as in load_cases.
SELECT w.watch_entry_id, w.institution_id, w.created_by, w.holder_id, w.source,
       w.reason, w.status, w.identifier_type, w.identifier_mask,
       w.identifier_hash, w.expires_at, w.disputed_by, w.disputed_at,
       w.kept_by, w.created_at, w.updated_at, w.row_version, w.key_no,
       w.sealed, w.dispute_key_no, w.dispute
  FROM watch_entry w
 WHERE w.watch_entry_id = ANY (ARRAY (
	SELECT unnest($1::uuid[])
	 UNION ALL
	SELECT l.watch_entry_id
	  FROM watch_entry l
	 WHERE l.identifier_hash = ANY ($2::bytea[])
	   AND l.status IN ('active', 'disputed')
	 UNION ALL
	SELECT l.watch_entry_id
	  FROM payment_hold h
	  JOIN watch_entry l USING (identifier_hash)
	 WHERE h.payment_hold_id = ANY ($3::uuid[])
	   AND l.status IN ('active', 'disputed')))
 ORDER BY w.watch_entry_id
   FOR NO KEY UPDATE;

-- name: load_signals
-- session: desk
-- Desk: the signals named and those about the identifiers of the hashes
-- named, once for each of those to whom they went.
SELECT s.signal_id, s.source_id, r.institution_id, s.kind, s.identifier_hash,
       s.expires_at
  FROM signal s
  JOIN signal_recipient r USING (signal_id)
 WHERE s.signal_id IN (
	SELECT unnest($1::uuid[])
	 UNION ALL
	SELECT l.signal_id
	  FROM signal l
	 WHERE l.identifier_hash = ANY ($2::bytea[]))
 ORDER BY s.signal_id, r.institution_id;

-- name: save_watch_entries
-- session: desk
-- New watch entries.
INSERT INTO watch_entry (
	watch_entry_id, institution_id, created_by, holder_id, source,
	reason, status, identifier_type, identifier_mask, identifier_hash,
	expires_at, disputed_by, disputed_at, kept_by, created_at,
	updated_at, row_version, key_no, sealed, dispute_key_no, dispute)
SELECT
	v.watch_entry_id, v.institution_id, v.created_by, v.holder_id,
	v.source, v.reason, v.status, v.identifier_type, v.identifier_mask,
	v.identifier_hash, v.expires_at, v.disputed_by, v.disputed_at,
	v.kept_by, v.created_at, v.updated_at, v.row_version + 1, v.key_no,
	v.sealed, v.dispute_key_no, v.dispute
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[],
	$6::text[], $7::text[], $8::text[], $9::text[], $10::bytea[],
	$11::timestamptz[], $12::uuid[], $13::timestamptz[], $14::uuid[],
	$15::timestamptz[], $16::timestamptz[], $17::bigint[],
	$18::integer[], $19::bytea[], $20::integer[], $21::bytea[])
    AS v (watch_entry_id, institution_id, created_by, holder_id, source,
	  reason, status, identifier_type, identifier_mask, identifier_hash,
	  expires_at, disputed_by, disputed_at, kept_by, created_at,
	  updated_at, row_version, key_no, sealed, dispute_key_no, dispute);

-- name: save_watch_entry_changes
-- session: desk
-- Changed watch entries, under their locks.
WITH changed AS (
	UPDATE watch_entry t
	   SET status = v.status, disputed_by = v.disputed_by, disputed_at
	       = v.disputed_at, kept_by = v.kept_by, updated_at =
	       v.updated_at, dispute_key_no = v.dispute_key_no, dispute =
	       v.dispute, row_version = v.row_version + 1
	  FROM unnest(
		$1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[],
		$6::text[], $7::text[], $8::text[], $9::text[],
		$10::bytea[], $11::timestamptz[], $12::uuid[],
		$13::timestamptz[], $14::uuid[], $15::timestamptz[],
		$16::timestamptz[], $17::bigint[], $18::integer[],
		$19::bytea[], $20::integer[], $21::bytea[])
	    AS v (watch_entry_id, institution_id, created_by, holder_id,
		  source, reason, status, identifier_type, identifier_mask,
		  identifier_hash, expires_at, disputed_by, disputed_at,
		  kept_by, created_at, updated_at, row_version, key_no,
		  sealed, dispute_key_no, dispute)
	 WHERE t.watch_entry_id = v.watch_entry_id
	   AND t.row_version = v.row_version
	RETURNING t.watch_entry_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'watch_entry');

-- name: save_payment_holds
-- session: desk
-- New payment holds.
INSERT INTO payment_hold (
	payment_hold_id, institution_id, created_by, status, ground,
	signal_id, identifier_type, identifier_mask, identifier_hash,
	amount_minor, currency, term_ends_at, answered_at, ended_at,
	created_at, updated_at, row_version, key_no, sealed)
SELECT
	v.payment_hold_id, v.institution_id, v.created_by, v.status,
	v.ground, v.signal_id, v.identifier_type, v.identifier_mask,
	v.identifier_hash, v.amount_minor, v.currency, v.term_ends_at,
	v.answered_at, v.ended_at, v.created_at, v.updated_at, v.row_version
	+ 1, v.key_no, v.sealed
  FROM unnest(
	$1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[],
	$6::uuid[], $7::text[], $8::text[], $9::bytea[], $10::bigint[],
	$11::text[], $12::timestamptz[], $13::timestamptz[],
	$14::timestamptz[], $15::timestamptz[], $16::timestamptz[],
	$17::bigint[], $18::integer[], $19::bytea[])
    AS v (payment_hold_id, institution_id, created_by, status, ground,
	  signal_id, identifier_type, identifier_mask, identifier_hash,
	  amount_minor, currency, term_ends_at, answered_at, ended_at,
	  created_at, updated_at, row_version, key_no, sealed);

-- name: save_payment_hold_changes
-- session: desk
-- Changed payment holds, under their locks.
WITH changed AS (
	UPDATE payment_hold t
	   SET status = v.status, answered_at = v.answered_at, ended_at =
	       v.ended_at, updated_at = v.updated_at, row_version =
	       v.row_version + 1
	  FROM unnest(
		$1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[],
		$6::uuid[], $7::text[], $8::text[], $9::bytea[],
		$10::bigint[], $11::text[], $12::timestamptz[],
		$13::timestamptz[], $14::timestamptz[], $15::timestamptz[],
		$16::timestamptz[], $17::bigint[], $18::integer[],
		$19::bytea[])
	    AS v (payment_hold_id, institution_id, created_by, status,
		  ground, signal_id, identifier_type, identifier_mask,
		  identifier_hash, amount_minor, currency, term_ends_at,
		  answered_at, ended_at, created_at, updated_at,
		  row_version, key_no, sealed)
	 WHERE t.payment_hold_id = v.payment_hold_id
	   AND t.row_version = v.row_version
	RETURNING t.payment_hold_id)
SELECT must_equal((SELECT count(*) FROM changed), cardinality($1::uuid[]), 'payment_hold');

-- name: view_watch_entries
-- session: reader
-- A page of the watch entries of the institution $1 (NULL: of all) with a
-- status of $2 (NULL: any), the newest first, behind the one of the time $3
-- with the id $4.
SELECT w.watch_entry_id, w.institution_id, w.created_by, w.holder_id, w.source,
       w.reason, w.status, w.identifier_type, w.identifier_mask,
       w.identifier_hash, w.expires_at, w.disputed_by, w.disputed_at,
       w.kept_by, w.created_at, w.updated_at, w.row_version, w.key_no,
       w.sealed, w.dispute_key_no, w.dispute
  FROM watch_entry w
 WHERE ($1::uuid IS NULL OR w.institution_id = $1::uuid)
   AND ($2::text[] IS NULL OR w.status = ANY ($2::text[]))
   AND (w.created_at, w.watch_entry_id) < ($3::timestamptz, $4::uuid)
 ORDER BY w.created_at DESC, w.watch_entry_id DESC
 LIMIT $5::integer;

-- name: view_watch_entry
-- session: reader
-- One watch entry.
SELECT w.watch_entry_id, w.institution_id, w.created_by, w.holder_id, w.source,
       w.reason, w.status, w.identifier_type, w.identifier_mask,
       w.identifier_hash, w.expires_at, w.disputed_by, w.disputed_at,
       w.kept_by, w.created_at, w.updated_at, w.row_version, w.key_no,
       w.sealed, w.dispute_key_no, w.dispute
  FROM watch_entry w
 WHERE w.watch_entry_id = $1::uuid;

-- name: view_payment_holds
-- session: reader
-- A page of the payment holds of the institution $1 with a status of $2
-- (NULL: any), the newest first, behind the one of the time $3 with the id $4.
SELECT h.payment_hold_id, h.institution_id, h.created_by, h.status, h.ground,
       h.signal_id, h.identifier_type, h.identifier_mask, h.identifier_hash,
       h.amount_minor, h.currency, h.term_ends_at, h.answered_at, h.ended_at,
       h.created_at, h.updated_at, h.row_version, h.key_no, h.sealed
  FROM payment_hold h
 WHERE h.institution_id = $1::uuid
   AND ($2::text[] IS NULL OR h.status = ANY ($2::text[]))
   AND (h.created_at, h.payment_hold_id) < ($3::timestamptz, $4::uuid)
 ORDER BY h.created_at DESC, h.payment_hold_id DESC
 LIMIT $5::integer;

-- name: view_payment_hold
-- session: reader
-- One payment hold.
SELECT h.payment_hold_id, h.institution_id, h.created_by, h.status, h.ground,
       h.signal_id, h.identifier_type, h.identifier_mask, h.identifier_hash,
       h.amount_minor, h.currency, h.term_ends_at, h.answered_at, h.ended_at,
       h.created_at, h.updated_at, h.row_version, h.key_no, h.sealed
  FROM payment_hold h
 WHERE h.payment_hold_id = $1::uuid;
