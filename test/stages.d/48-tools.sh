#!/bin/sh
# migrate and check against a private PostgreSQL, under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-tools
