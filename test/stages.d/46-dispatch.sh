#!/bin/sh
# The dispatcher against receivers, a database that breaks off and other
# dispatchers; under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-dispatch
