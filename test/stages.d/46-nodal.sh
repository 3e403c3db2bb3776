#!/bin/sh
# The institution's program against a hub that cuts, refuses and forges, and
# against SIGKILL; under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-nodal
