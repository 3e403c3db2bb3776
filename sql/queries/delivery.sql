-- Delivery (hub/store/outbox.c): the dispatcher's fetch, its completions and
-- what it tells people.

-- name: outbox_fetch
-- session: dispatcher
-- Dispatcher: for each endpoint and priority at most `fresh` rows behind
-- `floor` that were never tried, in order, and at most `due` rows whose retry
-- is due, with their messages still sealed.  None whose order key an earlier
-- one has that waits for its retry.  The LIMITs keep every look-up a
-- probe of an index, whatever the planner believes.
SELECT o.seq, o.endpoint_no, o.shard, o.priority, o.attempts, o.level,
       o.created_at, o.escalate_at, o.message_id, m.type, m.generation,
       m.target_ids, m.key_no, c.data_key, m.sealed, o.order_key
  FROM unnest($1::integer[], $2::smallint[], $3::bigint[], $4::integer[],
	   $5::integer[]) AS h (endpoint_no, priority, floor, fresh, due)
 CROSS JOIN LATERAL (
	(SELECT x.seq, x.endpoint_no, x.shard, x.priority, 0 AS attempts,
		0::smallint AS level, x.created_at, x.escalate_at,
		x.message_id, x.message_at, x.order_key
	   FROM outbox x
	  WHERE x.endpoint_no = h.endpoint_no
	    AND x.priority = h.priority
	    AND x.seq > h.floor
	    AND NOT EXISTS (
		SELECT
		  FROM outbox_retry e
		 WHERE e.endpoint_no = x.endpoint_no
		   AND e.order_key = x.order_key
		   AND e.order_key <> 0
		   AND e.seq < x.seq)
	  ORDER BY x.seq
	  LIMIT h.fresh)
	 UNION ALL
	(SELECT r.seq, r.endpoint_no, r.shard, r.priority, r.attempts,
		r.level, r.created_at, r.escalate_at, r.message_id,
		r.message_at, r.order_key
	   FROM outbox_retry r
	  WHERE r.endpoint_no = h.endpoint_no
	    AND r.priority = h.priority
	    AND r.next_at <= now()
	    AND NOT EXISTS (
		SELECT
		  FROM outbox_retry e
		 WHERE e.endpoint_no = r.endpoint_no
		   AND e.order_key = r.order_key
		   AND e.order_key <> 0
		   AND e.seq < r.seq)
	  ORDER BY r.next_at
	  LIMIT h.due)) AS o
 CROSS JOIN LATERAL (
	SELECT g.type, g.generation, g.target_ids, g.case_id, g.key_no,
	       g.sealed
	  FROM message g
	 WHERE g.message_id = o.message_id
	   AND g.created_at = o.message_at
	 LIMIT 1) AS m
  LEFT JOIN LATERAL (
	SELECT f.data_key
	  FROM case_file f
	 WHERE f.case_id = m.case_id
	   AND m.key_no IS NULL
	 LIMIT 1) AS c ON true;

-- name: outbox_complete
-- session: dispatcher
-- Dispatcher: how a batch of attempts ended.  Rows whose shard is not held in
-- the epoch of their fetch are left alone: the answer names those recorded.
-- With $19 the batch may have been recorded already (the connection broke
-- before the answer came).  A row that an inbox checkpoint took meanwhile
-- only has its attempt logged.
WITH x AS MATERIALIZED (
	SELECT u.seq, u.shard, u.epoch, u.message_id, u.endpoint_no, u.n, u.at,
	       u.status, u.error, u.milliseconds, u.remote, u.response_length,
	       u.response_sha256, u.key_ids, u.is_delivered, u.next_at,
	       u.level
	  FROM unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::uuid[],
		   $6::integer[], $7::integer[], $8::timestamptz[],
		   $9::integer[], $10::text[], $11::integer[], $12::text[],
		   $13::integer[], $14::bytea[], $15::text[], $16::boolean[],
		   $17::timestamptz[], $18::smallint[])
	    AS u (seq, shard, epoch, message_id, endpoint_no, n, at, status,
		  error, milliseconds, remote, response_length,
		  response_sha256, key_ids, is_delivered, next_at, level)),
held AS MATERIALIZED (
	SELECT l.shard, l.epoch
	  FROM shard_lease l
	 WHERE l.owner = $1::uuid
	   AND l.shard = ANY ($3::smallint[])
	 ORDER BY l.shard
	   FOR SHARE),
y AS MATERIALIZED (
	SELECT x.seq, x.message_id, x.endpoint_no, x.n, x.at, x.status,
	       x.error, x.milliseconds, x.remote, x.response_length,
	       x.response_sha256, x.key_ids, x.is_delivered, x.next_at,
	       x.level
	  FROM x
	  JOIN held USING (shard, epoch)),
first AS (
	DELETE FROM outbox o
	 USING y
	 WHERE o.seq = y.seq
	RETURNING o.seq, o.endpoint_no, o.shard, o.priority, o.message_id,
		  o.message_at, o.created_at, o.escalate_at, o.order_key),
done AS (
	DELETE FROM outbox_retry r
	 USING y
	 WHERE r.seq = y.seq
	   AND y.is_delivered),
failed AS (
	INSERT INTO outbox_retry (seq, endpoint_no, shard, priority,
				  message_id, message_at, created_at,
				  escalate_at, attempts, next_at, level,
				  last_code, order_key)
	SELECT f.seq, f.endpoint_no, f.shard, f.priority, f.message_id,
	       f.message_at, f.created_at, f.escalate_at, y.n, y.next_at,
	       y.level, y.status, f.order_key
	  FROM first f
	  JOIN y USING (seq)
	 WHERE NOT y.is_delivered),
again AS (
	UPDATE outbox_retry r
	   SET attempts = y.n, next_at = y.next_at,
	       level = greatest(r.level, y.level), last_code = y.status
	  FROM y
	 WHERE r.seq = y.seq
	   AND NOT y.is_delivered),
logged AS (
	INSERT INTO attempt (at, seq, message_id, endpoint_no, n, status,
			     error, milliseconds, remote, response_length,
			     response_sha256, key_ids)
	SELECT y.at, y.seq, y.message_id, y.endpoint_no, y.n, y.status,
	       y.error, y.milliseconds, y.remote, y.response_length,
	       y.response_sha256, y.key_ids
	  FROM y
	 WHERE NOT $19::boolean
	    OR NOT EXISTS (SELECT FROM attempt a
			    WHERE a.message_id = y.message_id
			      AND a.n = y.n
			      AND a.at = y.at))
SELECT y.seq
  FROM y;

-- name: outbox_escalate
-- session: dispatcher
-- Dispatcher, every second: rows of the endpoints $2 that are late and that
-- no person knows of; at most 128 of each sort.  Rows that wait for their
-- first attempt become retries that are due.
WITH held AS MATERIALIZED (
	SELECT l.shard
	  FROM shard_lease l
	 WHERE l.owner = $1::uuid
	 ORDER BY l.shard
	   FOR SHARE),
late AS MATERIALIZED (
	SELECT r.seq
	  FROM outbox_retry r
	 WHERE r.level = 0
	   AND r.escalate_at <= now()
	   AND r.endpoint_no = ANY ($2::integer[])
	   AND r.shard IN (SELECT h.shard FROM held h)
	 ORDER BY r.escalate_at
	 LIMIT 128),
raised AS (
	UPDATE outbox_retry r
	   SET level = 1
	  FROM late
	 WHERE r.seq = late.seq
	   AND r.level = 0
	RETURNING r.message_id, r.message_at, r.endpoint_no, r.last_code),
untried AS MATERIALIZED (
	SELECT o.seq
	  FROM unnest($2::integer[]) AS e (endpoint_no)
	 CROSS JOIN generate_series(0, 2) AS p (priority)
	 CROSS JOIN LATERAL (
		SELECT x.seq, x.shard, x.escalate_at
		  FROM outbox x
		 WHERE x.endpoint_no = e.endpoint_no
		   AND x.priority = p.priority
		 ORDER BY x.seq
		 LIMIT 128) AS o
	 WHERE o.escalate_at <= now()
	   AND o.shard IN (SELECT h.shard FROM held h)
	 LIMIT 128),
taken AS (
	DELETE FROM outbox o
	 USING untried
	 WHERE o.seq = untried.seq
	RETURNING o.seq, o.endpoint_no, o.shard, o.priority, o.message_id,
		  o.message_at, o.created_at, o.escalate_at, o.order_key),
moved AS (
	INSERT INTO outbox_retry (seq, endpoint_no, shard, priority,
				  message_id, message_at, created_at,
				  escalate_at, attempts, next_at, level,
				  last_code, order_key)
	SELECT t.seq, t.endpoint_no, t.shard, t.priority, t.message_id,
	       t.message_at, t.created_at, t.escalate_at, 0, now(), 1, 0,
	       t.order_key
	  FROM taken t)
SELECT 'escalated', m.message_id, k.endpoint_no, m.type, m.generation, now(),
       k.status, '', m.target_ids
  FROM (SELECT r.message_id, r.message_at, r.endpoint_no,
	       r.last_code AS status
	  FROM raised r
	 UNION ALL
	SELECT t.message_id, t.message_at, t.endpoint_no, 0
	  FROM taken t) AS k
  JOIN message m ON m.message_id = k.message_id
		AND m.created_at = k.message_at;

-- name: outbox_release
-- session: dispatcher
-- Dispatcher: an endpoint takes messages again, so what waits for its retry
-- is due.
UPDATE outbox_retry r
   SET next_at = now()
 WHERE r.endpoint_no = $2::integer
   AND r.next_at > now()
   AND EXISTS (
	SELECT
	  FROM shard_lease l
	 WHERE l.owner = $1::uuid
	   AND l.shard = r.shard);

-- name: outbox_unreported
-- session: dispatcher
-- Dispatcher at a take-over: what the log and the retries say and the targets
-- do not, because a hub died between its record and its report.  Attempts
-- since $1.
SELECT k.fact, k.message_id, k.endpoint_no, m.type, m.generation, k.at,
       k.status, k.error, m.target_ids
  FROM (SELECT 'delivered' AS fact, a.message_id, a.endpoint_no, a.at,
	       a.status, a.error
	  FROM attempt a
	 WHERE a.at >= $1::timestamptz
	   AND a.status BETWEEN 200 AND 299
	   AND a.error = ''
	 UNION ALL
	SELECT 'attempted', r.message_id, r.endpoint_no, r.created_at,
	       r.last_code, ''
	  FROM outbox_retry r
	 WHERE r.attempts > 0
	 UNION ALL
	SELECT 'escalated', r.message_id, r.endpoint_no, r.escalate_at,
	       r.last_code, ''
	  FROM outbox_retry r
	 WHERE r.level > 0) AS k
 CROSS JOIN LATERAL (
	SELECT g.type, g.generation, g.target_ids
	  FROM message g
	 WHERE g.message_id = k.message_id
	 LIMIT 1) AS m
 WHERE EXISTS (
	SELECT
	  FROM target t
	 WHERE t.target_id = ANY (m.target_ids)
	   AND t.generation = m.generation
	   AND CASE k.fact
	       WHEN 'delivered' THEN t.delivered_at IS NULL
	       WHEN 'attempted' THEN t.status = 'queued'
	       ELSE t.status IN ('queued', 'sent')
	       END)
 ORDER BY k.fact, k.at
 LIMIT 10000;

-- name: outbox_oldest
-- session: dispatcher
-- Dispatcher's metrics: since when the oldest message of each endpoint and
-- priority waits.
SELECT e.endpoint_no, p.priority, min(o.created_at)
  FROM unnest($1::integer[]) AS e (endpoint_no)
 CROSS JOIN generate_series(0, 2) AS p (priority)
 CROSS JOIN LATERAL (
	(SELECT x.created_at
	   FROM outbox x
	  WHERE x.endpoint_no = e.endpoint_no
	    AND x.priority = p.priority
	  ORDER BY x.seq
	  LIMIT 1)
	 UNION ALL
	(SELECT r.created_at
	   FROM outbox_retry r
	  WHERE r.endpoint_no = e.endpoint_no
	    AND r.priority = p.priority
	  ORDER BY r.seq
	  LIMIT 1)) AS o
 GROUP BY e.endpoint_no, p.priority
 ORDER BY e.endpoint_no, p.priority;
