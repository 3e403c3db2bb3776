-- name: schema_migrations
-- session: tool migrate
-- Migrate and the check at a hub's start: what was applied, to compare with
-- what is embedded.
SELECT version, name, sha256, applied_at
  FROM schema_migration
 ORDER BY version;

-- name: schema_migration_add
-- session: migrate
-- Migrate: in the transaction of the migration itself.
INSERT INTO schema_migration (version, name, sha256)
VALUES ($1::integer, $2::text, $3::text);

-- name: schema_lock
-- session: migrate
-- Migrate: one at a time, until the connection ends.  Returns nothing of use.
SELECT count(pg_advisory_lock(hashtextextended('freezeline migrate', 0)));

-- name: make_partitions
-- session: tool migrate clerk
-- Migrate, a hub's start and the clerk every hour.
SELECT make_partitions();
