#!/bin/sh
# The parser against its corpus, under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-parse
