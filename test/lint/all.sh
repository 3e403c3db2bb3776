#!/bin/sh
# Every rule that a script can hold; runs all of them, fails if any failed.
set -u
cd "$(dirname "$0")/../.."
status=0
for check in layers rules format sql; do
	if sh test/lint/$check.sh; then
		echo "  LINT  $check"
	else
		echo "  LINT  $check: failed"
		status=1
	fi
done
exit $status
