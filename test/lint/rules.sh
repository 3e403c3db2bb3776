#!/bin/sh
# The rules of docs/style.md that a script can hold: sizes, banned calls,
# typedef'd structs, goto, whole TODOs.  Prints each offence.
set -eu
cd "$(dirname "$0")/../.."
files=$(find hub $(ls -d adapters 2>/dev/null) test -name '*.[ch]' -not -path '*/node_modules/*' \
    -not -path 'adapters/receivers/*' | sort)
bad=0
say() { printf '%s\n' "$1"; bad=1; }

for file in $files; do
	lines=$(wc -l < "$file")
	[ "$lines" -le 500 ] || say "$file: $lines lines, at most 500"
done

banned='strcpy|strcat|sprintf|strtok|atoi|strncpy|gets|gmtime|localtime|system|popen|alloca'
# shellcheck disable=SC2086
hits=$(grep -nE "(^|[^A-Za-z0-9_])($banned)\(" $files | grep -vE ':[[:space:]]*\*' || true)
[ -z "$hits" ] || say "banned calls:
$hits"
# shellcheck disable=SC2086
hits=$(grep -nE '(^|[^a-z_])goto |typedef struct|^[[:space:]]*//' $files || true)
[ -z "$hits" ] || say "goto, typedef struct or // comment:
$hits"
# shellcheck disable=SC2086
hits=$(grep -nE 'TODO' $files | grep -vE 'TODO\([0-9]+\)' || true)
[ -z "$hits" ] || say "TODO without an issue number:
$hits"

# A function starts at "{" in column 1 and ends at "}" in column 1.
# shellcheck disable=SC2086
hits=$(awk 'FNR == 1 { open = 0 }
	/^\{/ { open = FNR; name = previous }
	/^\}/ && open && $0 == "}" {
		if (FNR - open - 1 > 60)
			print FILENAME ":" open ": " name ": " FNR - open - 1 " lines, at most 60"
		open = 0
	}
	{ previous = $0 }' $files)
[ -z "$hits" ] || say "$hits"
exit $bad
