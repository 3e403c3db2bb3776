#!/bin/sh
# The tests' private server is the demo's: sql/private-server.sh.
exec sh "$(dirname "$0")/../../sql/private-server.sh" "$@"
