#!/bin/sh
# Runs a program against a private server that lives as long as it does.
set -eu
cd "$(dirname "$0")/../.."
dir=$(mktemp -d "${TMPDIR:-/tmp}/freezeline-db.XXXXXX")
end() {
	status=$?
	trap - EXIT
	sh test/support/pg.sh destroy "$dir" || status=1
	rm -rf -- "$dir"
	exit $status
}
trap end EXIT
trap 'exit 130' INT TERM
sh test/support/pg.sh start "$dir"
FREEZELINE_TEST_OWNER=$(sh test/support/pg.sh conninfo "$dir" owner)
FREEZELINE_TEST_HUB=$(sh test/support/pg.sh conninfo "$dir" hub)
export FREEZELINE_TEST_OWNER FREEZELINE_TEST_HUB
"$@"
