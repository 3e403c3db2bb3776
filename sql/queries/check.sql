-- What `freezeline check` asks of the server, as the hub's own role.

-- name: health_server
-- session: tool
-- Check: what kind of server and role this is, and how busy.
SELECT current_setting('server_version_num')::integer,
       current_user::text,
       (SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole
	  FROM pg_roles r
	 WHERE r.rolname = current_user),
       clock_timestamp(),
       current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on',
       current_setting('synchronous_commit')::text,
       current_setting('data_checksums') = 'on',
       current_setting('max_connections')::integer,
       (SELECT count(*) FROM pg_stat_activity a WHERE a.backend_type = 'client backend'),
       (SELECT count(*) FROM pg_stat_activity a
	 WHERE a.application_name LIKE 'freezeline%' AND a.state <> 'idle');

-- name: health_rights
-- session: tool
-- Check: rights on the evidence that this role has and should not have, and
-- those that it needs and lacks, as "RIGHT on table".
SELECT v.is_allowed, v.privilege || ' on ' || v.name
  FROM (VALUES ('event', 'UPDATE', false), ('event', 'DELETE', false),
	       ('event', 'TRUNCATE', false), ('event', 'INSERT', true),
	       ('event', 'SELECT', true), ('event_leaf', 'UPDATE', false),
	       ('event_leaf', 'DELETE', false), ('event_leaf', 'INSERT', true),
	       ('event_value', 'UPDATE', false), ('event_value', 'DELETE', false),
	       ('event_value', 'INSERT', true), ('response', 'UPDATE', false),
	       ('response', 'DELETE', false), ('response', 'INSERT', true),
	       ('attempt', 'UPDATE', false), ('attempt', 'DELETE', false),
	       ('attempt', 'INSERT', true), ('allowed_move', 'INSERT', false),
	       ('allowed_move', 'SELECT', true), ('outbox', 'DELETE', true))
    AS v (name, privilege, is_allowed)
 WHERE has_table_privilege(v.name, v.privilege) <> v.is_allowed
 ORDER BY v.name, v.privilege;

-- name: health_partitions
-- session: tool
-- Check: tables whose next period has no partition yet.
SELECT v.name
  FROM (VALUES ('event', 'month'), ('message', 'month'), ('attempt', 'day'))
    AS v (name, span)
 WHERE to_regclass(v.name || '_' || to_char(
	date_trunc(v.span, now() AT TIME ZONE 'UTC') + ('1 ' || v.span)::interval,
	'YYYYMMDD')) IS NULL
 ORDER BY v.name;
