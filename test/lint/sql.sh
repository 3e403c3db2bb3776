#!/bin/sh
# The statements of sql/queries: none without use, none that selects "*" or
# leaves a parameter without a cast; and PostgreSQL prepares each of them in a
# fresh database with the rights of the role that runs it.
set -eu
cd "$(dirname "$0")/../.."
bad=0
say() { printf '%s\n' "$1"; bad=1; }
statements() { LC_ALL=C awk -v want="$1" -f hub/store/statements.awk sql/queries/*.sql; }

names=$(statements header | sed -n 's/^	\(SQL_[A-Z0-9_]*\),$/\1/p')
for name in $names; do
	grep -rqw "$name" hub --include='*.c' || say "sql/queries: $name is used nowhere"
done
hits=$(grep -vE '^[[:space:]]*--' sql/queries/*.sql |
    grep -E '\$[0-9]+\)?($|[^0-9:)]|:[^:])' || true)
[ -z "$hits" ] || say "parameters without a cast:
$hits"
hits=$(grep -nE '(SELECT|RETURNING|,)[[:space:]]+([a-z_]+\.)?\*' sql/queries/*.sql || true)
[ -z "$hits" ] || say "columns are listed, never *:
$hits"
[ "$bad" -eq 0 ] || exit 1

work=$(mktemp -d "${TMPDIR:-/tmp}/freezeline-lint.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
for file in sql/migrations/*.sql; do
	printf 'BEGIN;\n\\i %s\nCOMMIT;\n' "$file"
done > "$work/owner.sql"
statements owner >> "$work/owner.sql"
statements hub > "$work/hub.sql"
grep -q '^PREPARE' "$work/hub.sql"
cat > "$work/run.sh" <<'END'
PGOPTIONS='-c client_min_messages=warning -c plan_cache_mode=force_generic_plan'
export PGOPTIONS
psql -Xq -v ON_ERROR_STOP=1 -f "$1/owner.sql" "$FREEZELINE_TEST_OWNER" > /dev/null
psql -Xq -v ON_ERROR_STOP=1 -f "$1/hub.sql" "$FREEZELINE_TEST_HUB" > /dev/null
END
sh test/db/run.sh sh -e "$work/run.sh" "$work"
