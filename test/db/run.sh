#!/bin/sh
# Runs a program against a private server that lives as long as it does.
set -eu
cd "$(dirname "$0")/../.."
dir=$(mktemp -d "${TMPDIR:-/tmp}/freezeline-db.XXXXXX")
end() {
	status=$?
	trap - EXIT
	sh sql/private-server.sh destroy "$dir" || status=1
	rm -rf -- "$dir"
	exit $status
}
trap end EXIT
trap 'exit 130' INT TERM
sh sql/private-server.sh start "$dir"
FREEZELINE_TEST_OWNER=$(sh sql/private-server.sh conninfo "$dir" owner)
FREEZELINE_TEST_HUB=$(sh sql/private-server.sh conninfo "$dir" hub)
FREEZELINE_TEST_SERVER=$dir
export FREEZELINE_TEST_OWNER FREEZELINE_TEST_HUB FREEZELINE_TEST_SERVER
"$@"
