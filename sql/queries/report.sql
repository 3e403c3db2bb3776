-- Statistics (hub/store/report_load.c): sums and percentiles, nobody's data.
-- Nothing is locked.

-- name: report_response_times
-- session: reader
-- How fast the institutions $1 answer what was issued to them, of targets
-- that came to be in a period: target_by_institution has the range.  $6 to $8
-- are the acknowledgement clocks, $9 the codes that hold or block.  The hold
-- is the hub's time of the first such answer: answered_at is of the last one.
-- $10 and $11: only of cases of these units, of this typology (NULL: of all).
-- A target without acknowledgement is late once its clock has run out.  The
-- rows are made once: inlined, each aggregate would look for the hold anew.
WITH asked AS MATERIALIZED (
	SELECT t.institution_id, t.status, c.seconds AS clock,
	       extract(epoch FROM t.acknowledged_at - t.queued_at)::float8 AS ack,
	       extract(epoch FROM $5::timestamptz - t.queued_at)::float8 AS age,
	       CASE WHEN t.held_at IS NOT NULL THEN (
	              SELECT extract(epoch FROM min(a.received_at) - t.queued_at)::float8
	                FROM response a
	               WHERE a.target_id = t.target_id
	                 AND a.received_at >= t.queued_at
	                 AND a.code = ANY ($9::text[])) END AS hold
	  FROM target t
	  JOIN freeze_request r ON r.request_id = t.request_id
	  LEFT JOIN unnest($6::text[], $7::text[], $8::bigint[])
	         AS c (profile, priority, seconds)
	    ON c.profile = split_part(r.profile, '@', 1)
	   AND c.priority = r.priority
	 WHERE t.institution_id = ANY ($1::uuid[])
	   AND t.created_at >= $2::timestamptz
	   AND t.created_at < $3::timestamptz
	   AND t.queued_at IS NOT NULL
	   AND ($4::text IS NULL OR r.priority = $4::text)
	   AND (($10::uuid[] IS NULL AND $11::text IS NULL) OR EXISTS (
	        SELECT
	          FROM case_file f
	         WHERE f.case_id = t.case_id
	           AND ($10::uuid[] IS NULL OR f.unit_id = ANY ($10::uuid[]))
	           AND ($11::text IS NULL OR f.typology = $11::text))))
SELECT institution_id, count(*) AS asked, count(ack) AS acknowledged,
       count(hold) AS held,
       count(*) FILTER (WHERE clock IS NOT NULL AND (ack IS NOT NULL
           OR (age > clock AND status IN
               ('queued', 'sent', 'delivered', 'undeliverable')))) AS due,
       count(*) FILTER (WHERE ack <= clock) AS in_time,
       coalesce(round(1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY ack))::bigint, -1) AS ack_p50,
       coalesce(round(1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY ack))::bigint, -1) AS ack_p95,
       coalesce(round(1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY hold))::bigint, -1) AS hold_p50,
       coalesce(round(1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY hold))::bigint, -1) AS hold_p95
  FROM asked
 GROUP BY institution_id
 ORDER BY percentile_cont(0.5) WITHIN GROUP (ORDER BY ack) NULLS LAST,
          institution_id;

-- name: report_legal_debt
-- session: reader
-- What is owed of legal documents now, in cases of the units $1 ($2: sent to
-- this institution; NULL: any), by case, unit or institution ($3), at the time
-- $4.  A page of $7 groups behind the one at ($5, $6), the longest owed first,
-- with a row for each document of each law.
WITH owed AS MATERIALIZED (
	SELECT CASE $3::text
	            WHEN 'case' THEN y.case_id
	            WHEN 'unit' THEN c.unit_id
	            ELSE n.institution_id
	        END AS key,
	       c.unit_id, c.ref, y.case_id,
	       split_part(y.profile, '@', 1) AS profile, y.type,
	       y.created_at, y.due_at
	  FROM formality y
	  JOIN case_file c USING (case_id)
	  LEFT JOIN LATERAL (
	        SELECT DISTINCT t.institution_id
	          FROM target t
	         WHERE t.request_id = y.request_id
	           AND t.queued_at IS NOT NULL
	           AND ($2::uuid IS NULL OR t.institution_id = $2::uuid)) AS n
	    ON $3::text = 'institution' OR $2::uuid IS NOT NULL
	 WHERE y.status IN ('due', 'defective', 'rejected', 'overdue')
	   AND c.unit_id = ANY ($1::uuid[])
	   AND (n.institution_id IS NOT NULL
	        OR $3::text <> 'institution' AND $2::uuid IS NULL)),
page AS (
	SELECT o.key, min(o.created_at) AS since, min(o.due_at) AS due_at,
	       count(*) AS owed,
	       count(*) FILTER (WHERE o.due_at <= $4::timestamptz) AS overdue,
	       count(DISTINCT o.case_id) AS cases
	  FROM owed o
	 GROUP BY o.key
	HAVING (min(o.created_at), o.key) > ($5::timestamptz, $6::uuid)
	 ORDER BY min(o.created_at), o.key
	 LIMIT $7::integer)
SELECT p.key, p.since, p.due_at, p.owed, p.overdue, p.cases, min(o.ref),
       (array_agg(o.unit_id ORDER BY o.unit_id))[1], o.profile, o.type,
       count(*), count(*) FILTER (WHERE o.due_at <= $4::timestamptz),
       min(o.created_at), min(o.due_at)
  FROM page p
  JOIN owed o USING (key)
 GROUP BY p.key, p.since, p.due_at, p.owed, p.overdue, p.cases, o.profile,
          o.type
 ORDER BY p.since, p.key, o.profile, o.type;

-- name: report_outcomes
-- session: reader
-- What became of the money asked for, in cases that the units $1 received in
-- a period: case_file_by_unit has the range.  $4 are the institutions (NULL:
-- all), $9 the districts of the units, $10 the typology (NULL: all),
-- $7 the actions that stop money, $8 the codes whose answer says where
-- it went.  Each such answer tells the whole of it, so the last one counts.
-- What was paid back in parts is no longer asked for in the target, as after
-- a reduction, but it was asked for.
WITH asked AS (
	SELECT t.target_id, t.case_id, t.currency, t.status, t.response_code,
	       t.requested_minor, t.held_minor,
	       CASE $6::text
	            WHEN 'unit' THEN f.unit_id::text
	            WHEN 'district' THEN
	                ($9::text[])[array_position($1::uuid[], f.unit_id)]
	            WHEN 'typology' THEN f.typology
	            ELSE to_char(f.received_at AT TIME ZONE 'UTC', 'YYYY-MM')
	        END AS grouped
	  FROM case_file f
	  JOIN target t ON t.case_id = f.case_id
	  JOIN freeze_request r ON r.request_id = t.request_id
	 WHERE f.unit_id = ANY ($1::uuid[])
	   AND ($10::text IS NULL OR f.typology = $10::text)
	   AND f.received_at >= $2::timestamptz
	   AND f.received_at < $3::timestamptz
	   AND t.queued_at IS NOT NULL
	   AND r.action = ANY ($7::text[])
	   AND ($4::uuid[] IS NULL OR t.institution_id = ANY ($4::uuid[]))
	   AND ($5::text IS NULL OR r.priority = $5::text)),
facts AS (
	SELECT grouped, currency, case_id, 'asked' AS what,
	       requested_minor + (
	           SELECT coalesce(sum(i.amount_minor), 0)::bigint
	             FROM restitution i
	            WHERE i.target_id = a.target_id
	              AND i.status = 'paid') - CASE WHEN status = 'restored' THEN (
	           SELECT i.amount_minor
	             FROM restitution i
	            WHERE i.target_id = a.target_id
	              AND i.status = 'paid'
	            ORDER BY i.ended_at DESC, i.restitution_id DESC
	            LIMIT 1) ELSE 0 END AS amount
	  FROM asked a
	 UNION ALL
	SELECT grouped, currency, case_id, 'held', held_minor
	  FROM asked
	 WHERE held_minor > 0
	 UNION ALL
	SELECT a.grouped, l.currency, a.case_id, 'moved', l.amount_minor
	  FROM asked a
	 CROSS JOIN LATERAL (
	        SELECT s.response_id
	          FROM response s
	         WHERE s.target_id = a.target_id
	           AND s.code = ANY ($8::text[])
	         ORDER BY s.received_at DESC, s.response_id DESC
	         LIMIT 1) AS last
	  JOIN lead l ON l.target_id = a.target_id
	   AND l.response_id = last.response_id
	 UNION ALL
	SELECT a.grouped, a.currency, a.case_id, 'returned', i.amount_minor
	  FROM asked a
	  JOIN restitution i ON i.target_id = a.target_id
	 WHERE i.status = 'paid'
	 UNION ALL
	SELECT grouped, currency, case_id, 'returned', requested_minor
	  FROM asked
	 WHERE status = 'not_held'
	   AND response_code = 'REV_DONE'
	 UNION ALL
	SELECT grouped, currency, case_id, 'rejected', requested_minor
	  FROM asked
	 WHERE status IN ('rejected', 'rejected_final'))
SELECT grouped, currency, count(DISTINCT case_id) AS cases,
       count(*) FILTER (WHERE what = 'asked') AS asked,
       coalesce(sum(amount) FILTER (WHERE what = 'asked'), 0)::bigint AS asked_minor,
       count(*) FILTER (WHERE what = 'held') AS held,
       coalesce(sum(amount) FILTER (WHERE what = 'held'), 0)::bigint AS held_minor,
       count(*) FILTER (WHERE what = 'moved') AS moved,
       coalesce(sum(amount) FILTER (WHERE what = 'moved'), 0)::bigint AS moved_minor,
       count(*) FILTER (WHERE what = 'returned') AS returned,
       coalesce(sum(amount) FILTER (WHERE what = 'returned'), 0)::bigint AS returned_minor,
       count(*) FILTER (WHERE what = 'rejected') AS rejected,
       coalesce(sum(amount) FILTER (WHERE what = 'rejected'), 0)::bigint AS rejected_minor
  FROM facts
 GROUP BY grouped, currency
 ORDER BY grouped, currency;
