-- Leases (hub/store/lease.c).  The sessions of each owner share the advisory
-- lock of the class "Free" (1181902181) and the hash of its id: who gets that
-- lock for itself knows that the owner is gone.

-- name: lease_hold
-- session: dispatcher clerk
-- Dispatcher, sequencer and clerk at the start of a session: the lock of the
-- owner's own, until the session ends.  Shared, for the sessions of a process
-- stand together.  False in the moment in which another looks.
SELECT pg_try_advisory_lock_shared(1181902181, hashtext($1::uuid::text));

-- name: lease_take_shards
-- session: dispatcher
-- Dispatcher: all shards whose lease is over or whose owner is gone.  Tells
-- when the former owner's lease was to end.  Locks the rows in order.
WITH known AS MATERIALIZED (
	SELECT l.shard, l.owner, l.expires_at
	  FROM shard_lease l
	 WHERE l.owner IS DISTINCT FROM $1::uuid
	 ORDER BY l.shard
	   FOR NO KEY UPDATE),
gone AS MATERIALIZED (
	SELECT o.owner
	  FROM (SELECT DISTINCT k.owner FROM known k) AS o
	 WHERE pg_try_advisory_xact_lock(1181902181, hashtext(o.owner::text))),
taken AS (
	UPDATE shard_lease l
	   SET owner = $1::uuid, epoch = l.epoch + 1,
	       expires_at = now() + interval '10 seconds'
	  FROM known k
	 WHERE l.shard = k.shard
	   AND (k.expires_at <= now()
		OR k.owner IN (SELECT g.owner FROM gone g))
	RETURNING l.shard)
SELECT nullif(k.expires_at, '-infinity')
  FROM known k
  JOIN taken USING (shard);

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
	       CASE WHEN k.owner IS NOT DISTINCT FROM $2::uuid THEN true
		    WHEN k.expires_at <= now() THEN true
		    ELSE pg_try_advisory_xact_lock(1181902181,
			     hashtext(k.owner::text)) END AS is_free
	  FROM known k)
UPDATE lease l
   SET owner = $2::uuid, epoch = l.epoch + (NOT t.is_mine)::integer,
       expires_at = now() + interval '10 seconds'
  FROM tried t
 WHERE l.name = t.name
   AND t.is_free
RETURNING l.epoch;

-- name: lease_release
-- session: clerk
-- Sequencer and clerk at their end.
UPDATE lease
   SET owner = NULL, expires_at = now()
 WHERE name = $1::text
   AND owner = $2::uuid;
