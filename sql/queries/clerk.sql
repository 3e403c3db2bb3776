-- The sequencer (hub/store/sequence.c), the clerk and the bell.

-- name: sequence_round
-- session: clerk
-- Sequencer: the next leaf indices for at most $3 committed events that have
-- none, fenced by owner and epoch of its lease.  The floor rises to $4 once
-- every transaction before $5 has ended (sequence.c tells why), but never
-- over what has its leaf.  $5 0: not yet.
WITH mine AS MATERIALIZED (
	SELECT l.name
	  FROM lease l
	 WHERE l.name = 'sequencer'
	   AND l.owner = $1::uuid
	   AND l.epoch = $2::bigint
	   FOR SHARE),
floor AS MATERIALIZED (
	SELECT f.event_id
	  FROM sequencer_floor f
	 WHERE EXISTS (SELECT FROM mine)),
fresh AS MATERIALIZED (
	SELECT e.event_id, e.recorded_at, e.case_id
	  FROM event e
	 WHERE e.event_id >= (SELECT f.event_id FROM floor f)
	   AND NOT EXISTS (SELECT
			     FROM event_leaf l
			    WHERE l.event_id = e.event_id
			      AND l.event_id >= (SELECT f.event_id FROM floor f))
	 ORDER BY e.event_id
	 LIMIT $3::integer),
made AS (
	INSERT INTO event_leaf (leaf_index, event_id, recorded_at, case_id)
	SELECT n.next + row_number() OVER (ORDER BY f.event_id), f.event_id,
	       f.recorded_at, f.case_id
	  FROM fresh f
	 CROSS JOIN (SELECT coalesce(max(l.leaf_index), -1) AS next
		       FROM event_leaf l) AS n),
seen AS MATERIALIZED (
	SELECT count(*) AS number, coalesce(max(f.event_id), 0) AS last
	  FROM fresh f),
raised AS (
	UPDATE sequencer_floor f
	   SET event_id = CASE WHEN s.number < $3::integer THEN $4::bigint
			       ELSE least($4::bigint, s.last + 1) END
	  FROM seen s
	 WHERE EXISTS (SELECT FROM mine)
	   AND $5::bigint > 0
	   AND pg_snapshot_xmin(pg_current_snapshot())::text::bigint > $5::bigint
	   AND f.event_id < CASE WHEN s.number < $3::integer THEN $4::bigint
				 ELSE least($4::bigint, s.last + 1) END
	RETURNING f.event_id)
SELECT s.number, s.last, EXISTS (SELECT FROM mine),
       pg_current_xact_id()::text::bigint,
       coalesce((SELECT r.event_id FROM raised r),
		(SELECT f.event_id FROM floor f))
  FROM seen s;

-- name: deadlines_due
-- session: clerk
-- Clerk: at most $2 clocks of which a stage has come at $1, behind the one
-- that was looked at last ($3, $4, $5), the oldest first; of a document owed
-- with its request.
SELECT d.subject_id, d.kind, d.next_at,
       (SELECT y.request_id
	  FROM formality y
	 WHERE d.kind = 'formality'
	   AND y.formality_id = d.subject_id) AS request_id
  FROM deadline d
 WHERE d.next_at <= $1::timestamptz
   AND (d.next_at, d.subject_id, d.kind) > ($3::timestamptz, $4::uuid, $5::text)
 ORDER BY d.next_at, d.subject_id, d.kind
 LIMIT $2::integer;

-- name: idempotency_forget
-- session: clerk
-- Clerk: kept replies older than two days, at most $1 at a time.
DELETE FROM idempotency i
 WHERE (i.principal_id, i.key) IN (
	SELECT o.principal_id, o.key
	  FROM idempotency o
	 WHERE o.created_at < now() - interval '48 hours'
	 ORDER BY o.created_at
	 LIMIT $1::integer);

-- name: sweep_staged
-- session: clerk
-- Clerk: pieces of at most $1 contents that no document has named for an
-- hour: what a crash between staging and filing leaves.
WITH left_behind AS MATERIALIZED (
	SELECT k.content_id
	  FROM document_chunk k
	 WHERE k.number = 0
	   AND k.staged_at < now() - interval '1 hour'
	   AND NOT EXISTS (SELECT FROM document d WHERE d.content_id = k.content_id)
	 LIMIT $1::integer)
DELETE FROM document_chunk k
 USING left_behind l
 WHERE k.content_id = l.content_id;

-- name: bell_ring
-- session: clerk
-- Bell: tells the other nodes.
SELECT pg_notify('freezeline', $1::text);
