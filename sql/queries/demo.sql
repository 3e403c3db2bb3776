-- What the demo tells of its run.

-- name: demo_first_attempts
-- session: tool
-- Demo: microseconds from each request's coming into being, which is the
-- submission or the officer's act, to its first attempt; smallest first.
SELECT (extract(epoch FROM min(a.at) - m.created_at) * 1000000)::bigint
	   AS microseconds
  FROM message m
  JOIN attempt a ON a.message_id = m.message_id
 WHERE m.type = 'freeze.requested'
 GROUP BY m.message_id, m.created_at
 ORDER BY microseconds;
