-- name: begin
-- session: desk reader dispatcher clerk tool migrate
-- Everybody: starts a transaction, read committed: each statement of a load
-- sees what was committed before it, so also what its locks waited for.
BEGIN;

-- name: begin_snapshot
-- session: desk reader dispatcher clerk tool
-- Loading the registry, and whoever reads several things that must fit
-- together: all statements see the same moment.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- name: commit
-- session: desk reader dispatcher clerk tool migrate
-- Everybody: db_commit_check reads its tag.
COMMIT;

-- name: rollback
-- session: desk reader dispatcher clerk tool migrate
-- Everybody.
ROLLBACK;
