#!/bin/sh
# `make test`: runs every stage, goes on after a failure, and ends with the
# sum.  A stage is a line below or a file test/stages.d/NN-NAME.sh, run in the
# order of their names; it reports `NAME: N passed, N failed` or counts as one
# test that its exit status decides.
set -u
cd "$(dirname "$0")/../.."
passed=0
failed=0
out=build/test-stages
mkdir -p "$out"

stage() {
	name=$1
	shift
	echo "== $name"
	log=$out/$name.log
	"$@" > "$log" 2>&1
	status=$?
	line=$(grep -E '^[a-z-]+: [0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
	if [ -n "$line" ]; then
		p=$(echo "$line" | sed 's/.*: \([0-9]*\) passed.*/\1/')
		f=$(echo "$line" | sed 's/.* \([0-9]*\) failed$/\1/')
		[ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
	else
		p=1 f=0
		[ "$status" -eq 0 ] || { p=0; f=1; }
	fi
	if [ "$f" -gt 0 ]; then
		tail -n 60 "$log"
		echo "== $name failed; all of it: $log"
	fi
	echo "== $name: $p passed, $f failed"
	passed=$((passed + p))
	failed=$((failed + f))
}

jobs=$(nproc)
stage lint make --no-print-directory lint
stage build make --no-print-directory -j "$jobs" BUILD=debug build/debug/unit
stage unit make --no-print-directory BUILD=debug test-unit
stage build-asan make --no-print-directory -j "$jobs" BUILD=asan build/asan/unit
# In one process: a leak check for each of thousands of forks takes minutes.
stage unit-asan env CK_FORK=no make --no-print-directory BUILD=asan test-unit
for file in test/stages.d/*.sh; do
	name=$(basename "$file" .sh)
	stage "${name#[0-9][0-9]-}" sh "$file"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
