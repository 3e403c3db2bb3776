#!/bin/sh
# The line: TLS peers, framing, slow clients, stops; under ASan and UBSan.
set -eu
cd "$(dirname "$0")/../.."
exec make --no-print-directory -j "$(nproc)" BUILD=asan test-line
