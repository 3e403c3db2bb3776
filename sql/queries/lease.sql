-- Leases (hub/store/lease.c).  The advisory locks are of the class "Free"
-- (1181902181) for shards and "Lead" (1281712484) for named leases; a session
-- holds them until it ends.

-- name: lease_take_shards
-- session: dispatcher
-- Dispatcher: all shards whose lease is over or whose owner's session is gone;
-- with $2 also those of its own, to lock them for a new session.  Tells which
-- were its own and when the former owner's lease was to end.  Locks the rows
-- in order.
WITH known AS MATERIALIZED (
	SELECT l.shard, l.owner, l.expires_at
	  FROM shard_lease l
	 WHERE l.owner IS DISTINCT FROM $1::uuid
	    OR $2::boolean
	 ORDER BY l.shard
	   FOR NO KEY UPDATE),
tried AS MATERIALIZED (
	SELECT k.shard, k.owner IS NOT DISTINCT FROM $1::uuid AS is_mine,
	       nullif(k.expires_at, '-infinity') AS expires_at,
	       pg_try_advisory_lock(1181902181, k.shard) AS is_locked,
	       k.expires_at <= now() AS is_over
	  FROM known k)
UPDATE shard_lease l
   SET owner = $1::uuid, epoch = l.epoch + (NOT t.is_mine)::integer,
       expires_at = now() + interval '10 seconds'
  FROM tried t
 WHERE l.shard = t.shard
   AND (t.is_mine OR t.is_locked OR t.is_over)
RETURNING t.is_mine, t.expires_at;

-- name: lease_renew_shards
-- session: dispatcher
-- Dispatcher, every two seconds: what is still its own.
WITH mine AS MATERIALIZED (
	SELECT l.shard
	  FROM shard_lease l
	 WHERE l.owner = $1::uuid
	 ORDER BY l.shard
	   FOR NO KEY UPDATE)
UPDATE shard_lease l
   SET expires_at = now() + interval '10 seconds'
  FROM mine m
 WHERE l.shard = m.shard
RETURNING l.shard, l.epoch;

-- name: lease_release_shards
-- session: dispatcher
-- Dispatcher at its end.
WITH mine AS MATERIALIZED (
	SELECT l.shard
	  FROM shard_lease l
	 WHERE l.owner = $1::uuid
	 ORDER BY l.shard
	   FOR NO KEY UPDATE)
UPDATE shard_lease l
   SET owner = NULL, expires_at = now()
  FROM mine m
 WHERE l.shard = m.shard;

-- name: lease_take
-- session: clerk
-- Sequencer and clerk: take or renew a lease; no row when it is another's.
WITH known AS MATERIALIZED (
	SELECT l.name, l.owner, l.expires_at
	  FROM lease l
	 WHERE l.name = $1::text
	   FOR NO KEY UPDATE),
tried AS MATERIALIZED (
	SELECT k.name, k.owner IS NOT DISTINCT FROM $2::uuid AS is_mine,
	       k.expires_at <= now() AS is_over,
	       CASE WHEN $3::boolean
		    THEN pg_try_advisory_lock(1281712484, hashtext(k.name))
		    ELSE false END AS is_locked
	  FROM known k)
UPDATE lease l
   SET owner = $2::uuid, epoch = l.epoch + (NOT t.is_mine)::integer,
       expires_at = now() + interval '10 seconds'
  FROM tried t
 WHERE l.name = t.name
   AND (t.is_mine OR t.is_locked OR t.is_over)
RETURNING l.epoch;

-- name: lease_release
-- session: clerk
-- Sequencer and clerk at their end.
UPDATE lease
   SET owner = NULL, expires_at = now()
 WHERE name = $1::text
   AND owner = $2::uuid;
